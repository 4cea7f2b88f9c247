import CasebookTestSupport
import Glibc
import Testing

@Suite(.timeLimit(.minutes(10))) struct RunCommandTests {
    @Test func `a run that is stopped while it waits for its next attempt has ended`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            "```bash {retries=5 delay=10m}\nfalse\n```\n```bash\ntouch ran\n```\n"
        )
        let run = try BackgroundRun(["run", "a.md", "--unattended", "--no-write"], in: workspace)
        #expect(workspace.wait { run.output.contains("tried again in") }, "\(run.output)")
        run.send(SIGKILL)
        #expect(run.wait() == 128 + SIGKILL, "\(run.output)")
        let stopped = try workspace.casebook("resume", "--stop")
        #expect(stopped.status == 4, "\(stopped.all)")
        #expect(try workspace.casebook("history").output.contains("stopped"))
        let again = try workspace.casebook("resume", "--unattended")
        #expect(again.status == 2, "\(again.all)")
        #expect(!workspace.exists("ran"))
    }

    @Test func `prerequisites are asked and tools are looked up before step 1`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            "```bash\ntouch ran\n```\n",
            metadata:
                "prerequisites: [The traffic is drained.]\ntools: [bash, no-such-program, AWS Console]\n"
        )
        let without = try workspace.casebook("run", "a.md", "--unattended")
        #expect(without.status == 2, "\(without.all)")
        #expect(
            without.errors.contains("1 tool missing: nothing was run\n  not on PATH: `no-such-program`"),
            "\(without.all)"
        )
        try workspace.writeRunbook(
            "a.md",
            "```bash\ntouch ran\n```\n",
            metadata: "prerequisites: [The traffic is drained.]\ntools: [bash]\n"
        )
        let paused = try workspace.casebook("run", "a.md", "--unattended")
        #expect(paused.status == 3, "\(paused.all)")
        #expect(paused.output.contains("| The traffic is drained."), "\(paused.all)")
        #expect(!workspace.exists("ran"))
        let run = try #require(paused.output.firstMatch(of: /run (01[0-9a-z]{18}),/)).1
        #expect(try workspace.casebook("decide", String(run), "prerequisite-1", "proceed").status == 0)
        #expect(try workspace.casebook("resume", "--unattended").status == 0)
        #expect(workspace.exists("ran"))
    }

    @Test func `a runbook is run, and its outputs stand behind its cells`() throws {
        let workspace = try Workspace()
        try workspace.write(
            "hello.md",
            """
            # Hello

            ## Steps

            1. Say it:

               ```bash
               greeting="hello, world"
               echo "$greeting"
               ```

            2. Say it again:

               ```bash
               echo "$greeting" | tr a-z A-Z
               ```
            """
        )
        let before = try workspace.bytes("hello.md")
        let result = try workspace.casebook("run", "hello.md", "--unattended")
        #expect(result.status == 0, "\(result.all)")
        #expect(
            try workspace.text("hello.md") == """
                # Hello

                ## Steps

                1. Say it:

                   ```bash
                   greeting="hello, world"
                   echo "$greeting"
                   ```
                   ```output {casebook exit=0}
                   hello, world
                   ```

                2. Say it again:

                   ```bash
                   echo "$greeting" | tr a-z A-Z
                   ```
                   ```output {casebook exit=0}
                   HELLO, WORLD
                   ```
                """
        )
        let executed = try workspace.bytes("hello.md")
        #expect(try workspace.casebook("run", "hello.md", "--unattended").status == 0)
        #expect(try workspace.bytes("hello.md") == executed, "the same outputs give the same bytes")
        #expect(try workspace.casebook("clear", "hello.md").status == 0)
        #expect(try workspace.bytes("hello.md") == before)
    }

    @Test func `without a terminal and without --unattended nothing runs`() throws {
        let workspace = try Workspace()
        try workspace.write("a.md", "# A\n\n```bash {#touch}\ntouch ran\n```\n")
        let result = try workspace.casebook("run", "a.md")
        #expect(result.status == 2)
        #expect(!workspace.exists("ran"))
        #expect(
            result.errors == """
                error: standard input is not a terminal, and `--unattended` was not given: nothing was run
                  touch  run bash: touch ran  (a.md:3)
                  run it from a terminal to be asked at each step,
                  or with `--unattended` to run to the end, the first open gate or the first failure

                """
        )
    }

    @Test func `a checkpoint pauses an unattended run until somebody decides`() throws {
        let workspace = try Workspace()
        try workspace.write(
            "gate.md",
            """
            # Gate

            ```bash {#before}
            X=kept; f() { echo "function $X"; }
            ```

            ```checkpoint {#drained}
            No writes for two minutes.
            ```

            ```bash {#after}
            f
            ```

            """
        )
        let first = try workspace.casebook("run", "gate.md", "--unattended")
        #expect(first.status == 3, "\(first.all)")
        #expect(!(try workspace.text("gate.md").contains("function kept")))
        #expect(
            try workspace.casebook("run", "gate.md", "--unattended").status == 2,
            "a paused run holds its runbook"
        )
        #expect(try workspace.casebook("decide", latest(workspace), "drained", "maybe").status == 2)
        let decided = try workspace.casebook(
            "decide",
            latest(workspace),
            "drained",
            "proceed",
            "--as",
            "alice",
            "--note",
            "seen"
        )
        #expect(decided.status == 0, "\(decided.all)")
        #expect(
            try workspace.casebook("decide", latest(workspace), "drained", "stop").status == 2,
            "answered once"
        )
        let second = try workspace.casebook("resume", "--unattended")
        #expect(second.status == 0, "\(second.all)")
        #expect(
            try workspace.text("gate.md") == """
                # Gate

                ```bash {#before}
                X=kept; f() { echo "function $X"; }
                ```
                ```output {casebook exit=0}
                ```

                ```checkpoint {#drained}
                No writes for two minutes.
                ```
                ```decision {casebook answer=proceed}
                seen
                ```

                ```bash {#after}
                f
                ```
                ```output {casebook exit=0}
                function kept
                ```

                """
        )
    }

    @Test func `a failed run waits, names the contact, and goes on with a retry`() throws {
        let workspace = try Workspace()
        try workspace.write(
            "fail.md",
            """
            ---
            title: Fail
            escalation: "#db-oncall"
            ---

            ```bash {#one}
            echo one >>log
            ```

            ```bash {#two}
            test -e allowed
            ```

            ```bash {#three}
            echo three >>log
            ```

            """
        )
        let first = try workspace.casebook("run", "fail.md", "--unattended")
        #expect(first.status == 1, "\(first.all)")
        #expect(first.output.contains("escalation contact: #db-oncall"))
        #expect(try workspace.text("log") == "one\n")
        try workspace.write("allowed", "")
        let second = try workspace.casebook("resume", "--retry", "--unattended")
        #expect(second.status == 0, "\(second.all)")
        #expect(try workspace.text("log") == "one\nthree\n")
    }

    @Test func `a failure can be skipped with a reason, or stopped at`() throws {
        let workspace = try Workspace()
        let text = "# F\n\n```bash {#bad}\nfalse\n```\n\n```bash {#next}\ntouch next\n```\n"
        try workspace.write("f.md", text)
        #expect(try workspace.casebook("run", "f.md", "--unattended").status == 1)
        #expect(try workspace.casebook("resume", "--skip", "known", "--unattended").status == 7)
        #expect(workspace.exists("next"))
        try workspace.write("g.md", text)
        #expect(try workspace.casebook("run", "g.md", "--unattended").status == 1)
        #expect(try workspace.casebook("resume", "--stop").status == 1)
        #expect(try workspace.casebook("resume", "--retry", "--unattended").status == 2, "it has ended")
    }

    @Test func `parameters reach cells as variables and are never pasted`() throws {
        let workspace = try Workspace()
        try workspace.write(
            "p.md",
            """
            ---
            parameters:
              NAME: {type: string, required: true}
              COUNT: {type: integer, default: 2}
            ---
            # P

            ```bash
            printf '%s|%s\\n' "$NAME" "$COUNT"
            ```

            """
        )
        let wrong = try workspace.casebook("run", "p.md", "--unattended", "-p", "COUNT=x", "-p", "NMAE=y")
        #expect(wrong.status == 2)
        for words in ["`NMAE` is not declared", "`NAME` is required", "`COUNT`: `x` is no whole number"] {
            #expect(wrong.errors.contains(words), "\(wrong.errors)")
        }
        let hostile = "'; touch pwned; $(touch pwned) `touch pwned`"
        let result = try workspace.casebook("run", "p.md", "--unattended", "-p", "NAME=\(hostile)")
        #expect(result.status == 0, "\(result.all)")
        #expect(try workspace.text("p.md").contains("\(hostile)|2\n"))
        #expect(!workspace.exists("pwned"))
    }

    @Test func `a dry run runs nothing and can show where outputs would stand`() throws {
        let workspace = try Workspace()
        try workspace.write("d.md", "# D\n\n```sh {#t}\ntouch ran\n```\n")
        let result = try workspace.casebook("run", "d.md", "--dry-run", "-o", "out.md")
        #expect(result.status == 0, "\(result.all)")
        #expect(!workspace.exists("ran"))
        #expect(
            try workspace.text("out.md")
                == "# D\n\n```sh {#t}\ntouch ran\n```\n```output {casebook not-run}\n```\n"
        )
        #expect(!workspace.exists("store"), "looking leaves no record")
    }

    @Test func `bash, sh and Python keep their own state from cell to cell`() throws {
        let workspace = try Workspace()
        try workspace.write(
            "s.md",
            """
            # S

            ```bash
            cd /; A=(1 "two words")
            ```

            ```python
            import math
            x = {"r": math.sqrt(16)}
            ```

            ```sh
            y=posix
            ```

            ```bash
            pwd; echo "${A[1]}"
            ```

            ```python
            x["r"] + 1
            ```

            ```sh
            echo $y
            ```

            """
        )
        let result = try workspace.casebook("run", "s.md", "--unattended", "--no-write")
        #expect(result.status == 0, "\(result.all)")
        for line in ["/\ntwo words\n", "5.0\n", "posix\n"] {
            #expect(result.output.contains(line), "\(result.all)")
        }
    }

    @Test func `a cell of another language is done by hand and stands in the report in its own words`() throws
    {
        let workspace = try Workspace()
        try workspace.write("r.md", "# R\n\n```PHP {#r}\necho 1;\n```\n\n```bash {#b}\ntrue\n```\n")
        let outline = try workspace.casebook("outline", "r.md")
        #expect(
            outline.output == """
                R
                steps: 2: 1 automatic, 1 by hand
                  r  by hand (this version does not run PHP): echo 1;  (r.md:3)
                  b  run bash: true  (r.md:7)

                """
        )
        let run = try workspace.casebook("run", "r.md", "--unattended", "--decide", "r=done")
        #expect(run.status == 0, "\(run.all)")
        let report = try workspace.casebook("report").output
        #expect(report.contains("```PHP {run=no}\necho 1;\n```\n"), "\(report)")
    }

    private func latest(_ workspace: Workspace) throws -> String {
        let line = try workspace.casebook("history", "-n", "1").output
        return String(line.prefix { $0 != " " })
    }
}
