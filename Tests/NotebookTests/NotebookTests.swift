import CasebookTestSupport
import Foundation
import Glibc
import Testing

/// Every runbook that is shipped runs to its end, and leaves what `exports/` holds.
///
/// `CASEBOOK_REGENERATE=1 swift test --filter NotebookTests` writes `exports/` anew.
@Suite(.serialized) struct NotebookTests {
    let root = URL(filePath: BuiltBinary.packageFolder)

    @Test("no runbook of the folder is left out")
    func tableIsComplete() throws {
        let folder = root.appending(path: "notebooks").path
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        let runbooks = names.filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }
        #expect(runbooks.sorted() == ShippedNotebook.all.map(\.name).sorted())
    }

    @Test("times, durations, runs, hosts and paths are replaced, and nothing else")
    func normalisation() throws {
        let rules = Normalisation(temporary: "/tmp/x.1", host: "db-1", login: "eve")
        let text = "| 2026-01-02T03:04:05Z | 12 ms | db-1 | eve (login eve) | /tmp/x.1/logs |\n12 apples"
        let expected = "| {time} | {duration} | {host} | eve (login {login}) | {temporary}/logs |\n12 apples"
        #expect(try rules.applied(to: text) == expected)
    }

    @Test("a shipped runbook runs to its end", .timeLimit(.minutes(10)), arguments: ShippedNotebook.all)
    func runs(notebook: ShippedNotebook) throws {
        let workspace = try Workspace()
        let document = "\(notebook.name).md"
        let author = try Data(contentsOf: root.appending(path: "notebooks/\(document)"))
        try workspace.write(document, Array(author))

        let run = try workspace.casebook(
            notebook.commandLine(output: "executed.md", temporary: workspace.path)
        )
        try #require(run.status == 0, "\(run.all)")
        let report = try workspace.casebook("report", "--format", "markdown", "-o", "report.md")
        try #require(report.status == 0, "\(report.all)")

        let rules = Normalisation(
            temporary: workspace.path,
            host: ProcessInfo.processInfo.hostName,
            login: NSUserName()
        )
        try compare(workspace.text("executed.md"), with: "\(notebook.name).md", rules)
        try compare(workspace.text("report.md"), with: "\(notebook.name).report.md", rules)

        // The runbook itself was not touched; the executed one, cleared, is the runbook again.
        #expect(try workspace.bytes(document) == Array(author))
        try #require(try workspace.casebook("clear", "executed.md").status == 0)
        #expect(try workspace.bytes("executed.md") == Array(author))

        let listed = try workspace.casebook("history", "--json")
        let runs = try JSONDecoder().decode([ListedRun].self, from: Data(listed.output.utf8))
        let identifier = try #require(runs.first?.run)
        #expect(try MarkedProcesses(run: identifier).identifiers.isEmpty)
    }

    @Test("a failover whose fourth step fails is rolled back to where it began", .timeLimit(.minutes(2)))
    func failsOverAndBack() throws {
        let workspace = try Workspace()
        let author = try Data(contentsOf: root.appending(path: "notebooks/fail-over-a-database.md"))
        try workspace.write("failover.md", Array(author))
        let run = try workspace.casebook(
            "run",
            "failover.md",
            "--unattended",
            "--no-write",
            "-p",
            "workdir=\(workspace.path)/practice",
            "-p",
            "rehearse_failure=true"
        )
        try #require(run.status == 1, "\(run.all)")
        #expect(run.all.contains("waits at its failure: `switch` failed: exit status 1"))
        #expect(run.all.contains("casebook rollback"))

        let back = try workspace.casebook("rollback", "--unattended")
        #expect(back.status == 1, "\(back.all)")
        #expect(back.all.contains("rolled back"))
        let order = ["switch-back", "let-writes-in"].map { back.all.firstRange(of: $0)?.lowerBound }
        #expect(
            order[0] != nil && order[1] != nil && order[0]! < order[1]!,
            "the failed step first: \(back.all)"
        )
        #expect(back.all.contains("west.db\n"), "the shop writes to the database that it began with")
        #expect(back.all.contains("written to west.db"), "and it writes again")
        #expect(!workspace.exists("practice/writes-stopped"))
        #expect(!back.all.contains("stop-writes-again"), "what was not started is not undone")
        #expect(back.all.contains("  to undo by hand: `level`\n"), "\(back.all)")
    }

    @Test("a process that carries a run's mark is found")
    func leakDetectorFires() throws {
        let mark = UUID().uuidString
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "echo ready; read line"]
        process.environment = ["CASEBOOK_RUN": mark]
        process.standardInput = Pipe()
        process.standardOutput = output
        try process.run()
        // Its environment can be read from the moment on at which it runs.
        #expect(output.fileHandleForReading.availableData == Data("ready\n".utf8))
        defer {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        #expect(try MarkedProcesses(run: mark).identifiers == ["\(process.processIdentifier)"])
    }

    /// One row of `casebook history --json`.
    private struct ListedRun: Decodable {
        let run: String
    }

    private func compare(_ text: String, with name: String, _ rules: Normalisation) throws {
        let found = try rules.applied(to: text)
        let export = root.appending(path: "exports/\(name)")
        let isThere = FileManager.default.fileExists(atPath: export.path)
        if ProcessInfo.processInfo.environment["CASEBOOK_REGENERATE"] == "1" || !isThere {
            try FileManager.default.createDirectory(
                at: export.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(found.utf8).write(to: export)
            #expect(isThere, "`exports/\(name)` was not there and has been written; look at it")
            return
        }
        let expected = String(decoding: try Data(contentsOf: export), as: UTF8.self)
        guard found != expected else { return }
        let lines = zip(found.split(separator: "\n"), expected.split(separator: "\n"))
        let first = lines.first { $0 != $1 }
        Issue.record(
            """
            `exports/\(name)` differs, first here:
              expected \(first.map { String($0.1) } ?? "another number of lines")
              found    \(first.map { String($0.0) } ?? "another number of lines")
            """
        )
    }
}
