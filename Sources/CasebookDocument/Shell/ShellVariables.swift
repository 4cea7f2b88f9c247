/// The variables that shell code reads and sets, as far as its text tells.
///
/// What it reads is what stands as `$NAME` or `${NAME}` outside single quotes and comments, without a default
/// of its own. What it sets is taken generously: a variable that is missed there would be asked for.
struct ShellVariables {
    /// The names that are read and were not set before in the same code, in the order of their first use.
    private(set) var needed: [String] = []
    private var seen: Set<String> = []
    private(set) var set: Set<String> = []
    /// Those that programs find in their environment, as far as the code says so.
    private(set) var exported: Set<String> = []
    /// True when it runs code that stands elsewhere, which may set anything: `source`, `eval`.
    private(set) var setsUnknown = false

    /// What is assigned is read first: `LIST=$LIST,b` reads the old value.
    private var assigned: [(name: String, depth: Int)] = []
    private var depth = 0
    private var isAtWord = true
    /// True where a word is none of another command: `make X=1` sets nothing here.
    private var mayAssign = true
    /// The same for the words around each open substitution.
    private var mayAssignOutside: [Bool] = []

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

    /// Variables that every zsh has beside those (`zshparam(1)`).
    static func isStandardOfZsh(_ name: String) -> Bool { standardOfZsh.contains(name) }

    private static let standardOfZsh: Set<String> = [
        "ARGC", "CPUTYPE", "ERRNO", "FIGNORE", "FPATH", "GID", "HOST", "KEYTIMEOUT", "MANPATH", "MATCH",
        "MBEGIN",
        "MEND", "NULLCMD", "PROMPT", "PSVAR", "READNULLCMD", "RPROMPT", "RPS1", "SPROMPT", "TIMEFMT", "TTY",
        "TTYIDLE",
        "USERNAME", "VENDOR", "WORDCHARS", "ZDOTDIR", "ZSH_ARGZERO", "ZSH_EVAL_CONTEXT",
        "ZSH_EXECUTION_STRING",
        "ZSH_NAME", "ZSH_PATCHLEVEL", "ZSH_SUBSHELL", "ZSH_VERSION", "aliases", "argv", "builtins", "cdpath",
        "commands",
        "dirstack", "errnos", "fignore", "fpath", "funcstack", "functions", "galiases", "history",
        "historywords",
        "jobstates", "jobtexts", "manpath", "match", "mbegin", "mend", "module_path", "modules", "nameddirs",
        "options",
        "parameters", "path", "pipestatus", "prompt", "psvar", "signals", "status", "sysparams", "widgets",
    ]

    private static let standardPrefixes = ["CASEBOOK_"]

    private static let standard: Set<String> = [
        "COLUMNS", "DIRSTACK", "DISPLAY", "EDITOR", "EPOCHREALTIME", "EPOCHSECONDS", "EUID", "FUNCNAME",
        "GROUPS",
        "HISTFILE", "HISTSIZE", "HOME", "HOSTNAME", "HOSTTYPE", "IFS", "LANG", "LINENO", "LINES", "LOGNAME",
        "MACHTYPE", "MAIL", "OLDPWD", "OPTARG", "OPTERR", "OPTIND", "OSTYPE", "PAGER", "PATH", "PIPESTATUS",
        "PPID",
        "PS1", "PS2", "PS3", "PS4", "PWD", "RANDOM", "REPLY", "SECONDS", "SHELL", "SHELLOPTS", "SHLVL",
        "SUDO_USER",
        "TERM", "TMPDIR", "UID", "USER", "VISUAL", "_",
        "BASH", "BASHOPTS", "BASHPID", "BASH_ALIASES", "BASH_ARGC", "BASH_ARGV", "BASH_ARGV0", "BASH_CMDS",
        "BASH_COMMAND", "BASH_COMPAT", "BASH_ENV", "BASH_EXECUTION_STRING", "BASH_LINENO", "BASH_REMATCH",
        "BASH_SOURCE", "BASH_SUBSHELL", "BASH_VERSINFO", "BASH_VERSION", "BASH_XTRACEFD",
        "COMPREPLY", "COMP_CWORD", "COMP_KEY", "COMP_LINE", "COMP_POINT", "COMP_TYPE", "COMP_WORDBREAKS",
        "COMP_WORDS",
        "LC_ALL", "LC_COLLATE", "LC_CTYPE", "LC_MESSAGES", "LC_MONETARY", "LC_NUMERIC", "LC_TIME",
        "SSH_AGENT_PID", "SSH_ASKPASS", "SSH_AUTH_SOCK", "SSH_CLIENT", "SSH_CONNECTION", "SSH_TTY",
        "XDG_CACHE_HOME", "XDG_CONFIG_DIRS", "XDG_CONFIG_HOME", "XDG_CURRENT_DESKTOP", "XDG_DATA_DIRS",
        "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_SESSION_ID", "XDG_SESSION_TYPE", "XDG_STATE_HOME",
    ]
}

