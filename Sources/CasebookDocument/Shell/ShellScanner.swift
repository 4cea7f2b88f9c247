/// Cuts shell code into tokens, as POSIX and bash do; it can be given a text line by line.
///
/// Each byte is looked at once, whatever it is: what stands open is a stack, and nothing is read again. Three things are
/// only approximated. What stands in `[[ … ]]` is read as words, so that `<` there is a redirection. `((` that is not
/// closed on its line is read as two groups. Backticks nest once, and here-documents eight times. From where the reading
/// is not certain, ``unsureFrom`` says so; then, and when something has no end, ``isWhole`` is false if it may hide commands.
struct ShellScanner {
    /// What stands open, with the state of the commands in it.
    struct Frame {
        let nesting: ShellNesting
        /// Its opening token, and where that stands.
        var token = 0
        var start = 0
        /// The depth of the frame whose here-documents begin after a line in this one.
        var home = 0
        /// The next word is the name of a command, or a keyword.
        var isAtCommand = true
        /// The next word is where a redirection goes.
        var isTarget = false
        /// How many loops, conditions and groups in braces are open in it.
        var blocks = 0
        /// How many parentheses are open in arithmetic; the sign that ends it.
        var parentheses = 0
        var closer = UInt8(ascii: ")")
        var part = CasePart.subject
        /// Braces in double quotes, in which a single quote is text.
        var isQuoted = false
        /// What follows its end directly is still the same word.
        var isInWord = true
    }

    /// Where in `case x in a) …` the reading is.
    enum CasePart {
        case subject
        case keyword
        /// - `hasWord`: some of it was read.
        case pattern(hasWord: Bool)
        case commands
    }

    struct Document {
        var word: [UInt8]
        /// It was begun by `<<-`.
        var stripsTabs: Bool
        /// Its word was quoted: nothing in it means anything.
        var isLiteral: Bool
        var token: Int
        var home: Int
        /// How many frames stood open before its own.
        var depth = 0
    }

    var tokens: ContiguousArray<ShellToken> = []
    /// From this offset on, a byte may be something else than its token says.
    private(set) var unsureFrom = Int.max
    /// False when something in the text may hide commands.
    private(set) var isWhole = true

    let keepsTokens: Bool
    /// True where a here-document ends at its word behind any blanks, as on a page.
    let isLenient: Bool

    var frame = Frame(nesting: .text)
    var outer: [Frame] = []
    /// Here-documents whose text has not begun, those of a line that was read to its end in the reverse order.
    var pending: [Document] = []
    /// Those whose text is read, the outermost first.
    var active: [Document] = []
    var openBackticks = 0
    /// How many of ``outer`` and ``frame`` are quotes or the like.
    var openQuotes = 0

    /// Where the line began that is read, and how far it was read.
    var base = 0
    var position = 0
    var isInWord = false
    /// The word has only plain bytes so far, from here on.
    var isPlainWord = false
    var wordStart = 0
    /// The line ended with a backslash.
    var isContinued = false
    /// `|`, `&&` or `||` came last.
    var awaitsCommand = false
    /// For each byte of the line, where a parenthesis there is closed; empty until it is needed.
    var closings: [Int32] = []

    init(keepsTokens: Bool, isLenient: Bool) {
        self.keepsTokens = keepsTokens
        self.isLenient = isLenient
    }

    /// Reads a line.
    ///
    /// - `hasEnd`: a line feed follows it.
    mutating func read(_ line: Span<UInt8>, hasEnd: Bool) {
        position = 0
        closings.removeAll(keepingCapacity: true)
        defer { base += line.count + (hasEnd ? 1 : 0) }
        if !active.isEmpty, endsDocument(line, hasEnd) { return }
        isContinued = false
        while position < line.count {
            switch frame.nesting {
            case .text, .substitution, .backticks, .process, .group, .list, .patterns: readCode(line, hasEnd)
            case .singleQuotes: readLiteral(line)
            case .codedQuotes: readCoded(line)
            case .doubleQuotes: readQuoted(line, hasEnd)
            case .braces: readBraced(line)
            case .arithmetic: readFormula(line)
            case .document: readDocument(line, hasEnd)
            }
        }
        endLine(line, hasEnd)
    }

