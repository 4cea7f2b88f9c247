import Testing

@testable import CasebookDocument

/// Documents that cmark would need far too long for: refused with their place, after a count and not a wait.
@Suite struct LimitTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let reason: ReadingLimit.Reason
        let line: Int
        let text: @Sendable () -> String

        init(
            _ description: String,
            _ reason: ReadingLimit.Reason,
            line: Int,
            _ text: @escaping @Sendable () -> String
        ) {
            testDescription = description
            self.reason = reason
            self.line = line
            self.text = text
        }
    }

    private static func source(_ text: String) -> SourceText {
        SourceText(name: "limit.md", bytes: Array(text.utf8))
    }

    private static func cost(of source: SourceText) throws(ReadingLimit) -> Int {
        var cost = ParseCost(of: source)
        try cost.add(fromLine: 1)
        return cost.steps
    }

    @Test(
        "what cmark is not linear in is refused, and no byte of it is lost",
        arguments: [
            // Each marker looks along the rest of its line for a rule.
            Row("500,000 lists on one line", .nesting, line: 2) {
                "text\n" + String(repeating: "* ", count: 500_000) + "x\n"
            },
            // Each blank line goes through every open list.
            Row("blank lines in 10,000 lists", .nesting, line: 46_101) {
                String(repeating: "- ", count: 10_000) + "x\n" + String(repeating: "\n", count: 200_000)
            },
            Row(
                "blank lines in 10,000 lists, after a line that goes on with the paragraph",
                .nesting,
                line: 46_101
            ) {
                String(repeating: "- ", count: 10_000) + "x\ny\n" + String(repeating: "\n", count: 200_000)
            },
            // Each line that may begin a table reads its paragraph again (CVE-2023-22483).
            Row("100,000 second lines of a table", .tables, line: 13_292) {
                "x\n" + String(repeating: "|-|-|\n", count: 100_000)
            },
            // Each row gets all of its cells (CVE-2023-37463).
            Row("30,000 columns, and rows without them", .tables, line: 19) {
                String(repeating: "|x", count: 30_000) + "|\n" + String(repeating: "|-", count: 30_000)
                    + "|\n"
                    + String(repeating: "|\n", count: 30_000)
            },
        ]
    )
    func refused(_ row: Row) throws {
        let source = Self.source(row.text())
        let found = #expect(throws: ReadingLimit.self) { try Self.cost(of: source) }
        #expect(found == ReadingLimit(row.reason, line: row.line))
        let runbook = Runbook.read(source)
        #expect(runbook.items.isEmpty)
        #expect(runbook.diagnostics.map(\.code) == [.tooLarge])
        #expect(runbook.hasErrors)
        let isSame = source.cleared().bytes == source.bytes
        #expect(isSame)
    }

    @Test(
        "what a program printed keeps no document from being cleared or read",
        arguments: [
            String(repeating: "- ", count: 8_000) + "x",
            String(repeating: "> ", count: 8_000) + "x" + String(repeating: "\n", count: 2_000) + "x",
            "x\n" + String(repeating: "|-|-|\n", count: 3_000),
            String(repeating: "|-", count: 8_000) + "\n" + String(repeating: "|\n", count: 200),
        ]
    )
    func printed(_ text: String) throws {
        let author = "# T\n\n> ```sh\n> a\n> ```\n\n- b\n\n  ```sh\n  c\n  ```\n\n```sh\nd\n```\n\n"
        let runbook = Runbook.read(Self.source(String(repeating: author, count: 40)))
        let output = WrittenBlock.output(marks: ["exit=0"], text: Array(text.utf8))
        let blocks = Dictionary(uniqueKeysWithValues: runbook.cells.map { ($0.id, output) })
        let written = SourceText(name: "limit.md", bytes: try DocumentWriter(runbook).bytes(with: blocks))
        #expect(throws: ReadingLimit.self) { try Self.cost(of: written) }
        let isClear = written.cleared().bytes == runbook.source.bytes
        #expect(isClear)
        #expect(Runbook.read(written).items.map(\.id) == runbook.items.map(\.id))
    }

    @Test("text that only looks like a block of Casebook hides nothing from the count")
    func pretended() {
        let bomb = String(repeating: "* ", count: 500_000) + "x\n"
        for start in ["a\n     ```output {casebook}\n     ", "<!--\n```output {casebook}\n-->\n"] {
            let end = start.hasPrefix("a") ? "     ```\n" : "```\n"
            let runbook = Runbook.read(Self.source(start + bomb + end))
            #expect(runbook.diagnostics.map(\.code) == [.tooLarge])
        }
    }

    @Test("a document that may hold blocks of Casebook and is not read says so when it is cleared")
    func refusedClear() {
        let source = Self.source(
            "```output {casebook}\n```\n\n" + String(repeating: "* ", count: 500_000) + "x\n"
        )
        let cleared = source.cleared()
        let isSame = cleared.bytes == source.bytes
        #expect(isSame)
        #expect(cleared.diagnostics.map(\.code) == [.tooLarge])
    }

    @Test("no real runbook comes near the limit", arguments: Documents.fixtures + Documents.corpus)
    func real(_ file: Documents.File) throws {
        #expect(try Self.cost(of: file.source) < 1_000_000)
    }

    @Test(
        "a document twice as long costs twice as much",
        arguments: [
            "- a\n  - b\n\n", "> quote\n\n", "| a | b |\n|---|---|\n| 1 | 2 |\n\n",
            "## Step\n\n```sh\nls\n```\n\n",
            "1. a\n\n   ```sh\n   ls\n   ```\n", "- a\n- b\n", "text\n",
        ]
    )
    func linear(_ text: String) throws {
        let once = try Self.cost(of: Self.source(String(repeating: text, count: 1_000)))
        let twice = try Self.cost(of: Self.source(String(repeating: text, count: 2_000)))
        #expect(twice <= 2 * once + 100)
    }

    @Test("a long heading is cut at the end of a character, and its cells are still found")
    func longHeading() {
        let runbook = Runbook.read(
            "# a\n\n## " + String(repeating: "é", count: 100_000) + "\n\n```sh\nls\n```\n"
        )
        let headings = runbook.cells.first?.place.headings
        #expect(headings?.map(\.utf8.count) == [1022])
        #expect(headings?.first?.allSatisfy { $0 == "é" } == true)
    }

    @Test("a heading is read without its marks, and a paragraph without being parsed")
    func inlines() {
        let runbook = Runbook.read("## *a* ~~b~~ `c` [d](/e) &amp; https://f.invalid\n\n1. **Stop** it\n")
        #expect(runbook.items.first?.place.headings == ["a b c d & https://f.invalid"])
    }
}
