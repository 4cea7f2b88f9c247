/// A program that cells run in.
///
/// The table is ``all``; a document adds its own, ``init(tag:command:)``.
package struct Interpreter: Hashable, Sendable {
    /// What carries over from cell to cell, and how.
    package enum Life: Hashable, Sendable {
        /// A driver keeps it alive: variables, functions and the directory carry over.
        case session(Driver)
        /// Each cell starts it anew and feeds it the code.
        case process
    }

    /// The interpreters that can be kept alive.
    package enum Driver: String, Hashable, Sendable, CaseIterable {
        case bash
        case sh
        case zsh
        case fish
        case python
        case node
        case ruby
        case perl
    }

    /// The words of a fence that mean it, in small letters.
    package let tags: [String]
    /// What records, messages and sessions call it: `bash`, `sqlite`; one of a document's own has its tag.
    package let name: String
    package let life: Life
    /// The grammar of its code, as far as Casebook reads it.
    package let syntax: CodeSyntax
    /// The program that is looked up on PATH; a document's own may name it with a directory, and is empty when only a
    /// shell knows which one it is.
    package let program: String
    /// The command line that a shell runs for each cell, with the code on its standard input.
    ///
    /// In the place of `{}` stands the name of a file with the code. Empty for a live session.
    package let commandLine: String
    /// True for those of the table, whose messages count the lines of what they read.
    package let countsLines: Bool

    fileprivate init(_ driver: Driver, program: String? = nil, _ syntax: CodeSyntax, tags: String) {
        self.tags = tags.split(separator: " ").map(String.init)
        name = driver.rawValue
        life = .session(driver)
        self.syntax = syntax
        self.program = program ?? driver.rawValue
        commandLine = ""
        countsLines = true
    }

    fileprivate init(_ name: String, each commandLine: String, _ syntax: CodeSyntax, tags: String) {
        self.tags = tags.split(separator: " ").map(String.init)
        self.name = name
        life = .process
        self.syntax = syntax
        program = Self.program(of: commandLine)
        self.commandLine = commandLine
        countsLines = true
    }

    /// One that a document declares, `terraform: terraform console`.
    ///
    /// Where the line only gives more words to a program of the table, `psql: psql service=orders`, the program keeps what
    /// the table says of it: that it stops at the first error, and its syntax.
    package init(tag: String, command: String) {
        let first = command.prefix { !$0.isWhitespace }
        // With a file's name in it, or with more than one command, the line says all itself.
        let isPlain = !command.contains("{}") && !command.contains { "|&;<>()`\n".contains($0) }
        let known = Self.all.first { $0.life == .process && $0.program == first && isPlain }
        tags = [tag]
        name = tag
        life = .process
        countsLines = known != nil
        syntax = known?.syntax ?? .unknown
        program = Self.program(of: command)
        commandLine = known.map { $0.commandLine + command.dropFirst(first.count) } ?? command
    }

    /// The first word, where it can only be a program; empty where a shell would have to say which one it is.
    private static func program(of commandLine: String) -> String {
        let first = String(commandLine.prefix { !$0.isWhitespace })
        let isPlain = first.utf8.allSatisfy { $0.isLetter || $0.isDigit || "./_+-".utf8.contains($0) }
        return isPlain && !shellWords.contains(first) ? first : ""
    }

    /// First words that are the shell's own.
    private static let shellWords: Set<String> = [
        ".", "case", "cd", "command", "eval", "exec", "export", "for", "if", "set", "source", "until",
        "while",
    ]
}

extension Interpreter {
    package static let bash = Interpreter(
        .bash,
        .shell,
        tags:
            "bash shell console terminal shell-session shellsession sh-session shellscript bash-session azurecli "
            + "azurecli-interactive"
    )
    package static let sh = Interpreter(.sh, .shell, tags: "sh dash")
    package static let python = Interpreter(
        .python,
        program: "python3",
        .python,
        tags: "python python3 py py3"
    )

    /// Every interpreter that needs no declaration.
    package static let all: [Interpreter] = [
        .bash, .sh,
        Interpreter(.zsh, .shell, tags: "zsh"),
        Interpreter(.fish, .fish, tags: "fish"),
        .python,
        Interpreter(.node, .javaScript, tags: "node js javascript"),
        Interpreter(.ruby, .ruby, tags: "ruby rb irb"),
        Interpreter(.perl, .perl, tags: "perl pl"),
        Interpreter("ksh", each: "ksh", .shell, tags: "ksh"),
        Interpreter("lua", each: "lua -", .lua, tags: "lua"),
        Interpreter("r", each: "Rscript --vanilla -", .r, tags: "r rscript"),
        Interpreter("sqlite", each: "sqlite3 -batch -bail", .sql, tags: "sqlite sqlite3"),
        Interpreter("psql", each: "psql -X -q -v ON_ERROR_STOP=1 -f -", .sql, tags: "psql"),
    ]

    /// Those whose sessions live on from cell to cell.
    package static let live: [Interpreter] = all.filter { $0.life != .process }

    /// The one of the table with this name.
    package init?(named name: String) {
        guard let found = Self.all.first(where: { $0.name == name }) else { return nil }
        self = found
    }

    /// False where keys would not reach the cell: zsh and fish take no terminal as their own, Node.js reads it behind the
    /// cell's end, and a process for each cell reads its code where a person would type.
    package var takesTerminal: Bool {
        switch life {
        case .session(.zsh), .session(.fish), .session(.node): false
        case .session: true
        case .process: commandLine.contains("{}")
        }
    }

    /// True when its commands can be told from its text.
    package var isShell: Bool { syntax == .shell || syntax == .fish }
}

extension Interpreter: CustomStringConvertible {
    package var description: String { name }
}

/// The grammar of a cell's code, as far as it matters to what is looked for in it.
package enum CodeSyntax: Hashable, Sendable {
    /// bash and its relatives.
    case shell
    case fish
    case python
    case javaScript
    case ruby
    case perl
    case lua
    case r
    case sql
    /// That of a document's own interpreter.
    case unknown

    /// What starts a comment that reaches to the end of its line.
    var comment: String? {
        switch self {
        case .shell, .fish, .python, .ruby, .perl, .r: "#"
        case .javaScript: "//"
        case .lua, .sql: "--"
        case .unknown: nil
        }
    }
}
