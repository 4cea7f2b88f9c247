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

    /// One reference for all of it: it is asked for with each rule about a cell, and copied.
    private final class Row: Hashable, Sendable {
        let tags: [String]
        let name: String
        let life: Life
        let syntax: CodeSyntax
        let program: String
        let commandLine: String
        let countsLines: Bool

        init(
            tags: [String],
            name: String,
            life: Life,
            syntax: CodeSyntax,
            program: String,
            commandLine: String,
            countsLines: Bool
        ) {
            self.tags = tags
            self.name = name
            self.life = life
            self.syntax = syntax
            self.program = program
            self.commandLine = commandLine
            self.countsLines = countsLines
        }

        static func == (one: Row, other: Row) -> Bool {
            one === other
                || one.tags == other.tags && one.name == other.name && one.life == other.life
                    && one.syntax == other.syntax && one.program == other.program
                    && one.commandLine == other.commandLine && one.countsLines == other.countsLines
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(name)
            hasher.combine(commandLine)
        }
    }

    private let row: Row

    fileprivate init(_ driver: Driver, program: String? = nil, _ syntax: CodeSyntax, tags: String) {
        row = Row(
            tags: tags.split(separator: " ").map(String.init),
            name: driver.rawValue,
            life: .session(driver),
            syntax: syntax,
            program: program ?? driver.rawValue,
            commandLine: "",
            countsLines: true
        )
    }

    fileprivate init(_ name: String, each commandLine: String, _ syntax: CodeSyntax, tags: String) {
        row = Row(
            tags: tags.split(separator: " ").map(String.init),
            name: name,
            life: .process,
            syntax: syntax,
            program: Self.program(of: commandLine),
            commandLine: commandLine,
            countsLines: true
        )
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
        row = Row(
            tags: [tag],
            name: tag,
            life: .process,
            syntax: known?.syntax ?? .unknown,
            program: Self.program(of: command),
            commandLine: known.map { $0.commandLine + command.dropFirst(first.count) } ?? command,
            countsLines: known != nil
        )
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

// MARK: - What it is

extension Interpreter {
    /// The words of a fence that mean it, in small letters.
    package var tags: [String] { row.tags }
    /// What records, messages and sessions call it: `bash`, `sqlite`; one of a document's own has its tag.
    package var name: String { row.name }
    package var life: Life { row.life }
    /// The grammar of its code, as far as Casebook reads it.
    package var syntax: CodeSyntax { row.syntax }
    /// The program that is looked up on PATH; a document's own may name it with a directory, and is empty when only a
    /// shell knows which one it is.
    package var program: String { row.program }
    /// The command line that a shell runs for each cell, with the code on its standard input.
    ///
    /// In the place of `{}` stands the name of a file with the code. Empty for a live session.
    package var commandLine: String { row.commandLine }
    /// True for those of the table, whose messages count the lines of what they read.
    package var countsLines: Bool { row.countsLines }
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
