/// The variables that shell code reads and sets, as far as its text tells.
///
/// What it reads is what stands as `$NAME` or `${NAME}` outside single quotes and comments, without a default
/// of its own. What it sets is taken generously: a variable that is missed there would be asked for.
struct ShellVariables {
    /// The names that are read and were not set before in the same code, in the order of their first use.
    private(set) var needed: [String] = []
    private var seen: Set<String> = []
    private(set) var set: Set<String> = []
    /// True when it runs code that stands elsewhere, which may set anything: `source`, `eval`.
    private(set) var setsUnknown = false

    /// What is assigned is read first: `LIST=$LIST,b` reads the old value.
    private var assigned: [(name: String, depth: Int)] = []
    private var depth = 0
    private var isAtWord = true

    /// - `commands`: those of the text.
    init(_ text: ShellText, _ commands: [ShellCommand]) {
        for command in commands where !command.setting.isNested { take(command) }
        for token in text.tokens { read(token, text.code) }
        endWord(at: 0)
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
    private mutating func read(_ token: ShellToken, _ code: [UInt8]) {
        switch token.kind {
        case .text:
            if isAtWord, let name = Self.name(assignedAt: token.range.lowerBound, in: code) {
                assigned.append((name, depth))
            }
            isAtWord = false
        case .formula:
            for part in code[token.range].split(whereSeparator: { ";,(".utf8.contains($0) }) {
                let start = part.drop(while: \.isBlank).startIndex
                if start < part.endIndex, let name = Self.name(assignedAt: start, in: code) {
                    set.insert(name)
                }
            }
        case .variable: need(Self.name(at: token.range.lowerBound + 1, in: code))
        case .parameter: readParameter(token.range, code)
        case .open(let nesting):
            depth += 1
            isAtWord = nesting.holdsCode
        case .close(let nesting):
            endWord(at: depth)
            depth -= 1
            isAtWord = nesting == .group || nesting == .document
            if isAtWord { endWord(at: depth) }
        case .blank, .lineEnd, .separator, .caseEnd, .background, .condition, .pipe, .patternSign, .stray,
            .input, .output, .hereString, .document:
            endWord(at: depth)
            isAtWord = true
        case .escape, .quotedEscape, .codedEscape, .quoted, .documentWord: isAtWord = false
        case .continuation, .comment, .braced, .documentText, .literalText: break
        }
    }

    /// Sets what was assigned at this depth or deeper.
    private mutating func endWord(at depth: Int) {
        while let last = assigned.last, last.depth >= depth {
            set.insert(last.name)
            assigned.removeLast()
        }
    }

    private mutating func readParameter(_ range: ByteRange, _ code: [UInt8]) {
        let mark = code[range.lowerBound]
        let start = mark == UInt8(ascii: "!") || mark == UInt8(ascii: "#") ? 1 : 0
        let name = Self.name(at: range.lowerBound + start, in: code)
        var rest = code[range.upperBound...]
        if rest.first == UInt8(ascii: ":") { rest = rest.dropFirst() }
        switch rest.first {
        case UInt8(ascii: "-"), UInt8(ascii: "+"): break
        case UInt8(ascii: "="): set.insert(name)
        default: need(name)
        }
    }

    private mutating func need(_ name: String) {
        guard !name.isEmpty, !set.contains(name), !Self.isStandard(name), seen.insert(name).inserted else {
            return
        }
        needed.append(name)
    }

    /// The variable that a word gives a value, `NAME=`, `NAME[1]=`, `NAME+=`.
    private static func name(assignedAt start: Int, in code: [UInt8]) -> String? {
        guard code[start].isLetter || code[start] == UInt8(ascii: "_") else { return nil }
        var rest = code[start...].drop(while: isNameByte)
        let end = rest.startIndex
        if rest.first == UInt8(ascii: "["),
            let close = rest.prefix(200).firstIndex(of: UInt8(ascii: "]"))
        {
            rest = code[(close + 1)...]
        }
        if rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        guard rest.first == UInt8(ascii: "=") else { return nil }
        return String(decoding: code[start..<end], as: UTF8.self)
    }

    private static func name(at offset: Int, in code: [UInt8]) -> String {
        let bytes = code[min(offset, code.count)...].prefix(while: isNameByte)
        guard let first = bytes.first, !first.isDigit else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_")
    }
}
