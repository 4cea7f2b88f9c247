/// Cuts shell code into its simple commands, well enough to recognise some of them; it is no shell.
///
/// Quotes, comments, continuations, redirections, here-documents and substitutions are understood; loops and functions
/// are read as the commands inside them, and so is what a command runs by another: `ssh host …`, `bash -c '…'`.
struct ShellReader {
    private let code: [UInt8]
    private let isNested: Bool
    private let isFed: Bool
    private var position = 0
    private var commands: [ShellCommand] = []
    private var words: [String] = []
    private var word: [UInt8] = []
    private var isInWord = false
    /// The next word is where a redirection goes.
    private var isTarget = false
    private var hasInput = false
    /// The first command of the pipeline that feeds the next one.
    private var pipedFrom: String?
    private var terminators: [[UInt8]] = []
    /// How many commands stood before the line that is read.
    private var commandsBeforeLine = 0
    /// True when a quote, a substitution or a here-document has no end: what stands behind it may have been read as text.
    private var isCut = false
    /// How many commands stand before each open parenthesis.
    private var groups: [Int] = []
    /// The commands of the group that ended last, while nothing but redirections follows it.
    private var lastGroup: Range<Int>?
    /// Substitutions and what other shells are told to run, read after the rest.
    private var nested: [Nested] = []
    /// A substitution in the words of the command fetches something from the net.
    private var fetches = false
    /// The word that follows is the text of `<<<`.
    private var isHereString = false
    private var hereString: String?

    /// Code that another command runs.
    private struct Nested {
        let code: [UInt8]
        /// True for a text that a shell is given as its code, whose quotes must have an end like those of the cell.
        let isWholeCode: Bool
        /// Something is fed to what runs it, and so to its commands.
        var isFed = false
    }

    private init(_ piece: Nested, isNested: Bool) {
        code = piece.code
        isFed = piece.isFed
        self.isNested = isNested
    }

    /// The simple commands of a cell, those inside others after them all.
    static func commands(in code: [UInt8]) -> [ShellCommand] { read(code).commands }

    /// The commands, and false when a quote or a here-document has no end, so that some may hide in it.
    static func read(_ code: [UInt8]) -> (commands: [ShellCommand], isWhole: Bool) {
        var commands: [ShellCommand] = []
        var isWhole = true
        var level = [Nested(code: withoutBlanks(code), isWholeCode: true)]
        // Each level is read once; deeper nesting than this is not looked into.
        for depth in 0..<8 where !level.isEmpty {
            var next: [Nested] = []
            for piece in level {
                var reader = ShellReader(piece, isNested: depth > 0)
                reader.readAll()
                commands += reader.commands
                next += reader.nested
                if piece.isWholeCode, reader.isCut || !reader.terminators.isEmpty { isWhole = false }
            }
            level = next
        }
        return (commands, isWhole)
    }
}

// MARK: - Reading

extension ShellReader {
    private mutating func readAll() {
        while position < code.count {
            let byte = code[position]
            switch byte {
            case .lineFeed:
                endCommand()
                position += 1
                skipHereDocuments()
            case .space, .tab:
                endWord()
                position += 1
            case UInt8(ascii: "#") where !isInWord:
                while position < code.count, code[position] != .lineFeed { position += 1 }
            case UInt8(ascii: "'"): readSingleQuoted()
            case UInt8(ascii: "\""): readDoubleQuoted()
            case UInt8(ascii: "\\"): readEscape()
            case .backtick: readBackticks()
            case UInt8(ascii: ";"):
                endCommand()
                position += 1
            case UInt8(ascii: "(") where !isInWord && words.isEmpty && arithmeticEnd != nil:
                position = arithmeticEnd ?? position + 1
            case UInt8(ascii: "("):
                endCommand()
                groups.append(commands.count)
                position += 1
            case UInt8(ascii: ")"):
                endCommand()
                lastGroup = groups.popLast().map { $0..<commands.count }
                position += 1
            case UInt8(ascii: "|"): readPipe()
            case UInt8(ascii: "&"): readAmpersand()
            case UInt8(ascii: "<"): readInput()
            case UInt8(ascii: ">"): readOutput()
            case UInt8(ascii: "$") where position + 1 < code.count && code[position + 1] == UInt8(ascii: "'"):
                readEscapedQuoted()
            case UInt8(ascii: "$") where startsSubstitution:
                isInWord = true
                readSubstitution("$()")
            default:
                isInWord = true
                word.append(byte)
                position += 1
            }
        }
        endCommand()
    }

