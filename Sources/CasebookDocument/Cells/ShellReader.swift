/// Cuts shell code into its simple commands, well enough to recognise some of them; it is no shell.
///
/// Quotes, comments, continuations, here-documents and command substitutions are understood; loops and
/// functions are read as the commands inside them.
struct ShellReader {
    private let code: [UInt8]
    private var position = 0
    private var commands: [ShellCommand] = []
    private var words: [String] = []
    private var word: [UInt8] = []
    private var isInWord = false
    private var hasInput = false
    private var isAfterPipe = false
    private var terminators: [[UInt8]] = []
    /// Command substitutions inside double quotes, read after the rest.
    private var nested: [[UInt8]] = []

    private init(_ code: [UInt8]) { self.code = code }

    /// The simple commands of a cell, in order.
    static func commands(in code: [UInt8]) -> [ShellCommand] {
        var commands: [ShellCommand] = []
        var level = [code]
        // Each level is read once; deeper nesting than this is not looked into.
        for _ in 0..<8 where !level.isEmpty {
            var next: [[UInt8]] = []
            for code in level {
                var reader = ShellReader(code)
                reader.readAll()
                commands += reader.commands
                next += reader.nested
            }
            level = next
        }
        return commands
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
            case UInt8(ascii: ";"), UInt8(ascii: "("), UInt8(ascii: ")"), .backtick:
                endCommand()
                position += 1
            case UInt8(ascii: "|"):
                endCommand()
                position += 1
                let isOr = position < code.count && code[position] == byte
                if isOr { position += 1 }
                isAfterPipe = !isOr
            case UInt8(ascii: "&"): readAmpersand()
            case UInt8(ascii: "<"): readInput()
            case UInt8(ascii: "$") where position + 1 < code.count && code[position + 1] == UInt8(ascii: "("):
                endCommand()
                position += 2
            default:
                isInWord = true
                word.append(byte)
                position += 1
            }
        }
        endCommand()
    }

    private mutating func readSingleQuoted() {
        isInWord = true
        position += 1
        while position < code.count, code[position] != UInt8(ascii: "'") {
            word.append(code[position])
            position += 1
        }
        position += 1
    }

    private mutating func readDoubleQuoted() {
        isInWord = true
        position += 1
        while position < code.count, code[position] != UInt8(ascii: "\"") {
            if code[position] == UInt8(ascii: "\\"), position + 1 < code.count {
                position += 1
            } else if code[position...].starts(with: "$(".utf8) {
                readSubstitution()
                continue
            }
            word.append(code[position])
            position += 1
        }
        position += 1
    }

    /// Takes what stands between `$(` and its `)`, by counting parentheses.
    private mutating func readSubstitution() {
        position += 2
        let start = position
        var depth = 1
        while position < code.count {
            if code[position] == UInt8(ascii: "(") { depth += 1 }
            if code[position] == UInt8(ascii: ")") { depth -= 1 }
            if depth == 0 { break }
            position += 1
        }
        nested.append(Array(code[start..<position]))
        word += "$()".utf8
        position = min(position + 1, code.count)
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

    private mutating func readAmpersand() {
        // `>&2` and `&>file` are redirections.
        if word.last == UInt8(ascii: ">") || word.last == UInt8(ascii: "<") {
            word.append(code[position])
            position += 1
            return
        }
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
        hasInput = true
        if let document = HereDocument.word(in: code[...], at: position) {
            terminators.append(document.text)
            endWord()
            position = document.end
            return
        }
        endWord()
        position += 1
    }

    private mutating func skipHereDocuments() {
        for terminator in terminators {
            while position < code.count {
                let end = code[position...].firstIndex(of: .lineFeed) ?? code.count
                let line = code[position..<end].drop(while: \.isBlank)
                position = min(end + 1, code.count)
                if line.elementsEqual(terminator) { break }
            }
        }
        terminators = []
    }
}

// MARK: - Ending

extension ShellReader {
    private mutating func endWord() {
        guard isInWord else { return }
        words.append(String(decoding: word, as: UTF8.self))
        word.removeAll(keepingCapacity: true)
        isInWord = false
    }

    private mutating func endCommand(isDetached: Bool = false) {
        endWord()
        let (meant, isBounded) = Self.withoutWrappers(words)
        if !meant.isEmpty {
            commands.append(
                ShellCommand(
                    words: meant,
                    hasInput: hasInput || isAfterPipe,
                    isDetached: isDetached,
                    isBounded: isBounded
                )
            )
        }
        words.removeAll(keepingCapacity: true)
        hasInput = false
        isAfterPipe = false
    }

    private static let keywords: Set<String> = [
        "if", "then", "else", "elif", "while", "until", "do", "!", "{", "}", "time",
    ]

    private static let wrappers: [String: Set<String>] = [
        "sudo": ["-u", "-g", "-h", "-p", "-C", "-T", "-U", "-r", "-t"],
        "doas": ["-u"],
        "env": ["-u", "-C"],
        "nohup": [],
        "exec": ["-a"],
        "command": [],
        "nice": ["-n"],
        "ionice": ["-c", "-n"],
        "timeout": ["-s", "-k"],
        "setsid": [],
        "stdbuf": ["-o", "-e", "-i"],
        "xargs": ["-n", "-I", "-P", "-d", "-L"],
    ]

    /// The command behind assignments, keywords and wrappers; a bare `sudo -i` or `sudo su` stays.
    private static func withoutWrappers(_ words: [String]) -> (words: [String], isBounded: Bool) {
        var rest = words[...]
        var isBounded = false
        while let first = rest.first {
            if keywords.contains(first) || isAssignment(first) {
                rest.removeFirst()
                continue
            }
            guard let valueOptions = wrappers[first] else { break }
            if first == "timeout" { isBounded = true }
            var inner = rest.dropFirst()
            while let option = inner.first, option.hasPrefix("-"), option.count > 1 {
                inner.removeFirst()
                if valueOptions.contains(option), !inner.isEmpty { inner.removeFirst() }
            }
            if first == "timeout", !inner.isEmpty { inner.removeFirst() }
            guard !inner.isEmpty else { break }
            rest = inner
        }
        return (Array(rest), isBounded)
    }

    private static func isAssignment(_ word: String) -> Bool {
        guard let equals = word.utf8.firstIndex(of: UInt8(ascii: "=")) else { return false }
        return AttributeValue.isVariable(String(word[..<equals]))
    }
}
