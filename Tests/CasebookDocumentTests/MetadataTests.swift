import CasebookDocument
import Testing

@Suite struct MetadataTests {
    @Test("front matter fills the metadata")
    func frontMatter() {
        let metadata = Runbook.read(
            """
            ---
            title: Restore
            id: RB-1
            description: Restores the ledger.
            owner: ledger team
            author: A
            escalation: {name: On-call, phone: "555"}
            tools: [pg_restore, psql]
            permissions: dba
            type: backup_restore
            status: draft
            version: 1.10
            tags: a, b
            last_updated: 2026-01-02
            defaults: {timeout: 90s, run-timeout: 2h}
            write: copy
            ---
            # Another title
            """
        ).metadata
        var expected = Metadata()
        expected.title = "Restore"
        expected.id = "RB-1"
        expected.description = "Restores the ledger."
        expected.owner = "ledger team"
        expected.author = "A"
        expected.escalation = "On-call, 555"
        expected.tools = ["pg_restore", "psql"]
        expected.permissions = "dba"
        expected.type = "backup_restore"
        expected.status = .draft
        expected.version = "1.10"
        expected.tags = ["a", "b"]
        expected.lastUpdated = "2026-01-02"
        expected.defaultTimeout = .seconds(90)
        expected.runTimeout = .seconds(7200)
        expected.write = .copy
        expected.ranges = metadata.ranges
        #expect(metadata == expected)
        #expect(metadata.ranges.keys.sorted().first == "author")
    }

    @Test("the Runbook Info table fills what the front matter leaves out")
    func infoTable() {
        let metadata = Runbook.read(
            """
            ---
            owner: team
            author: front matter
            ---
            # Restart

            | Runbook ID | Tools Used | Runbook Author | Escalation POC |
            |---|---|---|---|
            | RUN7 | console, pager | table | J. Barber |
            """
        ).metadata
        #expect(metadata.id == "RUN7")
        #expect(metadata.tools == ["console", "pager"])
        #expect(metadata.author == "front matter")
        #expect(metadata.escalation == "J. Barber")
        #expect(metadata.title == "Restart")
    }

