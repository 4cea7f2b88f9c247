import CasebookDocument
import Testing

@Suite struct AttributeTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let info: String
        /// The diagnostics, one a line.
        let expected: String
        var testDescription: String { info }

        init(_ info: String, _ expected: String = "") {
            self.info = info
            self.expected = expected
        }
    }

    @Test(
        "attributes are read from the bytes with their places",
        arguments: [
            Row("bash"),
            Row("bash {#backup timeout=10m .nightly status=0,3}"),
            Row(#"sh {"name":"backup","id":"01HF","interactive":"false"}"#),
            Row("sh { name=backup interactive=false }"),
            Row("bash,title=x"),
            Row("console # Drain, but wait"),
            Row("bash {{ site.tag }}"),
            // An attribute that is not acted on does no harm where nothing runs.
            Row("bash {tty run=no}"), Row("bash {run=no expect=x}"),
            // Unknown: a warning, with a near miss.
            Row(
                "bash {tiemout=3s}",
                "warning attribute-unknown 1:10 \"tiemout\" the attribute `tiemout` is unknown and is ignored; did you mean `timeout`?"
            ),
            Row(
                "bash {colour=red}",
                "warning attribute-unknown 1:10 \"colour\" the attribute `colour` is unknown and is ignored"
            ),
            Row(
                "bash {role=ops}",
                "warning attribute-unknown 1:10 \"role\" `role` means nothing on a cell and is ignored"
            ),
            // Wrong: an error with the place of the value.
            Row(
                "bash {timeout=\"10 minutes\"}",
                "error attribute-invalid 1:19 \"10 minutes\" `timeout` takes a time such as `500ms`, `30s`, `10m`, `2h` or `1d`, found `10 minutes`"
            ),
            Row(
                "bash {status=0,256}",
                "error attribute-invalid 1:17 \"0,256\" `status` takes exit statuses from 0 to 255 separated by commas, found `0,256`"
            ),
            Row(
                "bash {effect=twice}",
                "error attribute-invalid 1:17 \"twice\" `effect` takes `none`, `repeatable`, `once`, found `twice`"
            ),
            Row(
                "bash {timeout}",
                "error attribute-invalid 1:10 \"timeout\" `timeout` takes a time such as `500ms`, `30s`, `10m`, `2h` or `1d`, found no value"
            ),
            Row(
                "bash {required=maybe}",
                "error attribute-invalid 1:19 \"maybe\" `required` takes nothing, `yes` or `no`, found `maybe`"
            ),
            Row(
                "bash {run=no run=yes}",
                "error attribute-invalid 1:17 \"run\" `run` is given twice; keep one of `no` and `yes`"
            ),
            Row(
                "bash {name=\"x",
                "error attribute-invalid 1:9 \"{\" the attributes that start with `{` never end; close them with `}` on the same line"
            ),
            Row("bash {mitigates artifacts=\"*.log, out/**/*.xml\"}"),
            Row("bash {background ready=/listening/ timeout=5s}"),
            Row(
                "bash {background tty}",
                "error attribute-invalid 1:21 \"tty\" `tty` and `background` do not go together: the run does not wait for the cell's end; remove one of the two; what a background cell prints when it is ready is `ready=`"
            ),
            Row(
                "bash {#b background undoes=b}",
                "error attribute-invalid 1:24 \"undoes\" `undoes` and `background` do not go together: the run does not wait for the cell's end; remove one of the two; what a background cell prints when it is ready is `ready=`"
            ),
            Row(
                "bash {ready=up}",
                "error attribute-invalid 1:10 \"ready\" `ready` means nothing without `background`; write `background` beside it"
            ),
            Row(
                "bash {background ready=!up}",
                "error attribute-invalid 1:27 \"!up\" `ready` takes text, or a regular expression between two `/`, found `!up`"
            ),
            Row(
                "bash {artifacts=\"a,,b\"}",
                "error attribute-invalid 1:21 \"a,,b\" `artifacts` takes patterns of file names separated by commas, such as `*.log, out/**/*.xml`, found `a,,b`"
            ),
            Row("bash {background=no}"),
        ]
    )
    func attributes(_ row: Row) {
        let runbook = Runbook.read("```\(row.info)\ntrue\n```\n")
        let found = runbook.diagnostics.map { RunbookDump.line(of: $0, in: runbook.source) }.joined(
            separator: "\n"
        )
        #expect(found == row.expected)
    }

    @Test("every attribute that this version acts on reaches the cell")
    func typed() throws {
        let runbook = Runbook.read(
            """
            ```bash {#a timeout=1h30m status=0,3 required=no effect=repeatable output=lines:20 session=db dir=/srv/app secret}
            true
            ```
            """
        )
        let cell = try #require(runbook.cells.first)
        var expected = CellAttributes()
        expected.timeout = .seconds(5400)
        expected.successStatuses = [0, 3]
        expected.isRequired = false
        expected.effect = .repeatable
        expected.output = .lines(20)
        expected.session = "db"
        expected.directory = "/srv/app"
        expected.isSecret = true
        #expect(cell.attributes == expected)
        #expect(cell.id == ItemID("a"))
    }

    @Test("entities and backslashes stand as they are in the bytes")
    func undecoded() throws {
        let runbook = Runbook.read("```bash {dir=\"a&amp;\\*b\"}\ntrue\n```\n")
        #expect(try #require(runbook.cells.first).attributes.directory == "a&amp;\\*b")
    }

    /// A value that each kind of attribute takes.
    private static func value(of kind: AttributeRule.ValueKind) -> String {
        switch kind {
        case .flag: "yes"
        case .name, .names: "a"
        case .duration: "1s"
        case .number: "2"
        case .statuses: "3"
        case .oneOf(let words): words[0]
        case .output: "none"
        case .expectation: "!/x/"
        case .search: "/x/"
        case .globs: "*.log"
        case .condition: "\"a.outcome == 'failed'\""
        case .variable: "X"
        case .text: "x"
        }
    }

    @Test(
        "the reader refuses what the page says is refused, and nothing else",
        arguments: AttributeTable.rules
    )
    func pageAndReader(_ rule: AttributeRule) throws {
        for place in AttributeRule.Place.allCases where rule.places.contains(place) {
            let section = try #require(
                AttributeTable.referencePage.split(separator: "\n## ").first {
                    $0.hasPrefix("On a \(place)\n")
                }
            )
            let row = try #require(
                section.split(separator: "\n").first { $0.hasPrefix("| `\(rule.name)` |") }
            )
            let tag = place == .cell ? "bash" : "checkpoint"
            let runbook = Runbook.read(
                "```bash {#a}\ntrue\n```\n\n```\(tag) {\(rule.name)=\(Self.value(of: rule.kind))}\nx\n```\n"
            )
            // The name of the first cell once more is an error of its own.
            let found = runbook.diagnostics.filter { $0.code == .attributeUnsupported }.map(\.severity)
            let expected: [Diagnostic.Severity] =
                row.contains("*Not yet: refused.*") ? [.error] : row.contains("*Not yet:") ? [.warning] : []
            #expect(found == expected, "`\(rule.name)` on a \(place)")
        }
    }

    @Test("a checkpoint that undoes a cell stands outside the forward order, also under a heading for it")
    func undoesOnCheckpoint() throws {
        let text = "```bash {#a}\ntrue\n```\n\n## Rollback\n\n```checkpoint {#b undoes=a}\nx\n```\n"
        let runbook = Runbook.read(text)
        #expect(runbook.diagnostics.isEmpty)
        #expect(runbook.items.map(\.kind) == [.automatic, .undo])
        #expect(runbook.items.last?.reason == "it undoes `a`")
        let wrong = Runbook.read(text.replacing("undoes=a", with: "undoes=c"))
        #expect(wrong.diagnostics.map(\.message) == ["`undoes` names `c`, and no cell has that name"])
    }

    @Test(
        "what runme says of running is followed",
        arguments: [
            (#"sh {"interpreter":"bash"}"#, "run bash"),
            (#"sh {"interpreter":"/usr/bin/env python3"}"#, "run python"),
            (#"sh {"interpreter":"awk -f"}"#, "by hand sh: this version does not run `awk -f`"),
            ("sh { excludeFromRunAll=true }", "shown sh: it says `excludeFromRunAll=true`"),
            ("sh { excludeFromRunAll=false ignore=false }", "run sh"),
            (#"sh {"ignore":"true"}"#, "shown sh: it says `ignore=true`"),
            (
                #"sh {"id":"01HF","interactive":"true","mimeType":"text/plain","promptEnv":"no","tag":"a,b"}"#,
                "run sh"
            ),
        ]
    )
    func runme(_ info: String, _ expected: String) throws {
        let runbook = Runbook.read("```\(info)\necho $HOME\n```\n")
        let cell = try #require(runbook.cells.first)
        let kind: String =
            switch cell.handling {
            case .run: "run \(cell.language.name)"
            case .byHand(let reason): "by hand \(cell.language.name): \(reason)"
            case .shown(let reason): "shown \(cell.language.name): \(reason)"
            default: "\(cell.handling)"
            }
        #expect(kind == expected)
        #expect(runbook.diagnostics.isEmpty)
    }

    @Test("a leading $ is a prompt only before a blank, so that a variable keeps its sign")
    func dollars() {
        let code = Runbook.read("```sh {\"name\":\"a\"}\n$HOME/bin/x\n$X=1\n```\n").cells.first?.code
        #expect(code.map { String(decoding: $0, as: UTF8.self) } == "$HOME/bin/x\n$X=1")
    }

    @Test("the reference page follows the table")
    func reference() throws {
        try Snapshot.check(AttributeTable.referencePage, against: "docs/reference/attributes.md")
    }
}