    /// Says that the text has ended.
    mutating func finish() {
        for open in outer + [frame] {
            if open.nesting.hides { isWhole = false }
            if case .pattern = open.part, open.nesting == .patterns { isWhole = false }
            if Self.isQuote(open.nesting) && open.nesting != .document || open.nesting == .arithmetic {
                doubt(from: open.start)
            }
            closeToken(of: open)
        }
        if !pending.isEmpty { isWhole = false }
    }
}

// MARK: - What is open

extension ShellScanner {
    /// True in the text of a here-document.
    var isInDocument: Bool { !active.isEmpty }

    /// True when the text cannot end here.
    var isOpen: Bool { !outer.isEmpty || frame.blocks > 0 || awaitsCommand || isContinued }

    /// True when another command must follow.
    var waitsForCommand: Bool {
        openQuotes == 0 && (awaitsCommand || frame.blocks > 0 || !outer.isEmpty)
    }

    mutating func push(_ nesting: ShellNesting, _ length: Int) {
        let token = tokens.count
        let start = base + position
        add(.open(nesting), to: position + length)
        enter(nesting)
        frame.token = token
        frame.start = start
    }

    /// Opens a frame without a token.
    mutating func enter(_ nesting: ShellNesting) {
        outer.append(frame)
        let home = frame.home
        frame = Frame(nesting: nesting)
        frame.start = base + position
        frame.home = nesting == .group || nesting == .list || nesting == .patterns ? home : outer.count
        frame.isAtCommand = nesting != .list
        frame.isInWord = nesting != .group && nesting != .document && nesting != .patterns
        if nesting == .backticks { openBackticks += 1 }
        if Self.isQuote(nesting) { openQuotes += 1 }
        isInWord = false
    }

    /// Ends the innermost frame with a token.
    mutating func pop(_ length: Int) {
        let closed = frame
        leave()
        add(.close(closed.nesting), to: position + length)
    }

    /// Ends the innermost frame.
    mutating func leave() {
        guard let last = outer.popLast() else { return }
        closeToken(of: frame)
        if frame.nesting == .backticks { openBackticks -= 1 }
        if Self.isQuote(frame.nesting) { openQuotes -= 1 }
        if frame.nesting == .document { active.removeLast() }
        // `$(cat <<EOF)`: shells disagree about where its text is.
        while let document = pending.last, document.home > last.home, frame.home != last.home {
            pending.removeLast()
            hide()
        }
        isInWord = frame.isInWord
        isPlainWord = false
        frame = last
    }

    /// Ends all frames above a depth: what is around them has ended.
    mutating func cut(to depth: Int) {
        while outer.count > depth { leave() }
    }

    private mutating func closeToken(of closed: Frame) {
        guard keepsTokens, closed.nesting != .text, closed.nesting != .patterns else { return }
        tokens[closed.token].partner = tokens.count
    }

    private static func isQuote(_ nesting: ShellNesting) -> Bool {
        !nesting.holdsCode && nesting != .arithmetic || nesting == .backticks
    }
}

// MARK: - Tokens

extension ShellScanner {
    /// Adds the token that ends at an offset of the line.
    @inline(__always)
    mutating func add(_ kind: ShellToken.Kind, to end: Int) {
        if keepsTokens { tokens.append(ShellToken(kind, base + position, base + end)) }
        position = end
    }

    /// Says that the reading is not certain from here on.
    mutating func doubt() { doubt(from: base + position) }

    mutating func doubt(from offset: Int) { unsureFrom = min(unsureFrom, offset) }

    /// Says that commands may hide in what was read, or behind it.
    mutating func hide() {
        isWhole = false
        doubt()
    }
}
