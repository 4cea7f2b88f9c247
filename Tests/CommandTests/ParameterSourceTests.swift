import CasebookTestSupport
import Testing

/// Values that come from a file or a command of the runbook.
@Suite(.timeLimit(.minutes(10))) struct ParameterSourceTests {
    private static func metadata(_ from: String, type: String = "secret") -> String {
        "parameters:\n  - name: TOKEN\n    type: \(type)\n    from: \(from)\n"
    }

    private static let body = "```bash\necho \"[$TOKEN] ${#TOKEN}\"\n```\n"

    @Test(arguments: ["file:token.txt", "\"command: cat token.txt\"", "{command: cat token.txt; echo}"])
    func `the value is read without the line ending, and is in no record`(_ from: String) throws {
        let workspace = try Workspace()
        try workspace.write("token.txt", "hunter2-secret\n")
        try workspace.writeRunbook("a.md", Self.body, metadata: Self.metadata(from))
        let run = try workspace.casebook("run", "a.md", "--unattended")
        #expect(run.status == 0, "\(run.all)")
        #expect(run.output.contains("[****] 14\n"), "\(run.all)")
        #expect(!(try workspace.recordedBytes()).contains(Array("hunter2-secret".utf8)))
        #expect(run.errors.contains("TOKEN comes from a command") == from.contains("command"), "\(run.all)")
    }

    @Test func `a resumed run reads it again`() throws {
        let workspace = try Workspace()
        try workspace.write("token.txt", "hunter2-secret\n")
        try workspace.writeRunbook(
            "a.md",
            "```checkpoint {#c}\nok?\n```\n\n" + Self.body,
            metadata: Self.metadata("file:token.txt")
        )
        #expect(try workspace.casebook("run", "a.md", "--unattended").status == 3)
        let resumed = try workspace.casebook("resume", "--unattended", "--decide", "c=proceed")
        #expect(resumed.status == 0, "\(resumed.all)")
        #expect(resumed.output.contains("[****] 14\n"), "\(resumed.all)")
    }

    @Test(arguments: [
        ("file:none.txt", "no such file"), ("\"command: exit 3\"", "its command failed with exit status 3"),
        ("\"command: rm -rf data\"", "its command needs a person: "),
        ("\"command: vim x\"", "its command needs a person: "),
        ("\"command: head -c 300000 /dev/zero | tr '\\\\0' x\"", "printed more than a value holds"),
        ("\"command: sleep 900\"", "its command took longer than 1.0 s"),
    ])
    func `what gives no value stops the run before it starts`(_ from: String, _ message: String) throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            "```bash\ntouch ran\n```\n",
            metadata: Self.metadata(from) + "defaults:\n  timeout: 1s\n"
        )
        let run = try workspace.casebook("run", "a.md", "--unattended")
        #expect(run.status == 2, "\(run.all)")
        #expect(run.errors.contains(message), "\(run.all)")
        #expect(!workspace.exists("ran"))
    }

    @Test func `a dry run and a given value run no command`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            Self.body,
            metadata: Self.metadata("\"command: touch ran; echo x\"", type: "string")
        )
        #expect(try workspace.casebook("run", "a.md", "--dry-run").status == 0)
        #expect(!workspace.exists("ran"))
        let run = try workspace.casebook("run", "a.md", "--unattended", "-p", "TOKEN=given")
        #expect(run.output.contains("[given] 5"), "\(run.all)")
        #expect(!workspace.exists("ran"))
    }

    @Test func `at a terminal a person is asked before a command runs`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            Self.body,
            metadata: Self.metadata("\"command: touch ran; echo from-command\"", type: "string")
        )
        let run = try TerminalRun(["run", "a.md", "--no-write"], in: workspace)
        try run.expect("TOKEN comes from a command of the runbook: touch ran; echo from-command")
        try run.expect("run it? `yes`, or `no`")
        run.type("maybe\r")
        try run.expect("`maybe` is neither")
        try run.expect("run it?")
        #expect(!workspace.exists("ran"))
        run.type("yes\r")
        try run.expect("echo")
        #expect(workspace.exists("ran"))
        run.type("run\r")
        try run.expect("[from-command] 12")
        let status = try run.waitForExit()
        #expect(status == 0, "\(run.screen)")
    }
}
