import CasebookTestSupport
import Foundation
import Testing

/// A person at a terminal, tired ones too.
@Suite(.timeLimit(.minutes(10))) struct TerminalTests {
    @Test func `what is not an answer is asked again, and a step can be skipped, run and continued`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            """
            ## First

            Look at the queue.

            ```bash {#one}
            echo one-ran >>log
            ```

            ```bash {#two}
            echo two-ran >>log
            ```

            ```bash {#three}
            echo three-ran >>log
            ```

            ```bash {#four}
            echo four-ran >>log
            ```

            ```checkpoint {#where choices="failover,wait"}
            Where to?
            ```

            ```bash {#five}
            echo five-ran >>log
            ```

            """
        )
        let run = try TerminalRun(["run", "a.md"], in: workspace)
        try run.expect(
            "── 1/6 one  First  a.md:10\nLook at the queue.\n".replacingOccurrences(of: "\n", with: "\r\n")
        )
        try run.expect("run   continue   skip WHY   stop   pause   help\r\n> ")
        run.type("\n")
        try run.expect("nothing was answered; type one of the words")
        try run.expect("> ")
        run.type("yes\n")
        try run.expect("`yes` is not an answer here; type one of the words")
        try run.expect("> ")
        run.type("s\n")
        try run.expect("`s` could be `skip` or `stop`")
        try run.expect("> ")
        run.type("skip\n")
        try run.expect("say why: `skip the reason`")
        try run.expect("> ")
        run.type("help\n")
        try run.expect("run: run this cell")
        try run.expect("pause: leave the run as it is")
        try run.expect("> ")
        #expect(!workspace.exists("log"), "nothing was answered yet")
        run.type("skip the queue is empty\n")
        try run.expect("● skip by")
        try run.expect("2/6 two")
        try run.expect("> ")
        run.type("r looked at it\n")
        try run.expect("✓ succeeded")
        try run.expect("3/6 three")
        try run.expect("> ")
        #expect(try workspace.text("log") == "two-ran\n")
        run.type("cont\n")
        try run.expect("5/6 where")
        try run.expect("failover   wait   stop   pause   help\r\n> ")
        #expect(try workspace.text("log") == "two-ran\nthree-ran\nfour-ran\n")
        run.type("wait until the morning\n")
        try run.expect("6/6 five")
        try run.expect("> ")
        run.type("run\n")
        #expect(try run.waitForExit() == 7, "\(run.screen)")
        #expect(try workspace.text("log") == "two-ran\nthree-ran\nfour-ran\nfive-ran\n")
        let text = try workspace.text("a.md")
        #expect(text.contains("```output {casebook skipped}\nthe queue is empty\n```\n"), "\(text)")
        #expect(text.contains("```decision {casebook answer=wait}\nuntil the morning\n```\n"), "\(text)")
        #expect(!text.contains("one-ran\n```\n```output {casebook exit"), "\(text)")
    }

    /// What a person types at a prompt to leave: Ctrl-C, Ctrl-D, and the word.
    @Test(arguments: ["\u{3}", "\u{4}", "pause\n"])
    func `leaving a prompt pauses the run, and another terminal goes on`(_ keys: String) throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            "```bash {#one}\nx=kept\n```\n\n```checkpoint {#g}\nok?\n```\n\n```bash {#two}\necho $x >log\n```\n"
        )
        let run = try TerminalRun(["run", "a.md"], in: workspace)
        try run.expect("> ")
        run.type("run\n")
        try run.expect("2/3 g")
        try run.expect("> ")
        run.type(keys)
        #expect(try run.waitForExit() == 3, "\(run.screen)")
        #expect(run.screen.contains("paused"), "\(run.screen)")
        #expect(run.screen.contains("casebook resume"), "\(run.screen)")
        #expect(!workspace.exists("log"))
        #expect(try workspace.casebook("show").output.contains("paused"))
        let again = try TerminalRun(["resume"], in: workspace)
        try again.expect("2/3 g")
        try again.expect("> ")
        again.type("proceed\n")
        try again.expect("3/3 two")
        try again.expect("> ")
        again.type("run\n")
        #expect(try again.waitForExit() == 0, "\(again.screen)")
        #expect(try workspace.text("log") == "kept\n")
    }

    @Test func `Ctrl-C ends the whole cell and asks what to do`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            "```bash {#slow}\necho begun\nsleep 900 | sleep 900\necho next-command >>log\n```\n"
        )
        let run = try TerminalRun(["run", "a.md"], in: workspace)
        try run.expect("> ")
        run.type("run\n")
        try run.expect("begun\r\n")
        run.type("\u{3}")
        try run.expect("stopped by a person")
        try run.expect("✗ slow stopped by a person")
        try run.expect("escalation contact: #oncall")
        try run.expect("retry   skip WHY   ignore WHY   stop   pause   help\r\n> ")
        let name = try workspace.latestRun()
        #expect(!workspace.exists("log"), "the next command of the cell did not run")
        run.type("skip not today\n")
        #expect(try run.waitForExit() == 7, "\(run.screen)")
        #expect(try MarkedProcesses(run: name).identifiers.isEmpty)
        #expect(try workspace.text("a.md").contains("```output {casebook stopped}\nbegun\n```\n"))
    }

    @Test func `closing the terminal lets the running cell end and pauses then`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            """
            ```bash {#slow}
            echo begun
            until [ -e go ]; do sleep 0.02; done
            echo ended >>log
            ```

            ```bash {#next}
            echo next >>log
            ```

            """
        )
        let run = try TerminalRun(["run", "a.md"], in: workspace)
        try run.expect("> ")
        run.type("continue\n")
        try run.expect("begun\r\n")
        let name = try workspace.latestRun()
        run.hangUp()
        usleep(200_000)
        try workspace.write("go", "")
        #expect(try run.waitForExit() == 3)
        #expect(try workspace.text("log") == "ended\n")
        #expect(try MarkedProcesses(run: name).identifiers.isEmpty)
        let shown = try workspace.casebook("show").output
        #expect(shown.contains("paused: the terminal went away"), "\(shown)")
        #expect(shown.contains("slow  succeeded"), "\(shown)")
        let again = try TerminalRun(["resume"], in: workspace)
        try again.expect("2/2 next")
        try again.expect("> ")
        again.type("run\n")
        #expect(try again.waitForExit() == 0, "\(again.screen)")
        #expect(try workspace.text("log") == "ended\nnext\n")
    }

    @Test func `a required parameter that was not given is asked for, and a secret is not shown`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            "```bash {#one}\necho \"$COUNT of ${#TOKEN}\" >log\n```\n",
            metadata: """
                parameters:
                  COUNT: {type: integer, required: true, prompt: How many}
                  TOKEN: {type: secret, required: true}

                """
        )
        let run = try TerminalRun(["run", "a.md"], in: workspace)
        try run.expect("How many (COUNT): ")
        run.type("many\n")
        try run.expect("`many` is no whole number")
        try run.expect("How many (COUNT): ")
        run.type("3\n")
        try run.expect("TOKEN: ")
        usleep(50_000)
        run.type("hunter2-hunter2\n")
        try run.expect("> ")
        run.type("run\n")
        #expect(try run.waitForExit() == 0, "\(run.screen)")
        #expect(try workspace.text("log") == "3 of 15\n")
        #expect(!run.screen.contains("hunter2"), "\(run.screen)")
    }

    @Test func `the name of a protected environment is typed to start`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            "```bash {#one}\necho $DB >log\n```\n",
            metadata: "environments: {production: {DB: b, protected: true}}\n"
        )
        let wrong = try TerminalRun(["run", "a.md", "--environment", "production"], in: workspace)
        try wrong.expect("`production` is protected; type its name to start: ")
        wrong.type("yes\n")
        #expect(try wrong.waitForExit() == 2, "\(wrong.screen)")
        #expect(!workspace.exists("store"))
        let right = try TerminalRun(["run", "a.md", "--environment", "production"], in: workspace)
        try right.expect("type its name to start: ")
        right.type("production\n")
        try right.expect("> ")
        right.type("run\n")
        #expect(try right.waitForExit() == 0, "\(right.screen)")
        #expect(try workspace.text("log") == "b\n")
    }

    @Test func `a cell reads end-of-file and has no terminal to ask for a password`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            """
            ```bash {#reads}
            cat -; echo "cat ended"
            ```

            ```bash {#asks}
            read -r -p "password: " word </dev/tty
            ```

            """
        )
        let run = try TerminalRun(["run", "a.md"], in: workspace)
        try run.expect("> ")
        run.type("continue\n")
        try run.expect("cat ended\r\n")
        try run.expect("/dev/tty: No such device or address")
        try run.expect("✗ asks failed: exit status 1")
        try run.expect("> ")
        run.type("stop\n")
        #expect(try run.waitForExit() == 1, "\(run.screen)")
    }
}