    /// True when a parenthesis follows.
    private var startsSubstitution: Bool {
        position + 1 < code.count && code[position + 1] == UInt8(ascii: "(")
    }

    private var arithmeticEnd: Int? { ShellSubstitution.arithmeticEnd(in: code, from: position) }

    private mutating func readSingleQuoted() {
        isInWord = true
        position += 1
        while position < code.count, code[position] != UInt8(ascii: "'") {
            word.append(code[position])
            position += 1
        }
        endQuote()
    }

    private mutating func endQuote() {
        if position >= code.count { isCut = true }
        position += 1
    }

    /// Quotes in which a backslash escapes a quote, `$'it\'s'`.
    private mutating func readEscapedQuoted() {
        isInWord = true
        position += 2
        while position < code.count, code[position] != UInt8(ascii: "'") {
            if code[position] == UInt8(ascii: "\\"), position + 1 < code.count { position += 1 }
            word.append(code[position])
            position += 1
        }
        endQuote()
    }

    private mutating func readDoubleQuoted() {
        isInWord = true
        position += 1
        while position < code.count, code[position] != UInt8(ascii: "\"") {
            if code[position] == UInt8(ascii: "\\"), position + 1 < code.count {
                // Before any other byte the backslash stays.
                if !"$`\"\\\n".utf8.contains(code[position + 1]) { word.append(code[position]) }
                position += 1
            } else if code[position] == UInt8(ascii: "$"), startsSubstitution {
                readSubstitution("$()")
                continue
            } else if code[position] == .backtick {
                readBackticks()
                continue
            }
            word.append(code[position])
            position += 1
        }
        endQuote()
    }

    /// Takes what stands between a parenthesis and the one that closes it.
    private mutating func readSubstitution(_ sign: String) {
        position += 2
        let start = position
        position = ShellSubstitution.end(in: code, from: start)
        let inside = code[start..<position]
        if position == code.count { isCut = true }
        // `$((1 << 3))` is arithmetic.
        if ShellSubstitution.arithmeticEnd(in: code, from: start - 1) != position + 1 {
            if ShellSubstitution.fetches(inside) { fetches = true }
            nested.append(Nested(code: Array(inside), isWholeCode: false))
        }
        word += sign.utf8
        position = min(position + 1, code.count)
    }

