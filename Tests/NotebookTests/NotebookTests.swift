import Foundation
import Testing

/// Every runbook that is shipped runs to its end, and leaves what `exports/` holds.
///
/// `CASEBOOK_REGENERATE=1 swift test --filter NotebookTests` writes `exports/` anew.
@Suite(.serialized) struct NotebookTests {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test("no runbook of the folder is left out")
    func tableIsComplete() throws {
        let names = try FileManager.default.contentsOfDirectory(
            atPath: root.appending(path: "notebooks").path
        )
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

    @Test(
        "a shipped runbook runs to its end",
        .disabled("2026-11-21: the binary does not read documents and writes no report yet"),
        .timeLimit(.minutes(3)),
        arguments: ShippedNotebook.all
    )
    func runs(notebook: ShippedNotebook) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "casebook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // The operating system clears what stays.
        let document = "notebooks/\(notebook.name).md"
        let executed = folder.appending(path: "\(notebook.name).md")
        let report = folder.appending(path: "\(notebook.name).report.md")
        let store = folder.appending(path: "store").path

        let run = try Casebook.run(
            notebook.commandLine(
                document: document,
                output: executed.path,
                store: store,
                temporary: folder.path
            ),
            in: root
        )
        let said = run.errors + String(decoding: run.output, as: UTF8.self)
        try #require(run.status == 0, "exit status \(run.status)\n\(said)")
        let reported = try Casebook.run(
            ["report", "--store", store, "--format", "markdown", "-o", report.path],
            in: root
        )
        try #require(reported.status == 0, "\(reported.errors)")

        let rules = Normalisation(
            temporary: folder.path,
            host: ProcessInfo.processInfo.hostName,
            login: NSUserName()
        )
        for file in [executed, report] {
            try compare(file, with: root.appending(path: "exports/\(file.lastPathComponent)"), rules)
        }

        // The executed runbook without what Casebook wrote is the runbook.
        let author = Array(try Data(contentsOf: root.appending(path: document)))
        let cleared = try Casebook.run(["clear", "-"], in: root, input: Array(Data(contentsOf: executed)))
        #expect(cleared.status == 0 && cleared.output == author)

        let listed = try Casebook.run(["history", "--json", "--store", store], in: root)
        let runs = try JSONDecoder().decode([ListedRun].self, from: Data(listed.output))
        let identifier = try #require(runs.first?.run)
        #expect(try Casebook.processes(markedWith: identifier).isEmpty)
    }

    @Test("a process that carries a run's mark is found")
    func leakDetectorFires() throws {
        let mark = UUID().uuidString
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sleep")
        process.arguments = ["30"]
        process.environment = ["CASEBOOK_RUN": mark]
        try process.run()
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        #expect(try Casebook.processes(markedWith: mark) == ["\(process.processIdentifier)"])
    }

    /// One row of `casebook history --json`.
    private struct ListedRun: Decodable {
        let run: String
    }

    private func compare(_ file: URL, with export: URL, _ rules: Normalisation) throws {
        let found = try rules.applied(to: String(decoding: Data(contentsOf: file), as: UTF8.self))
        let isThere = FileManager.default.fileExists(atPath: export.path)
        if ProcessInfo.processInfo.environment["CASEBOOK_REGENERATE"] == "1" || !isThere {
            try Data(found.utf8).write(to: export)
            #expect(isThere, "`\(export.lastPathComponent)` was not there and has been written; look at it")
            return
        }
        let expected = String(decoding: try Data(contentsOf: export), as: UTF8.self)
        guard found != expected else { return }
        let lines = zip(found.split(separator: "\n"), expected.split(separator: "\n"))
        let first = lines.first { $0 != $1 }
        Issue.record(
            """
            `\(file.lastPathComponent)` differs from `exports/`, first here:
              expected \(first.map { String($0.1) } ?? "another number of lines")
              found    \(first.map { String($0.0) } ?? "another number of lines")
            """
        )
    }
}
