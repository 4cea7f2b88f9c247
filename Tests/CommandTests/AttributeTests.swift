import CasebookTestSupport
import Foundation
import Testing

/// What attributes and front matter do to a run, seen from outside.
@Suite(.timeLimit(.minutes(10))) struct AttributeTests {
    /// A runbook, how it is run, and what must stand in the executed document.
    struct Effect: CustomTestStringConvertible {
        let testDescription: String
        let body: String
        var metadata = ""
        var arguments: [String] = []
        var status: Int32 = 0
        let blocks: [String]
        var absent: [String] = []
    }

    static let effects = [
        Effect(
            testDescription: "status=0,3 takes 3 as success and 4 as failure",
            body: "```bash {status=0,3}\nexit 3\n```\n\n```bash {status=0,3 required=no}\nexit 4\n```\n",
            blocks: ["```output {casebook exit=3}\n```\n", "```output {casebook exit=4}\n```\n"]
        ),
        Effect(
            testDescription: "required=no makes a time-out a warning",
            body: "```bash {required=no timeout=200ms}\nsleep 900\n```\n\n```bash\necho on\n```\n",
            blocks: ["```output {casebook timed-out}\n", "\non\n```\n"]
        ),
        Effect(
            testDescription: "run=no is shown only",
            body: "```bash {run=no}\ntouch ran\n```\n\n```bash\ntest ! -e ran && echo right\n```\n",
            blocks: ["touch ran\n```\n\n```bash\n", "\nright\n```\n"]
        ),
        Effect(
            testDescription: "confirm pauses an unattended run",
            body: "```bash {#sure confirm}\necho done-it\n```\n",
            status: 3,
            blocks: ["echo done-it\n```\n"],
            absent: ["{casebook"]
        ),
        Effect(
            testDescription: "confirm runs when it was decided by name",
            body: "```bash {#sure confirm}\necho done-it\n```\n",
            arguments: ["--decide", "sure=run"],
            blocks: ["```output {casebook exit=0}\ndone-it\n```\n"]
        ),
        Effect(
            testDescription: "output=none shows an empty block",
            body: "```bash {output=none}\nseq 3\n```\n",
            blocks: ["seq 3\n```\n```output {casebook exit=0}\n```\n"]
        ),
        Effect(
            testDescription: "output=full shows every line",
            body: "```bash {output=full}\nseq 1 400\n```\n",
            blocks: ["{casebook exit=0}\n" + (1...400).map { "\($0)\n" }.joined() + "```\n"]
        ),
        Effect(
            testDescription: "output=lines:N shows so many",
            body: "```bash {output=lines:4}\nseq 1 400\n```\n",
            blocks: ["{casebook exit=0}\n1\n"],
            absent: ["\n100\n"]
        ),
        Effect(
            testDescription: "dir= is where the cell starts",
            body: "```bash\nmkdir -p 'a folder'\n```\n\n```bash {dir=\"a folder\"}\nbasename \"$PWD\"\n```\n",
            blocks: ["\na folder\n```\n"]
        ),
        Effect(
            testDescription: "session= keeps states apart",
            body: "```bash {session=a}\nx=one\n```\n\n```bash {session=b}\necho \"[${x-}]\"\n```\n\n"
                + "```bash {session=a}\necho \"[$x]\"\n```\n",
            blocks: ["\n[]\n```\n", "\n[one]\n```\n"]
        ),
        Effect(
            testDescription: "--environment gives the environment's values",
            body: "```bash\necho \"$DB\"\n```\n",
            metadata: "environments: {staging: {DB: first}, test: {DB: second}}\n",
            arguments: ["--environment", "test"],
            blocks: ["\nsecond\n```\n"]
        ),
    ]

    @Test(arguments: effects) func `is seen in the executed document`(_ effect: Effect) throws {
        let workspace = try Workspace()
        try workspace.writeRunbook("a.md", effect.body, metadata: effect.metadata)
        let before = try workspace.bytes("a.md")
        let result = try workspace.casebook(["run", "a.md", "--unattended"] + effect.arguments)
        #expect(result.status == effect.status, "\(result.all)")
        let text = try workspace.text("a.md")
        for block in effect.blocks { #expect(text.contains(block), "\(text)\n\(result.all)") }
        for words in effect.absent { #expect(!text.contains(words), "\(text)") }
        #expect(try workspace.casebook("clear", "a.md").status == 0)
        #expect(try workspace.bytes("a.md") == before)
    }

    @Test func `a time-out stops the cell with its grandchildren, wherever they fled`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            """
            ```bash {#slow timeout=300ms}
            (setsid sh -c 'sleep 900; touch late' &)
            (trap '' TERM; sleep 900) &
            echo begun
            sleep 900
            ```

            """
        )
        let result = try workspace.casebook("run", "a.md", "--unattended")
        #expect(result.status == 1, "\(result.all)")
        #expect(result.output.contains("✗ timed out in "), "\(result.all)")
        #expect(
            result.output.contains("waits at its failure: `slow` timed out\n  escalation contact: #oncall\n")
        )
        #expect(!result.errors.contains("still running"), "\(result.errors)")
        #expect(try MarkedProcesses(run: workspace.latestRun()).identifiers.isEmpty)
        #expect(try workspace.text("a.md").contains("```output {casebook timed-out}\nbegun\n"))
    }

    /// Where the outputs of a run go; the later word wins over the earlier.
    @Test func `outputs go where the document, the environment or the command line says`() throws {
        let workspace = try Workspace()
        let text = "```bash\necho said\n```\n"
        try workspace.writeRunbook("a.md", text, metadata: "write: copy\n")
        let before = try workspace.text("a.md")
        func run(_ arguments: String..., write: String? = nil) throws -> CommandResult {
            try workspace.casebook(
                ["run", "a.md", "--unattended"] + arguments,
                environment: write.map { ["CASEBOOK_WRITE": $0] } ?? [:]
            )
        }
        let copied = try run()
        #expect(copied.status == 0, "\(copied.all)")
        #expect(try workspace.text("a.md") == before)
        #expect(try workspace.text("a.executed.md").hasSuffix("{casebook exit=0}\nsaid\n```\n"))
        try FileManager.default.removeItem(atPath: "\(workspace.path)/a.executed.md")
        #expect(try run(write: "record").status == 0)
        #expect(!workspace.exists("a.executed.md"))
        #expect(try run("-o", "named.md", write: "record").status == 0)
        #expect(workspace.exists("named.md"))
        #expect(try run("--no-write", write: "document").status == 0)
        #expect(try workspace.text("a.md") == before)
        #expect(try run(write: "document").status == 0)
        #expect(try workspace.text("a.md").hasSuffix("{casebook exit=0}\nsaid\n```\n"))
        let wrong = try run(write: "nowhere")
        #expect(wrong.status == 2, "\(wrong.all)")
        #expect(
            wrong.errors == """
                error: CASEBOOK_WRITE is `nowhere`; expected `document`, `copy`, `record`
                  escalation contact: #oncall

                """
        )
    }

    @Test func `CASEBOOK_UNATTENDED=1 is as good as the flag`() throws {
        let workspace = try Workspace()
        try workspace.write("a.md", "# A\n\n```bash\necho said\n```\n")
        #expect(try workspace.casebook("run", "a.md", environment: ["CASEBOOK_UNATTENDED": "1"]).status == 0)
        #expect(try workspace.casebook("run", "a.md", environment: ["CASEBOOK_UNATTENDED": "0"]).status == 2)
    }
}
