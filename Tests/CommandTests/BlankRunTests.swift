import CasebookTestSupport
import Foundation
import Testing

/// Blanks that get a value when a run starts.
@Suite(.timeLimit(.minutes(10))) struct BlankRunTests {
    private static let text = """
        # Fill

        ```bash {#show}
        printf '[%s]' <pod-name> "in <pod-name>"
        ```

        ```bash {#file}
        cat <<EOF
        name: <pod-name>
        EOF
        ```

        ```bash {#other}
        echo <other>
        ```

        """

    @Test func `a blank that has a value runs, and the value is data and nothing else`() throws {
        let workspace = try Workspace()
        try workspace.write("r.md", Self.text)
        let value = "a b; echo $(id) `id` \"' *"
        let run = try workspace.casebook(
            "run",
            "r.md",
            "--unattended",
            "-p",
            "pod_name=\(value)",
            "--decide",
            "other=done"
        )
        #expect(run.status == 0, "\(run.all)")
        let document = try workspace.text("r.md")
        #expect(
            document.contains(
                "printf '[%s]' <pod-name> \"in <pod-name>\"\n```\n```output {casebook exit=0}\n[\(value)][in \(value)]\n```"
            ),
            "\(document)"
        )
        #expect(
            document.contains("name: <pod-name>\nEOF\n```\n```output {casebook exit=0}\nname: \(value)\n```"),
            "\(document)"
        )
        #expect(
            document.contains("echo <other>\n```\n```decision {casebook answer=done}\n```"),
            "\(document)"
        )
        let report = try workspace.casebook("report").output
        #expect(report.contains("printf '[%s]' \"${blank_pod_name}\" \"in ${blank_pod_name}\""), "\(report)")
        #expect(report.contains("printf '[%s]' <pod-name> \"in <pod-name>\""), "\(report)")
        #expect(try workspace.casebook("clear", "r.md").status == 0)
        #expect(try workspace.text("r.md") == Self.text)
    }

    @Test func `a blank without a value stops, and a paused run keeps those that have one`() throws {
        let workspace = try Workspace()
        try workspace.write(
            "r.md",
            "# R\n\n```bash\necho <other>\n```\n\n```bash {#b}\necho \"[<pod>]\"\n```\n"
        )
        let paused = try workspace.casebook("run", "r.md", "--unattended", "-p", "pod=web-1")
        #expect(paused.status == 3, "\(paused.all)")
        #expect(try workspace.casebook("decide", try workspace.latestRun(), "step-1", "done").status == 0)
        let resumed = try workspace.casebook("resume", "--unattended")
        #expect(resumed.status == 0, "\(resumed.all)")
        #expect(resumed.output.contains("[web-1]"), "\(resumed.all)")
    }

    @Test func `what is given must be a blank, a variable or a parameter`() throws {
        let workspace = try Workspace()
        try workspace.write("r.md", Self.text)
        let run = try workspace.casebook("run", "r.md", "--unattended", "-p", "pod-name=x")
        #expect(run.status == 2, "\(run.all)")
        #expect(run.errors.contains("pod_name"), "\(run.all)")
    }

    @Test func `an outline says how a blank is filled`() throws {
        let workspace = try Workspace()
        try workspace.write("r.md", Self.text)
        #expect(
            try workspace.casebook("outline", "r.md").output == """
                Fill
                steps: 3: 3 by hand
                  show   by hand (it has the blank `<pod-name>`): printf '[%s]' <pod-name> "in <pod-name>"  runs with -p pod_name=VALUE  (r.md:3)
                  file   by hand (it has the blank `<pod-name>`): cat <<EOF  runs with -p pod_name=VALUE  (r.md:7)
                  other  by hand (it has the blank `<other>`): echo <other>  runs with -p other=VALUE  (r.md:13)

                """
        )
    }

    @Test func `a dry run takes what a run takes`() throws {
        let workspace = try Workspace()
        try workspace.write("r.md", "# R\n\n```bash\nls <dir> $OTHER\n```\n")
        let dry = try workspace.casebook("run", "r.md", "--dry-run", "-p", "dir=x", "-p", "OTHER=y")
        #expect(dry.status == 0, "\(dry.all)")
        #expect(!dry.errors.contains("not declared"), "\(dry.all)")
        let wrong = try workspace.casebook("run", "r.md", "--dry-run", "-p", "nothing=x")
        #expect(wrong.errors.contains("not declared"), "\(wrong.all)")
    }

    @Test func `an outline says when the document does not run as it stands`() throws {
        let workspace = try Workspace()
        try workspace.write("r.md", "# R\n\n```checkpoint {#a approvals=2}\nOK?\n```\n")
        #expect(
            try workspace.casebook("outline", "r.md").output == """
                R
                not run as it stands: 1 error, which `casebook check` shows
                steps: 1: 1 checkpoint
                  a  checkpoint: OK?  (r.md:3)

                """
        )
    }

    @Test func `a secret that nothing declares is asked for again, and masked`() throws {
        let workspace = try Workspace()
        try workspace.write(
            "r.md",
            "# R\n\n```checkpoint {#g}\nok?\n```\n\n```bash\necho \"$API_TOKEN\" <db-password>\n```\n"
        )
        let given = ["-p", "API_TOKEN=hunter2-correct", "-p", "db_password=battery-staple"]
        let paused = try workspace.casebook(["run", "r.md", "--unattended"] + given)
        #expect(paused.status == 3, "\(paused.all)")
        #expect(try workspace.casebook("decide", try workspace.latestRun(), "g", "proceed").status == 0)
        let without = try workspace.casebook("resume", "--unattended")
        #expect(without.status == 2, "\(without.all)")
        #expect(without.errors.contains("the secret `API_TOKEN` is needed again"), "\(without.all)")
        let resumed = try workspace.casebook(["resume", "--unattended"] + given)
        #expect(resumed.status == 0, "\(resumed.all)")
        let document = try workspace.text("r.md")
        #expect(!document.contains("hunter2") && !document.contains("battery"), "\(document)")
        #expect(document.contains("output {casebook exit=0}"), "\(document)")
    }
}
