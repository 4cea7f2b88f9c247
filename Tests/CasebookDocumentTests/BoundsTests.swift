import CasebookDocument
import Testing

/// Documents made to be slow or to break something; each is read, written and cleared in bounded time.
@Suite struct BoundsTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let text: @Sendable () -> String

        init(_ description: String, _ text: @escaping @Sendable () -> String) {
            testDescription = description
            self.text = text
        }
    }

    private static let rows: [Row] = [
        Row("15,000 quotes in one another") { String(repeating: "> ", count: 15_000) + "x\n" },
        Row("a fence in 2,000 quotes") {
            let prefix = String(repeating: "> ", count: 2_000)
            return "\(prefix)```bash\n\(prefix)ls\n\(prefix)```\n"
        },
        Row("500 lists in one another") {
            (0..<500).map { String(repeating: "  ", count: $0) + "- [ ] a\n" }.joined()
        },
        Row("500 ordered lists on one line") { String(repeating: "1. ", count: 500) + "a\n" },
        Row("a line of 2 MB") { "```bash\necho " + String(repeating: "x", count: 2_000_000) + "\n```\n" },
        Row("10,000 attributes") { "```bash {" + String(repeating: "a=b ", count: 10_000) + "}\nls\n```\n" },
        Row("10,000 braces") { "```bash " + String(repeating: "{", count: 10_000) + "\nls\n```\n" },
        Row("100,000 angles") { "```bash\n" + String(repeating: "<a", count: 100_000) + "\n```\n" },
        Row("20,000 different angles") { "```bash\n" + (0..<20_000).map { "<a\($0)>\n" }.joined() + "```\n" },
        Row("20,000 brackets") { "```bash\n" + String(repeating: "[ ", count: 20_000) + "\n```\n" },
        Row("nested substitutions") {
            "```bash\n" + String(repeating: "echo \"$(", count: 10_000) + "\n```\n"
        },
        Row("5,000 steps") { (0..<5_000).map { "\($0). step\n" }.joined() },
        Row("5,000 headings") { (0..<5_000).map { "## Step \($0)\n\n" }.joined() },
        Row("headings in a fence that never ends") {
            "```bash\n" + String(repeating: "\n# x\n", count: 60_000)
        },
        Row("owned blocks that hide one another") {
            "- a\n"
                + String(
                    repeating: "```output {casebook}\n```\n    ```output {casebook}\n    ```\n",
                    count: 500
                )
        },
        Row("20,000 marks") { String(repeating: "<!-- casebook -->\n![a](b)\n", count: 10_000) },
    ]

    @Test("a hostile document is read, written and cleared", .timeLimit(.minutes(10)), arguments: rows)
    func bounded(_ row: Row) throws {
        let source = SourceText(name: "bounds.md", bytes: Array(row.text().utf8))
        let clear = SourceText(name: "bounds.md", bytes: source.cleared().bytes)
        let runbook = Runbook.read(clear)
        var blocks: [ItemID: WrittenBlock] = [:]
        for item in runbook.items { blocks[item.id] = .output(marks: ["exit=0"], text: Array("x".utf8)) }
        let written = SourceText(name: "bounds.md", bytes: try DocumentWriter(runbook).bytes(with: blocks))
        let isSame = written.cleared().bytes == clear.bytes
        #expect(isSame)
    }
}
