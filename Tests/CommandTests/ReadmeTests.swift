import CasebookTestSupport
import Foundation
import Testing

/// What the first page shows is what happens.
@Suite(.timeLimit(.minutes(10))) struct ReadmeTests {
    private static let root = BuiltBinary.packageFolder

    @Test func `the runbook that is shown becomes the one that is shown after the run`() throws {
        let blocks = try Page("README.md").indentedBlocks
        try #require(blocks.count == 2, "a runbook before and after its run")
        let workspace = try Workspace()
        try workspace.write("backup.md", blocks[0])
        let made = try shell("sqlite3 orders.db 'CREATE TABLE purchase (id INTEGER)'", in: workspace)
        try #require(made.status == 0, "\(made.all)")
        let run = try workspace.casebook("run", "backup.md", "--unattended", "--decide", "tested=proceed")
        #expect(run.status == 0, "\(run.all)")
        #expect(try workspace.text("backup.md") == blocks[1])
        let cleared = try workspace.casebook("clear", "backup.md")
        #expect(cleared.status == 0, "\(cleared.all)")
        #expect(try workspace.text("backup.md") == blocks[0])
    }

    /// What a person answers when a command of the page asks.
    private static let answers = [
        "casebook run notebooks/backup-and-restore.md -o executed.md": ["continue", "proceed", "continue"]
    ]

    @Test func `every command that is shown ends well at a terminal`() throws {
        let lines = try Page("README.md").typedLines.filter { !$0.hasPrefix("make ") }
        #expect(lines.count > 1 && lines.allSatisfy { $0.hasPrefix("casebook ") }, "\(lines)")
        let workspace = try Workspace()
        try copy("notebooks", to: workspace)
        try FileManager.default.createDirectory(
            atPath: "\(workspace.path)/bin",
            withIntermediateDirectories: false
        )
        try FileManager.default.createSymbolicLink(
            atPath: "\(workspace.path)/bin/casebook",
            withDestinationPath: BuiltBinary.path
        )
        let path = "\(workspace.path)/bin:\(workspace.baseEnvironment["PATH"] ?? "")"
        for line in lines {
            let command = try TerminalRun(
                "/bin/sh",
                ["-c", line],
                in: workspace,
                environment: ["PATH": path]
            )
            for answer in Self.answers[line] ?? [] {
                try command.expect("pause   help\r\n> ")
                command.type("\(answer)\n")
            }
            #expect(try command.waitForExit() == 0, "\(line)\n\(command.screen)")
        }
        #expect(try workspace.text("executed.md").contains("```decision {casebook answer=proceed}\n```\n"))
        #expect(try workspace.text("report.md").hasPrefix("# "))
    }

    /// What `make -n` says of each target that the page names.
    private static let recipes = [
        "run": """
        scripts/setup build notebooks
        swift build -c release --static-swift-stdlib --product casebook
        scripts/run-notebook .build/release/casebook

        """,
        "test": """
        scripts/setup build notebooks
        scripts/setup languages
        make --no-print-directory lint
        swift format lint --strict --parallel --recursive Sources Tests Fuzz Benchmarks Package.swift
        scripts/check-imports swift
        swift test --disable-xctest

        """,
        "install": """
        scripts/setup build notebooks
        swift build -c release --static-swift-stdlib --product casebook
        install -D -m 0755 .build/release/casebook "a place/bin/casebook"

        """,
    ]

    @Test func `every make target that is named does what is said of it`() throws {
        let page = try Page("README.md")
        let named = page.typedLines.filter { $0.hasPrefix("make ") } + page.quotedCommands(of: "make")
        let targets = Set(named.compactMap { $0.split(separator: " ").dropFirst().first.map(String.init) })
        #expect(targets == Set(Self.recipes.keys))
        let workspace = try Workspace()
        for (target, recipe) in Self.recipes {
            let result = try workspace.command(
                "/usr/bin/env",
                ["make", "-n", target, "PREFIX=a place"],
                in: Self.root
            )
            #expect(result.status == 0, "\(result.all)")
            #expect(result.output == recipe)
        }
    }

    /// All of `make run` but the build, which the tests have behind them.
    @Test func `make run leaves the executed runbook and its report`() throws {
        let workspace = try Workspace()
        try copy("notebooks", to: workspace)
        try copy("scripts", to: workspace)
        let run = try shell("scripts/run-notebook '\(BuiltBinary.path)'", in: workspace)
        #expect(run.status == 0, "\(run.all)")
        let executed = try workspace.text("exports/latest/backup-and-restore.md")
        #expect(executed.contains("```output {casebook exit=0}\n"), "\(executed)")
        #expect(try workspace.text("exports/latest/backup-and-restore.report.md").hasPrefix("# "))
    }

    private func copy(_ folder: String, to workspace: Workspace) throws {
        try FileManager.default.copyItem(
            atPath: "\(Self.root)/\(folder)",
            toPath: "\(workspace.path)/\(folder)"
        )
    }

    private func shell(_ line: String, in workspace: Workspace) throws -> CommandResult {
        try workspace.command("/bin/sh", ["-c", line])
    }
}
