/// What the first word of an info string says about running a block.
enum Language: Hashable, Sendable {
    /// This version runs it.
    case runs(Interpreter)
    /// There is an interpreter for it that this version does not run.
    case byHand(String)
    case checkpoint

    /// The table of tags, in small letters, those of ``Interpreter/all`` among them; every other tag is prose.
    private static let table: [String: Language] = {
        let rows: [(Language, String)] = [
            (.byHand("the Windows command prompt"), "cmd bat batch"),
            (.byHand("PHP"), "php"),
            (.byHand("MySQL"), "mysql mariadb"),
            // The language of a server, of which nobody knows how to reach it.
            (.byHand("SQL"), "sql"),
            (.byHand("PostgreSQL"), "postgres postgresql pgsql plpgsql"),
            (.byHand("redis-cli"), "redis redis-cli"),
            (.byHand("the MongoDB shell"), "mongo mongodb mongosh"),
            (.byHand("cqlsh"), "cql cqlsh"),
            (.byHand("PowerShell"), "powershell pwsh ps1 azurepowershell azurepowershell-interactive"),
            (.checkpoint, "checkpoint"),
        ]
        var table: [String: Language] = [:]
        for interpreter in Interpreter.all {
            for tag in interpreter.tags { table[tag] = .runs(interpreter) }
        }
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
        case .runs(let interpreter): interpreter.isShell
        case .byHand(let name): ["PowerShell", "the Windows command prompt"].contains(name)
        case .checkpoint: false
        }
    }
}
