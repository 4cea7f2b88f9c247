/// Puts the tokens of shell code together into its simple commands, well enough to recognise some of them; it is no shell.
///
/// Loops and functions are read as the commands inside them, and so is what a command runs by another: `ssh host …`,
/// `bash -c '…'`, `$(…)`.
struct ShellReader {
    private let text: ShellText
    private let isNested: Bool
    private let isFed: Bool
    private var commands: [ShellCommand] = []
    private var words: [String] = []
    private var word: [UInt8] = []
    private var isInWord = false
    /// The next word is where a redirection goes.
    private var isTarget = false
    private var hasInput = false
    /// The first command of the pipeline that feeds the next one.
    private var pipedFrom: String?
    /// What feeds it prints what stands nowhere in the cell.
    private var isPipedUnknown = false
    /// A file, or what another command prints, is its input.
    private var isFedFile = false
    private var hasDocument = false
    /// `>>` stood before the word that follows.
    private var isAppended = false
    private var addsToSystem = false
    /// `<` stood before the word that follows.
    private var isInput = false
    /// Commands inside commands are deeper than anybody nests them.
    private var isTooDeep = false
    /// How many commands stood before the line that is read.
    private var commandsBeforeLine = 0
    /// How many commands stand before each open parenthesis.
    private var groups: [Int] = []
    /// The commands of the group that ended last, while nothing but redirections follows it.
    private var lastGroup: Range<Int>?
    /// The commands of the group that was last put into the background.
    private var detached = 0..<0
    /// Substitutions and what other shells are told to run, read after the rest.
    private var nested: [Nested] = []
    /// A substitution in the words of the command fetches something from the net.
    private var fetches = false
    /// The word that follows is the text of `<<<`.
    private var isHereString = false
    private var hereString: String?

    /// Code that another command runs.
    private enum Nested {
        /// What stands in a substitution: some of the same tokens.
        case tokens(Range<Int>)
        /// What another shell is told to run; the quotes of whole code must have an end like those of the cell.
        case code([UInt8], isWhole: Bool, isFed: Bool)
    }

    /// What is read at once.
    private struct Piece {
        let text: ShellText
        let tokens: Range<Int>
        /// How many shells were told to run it.
        let shells: Int
        var isFed = false
    }

    private init(_ piece: Piece, isNested: Bool) {
        text = piece.text
        isFed = piece.isFed
        self.isNested = isNested
        readAll(piece.tokens)
    }

    /// The simple commands, those inside others after them all; and false when some may hide in what has no end.
    static func read(_ text: ShellText) -> (commands: [ShellCommand], isWhole: Bool) {
        var commands: [ShellCommand] = []
        var isWhole = text.isWhole
        var level = [Piece(text: text, tokens: 0..<text.tokens.count, shells: 0)]
        var isNested = false
        while !level.isEmpty {
            var next: [Piece] = []
            for piece in level {
                let reader = ShellReader(piece, isNested: isNested)
                commands += reader.commands
                if reader.isTooDeep { isWhole = false }
                for nested in reader.nested {
                    switch nested {
                    case .tokens(let tokens):
                        next.append(Piece(text: piece.text, tokens: tokens, shells: piece.shells))
                    case .code(let code, let mustBeWhole, let isFed) where piece.shells < shellsMax:
                        let text = ShellText(code)
                        if mustBeWhole, !text.isWhole { isWhole = false }
                        let all = 0..<text.tokens.count
                        next.append(Piece(text: text, tokens: all, shells: piece.shells + 1, isFed: isFed))
                    case .code: isWhole = false
                    }
                }
            }
            level = next
            isNested = true
        }
        return (commands, isWhole)
    }

    /// Shells that tell shells what to run are followed so far.
    private static let shellsMax = 8
}

// MARK: - Reading

