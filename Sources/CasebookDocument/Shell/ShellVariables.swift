/// The variables that shell code reads and sets, as far as its text tells.
///
/// What it reads is what stands as `$NAME` or `${NAME}` outside single quotes and comments, without a default
/// of its own. What it sets is taken generously: a variable that is missed there would be asked for.
struct ShellVariables {
    /// The names that are read and were not set before in the same code, in the order of their first use.
    private(set) var needed: [String] = []
    private(set) var set: Set<String> = []
    /// True when it runs code that stands elsewhere, which may set anything: `source`, `eval`.
    private(set) var setsUnknown = false

    private let code: [UInt8]
    private var position = 0
    private var isQuoted = false
    private var isInWord = false
    /// The command substitutions that are open: whether each stands in double quotes, and its parentheses.
    private var substitutions: [(isQuoted: Bool, depth: Int)] = []
    private var documents: [(terminator: [UInt8], isLiteral: Bool)] = []

    init(_ code: [UInt8]) {
        self.code = code
        for command in ShellReader.commands(in: code) where !command.setting.isNested { take(command) }
        while position < code.count { step() }
    }

    /// Variables that every shell has, or that only it sets.
    static func isStandard(_ name: String) -> Bool {
        standard.contains(name) || standardPrefixes.contains { name.hasPrefix($0) }
    }

    private static let standardPrefixes = ["BASH", "LC_", "XDG_", "CASEBOOK_", "COMP_", "SSH_"]

    private static let standard: Set<String> = [
        "COLUMNS", "DIRSTACK", "DISPLAY", "EDITOR", "EPOCHREALTIME", "EPOCHSECONDS", "EUID", "FUNCNAME",
        "GROUPS",
        "HISTFILE", "HISTSIZE", "HOME", "HOSTNAME", "HOSTTYPE", "IFS", "LANG", "LINENO", "LINES", "LOGNAME",
        "MACHTYPE", "MAIL", "OLDPWD", "OPTARG", "OPTERR", "OPTIND", "OSTYPE", "PAGER", "PATH", "PIPESTATUS",
        "PPID",
        "PS1", "PS2", "PS3", "PS4", "PWD", "RANDOM", "REPLY", "SECONDS", "SHELL", "SHELLOPTS", "SHLVL",
        "SUDO_USER",
        "TERM", "TMPDIR", "UID", "USER", "VISUAL", "_",
    ]
}

// MARK: - What commands set

extension ShellVariables {
    private mutating func take(_ command: ShellCommand) {
        let words = command.words.dropFirst().filter { !$0.hasPrefix("-") }
        switch command.name {
        case "source", ".", "eval": setsUnknown = true
        case "export" where words.contains { $0.hasPrefix("$") || $0.hasPrefix("`") }: setsUnknown = true
        case "read", "mapfile", "readarray", "declare", "typeset", "local", "readonly":
            set.formUnion(words.map { String($0.prefix { $0 != "=" && $0 != "[" }) })
        case "for", "select":
            if let name = words.first { set.insert(name) }
        case "getopts":
            if words.count > 1 { set.insert(words[1]) }
        case "printf":
            let all = command.words
            if let option = all.firstIndex(of: "-v"), option + 1 < all.count { set.insert(all[option + 1]) }
        default: break
        }
        // `export $(cat .env)`: the substitution is a command of its own by now.
        if command.name == "export", words.isEmpty, command.words.count == 1 { setsUnknown = true }
    }
}

// MARK: - What the text reads

extension ShellVariables {
    private func byte(at offset: Int) -> UInt8? { code.indices.contains(offset) ? code[offset] : nil }

    private mutating func step() {
        let byte = code[position]
        switch byte {
        case UInt8(ascii: "\\"):
            position += 2
            isInWord = true
        case UInt8(ascii: "'") where !isQuoted:
            skipSingleQuoted()
        case UInt8(ascii: "\""):
            isQuoted.toggle()
            isInWord = true
            position += 1
        case UInt8(ascii: "#") where !isQuoted && !isInWord:
            position = code[position...].firstIndex(of: .lineFeed) ?? code.count
        case UInt8(ascii: "$"):
            readDollar()
            isInWord = true
        case UInt8(ascii: "(") where !isQuoted && !substitutions.isEmpty:
            substitutions[substitutions.count - 1].depth += 1
            position += 1
            isInWord = false
        case UInt8(ascii: ")") where !isQuoted && !substitutions.isEmpty:
            position += 1
            let last = substitutions.count - 1
            substitutions[last].depth -= 1
            isInWord = substitutions[last].depth == 0
            if isInWord { isQuoted = substitutions.removeLast().isQuoted }
        case .lineFeed:
            position += 1
            isInWord = false
            if !isQuoted { readDocuments() }
        case UInt8(ascii: "<") where !isQuoted && self.byte(at: position + 1) == byte:
            readDocumentStart()
        default:
            if !isQuoted, !isInWord, byte.isLetter || byte == UInt8(ascii: "_") { return readWordStart() }
            isInWord = isQuoted || !(byte.isBlank || ";&|(){}<>`".utf8.contains(byte))
            position += 1
        }
    }

