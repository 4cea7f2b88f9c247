import CasebookTestSupport
import Foundation
import Testing

/// A secret stands nowhere but in the environment of the cells.
@Suite(.timeLimit(.minutes(10))) struct SecretTests {
    private static let secret = "hunter2-correct-horse"

    private static let metadata = "parameters:\n  TOKEN: {type: secret, required: true}\n"

    @Test func `a secret parameter stands in no output, document, record, report or listing`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            """
            ```bash {#whole}
            echo "whole: $TOKEN."
            kept=$TOKEN; export copied="x-$TOKEN"
            ```

            ```bash {#halves}
            printf 'halves: %s' "${TOKEN:0:9}"; sleep 0.1; printf '%s.\\n' "${TOKEN:9}"
            ```

            ```bash {#large}
            for i in $(seq 1 12000); do echo "$i large: $TOKEN and $TOKEN."; done
            ```

            ```python {#python}
            import os
            print(os.environ["TOKEN"])
            ```

            ```checkpoint {#g}
            ok?
            ```

            ```bash {#again}
            echo "again: $TOKEN."; test -n "$TOKEN"
            ```

            """,
            metadata: Self.metadata
        )
        let run = try workspace.casebook("run", "a.md", "--unattended", "-p", "TOKEN=\(Self.secret)")
        #expect(run.status == 3, "\(run.all)")
        let name = try workspace.latestRun()
        let noted = try workspace.casebook("decide", name, "g", "proceed")
        #expect(noted.status == 0, "\(noted.all)")
        let without = try workspace.casebook("resume", "--unattended")
        #expect(without.status == 2, "\(without.all)")
        #expect(
            without.errors == """
                error: the secret `TOKEN` is needed again: secrets are never stored
                  give it with `-p TOKEN=VALUE`, or resume at a terminal
                  escalation contact: #oncall

                """
        )
        let resumed = try workspace.casebook("resume", "--unattended", "-p", "TOKEN=\(Self.secret)")
        #expect(resumed.status == 0, "\(resumed.all)")
        let text = try workspace.text("a.md")
        for words in ["whole: ****.", "halves: ****.", "again: ****."] {
            #expect(text.contains(words), "\(text)")
        }
        var places = [
            "run": run.all, "resume": resumed.all, "document": text,
            "record": String(decoding: try workspace.recordedBytes(), as: UTF8.self),
        ]
        for command in [
            ["show"], ["show", "--json"], ["history", "--json"], ["report"], ["show", "--output", "large"],
        ] {
            let result = try workspace.casebook(command)
            #expect(result.status == 0, "\(result.all)")
            places[command.joined(separator: " ")] = result.all
        }
        for (place, text) in places {
            #expect(!text.contains(Self.secret), "in \(place)")
            #expect(!text.contains(Data(Self.secret.utf8).base64EncodedString().prefix(20)), "in \(place)")
        }
        #expect(places["show"]?.contains("TOKEN = ****  (given)") == true)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: "\(workspace.store)/outputs").count == 1,
            "`large` has a side file"
        )
    }

    /// What prints a secret in another form, and what is left of it.
    static let spellings: [(command: String, shown: String)] = [
        ("printf %s \"$KEY\" | base64", "****"),
        ("printf %s \"user:$KEY\" | base64", "dXNlcjp****"),
        ("printf %s \"xx$KEY-more-of-it\" | base64 -w 10 | tr -d '\\n' | cut -c1-3", "eHh"),
        ("python3 -c 'import os,json; print(json.dumps(os.environ[\"KEY\"]))'", "\"****\""),
        ("python3 -c 'import os,urllib.parse as u; print(u.quote(os.environ[\"KEY\"]))'", "****"),
        ("python3 -c 'import os,urllib.parse as u; print(u.quote_plus(os.environ[\"KEY\"]))'", "****"),
        ("python3 -c 'import os,html; print(html.escape(os.environ[\"KEY\"]))'", "****"),
        ("python3 -c 'import os; print(os.environ[\"KEY\"].encode().hex())'", "****"),
        ("printf '%q\\n' \"$KEY\"", "****"),
        ("bash -xc ': \"$KEY\"' 2>&1 | tail -1", "+ : '****'"),
        ("bash -c 'declare -p KEY'", "declare -x KEY=\"****\""),
        ("echo \"$KEY\" | fold -w 9", "****"),
    ]

    @Test func `what holds a secret in another spelling is in no saved state`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            "```bash\nENCODED=$(printf %s \"$TOKEN\" | base64)\nHEX=$(printf %s \"$TOKEN\" | od -An -tx1 | tr -d ' \\n')\nOTHER=1\n```\n\n"
                + "```python\nimport base64, os\nencoded = base64.b64encode(os.environ['TOKEN'].encode())\n```\n",
            metadata: "parameters:\n  - name: TOKEN\n    type: secret\n    from: env:TOKEN\n"
        )
        let run = try workspace.casebook(
            "run",
            "a.md",
            "--unattended",
            environment: ["TOKEN": "hunter2-secret"]
        )
        #expect(run.status == 0, "\(run.all)")
        let record = try workspace.recordedBytes()
        for spelling in ["aHVudGVyMi1zZWNyZXQ", "68756e746572322d736563726574"] {
            #expect(!record.contains(Array(spelling.utf8)), "the record holds `\(spelling)`")
        }
        #expect(record.contains(Array("OTHER".utf8)), "the search finds what a state holds")
    }

    @Test func `a cell that reads what a secret cell set before the run went on is done by hand`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            "```bash {#login secret}\nDIR=/srv/data\n```\n\n```checkpoint {#go}\nGo on?\n```\n\n"
                + "```bash {#use}\necho \"ls $DIR/\"\n```\n"
        )
        #expect(try workspace.casebook("run", "a.md", "--unattended").status == 3)
        let run = try workspace.latestRun()
        #expect(try workspace.casebook("decide", run, "go", "proceed").status == 0)
        let resumed = try workspace.casebook("resume", "--unattended")
        #expect(resumed.status == 3, "\(resumed.all)")
        #expect(!resumed.output.contains("\nls /"), "\(resumed.all)")
        #expect(resumed.output.contains("`$DIR` is gone"), "\(resumed.all)")
    }

    @Test(arguments: spellings) func `a secret is masked in the spellings of other programs`(
        _ row: (command: String, shown: String)
    ) throws {
        let secret = "pa$s w\"o'rd/é+&1"
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            "```bash\n\(row.command)\n```\n",
            metadata: "parameters:\n  KEY: {type: secret}\n"
        )
        let run = try workspace.casebook("run", "a.md", "--unattended", "-p", "KEY=\(secret)")
        #expect(run.status == 0, "\(run.all)")
        #expect(
            try workspace.text("a.md").contains("```output {casebook exit=0}\n\(row.shown)\n```"),
            "\(run.all)"
        )
    }

    @Test func `a cell that uses a secret too short to be masked stores and shows no output`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            "```bash\necho \"the pin is $PIN\"\n```\n```bash\necho fine\n```\n",
            metadata: "parameters:\n  PIN: {type: secret}\n"
        )
        let run = try workspace.casebook("run", "a.md", "--unattended", "-p", "PIN=4711")
        #expect(run.status == 0, "\(run.all)")
        #expect(run.all.contains("the cell uses `PIN`, whose value is too short to be masked"), "\(run.all)")
        #expect(run.all.contains("fine"))
        for text in [run.all, try workspace.text("a.md"), try workspace.casebook("report").output] {
            #expect(!text.contains("4711"))
        }
    }

    @Test func `a secret that the environment of a runbook gives is not asked for again`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            "```checkpoint {#g}\nok?\n```\n\n```bash\necho \"got: $TOKEN, ${#TOKEN}.\"\n```\n",
            metadata: Self.metadata + "environments:\n  staging: {TOKEN: \(Self.secret)}\n"
        )
        let run = try workspace.casebook(
            "run",
            "a.md",
            "--unattended",
            "--environment",
            "staging",
            "--no-write"
        )
        #expect(run.status == 3, "\(run.all)")
        #expect(try workspace.casebook("decide", try workspace.latestRun(), "g", "proceed").status == 0)
        let resumed = try workspace.casebook("resume", "--unattended")
        #expect(resumed.status == 0, "\(resumed.all)")
        #expect(resumed.output.contains("got: ****, \(Self.secret.count).\n"), "\(resumed.all)")
    }

    @Test func `what a secret cell prints is neither shown nor stored, and masked from then on`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            """
            ```bash {#fetch secret}
            printf '%s\\n' \(Self.half) | sed 's/_/-correct-/' | tee fetched
            ```

            ```bash {#use}
            echo "used: $(cat fetched)"
            ```

            """
        )
        let run = try workspace.casebook("run", "a.md", "--unattended")
        #expect(run.status == 0, "\(run.all)")
        #expect(try workspace.text("fetched") == "\(Self.secret)\n")
        #expect(run.output.contains("used: ****\n"), "\(run.all)")
        let text = try workspace.text("a.md")
        #expect(text.contains("```output {casebook exit=0}\nused: ****\n```\n"), "\(text)")
        for place in [run.all, text, String(decoding: try workspace.recordedBytes(), as: UTF8.self)] {
            #expect(!place.contains(Self.secret))
        }
        #expect(try workspace.casebook("report").output.contains(Self.secret) == false)
    }

    @Test func `a note to decide is masked for a secret that the environment gives`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            "```checkpoint {#g}\nok?\n```\n",
            metadata: "parameters:\n  TOKEN: {type: secret, required: true, from: \"env:MY_TOKEN\"}\n"
        )
        let environment = ["MY_TOKEN": Self.secret]
        let run = try workspace.casebook("run", "a.md", "--unattended", environment: environment)
        #expect(run.status == 3, "\(run.all)")
        let decided = try workspace.casebook(
            ["decide", workspace.latestRun(), "g", "proceed", "--note", "used \(Self.secret)"],
            environment: environment
        )
        #expect(decided.status == 0, "\(decided.all)")
        let resumed = try workspace.casebook("resume", "--unattended", environment: environment)
        #expect(resumed.status == 0, "\(resumed.all)")
        #expect(resumed.errors.isEmpty)
        let text = try workspace.text("a.md")
        #expect(text.hasSuffix("```decision {casebook answer=proceed}\nused ****\n```\n"), "\(text)")
        #expect(!String(decoding: try workspace.recordedBytes(), as: UTF8.self).contains(Self.secret))
    }

    @Test func `a note that holds a secret nobody knew then is masked in the document, and named`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            "```checkpoint {#g}\nok?\n```\n\n```bash {#sure confirm}\ntrue\n```\n",
            metadata: Self.metadata
        )
        let run = try workspace.casebook("run", "a.md", "--unattended", "-p", "TOKEN=\(Self.secret)")
        #expect(run.status == 3, "\(run.all)")
        let decided = try workspace.casebook(
            ["decide", workspace.latestRun(), "g", "proceed", "--note", "used \(Self.secret)"]
        )
        #expect(decided.status == 0, "\(decided.all)")
        let resumed = try workspace.casebook(
            [
                "resume", "--unattended", "-p", "TOKEN=\(Self.secret)", "--decide",
                "sure=skip:it is \(Self.secret)",
            ]
        )
        #expect(resumed.status == 7, "\(resumed.all)")
        #expect(
            resumed.errors == """
                warning: the note to `g` holds a secret of this run; the record and its reports show it

                """
        )
        #expect(!resumed.output.contains(Self.secret), "\(resumed.all)")
        let text = try workspace.text("a.md")
        #expect(text.contains("```decision {casebook answer=proceed}\nused ****\n```\n"), "\(text)")
        #expect(text.hasSuffix("```output {casebook skipped}\nit is ****\n```\n"), "\(text)")
    }

    @Test func `a terminal asks for the secret again when the run is resumed`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook(
            "a.md",
            "```checkpoint {#g}\nok?\n```\n\n```bash\necho \"${#TOKEN}\" >log\n```\n",
            metadata: Self.metadata
        )
        let first = try workspace.casebook("run", "a.md", "--unattended", "-p", "TOKEN=\(Self.secret)")
        #expect(first.status == 3, "\(first.all)")
        let run = try TerminalRun(["resume"], in: workspace)
        try run.expect("TOKEN: ")
        usleep(50_000)
        run.type("\(Self.secret)\n")
        try run.expect("> ")
        run.type("proceed\n")
        try run.expect("2/2")
        try run.expect("> ")
        run.type("run\n")
        #expect(try run.waitForExit() == 0, "\(run.screen)")
        #expect(try workspace.text("log") == "\(Self.secret.utf8.count)\n")
        #expect(!run.screen.contains(Self.secret), "\(run.screen)")
    }

    /// The secret as it stands in the code, where nobody can find it whole.
    private static let half = "hunter2_horse"

    @Test func `a secret that colours cut is masked where it comes together, and the output is dropped`()
        throws
    {
        let workspace = try Workspace()
        try workspace.write(
            "c.md",
            "---\nparameters:\n  PW: {type: secret, from: env:PW}\n---\n# C\n\n"
                + "```bash {#a}\nprintf 'it is %s\\033[1m%s\\n' \"${PW%last}\" last\n```\n"
        )
        let run = try workspace.casebook("run", "c.md", "--unattended", environment: ["PW": "geheimlast"])
        #expect(run.status == 0, "\(run.all)")
        let document = try workspace.text("c.md")
        #expect(document.contains("it is ****\n"), "\(document)")
        let report = try workspace.casebook("report").output
        #expect(!report.contains("geheimlast"), "\(report)")
        #expect(report.contains("control sequences cut a secret in it"), "\(report)")
    }
}