    private mutating func readBackticks() {
        isInWord = true
        position += 1
        let start = position
        while position < code.count, code[position] != .backtick {
            position += code[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        position = min(position, code.count)
        if ShellSubstitution.fetches(code[start..<position]) { fetches = true }
        nested.append(Nested(code: Array(code[start..<position]), isWholeCode: false))
        word += "$()".utf8
        position += 1
    }

    private mutating func readEscape() {
        position += 1
        guard position < code.count else { return }
        if code[position] != .lineFeed {
            isInWord = true
            word.append(code[position])
        }
        position += 1
    }

    private mutating func readPipe() {
        endCommand()
        position += 1
        let isOr = position < code.count && code[position] == UInt8(ascii: "|")
        if isOr {
            position += 1
        } else {
            pipedFrom = commands.last.map { $0.setting.pipedFrom ?? $0.name }
            // `|&` feeds errors too.
            if position < code.count, code[position] == UInt8(ascii: "&") { position += 1 }
        }
    }

    private mutating func readAmpersand() {
        position += 1
        if position < code.count, code[position] == UInt8(ascii: "&") {
            position += 1
            endCommand()
        } else if position < code.count, code[position] == UInt8(ascii: ">") {
            endWord()
        } else {
            endCommand(isDetached: true)
        }
    }

    private mutating func readInput() {
        if startsSubstitution {
            isInWord = true
            return readSubstitution("<()")
        }
        hasInput = true
        if let document = HereDocument.word(in: code[...], at: position) {
            terminators.append(document.text)
            endWord()
            position = document.end
            return
        }
        endRedirectedWord()
        isHereString = code[position...].starts(with: "<<<".utf8)
        while position < code.count, "<&>".utf8.contains(code[position]) { position += 1 }
        isTarget = true
    }

    private mutating func readOutput() {
        if startsSubstitution {
            isInWord = true
            return readSubstitution(">()")
        }
        endRedirectedWord()
        while position < code.count, ">&|".utf8.contains(code[position]) { position += 1 }
        isTarget = true
    }

    /// Passes over the text of here-documents; what a shell is fed is read as code.
    private mutating func skipHereDocuments() {
        let line = commands[min(commandsBeforeLine, commands.count)...]
        let isFedToShell = line.contains(where: \.readsCode)
        commandsBeforeLine = commands.count
        for terminator in terminators {
            let start = position
            var hasEnd = false
            defer { if !hasEnd { isCut = true } }
            while position < code.count {
                let lineStart = position
                let end = code[position...].firstIndex(of: .lineFeed) ?? code.count
                let line = code[position..<end].drop(while: \.isBlank)
                position = min(end + 1, code.count)
                guard line.elementsEqual(terminator) else { continue }
                hasEnd = true
                if isFedToShell {
                    nested.append(Nested(code: Array(code[start..<lineStart]), isWholeCode: false))
                }
                break
            }
        }
        terminators = []
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
        }
        isTarget = false
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

    private mutating func endCommand(isDetached: Bool = false) {
        endWord()
        isTarget = false
        var setting = ShellCommand.Setting()
        setting.hasInput = hasInput || pipedFrom != nil || isFed
        setting.pipedFrom = pipedFrom
        setting.isDetached = isDetached
        setting.isNested = isNested
        setting.fetches = fetches
        if words.isEmpty, isDetached, let group = lastGroup {
            for index in group where commands.indices.contains(index) {
                commands[index] = commands[index].detached
            }
        }
        if !words.isEmpty || isDetached { lastGroup = nil }
        add(words[...], setting)
        words.removeAll(keepingCapacity: true)
        hasInput = false
        pipedFrom = nil
        fetches = false
        hereString = nil
    }

    private mutating func add(_ words: ArraySlice<String>, _ setting: ShellCommand.Setting) {
        var setting = setting
        let meant = ShellWrappers.removed(from: words, &setting)
        guard let first = meant.first else { return }
        // `parallel 'gzip {}; rm {}'`, `flock /tmp/lock -c 'rm x'`
        if meant.count < words.count {
            if first == "-c" || first == ":::" { return addCode(meant.dropFirst().joined(separator: "; ")) }
            if first.contains(where: \.isWhitespace) { addCode(first) }
        }
        let command = ShellCommand(words: Array(meant), setting)
        commands.append(command)
        if let code = command.innerCode { addCode(code, isFed: setting.hasInput) }
        if command.readsCode {
            // `bash <<< 'rm x'`, `echo 'rm x' | bash`
            if let text = hereString { nested.append(Nested(code: Array(text.utf8), isWholeCode: false)) }
            if let feeder = commands.dropLast().last, ["echo", "printf"].contains(setting.pipedFrom) {
                let text = feeder.words.dropFirst().joined(separator: " ")
                nested.append(Nested(code: Array(text.utf8), isWholeCode: false))
            }
        }
        if let inner = command.innerWords {
            // A terminal of its own stays one for the command inside; without it, nobody can type.
            setting.isNested = true
            if command.has(option: "-d") || command.has(option: "--detach") { setting.isDetached = true }
            add(inner, setting)
        }
    }

    private mutating func addCode(_ code: String, isFed: Bool = false) {
        nested.append(Nested(code: Array(code.utf8), isWholeCode: true, isFed: isFed))
    }
}
