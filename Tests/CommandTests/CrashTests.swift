import CasebookSimulation
import CasebookTestSupport
import Foundation
import Testing

/// `kill -9` of Casebook at any moment: document and record are whole, nothing stays behind, nothing runs twice.
@Suite(.timeLimit(.minutes(10))) struct CrashTests {
    /// Each kill comes this share of an unhurt run after its start.
    private static let moments = 20

    @Test func `a run that is killed at any moment leaves all whole and goes on`() throws {
        let seed =
            ProcessInfo.processInfo.environment["CASEBOOK_TEST_SEED"].flatMap(UInt64.init)
            ?? UInt64.random(in: 0...UInt64(UInt32.max))
        Loud.say("kill moments: seed \(seed) (CASEBOOK_TEST_SEED=\(seed) repeats them)")
        var generator = SeededGenerator(seed: seed)
        let workspace = try Workspace()
        try workspace.write("k.md", Self.runbook)
        let clock = ContinuousClock()
        let length = try clock.measure {
            let whole = try workspace.casebook("run", "k.md", "--unattended", "--no-write")
            try #require(whole.status == 0, "\(whole.all)")
        }
        var marked = 0
        for moment in 0..<Self.moments {
            let share = (Double(moment) + Double.random(in: 0..<1, using: &generator)) / Double(Self.moments)
            marked += try kill(after: length * share * 1.05, seed: seed, in: Workspace())
        }
        #expect(marked > 0, "the search for processes that are left can find some; seed \(seed)")
    }

    /// - Returns: how many processes the run had when it was killed.
    private func kill(after delay: Duration, seed: UInt64, in workspace: Workspace) throws -> Int {
        let told: Comment = "seed \(seed), killed after \(delay)"
        try workspace.write("k.md", Self.runbook)
        let runtime = "\(workspace.path)/runtime"
        try FileManager.default.createDirectory(atPath: runtime, withIntermediateDirectories: false)
        let run = try BackgroundRun(
            ["run", "k.md", "--unattended"],
            in: workspace,
            environment: ["XDG_RUNTIME_DIR": runtime]
        )
        usleep(UInt32(delay / .microseconds(1)))
        let marked = try run.run.map { try MarkedProcesses(run: $0).identifiers.count } ?? 0
        run.send(SIGKILL)
        _ = run.wait()
        try checkDocument(workspace, told)
        guard workspace.exists("store/record.sqlite"),
            let listing = try workspace.casebook("history", "--json").output.firstMatch(
                of: /"run" : "([^"]+)"/
            )
        else {
            #expect(!workspace.exists("log"), "nothing ran without a record; \(told)")
            return marked
        }
        let name = String(listing.1)
        // The marks of the run's processes, and their private directories, name what is left of it.
        #expect(try workspace.wait(within: 5) { try MarkedProcesses(run: name).identifiers.isEmpty }, told)
        let manager = FileManager.default
        #expect(
            try workspace.wait(within: 5) { try manager.contentsOfDirectory(atPath: runtime).isEmpty },
            "no private directory is left; \(told)"
        )
        let verified = try workspace.casebook("verify")
        #expect(verified.status == 0 && verified.output.contains("consistent"), "\(verified.all); \(told)")
        let shown = try workspace.casebook("show")
        #expect(shown.status == 0, "\(shown.all); \(told)")
        try finish(workspace, told)
        return marked
    }

    /// Goes on until the run has ended, retrying what is unknown, and looks for what ran more than once.
    private func finish(_ workspace: Workspace, _ told: Comment) throws {
        var retried: Set<String> = []
        for _ in 0..<6 {
            let unknown = try workspace.casebook("show", "--json").unknownSteps
            retried.formUnion(unknown)
            let more = unknown.isEmpty ? [] : ["--retry"]
            let resumed = try workspace.casebook(["resume", "--unattended"] + more)
            if resumed.errors.contains("has ended") { break }
            #expect([0, 1].contains(resumed.status), "\(resumed.all); \(told)")
            if resumed.status == 0 { break }
        }
        let lines = try workspace.logLines()
        #expect(Set(lines) == Set(Self.names), "every cell ran: \(lines); \(told)")
        for name in Self.names where !retried.contains(name) {
            #expect(lines.count { $0 == name } == 1, "`\(name)` ran more than once: \(lines); \(told)")
        }
        let verified = try workspace.casebook("verify")
        #expect(verified.status == 0, "\(verified.all); \(told)")
        try checkDocument(workspace, told)
    }

    private func checkDocument(_ workspace: Workspace, _ told: Comment) throws {
        try workspace.write("copy.md", workspace.bytes("k.md"))
        let cleared = try workspace.casebook("clear", "copy.md")
        #expect(cleared.status == 0, "\(cleared.all); \(told)")
        #expect(try workspace.text("copy.md") == Self.runbook, told)
    }

    private static let names = (1...6).map { "cell-\($0)" }

    /// Cells that leave a line each, print, start children in the background and wait a little.
    private static let runbook =
        "# Killed\n\n"
        + names.map { name in
            """
            ```bash {#\(name)}
            echo \(name) >>log
            (sleep 900 & setsid sleep 900 &)
            seq 1 300
            sleep 0.03
            ```

            """
        }.joined(separator: "\n")
}

extension Workspace {
    fileprivate func logLines() throws -> [String] {
        guard exists("log") else { return [] }
        return try text("log").split(separator: "\n").map(String.init)
    }
}

extension CommandResult {
    /// The names of the steps that `show --json` calls unknown, or that were started and not seen to end.
    fileprivate var unknownSteps: [String] {
        let document = try? JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
        let steps = document?["steps"] as? [[String: Any]] ?? []
        return steps.compactMap { step in
            let state = step["state"] as? String
            return state == "unknown" || state == "started" ? step["name"] as? String : nil
        }
    }
}
