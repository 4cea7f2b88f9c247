import CasebookTestSupport
import Foundation
import Testing

/// The exit statuses that scripts rely on, and the JSON that they read.
@Suite(.timeLimit(.minutes(10))) struct ExitStatusTests {
    struct Ending: CustomTestStringConvertible {
        let testDescription: String
        let status: Int32
        let body: String
        var arguments: [String] = []
        /// What `show` calls the run.
        let standing: String
    }

    static let endings = [
        Ending(
            testDescription: "0: succeeded",
            status: 0,
            body: "```bash {#a}\ntrue\n```\n",
            standing: "succeeded"
        ),
        Ending(
            testDescription: "0: succeeded with warnings",
            status: 0,
            body: "```bash {#a required=no}\nfalse\n```\n\n```bash\ntrue\n```\n",
            standing: "succeeded with warnings"
        ),
        Ending(
            testDescription: "1: waiting at a failure",
            status: 1,
            body: "```bash {#a}\nfalse\n```\n",
            standing: "waiting at failure"
        ),
        Ending(
            testDescription: "1: timed out",
            status: 1,
            body: "```bash {#a timeout=200ms}\nsleep 900\n```\n",
            standing: "waiting at failure"
        ),
        Ending(
            testDescription: "3: a gate is open",
            status: 3,
            body: "```checkpoint {#a}\nok?\n```\n",
            standing: "paused"
        ),
        Ending(
            testDescription: "4: stopped by a decision",
            status: 4,
            body: "```checkpoint {#a}\nok?\n```\n",
            arguments: ["--decide", "a=stop"],
            standing: "stopped"
        ),
        Ending(
            testDescription: "7: a step was skipped",
            status: 7,
            body: "Call them.\n\n```bash {#a confirm}\ntrue\n```\n\n```bash\ntrue\n```\n",
            arguments: ["--decide", "a=skip:nobody there"],
            standing: "completed with deviations"
        ),
    ]

    @Test(arguments: endings) func `the exit status says how the run stands`(_ ending: Ending) throws {
        let workspace = try Workspace()
        try workspace.writeRunbook("a.md", ending.body)
        let result = try workspace.casebook(["run", "a.md", "--unattended"] + ending.arguments)
        #expect(result.status == ending.status, "\(result.all)")
        let shown = try workspace.casebook("show").output
        #expect(shown.contains(", \(ending.standing)"), "\(shown)")
        if ending.status == 1 {
            #expect(result.output.contains("\n  escalation contact: #oncall\n"), "\(result.all)")
        }
    }

    @Test func `a signal stops the cell, names the contact and exits with 4`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            "```bash {#slow}\necho begun\nsleep 900\n```\n\n```bash\ntouch ran\n```\n"
        )
        let run = try BackgroundRun(["run", "a.md", "--unattended"], in: workspace)
        #expect(workspace.wait { run.output.contains("begun\n") }, "\(run.output)")
        run.send(SIGTERM)
        #expect(run.wait() == 4, "\(run.output)")
        #expect(run.output.contains("✗ stopped by a person"), "\(run.output)")
        #expect(run.output.contains("\n  escalation contact: #oncall\n"), "\(run.output)")
        #expect(!workspace.exists("ran"))
        #expect(try MarkedProcesses(run: workspace.latestRun()).identifiers.isEmpty)
    }

    @Test func `the listings are JSON with the same keys each time`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook("a.md", "```bash {#one}\nfalse\n```\n\n```checkpoint {#g}\nok?\n```\n")
        #expect(try workspace.casebook("run", "a.md", "--unattended").status == 1)
        #expect(try workspace.casebook("run", "a.md", "--unattended", "--as", "alice").status == 1)
        let history = try #require(
            JSONSerialization.jsonObject(with: Data(try workspace.casebook("history", "--json").output.utf8))
                as? [[String: Any]]
        )
        #expect(history.count == 2)
        let runKeys: Set = [
            "run", "title", "runbook", "path", "environment", "state", "outcome", "started", "lastEvent",
            "events", "host", "login", "claimedName", "digest", "head",
        ]
        for run in history { #expect(Set(run.keys) == runKeys) }
        #expect(history.map { $0["claimedName"] as? String } == ["alice", nil], "newest first")
        #expect(history.map { $0["outcome"] as? String } == [nil, "superseded"])
        let shown = try #require(
            JSONSerialization.jsonObject(with: Data(try workspace.casebook("show", "--json").output.utf8))
                as? [String: Any]
        )
        #expect(Set(shown.keys) == ["run", "steps"])
        #expect(Set((shown["run"] as? [String: Any] ?? [:]).keys) == runKeys)
        let steps = try #require(shown["steps"] as? [[String: Any]])
        for step in steps {
            #expect(Set(step.keys) == ["name", "line", "state", "detail", "attempts", "seconds"])
        }
        #expect(steps.map { $0["name"] as? String } == ["one", "g"])
        #expect(steps.map { $0["state"] as? String } == ["failed", "not reached"])
        #expect(steps.map { $0["detail"] as? String } == ["exit status 1", nil])
    }

    @Test func `a run whose process has gone is cut off in every listing`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook("a.md", "```bash {#slow}\necho begun\nsleep 900\n```\n")
        let run = try BackgroundRun(["run", "a.md", "--unattended"], in: workspace)
        #expect(workspace.wait { run.output.contains("begun\n") }, "\(run.output)")
        #expect(try states(in: workspace) == ["running", "running"])
        run.send(SIGKILL)
        _ = run.wait()
        #expect(try states(in: workspace) == ["cut off", "cut off"])
        #expect(try workspace.casebook("history").output.contains("  cut off  Test\n"))
        #expect(try workspace.casebook("show").output.contains(", cut off: its process has gone\n"))
        #expect(try workspace.casebook("resume", "--stop").status == 4)
        #expect(try states(in: workspace) == ["ended", "ended"])
    }

    /// The state of the latest run, as `history` and `show` tell it to other programs.
    private func states(in workspace: Workspace) throws -> [String] {
        struct Run: Decodable { let state: String }
        struct Shown: Decodable { let run: Run }
        let history = Data(try workspace.casebook("history", "--json").output.utf8)
        let shown = Data(try workspace.casebook("show", "--json").output.utf8)
        return try JSONDecoder().decode([Run].self, from: history).map(\.state)
            + [JSONDecoder().decode(Shown.self, from: shown).run.state]
    }

    @Test func `advice can be pasted into a shell although paths have spaces`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook("a.md", "```bash\nfalse\n```\n")
        let store = "\(workspace.path)/it's a store"
        let result = try workspace.casebook("run", "a.md", "--unattended", "--store", store)
        #expect(result.status == 1, "\(result.all)")
        let advice = try #require(result.output.firstMatch(of: /go on with `(casebook resume [^`]+)`/)).1
        try workspace.write(
            "paste.sh",
            "casebook() { \"\(BuiltBinary.path)\" \"$@\"; }\n\(advice) --stop\n"
        )
        try workspace.write("paste.md", "# P\n\n```bash\nset +e; . ./paste.sh || echo \"exit $?\"\n```\n")
        let pasted = try workspace.casebook("run", "paste.md", "--unattended")
        #expect(pasted.output.contains("exit 1\n"), "it ends as failed, from the same record: \(pasted.all)")
        #expect(pasted.output.contains(" failed\n"), "\(pasted.all)")
    }
}
