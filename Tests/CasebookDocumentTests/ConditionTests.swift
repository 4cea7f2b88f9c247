import CasebookDocument
import Testing

/// What `when=` takes, and what it says of it.
@Suite("conditions") struct ConditionTests {
    /// The condition of the only cell of a document, when it can be read.
    private static func condition(_ text: String) throws -> Condition {
        let runbook = Runbook.read(
            SourceText(name: "t.md", bytes: Array("```bash {when=\"\(text)\"}\na\n```\n".utf8))
        )
        return try #require(runbook.items.first?.when)
    }

    static let rows: [(text: String, holds: Bool?)] = [
        ("environment == 'production'", true),
        ("environment != 'production'", false),
        ("environment in ('staging', 'production')", true),
        ("environment in ['staging']", false),
        ("environment not in ('staging')", true),
        ("probe.outcome == 'failed'", true),
        ("nothing == ''", true),
        ("replicas > 2", true),
        ("replicas >= 3 and replicas <= 3.0", true),
        ("replicas == 3.0", true),
        ("replicas < 3", false),
        ("environment > 2", nil),
        ("not environment > 2", nil),
        ("environment > 2 and no", false),
        ("environment > 2 or yes", true),
        ("yes or no and no", true),
        ("(yes or no) and no", false),
        ("not no and yes", true),
        ("not (yes and yes)", false),
        ("yes", true),
        ("no", false),
        ("zero", false),
        ("nothing", false),
        ("-1 < 0", true),
        ("id == '123456789012345679'", false),
        ("sha == '12000'", false),
        ("sha == '12e3'", true),
        ("said", false),
    ]

    @Test(arguments: rows) func `what holds`(_ row: (text: String, holds: Bool?)) throws {
        let values = [
            "environment": "production", "replicas": "3", "yes": "true", "no": "false", "zero": "0",
            "id": "123456789012345678", "sha": "12e3", "said": "False",
        ]
        let found = try Self.condition(row.text).holds { name in
            switch name {
            case .name(let name): values[name]
            case .outcome(let name): name == "probe" ? "failed" : nil
            case .literal(let text), .number(let text): text
            }
        }
        #expect(found == row.holds)
    }

    static let wrong: [(text: String, message: String, column: Int)] = [
        (
            "a ==",
            "the condition cannot be read: expected a name, a number or a text in quotes, found the end", 20
        ),
        ("a = 'b'", "the condition cannot be read: `=` means nothing in a condition", 18),
        ("(a", "the condition cannot be read: expected `)`, found the end", 18),
        ("a b", "the condition cannot be read: expected `and`, `or` or the end, found `b`", 18),
        ("'a", "the condition cannot be read: the text in quotes never ends", 16),
        ("a in b", "the condition cannot be read: expected a list in `(` `)`, found `b`", 21),
        (
            "and", "the condition cannot be read: expected a name, a number or a text in quotes, found `and`",
            16
        ),
    ]

    @Test(arguments: wrong)
    func `what cannot be read is said at its place`(_ row: (text: String, message: String, column: Int))
        throws
    {
        let source = SourceText(name: "t.md", bytes: Array("```bash {when=\"\(row.text)\"}\na\n```\n".utf8))
        let found = try #require(Runbook.read(source).diagnostics.first { $0.severity == .error })
        #expect(found.message == row.message)
        let range = try #require(found.range)
        #expect(source.position(of: range.lowerBound).column == row.column)
    }

    @Test func `a condition that goes on for ever is refused and does not crash`() {
        let text = Array(repeating: "a == 'x'", count: 20_000).joined(separator: " or ")
        let runbook = Runbook.read(
            SourceText(name: "t.md", bytes: Array("```bash {when=\"\(text)\"}\na\n```\n".utf8))
        )
        #expect(runbook.hasErrors)
    }

    @Test func `a condition that is nested for ever is refused and does not crash`() {
        let text = String(repeating: "(", count: 100_000) + "a" + String(repeating: ")", count: 100_000)
        let runbook = Runbook.read(
            SourceText(name: "t.md", bytes: Array("```bash {when=\"\(text)\"}\na\n```\n".utf8))
        )
        #expect(runbook.hasErrors)
    }

    @Test func `names that nothing before gives are errors`() {
        let text = """
            ---
            parameters:
              size: {type: integer, default: 1}
              key: {type: secret}
            ---
            ```bash {#one capture=HOST}
            hostname
            ```

            ```bash
            echo "N=5" >> "$CASEBOOK_OUTPUT"
            ```

            ```checkpoint {#where choices="east,west"}
            Where?
            ```

            ```bash {when="size == 1 and HOST == 'a' and N == 5 and where == 'east' and one.outcome == 'failed'"}
            a
            ```

            ```bash {when="sise == 1 or later.outcome == 'failed' or key or environment == 'x'"}
            b
            ```

            ```bash {#later}
            c
            ```
            """
        let errors = Runbook.read(SourceText(name: "t.md", bytes: Array(text.utf8))).diagnostics
            .filter { $0.severity == .error }
            .map { $0.message + ($0.advice.map { " / \($0)" } ?? "") }
        #expect(
            errors == [
                "`sise` is neither a parameter nor an answer before this step / did you mean `size`?",
                "no step before this one is named `later`",
                "`key` is a secret and decides nothing: the record could not say why",
                "`environment` is neither a parameter nor an answer before this step",
            ]
        )
    }
}
