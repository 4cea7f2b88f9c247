import CasebookTestSupport
import Foundation
import Testing

/// Cells with `tty`, as a person at a terminal meets them, and as an unattended run does.
@Suite(.timeLimit(.minutes(5))) struct TerminalCellCommandTests {
    private static let runbook = """
        ---
        owner: ops
        escalation: "#oncall"
        ---
        # Restart

        ```bash {#ask tty}
        stty -echo; printf 'password: '; read -r word; stty echo; echo
        echo "${#word} letters, $(stty size)"
        ```

        ```bash {#progress tty}
        printf 'a 0%%\\nb 0%%\\n\\033[2Aa 100%%\\n'; printf 'b 100%%\\n'
        ```

        ```bash {#after}
        test -t 1 || echo "no terminal, $word"
        ```

        """

    @Test func `a person types a password into a cell, and goes on`() throws {
        let workspace = try Workspace()
        try workspace.write("a.md", Self.runbook)
        let run = try TerminalRun(["run", "a.md"], in: workspace)
        try run.expect("> ")
        run.type("continue\n")
        try run.expect("password: ")
        run.type("geheim\n")
        try run.expect("6 letters, 40 100")
        try run.expect("no terminal, geheim")
        #expect(try run.waitForExit() == 0)
        let document = try workspace.text("a.md")
        #expect(
            document.contains("```output {casebook exit=0}\npassword:\n6 letters, 40 100\n```\n")
                || document.contains("```output {casebook exit=0}\npassword: \n6 letters, 40 100\n```\n"),
            "\(document)"
        )
        #expect(document.contains("```output {casebook exit=0}\na 100%\nb 100%\n```\n"), "\(document)")
        // What is typed without an echo stands nowhere but where the cell prints it.
        #expect(!run.screen.contains("password: geheim"))
    }

    @Test func `a cell hears that the window has another size`() throws {
        let workspace = try Workspace()
        let code = "trap 'stty size; exit 0' WINCH\nstty size\nwhile true; do sleep 0.1; done"
        try workspace.write("a.md", "# A\n\n```bash {tty run=yes}\nsh -c \"$LOOP\"\n```\n")
        let run = try TerminalRun(
            BuiltBinary.path,
            ["run", "a.md"],
            in: workspace,
            environment: ["LOOP": code]
        )
        try run.expect("> ")
        run.type("run\n")
        try run.expect("40 100")
        try run.resize(rows: 30, columns: 90)
        try run.expect("30 90")
        #expect(try run.waitForExit() == 0, "\(run.screen)")
    }

    @Test func `Ctrl-C goes to the cell, and the question comes back`() throws {
        let workspace = try Workspace()
        try workspace.write("a.md", "# A\n\n```bash {#wait tty}\nsh -c 'echo on; exec sleep 900'\n```\n")
        let run = try TerminalRun(["run", "a.md"], in: workspace)
        try run.expect("> ")
        run.type("run\n")
        try run.expect("on")
        run.type("\u{3}")
        try run.expect("failed")
        try run.expect("> ")
        run.type("stop\n")
        let status = try run.waitForExit()
        #expect(status == 1, "\(run.screen)")
    }

    @Test func `what needs a person asks first with a terminal, and pauses where nobody is`() throws {
        let workspace = try Workspace()
        try workspace.write(
            "a.md",
            "# A\n\n```bash {#edit tty}\nvim notes\n```\n\n```bash {#colour tty}\ntest -t 1\n```\n"
        )
        let outline = try workspace.casebook("outline", "a.md").output
        #expect(outline.contains("edit    ask first (`vim` opens an editor)"), "\(outline)")
        #expect(outline.contains("colour  run bash"), "\(outline)")
        let run = try workspace.casebook("run", "a.md", "--unattended")
        #expect(run.status == 3, "\(run.all)")
        let rest = try workspace.casebook("resume", "--unattended", "--decide", "edit=skip:not now")
        #expect(rest.output.contains("colour") && rest.status == 7, "\(rest.all)")
    }

    @Test func `a shell that takes no terminal refuses one`() throws {
        let workspace = try Workspace()
        try workspace.write("a.md", "# A\n\n```zsh {#x tty}\ntrue\n```\n")
        let check = try workspace.casebook("check", "a.md")
        #expect(check.status == 1 || check.status == 2, "\(check.all)")
        #expect(check.all.contains("a cell of zsh takes no terminal"), "\(check.all)")
    }

    @Test func `a language of the document's own runs, and is shown at the start`() throws {
        let workspace = try Workspace()
        try workspace.write(
            "a.md",
            """
            ---
            interpreters:
              shout: tr a-z A-Z
            parameters:
              WORD: {default: two words}
            ---
            # A

            ```shout {#a capture=LOUD}
            hello
            ```

            ```node {#b}
            console.log(process.env.LOUD, process.env.WORD)
            ```

            ```ruby {#c}
            puts ENV["LOUD"].downcase
            ```

            ```zsh {#d}
            print -r -- ${(C)LOUD}
            ```

            """
        )
        let run = try workspace.casebook("run", "a.md", "--unattended")
        #expect(run.status == 0, "\(run.all)")
        #expect(run.output.contains("  cells of `shout` are run by: tr a-z A-Z\n"), "\(run.all)")
        let outputs = try workspace.text("a.md").components(separatedBy: "{casebook exit=0}\n").dropFirst()
            .map { $0.prefix { $0 != "\n" } }
        #expect(outputs == ["HELLO", "HELLO two words", "hello", "Hello"])
    }
}