extension ShellReader {
    private mutating func readAll(_ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            let token = text.tokens[index]
            index += 1
            switch token.kind {
            case .blank: endWord()
            case .lineEnd:
                endWord()
                // A line may end behind `|`; the pipe goes on.
                if !words.isEmpty || hasInput || pipedFrom == nil { endCommand() }
                commandsBeforeLine = commands.count
            case .text, .quoted, .variable, .parameter, .braced: append(token.range)
            case .escape, .codedEscape: append(token.range.dropFirst())
            case .quotedEscape:
                // Before any other byte the backslash stays.
                let stays = !"$`\"\\".utf8.contains(text.code[token.range.upperBound - 1])
                append(stays ? token.range : token.range.dropFirst())
            case .separator, .caseEnd, .condition: endCommand()
            case .background: endCommand(isDetached: true)
            case .pipe:
                endCommand()
                pipedFrom = commands.last.map { $0.setting.pipedFrom ?? $0.name }
                isPipedUnknown = commands.last.map(Self.printsUnknown) ?? true
            case .patternSign: readPatternSign(token)
            case .input, .hereString, .output: readRedirection(token)
            case .document:
                endRedirectedWord()
                hasInput = true
                hasDocument = true
            case .stray: endGroup()
            case .open(let nesting): index = open(nesting, index - 1)
            case .close(.group), .close(.list): endGroup()
            case .close(.braces): append(token.range)
            case .continuation, .comment, .formula, .close, .documentWord, .documentText,
                .literalText:
                break
            }
        }
        endCommand()
    }

    /// True for what prints more than the cell itself says: no `echo x`, no `cat <<EOF`.
    private static func printsUnknown(_ command: ShellCommand) -> Bool {
        if command.setting.pipedFrom != nil { return command.setting.isFedUnknown }
        if command.setting.hasDocument { return false }
        return !["echo", "printf"].contains(command.name)
    }

    private mutating func append(_ range: ByteRange) {
        isInWord = true
        word += text.code[range]
    }

    /// Goes into what a token opens, or behind it.
    private mutating func open(_ nesting: ShellNesting, _ index: Int) -> Int {
        let token = text.tokens[index]
        switch nesting {
        case .group, .list:
            endCommand()
            groups.append(commands.count)
        case .braces: append(token.range)
        case .arithmetic:
            if text.code[token.range.lowerBound] == UInt8(ascii: "$") { append("$()") }
            readSubstitutions(in: (index + 1)..<token.partner)
            return token.partner
        case .substitution, .backticks, .process:
            let sign = text.code[token.range.lowerBound]
            let isProcess = nesting == .process
            append(isProcess ? sign == UInt8(ascii: "<") ? "<()" : ">()" : "$()")
            if fetches(index) { fetches = true }
            nested.append(.tokens((index + 1)..<token.partner))
            return token.partner
        case .singleQuotes, .codedQuotes, .doubleQuotes: isInWord = true
        case .document:
            endCommand()
            readDocument((index + 1)..<token.partner)
            return token.partner
        case .text, .patterns: break
        }
        return index + 1
    }

    private mutating func append(_ sign: StaticString) {
        isInWord = true
        sign.withUTF8Buffer { word += $0 }
    }

    /// Takes the substitutions out of what is no command.
    private mutating func readSubstitutions(in range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            if text.tokens[index].kind.opensSubstitution {
                let end = text.tokens[index].partner
                nested.append(.tokens((index + 1)..<end))
                index = end
            } else {
                index += 1
            }
        }
    }

    /// True when it runs a program that fetches something from the net.
    private func fetches(_ index: Int) -> Bool {
        let tokens = text.tokens
        let start = tokens[index].range.upperBound
        let partner = tokens[index].partner
        let end = partner < tokens.count ? tokens[partner].range.lowerBound : text.code.count
        let code = text.code[start..<min(end, start + 400)]
        return Self.fetchers.contains { fetcher in
            ByteSearch.range(of: fetcher, in: code) != nil
                && code.split { $0.isBlank || "\n;|&()'\"`$/".utf8.contains($0) }
                    .contains { $0.elementsEqual(fetcher) }
        }
    }

    private static let fetchers = [Array("curl".utf8), Array("wget".utf8)]

    /// At the end of a pattern of `case` goes what is none of its commands.
    private mutating func readPatternSign(_ token: ShellToken) {
        endWord()
        guard text.code[token.range.lowerBound] == UInt8(ascii: ")") else { return }
        if words.first != "case" { words.removeAll() }
        endCommand()
    }

    private mutating func readRedirection(_ token: ShellToken) {
        endRedirectedWord()
        if token.kind != .output { hasInput = true }
        isInput = token.kind == .input
        isAppended = token.kind == .output && text.code[token.range].suffix(2).elementsEqual(">>".utf8)
        isHereString = token.kind == .hereString
        isTarget = true
    }

    /// Passes over the text of a here-document; what a shell is fed is read as code.
    private mutating func readDocument(_ tokens: Range<Int>) {
        let line = commands[min(commandsBeforeLine, commands.count)...]
        guard line.contains(where: \.readsCode), !tokens.isEmpty else {
            return readSubstitutions(in: tokens)
        }
        let start = text.tokens[tokens.lowerBound].range.lowerBound
        let end = text.tokens[tokens.upperBound - 1].range.upperBound
        nested.append(.code(Array(text.code[start..<end]), isWhole: false, isFed: false))
    }
}

