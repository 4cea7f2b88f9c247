import CasebookTestSupport
import Foundation
import Testing

/// One runbook, one run at a time; what people do to the document meanwhile is kept.
@Suite(.timeLimit(.minutes(10))) struct OneRunTests {
    private static let slow = """
        ```bash {#slow}
        echo begun
        until [ -e go ]; do sleep 0.02; done
        ```

        ```bash {#next}
        echo next
        ```

        """

    @Test func `a second run at the same time is refused with words`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook("a.md", Self.slow)
        let first = try BackgroundRun(["run", "a.md", "--unattended"], in: workspace)
        #expect(workspace.wait { first.output.contains("begun\n") }, "\(first.output)")
        let name = try workspace.latestRun()
        let second = try workspace.casebook("run", "a.md", "--unattended")
        #expect(second.status == 2, "\(second.all)")
        #expect(
            second.errors == """
                error: this runbook is running now as run \(name), process \(first.identifier): nothing was run
                  wait for it, or answer in its terminal
                  escalation contact: #oncall

                """
        )
        #expect(
            try workspace.casebook("resume", "--unattended").status == 2,
            "it is not taken from the living"
        )
        #expect(try workspace.casebook("show").output.contains(", running\n"))
        try workspace.write("go", "")
        #expect(first.wait() == 0, "\(first.output)")
        #expect(try workspace.casebook("verify").status == 0)
    }

    @Test func `a paused run holds its runbook and names both ways on`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook("a.md", "```checkpoint {#g}\nok?\n```\n")
        #expect(try workspace.casebook("run", "a.md", "--unattended").status == 3)
        let name = try workspace.latestRun()
        let second = try workspace.casebook("run", "a.md", "--unattended")
        #expect(second.status == 2, "\(second.all)")
        #expect(
            second.errors == """
                error: run \(name) of this runbook is paused: nothing was run
                  go on with `casebook resume \(name)`,
                  or end it with `casebook resume \(name) --stop`
                  escalation contact: #oncall

                """
        )
        #expect(try workspace.casebook("resume", "--stop").status == 4)
        #expect(try workspace.casebook("run", "a.md", "--unattended").status == 3)
    }

    @Test func `a run that waits at its failure is superseded once by a newer one`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook("a.md", "```bash {#a}\ntest -e go\n```\n")
        #expect(try workspace.casebook("run", "a.md", "--unattended").status == 1)
        let name = try workspace.latestRun()
        let second = try workspace.casebook("run", "a.md", "--unattended")
        #expect(second.status == 1, "\(second.all)")
        #expect(
            second.errors == """
                warning: run \(name) was waiting at its failure; it is now superseded by this one

                """
        )
        try workspace.write("go", "")
        let third = try workspace.casebook("run", "a.md", "--unattended")
        #expect(third.status == 0, "\(third.all)")
        let shown = try workspace.casebook("show", name)
        let resumed = try workspace.casebook("resume", name, "--retry", "--unattended")
        // The listing stays `waiting at failure`, so the third run writes a second `superseded` behind the first.
        #expect(!third.errors.contains(name), "what was superseded stays so: \(third.errors)")
        #expect(shown.status == 0, "\(shown.all)")
        #expect(shown.output.contains("run \(name), superseded\n"), "\(shown.all)")
        #expect(resumed.status == 2, "\(resumed.all)")
        #expect(resumed.errors.hasPrefix("error: run \(name) has ended: superseded\n"), "\(resumed.all)")
    }

    @Test func `an edit during the run is kept, and the outputs are put into it`() throws {
        let workspace = try Workspace()
        try workspace.write("a.md", "# T\n\n\(Self.slow)")
        let run = try BackgroundRun(["run", "a.md", "--unattended"], in: workspace)
        #expect(workspace.wait { run.output.contains("begun\n") }, "\(run.output)")
        try workspace.write("a.md", "# T\n\nA note that was written meanwhile.\n\n\(Self.slow)The end.\n")
        try workspace.write("go", "")
        #expect(run.wait() == 0, "\(run.output)")
        #expect(
            try workspace.text("a.md") == """
                # T

                A note that was written meanwhile.

                ```bash {#slow}
                echo begun
                until [ -e go ]; do sleep 0.02; done
                ```
                ```output {casebook exit=0}
                begun
                ```

                ```bash {#next}
                echo next
                ```
                ```output {casebook exit=0}
                next
                ```
                The end.

                """
        )
        #expect(
            run.output.contains(
                "warning: `a.md` was edited during the run; the outputs were put into the edited document\n"
            )
        )
    }

    @Test func `why a document was not written is in the report as it was on the screen`() throws {
        let workspace = try Workspace()
        try workspace.write("a.md", "# T\n\n```bash {#away confirm=no}\nrm a.md; mkdir a.md\n```\n")
        let run = try workspace.casebook("run", "a.md", "--unattended")
        #expect(run.status == 0, "\(run.all)")
        #expect(
            run.errors == """
                warning: the document was not saved; the record has everything
                  `a.md` is a directory; name a Markdown file in it

                """
        )
        let report = try workspace.casebook("report").output
        let row = report.split(separator: "\n").first { $0.contains("document not written") } ?? ""
        #expect(row.contains(#"\`a.md\` is a directory; name a Markdown file in it"#), "\(row)")
    }

    @Test func `the output of a cell that was changed meanwhile stays in the record alone`() throws {
        let workspace = try Workspace()
        try workspace.write("a.md", "# T\n\n\(Self.slow)")
        let run = try BackgroundRun(["run", "a.md", "--unattended"], in: workspace)
        #expect(workspace.wait { run.output.contains("begun\n") }, "\(run.output)")
        let edited = "# T\n\n\(Self.slow)".replacingOccurrences(of: "echo next", with: "echo something else")
        try workspace.write("a.md", edited)
        try workspace.write("go", "")
        #expect(run.wait() == 0, "\(run.output)")
        #expect(run.output.contains("the record alone has the output of `next`\n"), "\(run.output)")
        let text = try workspace.text("a.md")
        #expect(text.contains("echo something else\n```\n"), "\(text)")
        #expect(!text.contains("\nnext\n"), "\(text)")
        #expect(try workspace.casebook("show", "--output", "next").output == "next\n")
        #expect(try workspace.casebook("clear", "a.md").status == 0)
        #expect(try workspace.text("a.md") == edited)
    }
}
