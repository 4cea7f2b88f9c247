import Testing

/// The form of the project, read from its own files.
///
/// Each rule is first seen to fire.
@Suite struct TidyTests {
    let repository = Repository()

    // MARK: - Imports

    /// One import each, with what is wrong about it.
    static let badImports: [(path: String, source: String, complaint: String)] = [
        ("Sources/CasebookRun/A.swift", "import CasebookEngine", "only lower rings are imported"),
        ("Sources/CasebookEngine/A.swift", "package import CasebookReport", "only lower rings are imported"),
        ("Sources/CasebookStore/A.swift", "@testable import CasebookSessions", "only lower rings"),
        ("Sources/CasebookRun/A.swift", "import struct Foundation.Data", "does not import `Foundation`"),
        ("Sources/CasebookDocument/A.swift", "import Glibc", "does not import `Glibc`"),
        ("Sources/CasebookTerminal/A.swift", "import GRDB", "does not import `GRDB`"),
        ("Sources/CasebookEngine/A.swift", "import CMarkGFM", "is for CasebookDocument alone"),
        ("Sources/casebook/A.swift", "import CasebookSimulation", "is for tests alone"),
        ("Sources/CasebookSimulation/A.swift", "import CasebookStore", "does not import `CasebookStore`"),
        ("Sources/CasebookWeb/A.swift", "import CasebookRun", "has no ring"),
    ]

    @Test("a wrong import is found", arguments: badImports)
    func wrongImport(bad: (path: String, source: String, complaint: String)) throws {
        let file = SourceFile(path: bad.path, text: "// import none\n\(bad.source)\n")
        let found = ImportRules.findings(in: file)
        let finding = try #require(found.first)
        #expect(found.count == 1 && finding.line == 2)
        #expect(finding.message.contains(bad.complaint))
    }

    @Test("an import that a comment or a text names is none")
    func importInText() {
        let text = "/* import GRDB */\nlet a = \"\"\"\n    import GRDB\n    \"\"\"\n"
        #expect(ImportRules.imports(in: SourceFile(path: "Sources/casebook/A.swift", text: text)).isEmpty)
    }

    @Test("a module that one file names is found in a second")
    func spreadModule() {
        let files = ["A", "B"].map { name in
            SourceFile(path: "Sources/CasebookDocument/\(name).swift", text: "import Yams")
        }
        #expect(ImportRules.spread(in: files).map(\.path) == ["Sources/CasebookDocument/B.swift"])
    }

    @Test("targets import only what their ring allows")
    func imports() throws {
        let files = try repository.files(in: "Sources", endings: ["swift"])
        #expect(files.count > 20)
        expectNone(files.flatMap(ImportRules.findings) + ImportRules.spread(in: files))
    }

    // MARK: - Names

    @Test("a banned name is found in code, not in comments and texts", arguments: BannedName.all)
    func bannedNameFires(rule: BannedName) throws {
        let text = "let a = \"\(rule.example)\"\nlet b = 1 // \(rule.example)\n\n\(rule.example)\n"
        let file = SourceFile(path: "Sources/CasebookRun/A.swift", text: text)
        #expect(try rule.findings(in: file).map(\.line) == [4])
    }

    @Test("a comment excuses a name that needs a reason", arguments: BannedName.all.filter(\.needsReason))
    func reasonExcuses(rule: BannedName) throws {
        let file = SourceFile(path: "Sources/CasebookRun/A.swift", text: "// Guarded.\n\(rule.example)\n")
        #expect(try rule.findings(in: file).isEmpty)
    }

    @Test("no banned name stands in the code")
    func bannedNames() throws {
        let files = try swiftFiles()
        expectNone(try BannedName.all.flatMap { rule in try files.flatMap(rule.findings) })
    }

    // MARK: - Files

