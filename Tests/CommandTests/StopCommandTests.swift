import CasebookTestSupport
import Glibc
import Testing

@Suite(.timeLimit(.minutes(10))) struct StopCommandTests {
    @Test func `a run at work is stopped from another terminal, with all that it started`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            "```bash {#slow}\ntrap '' INT TERM\necho waiting\nsetsid sleep 900 & sleep 900\nsleep 900\n```\n\n```bash\ntouch ran\n```\n"
        )
        let run = try BackgroundRun(["run", "a.md", "--unattended"], in: workspace)
        #expect(workspace.wait { run.output.contains("\nwaiting") }, "\(run.output)")
        let stopped = try workspace.casebook("stop", "--as", "ada")
        #expect(stopped.status == 4, "\(stopped.all)")
        #expect(run.wait() == 4, "\(run.output)")
        #expect(try MarkedProcesses(run: try #require(run.run)).identifiers.isEmpty)
        #expect(!workspace.exists("ran"))
        let history = try workspace.casebook("history")
        #expect(history.output.contains("stopped"), "\(history.all)")
        #expect(try workspace.casebook("report").output.contains("ada (login "))
        let again = try workspace.casebook("stop")
        #expect(again.status == 2, "\(again.all)")
        #expect(again.errors.contains("has ended: stopped"), "\(again.all)")
    }

    @Test func `a run that waits is ended`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook("a.md", "```checkpoint {#c}\nok?\n```\n\n```bash\ntouch ran\n```\n")
        #expect(try workspace.casebook("run", "a.md", "--unattended").status == 3)
        let stopped = try workspace.casebook("stop")
        #expect(stopped.status == 4, "\(stopped.all)")
        #expect(!workspace.exists("ran"))
        let next = try workspace.casebook("run", "a.md", "--unattended")
        #expect(next.status == 3, "a new run is not held up: \(next.all)")
    }

    @Test func `another run of the same runbook is left alone`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook("a.md", "```bash\ntest -e go || exit 1\necho waiting\nsleep 900\n```\n")
        let failed = try workspace.casebook("run", "a.md", "--unattended")
        let first = try #require(failed.output.firstMatch(of: /run (01[0-9a-z]{18}),/)).1
        try workspace.write("go", "")
        let run = try BackgroundRun(["run", "a.md", "--unattended"], in: workspace)
        #expect(workspace.wait { run.output.contains("\nwaiting") }, "\(run.output)")
        let old = try workspace.casebook("stop", String(first))
        #expect(old.status == 2, "\(old.all)")
        #expect(run.isRunning)
        #expect(try workspace.casebook("stop").status == 4)
        #expect(run.wait() == 4, "\(run.output)")
    }
}
