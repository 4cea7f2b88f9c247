import CasebookDocument
import Testing

@Suite struct ClearTests {
    private func cleared(_ text: String) -> ClearedDocument {
        SourceText(name: "test.md", bytes: Array(text.utf8)).cleared()
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let written: String
        let clear: String
        var testDescription: String { written.debugDescription }

        init(_ written: String, _ clear: String) {
            self.written = written
            self.clear = clear
        }
    }

    @Test(
        "what Casebook wrote is taken away with the line ending before it",
        arguments: [
            Row("```sh\na\n```\n```output {casebook exit=0}\nx\n```\n\ntext\n", "```sh\na\n```\n\ntext\n"),
            Row("```sh\na\n```\n```output {casebook exit=0}\n```", "```sh\na\n```"),
            Row(
                "- ```sh\n  a\n  ```\n  ````output {casebook}\n  ```\n\n  x\n  ````\n- b\n",
                "- ```sh\n  a\n  ```\n- b\n"
            ),
            Row(
                "> ```sh\r\n> a\r\n> ```\r\n> ```output {casebook}\r\n> ```\r\n",
                "> ```sh\r\n> a\r\n> ```\r\n"
            ),
            Row(
                "- [x] <!-- casebook --> a\n- [x] <!-- casebook confirmed --> b\n- [x] c\n",
                "- [ ] a\n- [x] b\n- [x] c\n"
            ),
            Row("1. a\n   ```decision {casebook answer=done}\n   note\n   ```\n2. b\n", "1. a\n2. b\n"),
            Row("a\n\n<!-- casebook -->\n![p](d.assets/p.png)\n<!-- casebook -->\n\nb\n", "a\n\n\nb\n"),
            // At the top, moved there by hand.
            Row("```output {casebook}\n```\ntext\n", "text\n"),
        ]
    )
    func takenAway(_ row: Row) {
        let found = cleared(row.written)
        #expect(String(decoding: found.bytes, as: UTF8.self) == row.clear)
        #expect(found.diagnostics == [])
        #expect(cleared(row.clear).bytes == Array(row.clear.utf8))
    }

    @Test(
        "what only looks like it stays",
        arguments: [
            "```output\nx\n```\n", "```output {.casebook}\nx\n```\n", "```output {casebook-x}\nx\n```\n",
            "```text {casebook}\nx\n```\n",
            "    ```output {casebook}\n    ```\n", "````md\n```output {casebook}\n```\n````\n",
            "<!--\n```output {casebook}\n```\n-->\n",
            "- [X] <!-- casebook --> a\n", "- [ ] <!-- casebook --> a\n", "text [x] <!-- casebook --> a\n",
            "<!-- casebook -->\ntext\n<!-- casebook -->\n",
            "<!-- casebook -->\n", "---\na: \"```output {casebook}\"\n---\n",
        ]
    )
    func stays(_ text: String) { #expect(cleared(text).bytes == Array(text.utf8)) }

    @Test("a block that lost its closing fence is left as it is, and said")
    func unclosed() {
        let text = "```sh\na\n```\n```output {casebook exit=0}\nx\n\n## Next\n"
        let found = cleared(text)
        #expect(found.bytes == Array(text.utf8))
        #expect(found.diagnostics.map(\.code) == [.fenceUnclosed])
        #expect(found.diagnostics.map(\.severity) == [.error])
    }

    @Test("clearing twice is clearing once, even where one block hid another")
    func idempotent() {
        let text = "- a\n```output {casebook}\n```\n    ```output {casebook}\n    ```\n"
        let once = cleared(text).bytes
        #expect(SourceText(name: "", bytes: once).cleared().bytes == once)
        #expect(String(decoding: once, as: UTF8.self) == "- a\n")
    }

    @Test(
        "what a program printed is made safe",
        arguments: [
            ("a\r\nb", "a\nb"), ("10%\r50%", "10%␍50%"), ("nul\0", "nul␀"), ("\u{1B}[31m", "␛[31m"),
            ("\u{7F}\u{9B}", "␡\u{FFFD}"), ("tab\t", "tab\t"),
        ]
    )
    func safe(_ text: String, _ expected: String) throws {
        let runbook = Runbook.read("```sh\na\n```\n")
        let cell = try #require(runbook.cells.first)
        let bytes = try DocumentWriter(runbook).bytes(with: [
            cell.id: .output(marks: ["exit=0"], text: Array(text.utf8))
        ])
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "```sh\na\n```\n```output {casebook exit=0}\n\(expected)\n```\n"
        )
    }

