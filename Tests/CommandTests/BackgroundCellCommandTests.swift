import CasebookTestSupport
import Foundation
import Glibc
import Testing

/// Cells that go on, files that cells leave, and what cells export, in the built command.
@Suite(.timeLimit(.minutes(10))) struct BackgroundCellCommandTests {
    /// Serves the folder on a port that the system chooses.
    private static let server = """
        python3 -u -c '
        import http.server
        server = http.server.HTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
        open("port", "w").write(str(server.server_port))
        print("listening on", server.server_port)
        server.serve_forever()'
        """

    private static let get = """
        exec 3<>"/dev/tcp/127.0.0.1/$(cat port)"
        printf 'GET /hello.txt HTTP/1.0\\r\\n\\r\\n' >&3
        tail -n 1 <&3
        """

    @Test func `a server is started, used by the next step, and gone after the run`() throws {
        let workspace = try Workspace()
        try workspace.write("hello.txt", "hello from the server\n")
        try workspace.writeRunbook(
            "a.md",
            "```bash\ngreet() { echo \"$1 from a function\"; }\nPLACE=here\n```\n\n"
                + "```bash {#web background ready=\"/listening on [0-9]+/\" timeout=30s}\ngreet \"$PLACE\"\n"
                + Self.server + "\n```\n\n```bash\n" + Self.get + "\n```\n"
        )
        let run = try workspace.casebook("run", "a.md", "--unattended")
        #expect(run.status == 0, "\(run.all)")
        #expect(run.output.contains("hello from the server\n"), "\(run.all)")
        let text = try workspace.text("a.md")
        #expect(text.contains("```output {casebook background}\nhere from a function\nlistening on "))
        let id = try #require(run.output.firstMatch(of: /run (01[0-9a-z]{18}),/)).1
        #expect(try MarkedProcesses(run: String(id)).identifiers.isEmpty)
        #expect(try workspace.casebook("verify").status == 0)
    }

    @Test(arguments: ["bash", "sh", "zsh", "fish"])
    func `a trap of the session runs once, at its own end`(_ language: String) throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            "```\(language)\ntrap 'echo gone >> log' EXIT\n```\n\n"
                + "```\(language) {background ready=up}\necho up\nsleep 900\n```\n\n"
                + "```\(language) {#early background ready=up required=no}\necho up\n```\n\n"
                + "```\(language)\ntest ! -e log\n```\n"
        )
        let run = try workspace.casebook("run", "a.md", "--unattended")
        #expect(run.status == 0, "\(run.all)")
        #expect(try workspace.text("log") == "gone\n")
        let text = try workspace.text("a.md")
        #expect(text.contains("```output {casebook background}\nup\n```"), "\(text)")
    }

    @Test func `one that dies early stops the run before the next step, and says what is on`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            "```bash {#web background ready=up}\necho up\nexit 3\n```\n\n"
                + "```bash {#slow}\nsleep 1\n```\n\n```bash\ntouch ran\n```\n"
        )
        let run = try workspace.casebook("run", "a.md", "--unattended")
        #expect(run.status == 1, "\(run.all)")
        #expect(run.output.contains("`web` failed: exit status 3"), "\(run.all)")
        #expect(!workspace.exists("ran"))
        let ignored = try workspace.casebook("resume", "--unattended", "--ignore", "not needed")
        #expect(ignored.status == 7, "\(ignored.all)")
        #expect(workspace.exists("ran"))
    }

    @Test func `an interrupt of another cell leaves it alone, and its own start can be interrupted`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            "```bash {#web background ready=up}\necho up\nsleep 900\n```\n\n```bash {#slow}\necho waiting\nsleep 900\n```\n"
        )
        let run = try BackgroundRun(["run", "a.md", "--unattended", "--no-write"], in: workspace)
        #expect(workspace.wait { run.output.contains("\nwaiting") }, "\(run.output)")
        run.send(SIGINT)
        #expect(run.wait() == 4, "\(run.output)")
        #expect(run.output.contains("web, in the background, stopped with the run"), "\(run.output)")
        try workspace.writeRunbook("b.md", "```bash {#web background ready=never}\necho up\nsleep 900\n```\n")
        let starting = try BackgroundRun(["run", "b.md", "--unattended", "--no-write"], in: workspace)
        #expect(workspace.wait { starting.output.contains("\nup") }, "\(starting.output)")
        starting.send(SIGINT)
        #expect(starting.wait() == 4, "\(starting.output)")
        for id in [run.run, starting.run] {
            #expect(try MarkedProcesses(run: try #require(id)).identifiers.isEmpty)
        }
    }

    @Test func `it dies with a casebook that is killed, and the run that goes on says so`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            "```bash {#web background ready=up}\necho up\nsetsid sleep 900\n```\n\n```bash {#slow effect=repeatable}\n"
                + "echo waiting\ntest -e go || sleep 900\n```\n"
        )
        let run = try BackgroundRun(["run", "a.md", "--unattended", "--no-write"], in: workspace)
        #expect(workspace.wait { run.output.contains("\nwaiting") }, "\(run.output)")
        let id = try #require(run.run)
        run.send(SIGKILL)
        #expect(run.wait() == 128 + SIGKILL)
        #expect(workspace.wait { (try? MarkedProcesses(run: id).identifiers.isEmpty) == true })
        try workspace.write("go", "")
        let resumed = try workspace.casebook("resume", "--unattended")
        #expect(resumed.status == 1, "\(resumed.all)")
        let gone = "`web`, which went on in the background, is not there any more"
        #expect(resumed.output.contains(gone), "\(resumed.all)")
        let again = try workspace.casebook("resume", "--unattended", "--retry")
        #expect(again.status == 0, "\(again.all)")
    }

    @Test func `the files that a cell left are listed, written out, and never over another`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            """
            ```bash {#collect artifacts="*.log, out/**, none*"}
            mkdir -p work/out/deep && cd work
            head -c 400000 /dev/zero > large.log
            echo small > out/deep/small.txt
            ```
            """
        )
        let run = try workspace.casebook("run", "a.md", "--unattended")
        #expect(run.status == 0, "\(run.all)")
        #expect(run.output.contains("no file matches `none*`"), "\(run.all)")
        let listed = try workspace.casebook("artifacts")
        let digest = try workspace.command("/usr/bin/sha256sum", ["work/out/deep/small.txt"]).output.prefix(
            64
        )
        #expect(listed.output.contains("collect  large.log  400000 bytes  sha256:"), "\(listed.all)")
        #expect(
            listed.output.contains("collect  out/deep/small.txt  6 bytes  sha256:\(digest)\n"),
            "\(listed.all)"
        )
        let written = try workspace.casebook("artifacts", "-o", "files")
        #expect(written.output == "files/collect/large.log\nfiles/collect/out/deep/small.txt\n")
        #expect(try workspace.bytes("files/collect/large.log") == [UInt8](repeating: 0, count: 400_000))
        #expect(try workspace.text("files/collect/out/deep/small.txt") == "small\n")
        let again = try workspace.casebook("artifacts", "-o", "files")
        #expect(again.status == 2, "\(again.all)")
        #expect(again.errors.contains("exists already"), "\(again.all)")
        #expect(try workspace.casebook("verify").status == 0)
        #expect(
            try workspace.casebook("report").output.contains("| `out/deep/small.txt` | 6 | `\(digest)` |")
        )
    }

    @Test func `files above the folder are written below it, none in another's place`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            """
            ```bash {#collect artifacts="../x.log, up/x.log"}
            mkdir -p work/up && cd work
            echo above > ../x.log
            echo below > up/x.log
            ```
            """
        )
        #expect(try workspace.casebook("run", "a.md", "--unattended").status == 0)
        let written = try workspace.casebook("artifacts", "-o", "files")
        #expect(written.output == "files/collect/up/x.log\nfiles/collect/up/x.log.2\n", "\(written.all)")
        #expect(try workspace.text("files/collect/up/x.log") == "above\n")
        #expect(try workspace.text("files/collect/up/x.log.2") == "below\n")
    }

    @Test func `what one language exports others find, and a secret in it is in no record`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            """
            ```bash
            export MODE=fast URL="db://user:$PASSWORD@host"
            ```

            ```python
            import os
            print(os.environ["MODE"], os.environ["URL"])
            os.environ["MODE"] = "slow"
            ```

            ```bash
            echo "$MODE"
            ```

            ```bash {session=apart}
            echo "${MODE-none}"
            ```
            """,
            metadata: "parameters:\n  - name: PASSWORD\n    type: secret\n    from: env:PASSWORD\n"
        )
        let run = try workspace.casebook(
            "run",
            "a.md",
            "--unattended",
            environment: ["PASSWORD": "hunter2-secret"]
        )
        #expect(run.status == 0, "\(run.all)")
        let outputs = run.output.split(separator: "\n").filter { !"▶ ✓".contains($0.first ?? " ") }
        #expect(outputs.contains("fast db://user:****@host"), "\(run.all)")
        #expect(outputs.contains("slow"), "\(run.all)")
        #expect(outputs.contains("none"), "\(run.all)")
        let record = try workspace.recordedBytes()
        #expect(!record.contains(Array("hunter2-secret".utf8)), "the record holds the secret")
    }

    @Test func `what a secret cell printed and exported is in no saved state`() throws {
        let workspace = try Workspace()
        try workspace.write("hid", "hushhush4711")
        try workspace.write("token", "supersecret42")
        try workspace.write("mine", "neverprinted17")
        try workspace.writeRunbook(
            "a.md",
            """
            ```bash {secret}
            HID=$(cat hid) MINE=$(cat mine)
            export TOKEN=$(cat token)
            cd /
            echo "$HID"
            ```

            ```bash
            OTHER=1
            pwd
            echo "mine is $MINE"
            ```

            ```python
            import os
            print(len(os.environ["TOKEN"]))
            ```
            """
        )
        let run = try workspace.casebook("run", "a.md", "--unattended")
        #expect(run.status == 0, "\(run.all)")
        #expect(run.output.contains("\n/\nmine is ****\n") && run.output.contains("\n13\n"), "\(run.all)")
        let record = try workspace.recordedBytes()
        for secret in ["hushhush4711", "supersecret42", "neverprinted17"] {
            #expect(!record.contains(Array(secret.utf8)), "the record holds `\(secret)`")
        }
        #expect(record.contains(Array("OTHER".utf8)), "the search finds what a state holds")
    }

    @Test func `a cell answers a prerequisite when it succeeds, and a person when it does not`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            "```bash {#vpn effect=none}\ntest -e up\n```\n\n```bash\ntouch ran\n```\n",
            metadata: "prerequisites:\n  - text: The VPN is up.\n    check: vpn\n"
        )
        let paused = try workspace.casebook("run", "a.md", "--unattended", "--no-write")
        #expect(paused.status == 3, "\(paused.all)")
        #expect(
            paused.output.contains("  | The VPN is up.\n  | Its check `vpn` failed: exit status 1."),
            "\(paused.all)"
        )
        #expect(!workspace.exists("ran"))
        #expect(try workspace.casebook("resume", "--stop").status == 4)
        try workspace.write("up", "")
        let run = try workspace.casebook("run", "a.md", "--unattended", "--no-write")
        #expect(run.status == 0, "\(run.all)")
        #expect(run.output.contains("✓ prerequisite-1: succeeded"), "\(run.all)")
        #expect(workspace.exists("ran"))
    }

    @Test func `a checkpoint that undoes a cell is asked in the rollback, and only there`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            "```bash {#drain}\ntrue\n```\n\n```checkpoint {#back undoes=drain}\nPut it back.\n```\n\n```bash\nfalse\n```\n"
        )
        #expect(try workspace.casebook("run", "a.md", "--unattended").status == 1)
        let rollback = try workspace.casebook("rollback", "--unattended")
        #expect(rollback.status == 3, "\(rollback.all)")
        #expect(rollback.output.contains("| Put it back."), "\(rollback.all)")
        let id = try #require(rollback.output.firstMatch(of: /run (01[0-9a-z]{18}),/)).1
        #expect(try workspace.casebook("decide", String(id), "back", "proceed").status == 0)
        let ended = try workspace.casebook("resume", "--unattended")
        #expect(ended.output.contains("rolled back"), "\(ended.all)")
        #expect(try workspace.text("a.md").contains("```decision {casebook answer=proceed}"))
    }

    @Test func `figures of matplotlib stand behind the cell that drew them, and clear takes the links away`()
        throws
    {
        let workspace = try Workspace()
        let body = """
            ```python {#plot}
            import matplotlib.pyplot as plt
            for height in (1, 2):
                plt.figure()
                plt.plot([0, height])
                plt.show()
            ```

            ```python
            print(plt.get_fignums())
            ```

            """
        try workspace.writeRunbook("a.md", body)
        let before = try workspace.bytes("a.md")
        // Where Debian's Python is: another one does not see Debian's matplotlib.
        let path = ["PATH": "/usr/bin:/bin"]
        let run = try workspace.casebook("run", "a.md", "--unattended", environment: path)
        #expect(run.status == 0, "\(run.all)")
        let text = try workspace.text("a.md")
        #expect(
            text.contains(
                """
                ```output {casebook exit=0}
                ```
                <!-- casebook -->
                ![plot\\, figure 1](a.md.assets/plot-1.png)
                ![plot\\, figure 2](a.md.assets/plot-2.png)
                <!-- casebook -->
                """
            ),
            "\(text)"
        )
        #expect(text.contains("```output {casebook exit=0}\n[]\n```"))
        for number in 1...2 {
            let picture = try workspace.bytes("a.md.assets/plot-\(number).png")
            #expect(picture.starts(with: [0x89, 0x50, 0x4E, 0x47]) && picture.count > 1000)
        }
        let first = try workspace.bytes("a.md.assets/plot-1.png")
        #expect(try workspace.casebook("run", "a.md", "--unattended", environment: path).status == 0)
        #expect(try workspace.bytes("a.md.assets/plot-1.png") == first, "the same figure is the same file")
        #expect(try workspace.text("a.md") == text)
        #expect(try workspace.casebook("clear", "a.md").status == 0)
        #expect(try workspace.bytes("a.md") == before)
    }
}