    @Test("a file that is too long, or bears another name than its type, is found")
    func badFiles() throws {
        let long = SourceFile(path: "Sources/A/A.swift", text: String(repeating: "\n", count: 401))
        #expect(FileRules.tooLong(long).count == 1)
        let other = SourceFile(path: "Sources/A/Cell.swift", text: "struct Cells {}\n// struct Cell\n")
        #expect(try FileRules.misnamed(other).count == 1)
        let topic = SourceFile(path: "Sources/A/Cell+Place.swift", text: "struct Cell {}\n")
        let functions = SourceFile(path: "Sources/A/Quoting.swift", text: "func quoted() {}\n")
        #expect(try FileRules.misnamed(functions).isEmpty)
        #expect(try FileRules.misnamed(topic).count == 1)
    }

    @Test("files are short, and named after the type in them")
    func files() throws {
        let files = try swiftFiles()
        expectNone(try files.flatMap(FileRules.tooLong) + files.flatMap(FileRules.misnamed))
    }

    @Test("a path of one machine is found, a common one is not")
    func badPath() throws {
        let home = ["", "home", "alice", "casebook"].joined(separator: "/")
        let file = SourceFile(path: "docs/a.md", text: "see `\(home)`\n`/tmp/a` and /usr/lib/b and a/b/c\n")
        #expect(try FileRules.machinePaths(file).map(\.line) == [1])
    }

    @Test("no file holds a path of one machine")
    func machinePaths() throws {
        let endings: Set = ["", "swift", "md", "c", "h", "py", "json", "yaml", "modulemap"]
        expectNone(try repository.files(endings: endings).flatMap(FileRules.machinePaths))
    }

    // MARK: - Documentation

    @Test("a broken link, an unknown make target and an unknown command are found")
    func badPage() throws {
        let text = "[a](README.md) [b](nowhere.md#x)\n`make nothing`\n`casebook fly`\n```\n[c](no.md)\n```\n"
        let page = SourceFile(path: "A.md", text: text)
        let makefile = SourceFile(path: "Makefile", text: "run: build\n\tmake x\n")
        #expect(try DocumentationRules.brokenLinks(in: page, repository: repository).map(\.line) == [1])
        #expect(
            try DocumentationRules.unknownMakeTargets(in: page, makefile: makefile).map(\.line) == [2]
        )
        #expect(try DocumentationRules.unknownCommands(in: page, commands: ["run"]).map(\.line) == [3])
    }

    @Test("links lead to files of the repository")
    func links() throws {
        let pages = try pages()
        #expect(pages.count > 10)
        expectNone(
            try pages.flatMap { try DocumentationRules.brokenLinks(in: $0, repository: repository) }
        )
    }

    @Test("the commands that the pages name exist")
    func commands() throws {
        let makefile = try repository.file("Makefile")
        let commands = try declaredCommands()
        #expect(commands.isSuperset(of: ["run", "clear", "report"]))
        expectNone(
            try pages().flatMap { page in
                try DocumentationRules.unknownMakeTargets(in: page, makefile: makefile)
                    + DocumentationRules.unknownCommands(in: page, commands: commands)
            }
        )
    }

    // MARK: - Reading

    private func swiftFiles() throws -> [SourceFile] {
        try repository.files(in: "Sources", endings: ["swift"])
            + repository.files(in: "Tests", endings: ["swift"])
    }

    private func pages() throws -> [SourceFile] {
        try repository.files(endings: ["md"]).filter { page in
            !page.path.hasPrefix("exports/") && !page.path.contains("/Fixtures/")
        }
    }

    /// The subcommands that the executable declares, from its sources.
    private func declaredCommands() throws -> Set<String> {
        let name = try Regex(#"commandName:\s*"([a-z-]+)""#)
        let files = try repository.files(in: "Sources/casebook", endings: ["swift"])
        return Set(
            files.flatMap { file in
                file.text.matches(of: name).compactMap { $0.output[1].substring.map(String.init) }
            }
        )
    }

    private func expectNone(_ findings: [Finding], sourceLocation: SourceLocation = #_sourceLocation) {
        let lines = findings.map(\.description).joined(separator: "\n")
        #expect(findings.isEmpty, "\n\(lines)", sourceLocation: sourceLocation)
    }
}