    @Test(
        "what a program printed never closes its own block",
        arguments: [
            (["`"], "~~~"), (["`", "~"], String(repeating: "`", count: 255)),
        ]
    )
    func longMarks(_ marks: [String], _ fence: String) throws {
        // cmark keeps the length of a fence in a byte: 255 marks close one of 401.
        let text = marks.map { String(repeating: $0, count: 400) }.joined(separator: "\n")
        let runbook = Runbook.read("```sh\na\n```\n")
        let cell = try #require(runbook.cells.first)
        let bytes = try DocumentWriter(runbook).bytes(with: [
            cell.id: .output(marks: [], text: Array(text.utf8))
        ])
        let written = SourceText(name: "test.md", bytes: bytes)
        #expect(written.cleared().bytes == runbook.source.bytes)
        #expect(written.text(in: written.contentRange(ofLine: 4)) == "\(fence)output {casebook}")
        #expect(Runbook.read(written).cells.count == 1)
    }

    @Test("pictures stand between their marks, in the container of the cell, and are cleared")
    func pictures() throws {
        let runbook = Runbook.read("- step\n\n  ```sh\n  a\n  ```\n  after\n")
        let cell = try #require(runbook.cells.first)
        let bytes = try DocumentWriter(runbook).bytes(with: [
            cell.id: .output(
                marks: ["exit=0"],
                text: Array("x".utf8),
                pictures: [Picture(path: "run book.assets/a(1).png", title: "plot [1]")]
            )
        ])
        #expect(
            String(decoding: bytes, as: UTF8.self) == """
                - step

                  ```sh
                  a
                  ```
                  ```output {casebook exit=0}
                  x
                  ```
                  <!-- casebook -->
                  ![plot \\[1\\]](run%20book.assets/a%281%29.png)
                  <!-- casebook -->
                  after

                """
        )
        #expect(SourceText(name: "test.md", bytes: bytes).cleared().bytes == runbook.source.bytes)
    }

    @Test("what a program printed makes no front matter")
    func printedRule() throws {
        let runbook = Runbook.read("---\n```sh\na\n```\n")
        let cell = try #require(runbook.cells.first)
        let bytes = try DocumentWriter(runbook).bytes(with: [
            cell.id: .output(marks: [], text: Array("---".utf8))
        ])
        let written = SourceText(name: "test.md", bytes: bytes)
        #expect(written.cleared().bytes == runbook.source.bytes)
        #expect(Runbook.read(written).cells.count == 1)
    }

    @Test("ids stay what they are when another item gets a name")
    func names() {
        let plain = Runbook.read("# T\n\n## Steps\n\n1. a\n2. b\n\n```sh\nx\n```\n\n## Steps\n\n1. c\n")
        #expect(plain.items.map(\.id.name) == ["steps-1", "steps-2", "steps-3", "steps-4"])
        let named = Runbook.read(
            "# T\n\n## Steps\n\n```sh {#steps-2}\nx\n```\n\n1. a\n\n```sh {#steps-2}\ny\n```\n"
        )
        #expect(named.items.map(\.id.name) == ["steps-2", "steps-3", "steps-4"])
        #expect(named.diagnostics.map(\.code) == [.duplicateName])
    }
}
