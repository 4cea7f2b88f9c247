/// What the first word of an info string says about running a block.
enum Language: Hashable, Sendable {
    /// This version runs it.
    case runs(Interpreter)
    /// There is an interpreter for it that this version does not run.
    case byHand(String)
    case checkpoint

    /// The table of tags, in small letters; every other tag is prose.
    private static let table: [String: Language] = {
        let rows: [(Language, String)] = [
            (.runs(.bash), "bash shell console terminal shell-session shellsession sh-session shellscript"),
            (.runs(.bash), "bash-session azurecli azurecli-interactive"),
            (.runs(.sh), "sh"),
            (.runs(.python), "python python3 py py3"),
            (.byHand("zsh"), "zsh"),
            (.byHand("fish"), "fish"),
            (.byHand("ksh"), "ksh"),
            (.byHand("Node.js"), "node js javascript"),
            (.byHand("Ruby"), "ruby rb irb"),
            (.byHand("Perl"), "perl pl"),
            (.byHand("Lua"), "lua"),
            (.byHand("R"), "r"),
            (.byHand("PHP"), "php"),
            (.byHand("SQLite"), "sqlite sqlite3"),
            (.byHand("psql"), "psql postgres postgresql pgsql plpgsql"),
            (.byHand("MySQL"), "mysql mariadb"),
            (.byHand("SQL"), "sql"),
            (.byHand("redis-cli"), "redis redis-cli"),
            (.byHand("the MongoDB shell"), "mongo mongodb mongosh"),
            (.byHand("cqlsh"), "cql cqlsh"),
            (.byHand("PowerShell"), "powershell pwsh ps1 azurepowershell azurepowershell-interactive"),
            (.byHand("the Windows command prompt"), "cmd bat batch"),
            (.checkpoint, "checkpoint"),
        ]
        var table: [String: Language] = [:]
        for (language, tags) in rows {
            for tag in tags.split(separator: " ") { table[String(tag)] = language }
        }
        return table
    }()

    init?(tag: String) {
        guard let found = Self.table[tag] else { return nil }
        self = found
    }

    /// What runs it; nil when this version does not.
    var interpreter: Interpreter? {
        if case .runs(let interpreter) = self { interpreter } else { nil }
    }

    /// True for the languages of shells, also of those that this version does not run.
    var isShell: Bool {
        switch self {
        case .runs(let interpreter): interpreter != .python
        case .byHand(let name):
            ["zsh", "fish", "ksh", "PowerShell", "the Windows command prompt"].contains(name)
        case .checkpoint: false
        }
    }
}