// MARK: - What commands set

extension ShellVariables {
    private mutating func take(_ command: ShellCommand) {
        guard Self.setters.contains(command.name) else { return }
        let words = command.words.dropFirst().filter { !$0.hasPrefix("-") }
        let options = command.words.dropFirst().prefix { $0.hasPrefix("-") }
        let names = words.map { String($0.prefix { $0 != "=" && $0 != "[" }) }
        if command.name == "export"
            || ["declare", "typeset"].contains(command.name) && options.contains(where: { $0.contains("x") })
        {
            exported.formUnion(names)
        }
        switch command.name {
        case "source", ".", "eval": setsUnknown = true
        case "export" where words.contains { $0.hasPrefix("$") || $0.hasPrefix("`") }: setsUnknown = true
        case "read", "mapfile", "readarray", "declare", "typeset", "local", "readonly":
            set.formUnion(names)
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

extension ShellVariables {
    /// The commands that set variables.
    private static let setters: Set<String> = [
        "export", "declare", "typeset", "source", ".", "eval", "read", "mapfile", "readarray", "local",
        "readonly", "for", "select", "getopts", "printf",
    ]
}

// MARK: - What the text reads

extension ShellVariables {
    private mutating func read(_ token: ShellToken, _ code: [UInt8]) {
        switch token.kind {
        case .text:
            if isAtWord { readWord(token.range, code) }
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
            mayAssignOutside.append(mayAssign)
            isAtWord = nesting.holdsCode
            if isAtWord { mayAssign = true }
        case .close(let nesting):
            endWord(at: depth)
            depth -= 1
            mayAssign = mayAssignOutside.popLast() ?? true
            isAtWord = nesting == .group || nesting == .document
            if isAtWord { endWord(at: depth) }
        case .lineEnd, .separator, .caseEnd, .background, .condition, .pipe, .patternSign, .stray:
            endWord(at: depth)
            isAtWord = true
            mayAssign = true
        case .blank, .input, .output, .hereString, .document:
            endWord(at: depth)
            isAtWord = true
        case .escape, .quotedEscape, .codedEscape, .quoted, .documentWord: isAtWord = false
        case .continuation, .comment, .braced, .documentText, .literalText: break
        }
    }

    /// Reads the start of a word: an assignment, unless it is given to another command.
    private mutating func readWord(_ range: ByteRange, _ code: [UInt8]) {
        if let name = Self.name(assignedAt: range.lowerBound, in: code) {
            if mayAssign { assigned.append((name, depth)) }
        } else {
            let word = code[range].prefix(12)
            mayAssign = Self.beforeAssignments.contains(String(decoding: word, as: UTF8.self))
        }
    }

    /// Words after which an assignment is one for this shell: keywords, and what declares variables.
    private static let beforeAssignments: Set<String> = [
        "if", "then", "else", "elif", "while", "until", "do", "!", "{", "}", "time", "export", "declare",
        "local", "readonly", "typeset", "let", "builtin", "command", "-x", "-r", "-i", "-a", "-A", "-g",
        "-gx",
    ]

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