    @Test("parameters and environments are typed")
    func parameters() throws {
        let runbook = Runbook.read(
            """
            ---
            parameters:
              TARGET: {type: choice, allowed: [a, b], default: a, prompt: Which?}
              LIMIT: {type: integer, min: 1, max: 10, required: true}
              TOKEN: {type: secret, from: "env:CI_TOKEN"}
              NAME: plain
              TICKET: {pattern: "INC-[0-9]+"}
            environments:
              staging: {TARGET: a, URL: http://localhost}
              production: {TARGET: b, protected: true}
            ---
            """
        )
        #expect(runbook.diagnostics == [])
        #expect(runbook.metadata.parameters.map(\.name) == ["TARGET", "LIMIT", "TOKEN", "NAME", "TICKET"])
        let limit = try #require(runbook.metadata.parameters.first { $0.name == "LIMIT" })
        #expect(limit.isRequired)
        #expect(limit.problem(with: "3") == nil)
        #expect(limit.problem(with: "x") == "parameter `LIMIT`: `x` is no whole number")
        #expect(limit.problem(with: "11") == "parameter `LIMIT`: `11` is more than 10")
        let ticket = try #require(runbook.metadata.parameters.last)
        #expect(ticket.problem(with: "INC-1") == nil)
        #expect(
            ticket.problem(with: "INC-1 x") == "parameter `TICKET`: `INC-1 x` does not match `INC-[0-9]+`"
        )
        #expect(runbook.metadata.parameters[2].source == .variable("CI_TOKEN"))
        #expect(
            runbook.metadata.environments == [
                Environment(
                    name: "staging",
                    values: ["TARGET": "a", "URL": "http://localhost"],
                    isProtected: false
                ),
                Environment(name: "production", values: ["TARGET": "b"], isProtected: true),
            ]
        )
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let yaml: String
        let expected: String
        var testDescription: String { yaml }

        init(_ yaml: String, _ expected: String = "") {
            self.yaml = yaml
            self.expected = expected
        }
    }

    @Test(
        "what is wrong in the front matter is said with its place",
        arguments: [
            // Keys and values of other tools.
            Row("type: learn\nstatus: published\nweight: 3\nlayout: x\nms.author: y"),
            // Slips of ours.
            Row(
                "paramters: {}",
                "warning key-unknown 2:1 \"paramters\" the key `paramters` is unknown and is ignored; did you mean `parameters`?"
            ),
            Row(
                "casebook: {colour: red}",
                "error key-unknown 2:12 \"colour\" the key `colour` is unknown and is ignored"
            ),
            Row(
                "casebook: {type: learn}",
                "error front-matter-invalid 2:18 \"learn\" `type` takes `deployment`, `maintenance`, `incident_response`, `backup_restore`, `scaling`, `monitoring`, found `learn`"
            ),
            Row(
                "status: deprecated",
                "warning status-inactive 2:9 \"deprecated\" the runbook is `deprecated`, not `active`"
            ),
            Row(
                "defaults: {timeout: soon}",
                "error front-matter-invalid 2:21 \"soon\" `timeout` takes a time such as `500ms`, `30s`, `10m`, `2h` or `1d`, found `soon`"
            ),
            Row(
                "notify: me",
                "warning attribute-unsupported 2:1 \"notify\" this version does not act on `notify`: nobody is"
            ),
            // Parameters.
            Row(
                "parameters: {1x: a}",
                "error parameter-invalid 2:14 \"1x\" the parameter `1x` is no variable name: use letters, digits and `_`, and no digit first"
            ),
            Row(
                "parameters: {PATH: a}",
                "error parameter-invalid 2:14 \"PATH\" the parameter `PATH` steers a shell or a loader and cannot be set by a runbook"
            ),
            Row(
                "parameters: {LD_PRELOAD: a}",
                "error parameter-invalid 2:14 \"LD_PRELOAD\" the parameter `LD_PRELOAD` steers a shell or a loader and cannot be set by a runbook"
            ),
            Row(
                "parameters: {A: {type: int}}",
                "error parameter-invalid 2:24 \"int\" the parameter `A`: `type` takes `string`, `integer`, `number`, `boolean`, `choice`, `secret`, `file`, found `int`"
            ),
            Row(
                "parameters: {A: {defualt: x}}",
                "error parameter-invalid 2:18 \"defualt\" the parameter `A`: the key `defualt` is unknown; did you mean `default`?"
            ),
            Row(
                "parameters: {A: {type: integer, default: x}}",
                "error parameter-invalid 2:14 \"A\" the `default` of parameter `A`: `x` is no whole number"
            ),
            Row(
                "parameters: {A: {type: choice}}",
                "error parameter-invalid 2:14 \"A\" the parameter `A` is a choice of nothing: `allowed` is missing"
            ),
            Row(
                "parameters: {A: {type: secret, default: s3cret}}",
                "error parameter-invalid 2:14 \"A\" the parameter `A` is a secret and has a `default` in the document; remove the `default`, and take it from the environment with `from: env:NAME`"
            ),
            Row(
                "parameters: {A: {pattern: \"[\"}}",
                "error parameter-invalid 2:28 \"[\" the parameter `A`: `pattern` is no regular expression: `[`"
            ),
            Row(
                "parameters: {A: {from: \"shell: x\"}}",
                "error parameter-invalid 2:25 \"shell: x\" the parameter `A`: `from` takes `env:NAME`, `file:PATH` or `command: LINE`, found `shell: x`"
            ),
            Row("parameters: {A: {from: \"command: x\"}, B: {from: {command: x}}, C: {from: \"file:x\"}}"),
            // Environments.
            Row(
                "parameters: {N: {type: integer}}\nenvironments: {a: {N: x}}",
                "error environment-invalid 3:16 \"a\" in the environment `a`, parameter `N`: `x` is no whole number"
            ),
            Row(
                "environments: {a: {protected: maybe}}",
                "error environment-invalid 2:31 \"maybe\" `protected` takes `true` or `false`"
            ),
            // YAML.
            Row(
                "title: [",
                "error front-matter-invalid 3:1 \"---\" the front matter is not YAML: did not find expected node content; make it YAML between two lines `---`"
            ),
            Row(
                "a: 1\na: 2",
                "error front-matter-invalid 2:1 \"a: 1\\na: 2\\n\" the front matter gives `a` twice; make it YAML between two lines `---`"
            ),
            Row("- a", "error front-matter-invalid 2:1 \"- a\" the front matter holds no keys"),
        ]
    )
    func wrong(_ row: Row) {
        let runbook = Runbook.read("---\n\(row.yaml)\n---\n")
        let found = runbook.diagnostics.map { RunbookDump.line(of: $0, in: runbook.source) }.joined(
            separator: "\n"
        )
        #expect(found == row.expected)
    }

    @Test(
        "YAML that would cost time or memory is refused",
        arguments: [
            String(repeating: "[", count: 10_000),
            "a: &a [x, x]\n"
                + (0..<12).map { "b\($0): &b\($0) [\(String(repeating: "*a, ", count: 20))]" }.joined(
                    separator: "\n"
                ),
            "a: " + String(repeating: "x", count: 70_000),
            (0..<400).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n"),
        ]
    )
    func bounded(_ yaml: String) {
        let runbook = Runbook.read("---\n\(yaml)\n---\n- [ ] still read\n")
        #expect(runbook.diagnostics.map(\.code) == [.frontMatterInvalid])
        #expect(runbook.items.count == 1)
    }

    @Test("a language with an interpreter of the runbook's own is a cell")
    func interpreters() throws {
        let runbook = Runbook.read(
            """
            ---
            interpreters:
              Terraform: terraform console
              python: [no, command]
            ---
            ```terraform
            1 + 1
            ```

            ```hcl
            a = 1
            ```
            """
        )
        #expect(runbook.metadata.interpreters == ["terraform": "terraform console"])
        #expect(runbook.items.map(\.kind) == [.automatic])
        #expect(
            runbook.cells.first?.interpreter == Interpreter(tag: "terraform", command: "terraform console")
        )
        #expect(
            runbook.diagnostics.map { RunbookDump.line(of: $0, in: runbook.source) } == [
                "warning front-matter-invalid 4:11 \"[no, command]\" `interpreters` takes a language and a command "
                    + "line, found `python`; write it as `terraform: terraform console`"
            ]
        )
    }

    @Test("the reference page follows the tables")
    func reference() throws {
        try Snapshot.check(FrontMatterReference.page, against: "docs/reference/front-matter.md")
    }
}
