import CasebookTestSupport
import Foundation
import Testing

/// What people get wrong: one sentence, the place, what to do, the contact, and nothing is touched.
@Suite(.timeLimit(.minutes(10))) struct BadInputTests {
    /// A document that does not run, and all that is said about it.
    struct Refused: CustomTestStringConvertible {
        let testDescription: String
        let body: String
        var metadata = ""
        var arguments: [String] = []
        let errors: String
    }

    static let refused = [
        Refused(
            testDescription: "an attribute with a bad value",
            body: "```bash {timeout=never}\ntouch ran\n```\n",
            errors: """
                a b.md:6:18: error: `timeout` takes a time such as `500ms`, `30s`, `10m`, `2h` or `1d`, found `never` [attribute-invalid]
                    6 | ```bash {timeout=never}
                      |                  ^~~~~
                error: `a b.md` has 1 error: nothing was run
                  escalation contact: #oncall

                """
        ),
        Refused(
            testDescription: "a parameter that is not declared",
            body: "```bash\ntouch ran\n```\n",
            arguments: ["-p", "NMAE=x"],
            errors: """
                error: the run was not started: 1 parameter problem
                  parameter `NMAE` is not declared: the runbook declares none
                  escalation contact: #oncall

                """
        ),
        Refused(
            testDescription: "a parameter with a bad value, and one that is missing",
            body: "```bash\ntouch ran\n```\n",
            metadata: "parameters:\n  COUNT: {type: integer}\n  NAME: {type: string, required: true}\n",
            arguments: ["-p", "COUNT=many"],
            errors: """
                error: the run was not started: 2 parameter problems
                  parameter `COUNT`: `many` is no whole number
                  parameter `NAME` is required; give it with `-p NAME=VALUE`
                  escalation contact: #oncall

                """
        ),
        Refused(
            testDescription: "a draft that is run unattended",
            body: "```bash\ntouch ran\n```\n",
            metadata: "status: draft\n",
            errors: """
                a b.md:4:9: warning: the runbook is `draft`, not `active` [status-inactive]
                    4 | status: draft
                      |         ^~~~~
                error: `a b.md` is draft and does not run unattended
                  run it from a terminal, or allow it with `--allow-status`
                  escalation contact: #oncall

                """
        ),
        Refused(
            testDescription: "a protected environment whose name was not typed",
            body: "```bash\ntouch ran\n```\n",
            metadata: "environments: {production: {DB: b, protected: true}}\n",
            arguments: ["--environment", "production"],
            errors: """
                error: environment `production` is protected and its name was not typed: nothing was run
                  unattended, give `--confirm-environment production`
                  escalation contact: #oncall

                """
        ),
        Refused(
            testDescription: "an environment that is not declared",
            body: "```bash\ntouch ran\n```\n",
            metadata: "environments: {staging: {DB: a}, production: {DB: b}}\n",
            arguments: ["--environment", "prod"],
            errors: """
                error: the run was not started: 1 parameter problem
                  environment `prod` is unknown; the runbook has `staging`, `production`
                  escalation contact: #oncall

                """
        ),
        Refused(
            testDescription: "an answer in advance to a gate that is not there",
            body: "```bash\ntouch ran\n```\n",
            arguments: ["--decide", "drained=proceed"],
            errors: """
                error: 1 answer in advance cannot be taken: nothing was run
                  `drained` is no gate of `a b.md`, which has none
                  escalation contact: #oncall

                """
        ),
        Refused(
            testDescription: "a document without a step",
            body: "Only prose.\n",
            errors: """
                error: `a b.md` has no step to run: no cell and no manual step was found
                  `casebook outline 'a b.md'` shows what Casebook sees
                  escalation contact: #oncall

                """
        ),
    ]

    @Test(arguments: refused) func `is refused with its place and what to do`(_ refused: Refused) throws {
        let workspace = try Workspace()
        try workspace.writeRunbook("a b.md", refused.body, metadata: refused.metadata)
        let before = try workspace.bytes("a b.md")
        let result = try workspace.casebook(["run", "a b.md", "--unattended"] + refused.arguments)
        #expect(result.status == 2, "\(result.all)")
        #expect(result.errors == refused.errors)
        #expect(result.output.isEmpty)
        #expect(!workspace.exists("ran"))
        #expect(!workspace.exists("store"), "what is refused leaves no record")
        #expect(try workspace.bytes("a b.md") == before)
    }

    @Test(arguments: ["run", "check", "outline", "clear"])
    func `a missing file and a directory are named`(_ command: String) throws {
        let workspace = try Workspace()
        let more = command == "run" ? ["--unattended"] : []
        let missing = try workspace.casebook([command, "missing.md"] + more)
        #expect(missing.status == 2, "\(missing.all)")
        #expect(missing.errors == "error: `missing.md` does not exist; check the path\n")
        let directory = try workspace.casebook([command, "."] + more)
        #expect(directory.status == 2, "\(directory.all)")
        #expect(directory.errors == "error: `.` is a directory; name a Markdown file in it\n")
    }

    @Test func `an unclosed fence is shown where it opens and is not run`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook("a.md", "```bash\ntouch ran\n")
        let result = try workspace.casebook("run", "a.md", "--unattended")
        #expect(result.status == 2, "\(result.all)")
        #expect(
            result.errors.hasPrefix("a.md:6:1: warning: the `bash` fence that starts here is never closed")
        )
        #expect(result.errors.contains("\n    6 | ```bash\n      | ^~~~~~~\n"))
        #expect(result.errors.hasSuffix("\n  escalation contact: #oncall\n"))
        #expect(!workspace.exists("ran"))
    }

    @Test func `an unknown attribute is a warning with the name that was meant`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook("a.md", "```bash {timout=5m}\necho hi\n```\n")
        let result = try workspace.casebook("run", "a.md", "--unattended")
        #expect(result.status == 0, "\(result.all)")
        #expect(
            result.errors == """
                a.md:6:10: warning: the attribute `timout` is unknown and is ignored [attribute-unknown]
                    6 | ```bash {timout=5m}
                      |          ^~~~~~
                  did you mean `timeout`?
                  fix: write `timeout`

                """
        )
    }

    @Test func `invalid UTF-8 is said, run as it stands and kept`() throws {
        let workspace = try Workspace()
        let before = Array("# T\n\n```bash\necho ".utf8) + [0xFF] + Array(" | od -An -tx1\n```\n".utf8)
        try workspace.write("a.md", before)
        let result = try workspace.casebook("run", "a.md", "--unattended")
        #expect(result.status == 0, "\(result.all)")
        #expect(
            result.errors.hasPrefix("a.md:4:1: warning: the document is not all UTF-8"),
            "\(result.errors)"
        )
        #expect(try workspace.text("a.md").contains("```output {casebook exit=0}\n ff 0a\n```\n"))
        #expect(try workspace.casebook("clear", "a.md").status == 0)
        #expect(try workspace.bytes("a.md") == before)
    }

    @Test func `an interpreter that is not installed is missed before the first cell`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            "```bash\ntouch ran\n```\n\n```python {#count}\nprint(1)\n```\n"
        )
        try workspace.makeTools("bash", "touch")
        let result = try workspace.casebook(
            "run",
            "a.md",
            "--unattended",
            environment: ["PATH": "\(workspace.path)/tools"]
        )
        #expect(result.status == 2, "\(result.all)")
        #expect(
            result.errors == """
                error: 1 interpreter missing: nothing was run
                  `python` is not installed: looked for `\(workspace.path)/tools/python3`; `count` wants it (a.md:10)
                  install what is missing, or put it on PATH
                  escalation contact: #oncall

                """
        )
        #expect(!workspace.exists("ran"))
    }

    @Test func `an interpreter that is gone when a run is resumed leaves the run paused`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            "```bash\ntrue\n```\n\n```checkpoint {#g}\nok?\n```\n\n```sh\ntouch ran\n```\n\n```python {#count}\nprint(1)\n```\n"
        )
        #expect(try workspace.casebook("run", "a.md", "--unattended").status == 3)
        try workspace.makeTools("sh", "touch")
        let tools = ["PATH": "\(workspace.path)/tools"]
        let result = try workspace.casebook(
            "resume",
            "--unattended",
            "--decide",
            "g=proceed",
            environment: tools
        )
        #expect(result.status == 2, "\(result.all)")
        #expect(
            result.errors == """
                error: 1 interpreter missing: nothing was run
                  `python` is not installed: looked for `\(workspace.path)/tools/python3`; `count` wants it (a.md:18)
                  install what is missing, or put it on PATH
                  escalation contact: #oncall

                """
        )
        #expect(try workspace.casebook("show").output.contains(", paused: gate g is open\n"))
        #expect(try workspace.casebook("resume", "--stop", environment: tools).status == 4)
        #expect(!workspace.exists("ran"))
    }

    @Test func `wrong usage exits with 2`() throws {
        let workspace = try Workspace()
        try workspace.write("a.md", "# A\n\n```bash\ntouch ran\n```\n")
        for arguments in [
            [], ["nonsense"], ["run"], ["run", "a.md", "--nonsense"], ["run", "a.md", "-p", "novalue"],
            ["run", "a.md", "-o", "x", "--no-write"], ["resume", "--retry", "--stop"],
            ["report", "--format", "odd"],
        ] where !arguments.isEmpty {
            let result = try workspace.casebook(arguments)
            #expect(result.status == 2, "\(arguments): \(result.all)")
            #expect(!result.errors.isEmpty)
        }
        #expect(!workspace.exists("ran"))
    }

    @Test func `a file that cannot be read keeps no other from its turn`() throws {
        let workspace = try Workspace()
        let bad = "```bash {timeout=never}\ntrue\n```\n"
        let written = "```bash\ntrue\n```\n```output {casebook exit=0}\n```\n"
        let sentences =
            "error: `missing.md` does not exist; check the path\n"
            + "error: `.` is a directory; name a Markdown file in it\n"
        try workspace.write("bad.md", bad)
        try workspace.write("written.md", written)
        let files = ["missing.md", "bad.md", ".", "written.md"]
        let checked = try workspace.casebook(["check"] + files)
        #expect(checked.status == 2, "\(checked.all)")
        #expect(checked.errors == sentences)
        #expect(
            checked.output == """
                bad.md: advice: the runbook names no owner [owner-missing]
                  add `owner:` to its front matter
                bad.md: advice: the runbook does not say whom to call when it fails [escalation-missing]
                  add `escalation:` to its front matter; every failure message then names it
                bad.md:1:18: error: `timeout` takes a time such as `500ms`, `30s`, `10m`, `2h` or `1d`, found `never` [attribute-invalid]
                    1 | ```bash {timeout=never}
                      |                  ^~~~~
                written.md: advice: the runbook names no owner [owner-missing]
                  add `owner:` to its front matter
                written.md: advice: the runbook does not say whom to call when it fails [escalation-missing]
                  add `escalation:` to its front matter; every failure message then names it

                """
        )
        let looked = try workspace.casebook(["clear", "--check"] + files)
        #expect(looked.status == 2, "\(looked.all)")
        #expect(looked.errors == sentences)
        #expect(looked.output == "written.md: 1 block of Casebook's\n")
        #expect(try workspace.text("written.md") == written)
        let cleared = try workspace.casebook(["clear"] + files)
        #expect(cleared.status == 2, "\(cleared.all)")
        #expect(cleared.errors == sentences)
        #expect(try workspace.text("written.md") == "```bash\ntrue\n```\n")
        #expect(try workspace.text("bad.md") == bad)
    }

    /// Arguments that say one thing twice, and the sentence about them.
    static let repeated: [(arguments: [String], sentence: String)] = [
        (
            ["run", "a.md", "-p", "TOKEN=first-value", "-p", "TOKEN=first-value"],
            "the parameter `TOKEN` is given more than once; give it one value"
        ),
        (
            ["resume", "-p", "TOKEN=first-value", "--parameter", "TOKEN=other-value"],
            "the parameter `TOKEN` is given more than once; give it one value"
        ),
        (
            ["run", "a.md", "--decide", "g=proceed", "--decide", "g=stop"],
            "`--decide` answers `g` more than once; give it one answer"
        ),
        (
            ["resume", "--decide", "g=proceed:a", "--decide", "g=proceed:b"],
            "`--decide` answers `g` more than once; give it one answer"
        ),
    ]

    @Test(arguments: repeated)
    func `one value and one answer for each name`(_ row: (arguments: [String], sentence: String)) throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            "```checkpoint {#g}\nok?\n```\n\n```bash\ntouch ran\n```\n",
            metadata: "parameters:\n  TOKEN: {type: secret}\n"
        )
        let result = try workspace.casebook(row.arguments + ["--unattended"])
        #expect(result.status == 2, "\(result.all)")
        let first = result.errors.split(separator: "\n", omittingEmptySubsequences: false).first
        #expect(first.map(String.init) == "Error: \(row.sentence)")
        #expect(!result.all.contains("-value"), "a secret is not shown: \(result.all)")
        #expect(!workspace.exists("ran") && !workspace.exists("store"))
    }

    @Test func `an answer in advance that was not used is named at the end`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            "```checkpoint {#one}\nok?\n```\n\n```checkpoint {#two}\nok?\n```\n\n```bash\ntrue\n```\n"
        )
        let paused = try workspace.casebook("run", "a.md", "--unattended", "--decide", "two=proceed")
        #expect(paused.status == 3, "\(paused.all)")
        #expect(
            paused.errors == """
                warning: the answer in advance to `two` was not used; give it again to `casebook resume`

                """
        )
        let stopped = try workspace.casebook(
            ["resume", "--unattended", "--decide", "one=stop", "--decide", "two=proceed"]
        )
        #expect(stopped.status == 4, "\(stopped.all)")
        #expect(stopped.errors == "warning: the answer in advance to `two` was not used\n")
        let used = try workspace.casebook(
            ["run", "a.md", "--unattended", "--decide", "one=proceed", "--decide", "two=proceed"]
        )
        #expect(used.status == 0, "\(used.all)")
        #expect(used.errors.isEmpty)
    }

    @Test func `an answer to a gate that a resumed run does not have is refused`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook("a.md", "```checkpoint {#one}\nok?\n```\n")
        #expect(try workspace.casebook("run", "a.md", "--unattended").status == 3)
        let result = try workspace.casebook("resume", "--unattended", "--decide", "two=proceed")
        #expect(result.status == 2, "\(result.all)")
        #expect(
            result.errors == """
                error: 1 answer in advance cannot be taken: nothing was run
                  `two` is no gate of `a.md`; it has `one`
                  escalation contact: #oncall

                """
        )
        #expect(try workspace.casebook("show").output.contains(", paused: gate one is open\n"))
    }

    @Test func `what a copy replaces is kept when it is another document`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook("a.md", "```bash\necho ran\n```\n")
        try workspace.write("other.md", "precious\n")
        for _ in 1...2 {
            let result = try workspace.casebook("run", "a.md", "--unattended", "-o", "other.md")
            #expect(result.status == 0, "\(result.all)")
        }
        #expect(try workspace.text("other.md.orig") == "precious\n")
        #expect(try workspace.text("other.md").contains("ran\n"))
    }
}