// MARK: - Ending

extension ShellReader {
    private mutating func endWord() {
        guard isInWord else { return }
        let text = String(decoding: word, as: UTF8.self)
        if !isTarget {
            words.append(text)
        } else if isHereString {
            hereString = text
        } else if isInput, text != "/dev/null" {
            isFedFile = true
        } else if isAppended, text.hasPrefix("/etc/") {
            addsToSystem = true
        }
        isTarget = false
        isInput = false
        isHereString = false
        word.removeAll(keepingCapacity: true)
        isInWord = false
    }

    /// Ends the word before `<` or `>`; the number of a descriptor is none.
    private mutating func endRedirectedWord() {
        if isInWord, word.allSatisfy(\.isDigit) {
            word.removeAll(keepingCapacity: true)
            isInWord = false
        }
        endWord()
    }

    private mutating func endGroup() {
        endCommand()
        lastGroup = groups.popLast().map { $0..<commands.count }
    }

    private mutating func endCommand(isDetached: Bool = false) {
        endWord()
        isTarget = false
        var setting = ShellCommand.Setting()
        setting.hasInput = hasInput || pipedFrom != nil || isFed
        setting.pipedFrom = pipedFrom
        setting.isDetached = isDetached
        setting.isNested = isNested
        setting.fetches = fetches
        setting.isFedUnknown = isFedFile || pipedFrom != nil && isPipedUnknown
        setting.hasDocument = hasDocument
        setting.addsToSystem = addsToSystem
        if words.isEmpty, isDetached, let group = lastGroup {
            // Groups nest: what an inner one has marked is not marked again.
            let isAround = group.lowerBound <= detached.lowerBound && detached.upperBound <= group.upperBound
            let done = isAround ? detached : group.lowerBound..<group.lowerBound
            for part in [group.lowerBound..<done.lowerBound, done.upperBound..<group.upperBound] {
                for index in part where commands.indices.contains(index) {
                    commands[index] = commands[index].detached
                }
            }
            detached = group
        }
        if !words.isEmpty || isDetached { lastGroup = nil }
        add(words[...], setting)
        words.removeAll(keepingCapacity: true)
        hasInput = false
        pipedFrom = nil
        isPipedUnknown = false
        isFedFile = false
        hasDocument = false
        addsToSystem = false
        fetches = false
        hereString = nil
    }

    private mutating func add(_ words: ArraySlice<String>, _ setting: ShellCommand.Setting, depth: Int = 0) {
        guard depth <= Self.shellsMax else {
            isTooDeep = true
            return
        }
        var setting = setting
        let meant = ShellWrappers.removed(from: words, &setting)
        guard let first = meant.first else { return }
        if meant.count < words.count {
            // `parallel 'gzip {}; rm {}'`, `flock /tmp/lock -c 'rm x'`
            if first == "-c" || first == ":::" { return addCode(meant.dropFirst().joined(separator: "; ")) }
            if first.contains(where: \.isWhitespace) { addCode(first) }
            // `env -S"rm x"`
            commands += HiddenCommands.found(inTexts: words.prefix(words.count - meant.count), setting)
        }
        let command = ShellCommand(words: Array(meant), setting)
        commands.append(command)
        let mayCarry = command.mayCarry
        if mayCarry, let code = command.innerCode { addCode(code, isFed: setting.hasInput) }
        if mayCarry, command.readsCode {
            // `bash <<< 'rm x'`, `echo 'rm x' | bash`
            if let text = hereString { addCode(text, isWhole: false) }
            if let feeder = commands.dropLast().last, ["echo", "printf"].contains(setting.pipedFrom) {
                addCode(feeder.words.dropFirst().joined(separator: " "), isWhole: false)
            }
        }
        // A terminal of its own stays one for the command inside; without it, nobody can type.
        setting.isNested = true
        if mayCarry { for inner in command.executed { add(inner, setting, depth: depth + 1) } }
        if let inner = command.innerWords {
            if command.has(option: "-d") || command.has(option: "--detach") { setting.isDetached = true }
            add(inner, setting, depth: depth + 1)
        }
        commands += HiddenCommands.found(in: command, setting)
    }

    private mutating func addCode(_ code: String, isWhole: Bool = true, isFed: Bool = false) {
        nested.append(.code(Array(code.utf8), isWhole: isWhole, isFed: isFed))
    }
}