    private mutating func skipSingleQuoted() {
        isInWord = true
        let isANSI = position > 0 && code[position - 1] == UInt8(ascii: "$")
        position += 1
        while let byte = byte(at: position), byte != UInt8(ascii: "'") {
            position += isANSI && byte == UInt8(ascii: "\\") ? 2 : 1
        }
        position += 1
    }

    /// A word that begins with a name: an assignment when `=` follows.
    private mutating func readWordStart() {
        let name = self.name(at: position)
        var end = position + name.utf8.count
        if byte(at: end) == UInt8(ascii: "["), let close = code[end...].firstIndex(of: UInt8(ascii: "]")) {
            end = close + 1
        }
        if byte(at: end) == UInt8(ascii: "+") { end += 1 }
        isInWord = true
        position += name.utf8.count
        guard byte(at: end) == UInt8(ascii: "=") else { return }
        // What is assigned is read first: `LIST=$LIST,b` reads the old value.
        position = end
        readValue()
        set.insert(name)
    }

    /// Goes on to the end of an assigned value.
    private mutating func readValue() {
        isInWord = true
        while position < code.count, isInWord {
            guard isQuoted || !(code[position].isBlank || ";&|\n)".utf8.contains(code[position])) else {
                return
            }
            step()
            isInWord = true
        }
    }

    private mutating func readDollar() {
        position += 1
        guard let next = byte(at: position) else { return }
        if next.isLetter || next == UInt8(ascii: "_") {
            let name = self.name(at: position)
            position += name.utf8.count
            need(name)
        } else if next == UInt8(ascii: "{") {
            readBraced()
        } else if next == UInt8(ascii: "(") {
            substitutions.append((isQuoted, 1))
            isQuoted = false
            position += 1
        } else if next == UInt8(ascii: "'"), !isQuoted {
            return
        } else {
            position += 1
        }
    }

    private mutating func readBraced() {
        position += 1
        if let mark = byte(at: position), mark == UInt8(ascii: "!") || mark == UInt8(ascii: "#") {
            position += 1
        }
        let name = self.name(at: position)
        guard !name.isEmpty else { return }
        position += name.utf8.count
        var rest = code[position...]
        if rest.first == UInt8(ascii: ":") { rest = rest.dropFirst() }
        switch rest.first {
        case UInt8(ascii: "-"), UInt8(ascii: "+"): break
        case UInt8(ascii: "="): set.insert(name)
        default: need(name)
        }
    }

    private mutating func need(_ name: String) {
        guard !set.contains(name), !needed.contains(name), !Self.isStandard(name) else { return }
        needed.append(name)
    }

    private mutating func readDocumentStart() {
        guard let word = HereDocument.word(in: code[...], at: position) else {
            position += 2
            return
        }
        let isLiteral = code[position..<word.end].contains { "'\"\\".utf8.contains($0) }
        documents.append((word.text, isLiteral))
        isInWord = false
        position = word.end
    }

    /// Here-documents are text in which quotes mean nothing and, unless their word is quoted, variables do.
    private mutating func readDocuments() {
        let started = documents
        documents = []
        for document in started {
            while position < code.count {
                let end = code[position...].firstIndex(of: .lineFeed) ?? code.count
                if code[position..<end].drop(while: \.isBlank).elementsEqual(document.terminator) {
                    position = end
                    break
                }
                while position < end, !document.isLiteral {
                    switch code[position] {
                    case UInt8(ascii: "\\"): position += 2
                    case UInt8(ascii: "$"): readDollar()
                    default: position += 1
                    }
                }
                substitutions = []
                isQuoted = false
                position = max(position, end + 1)
            }
        }
    }

    private func name(at offset: Int) -> String {
        let bytes = code[min(offset, code.count)...].prefix {
            $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_")
        }
        guard let first = bytes.first, !first.isDigit else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }
}
