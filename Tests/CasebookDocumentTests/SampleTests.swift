import CasebookDocument
import Testing

/// Where an output goes when the author already shows one.
@Suite("samples of the author's")
struct SampleTests {
    /// The document with `@` where each cell's output would be inserted.
    private func marked(_ text: String) -> String {
        var bytes = Array(text.utf8)
        let runbook = Runbook.read(SourceText(name: "t.md", bytes: bytes))
        for cell in runbook.cells.reversed() {
            if let insertion = cell.insertion { bytes.insert(UInt8(ascii: "@"), at: insertion.offset) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `an output goes after what is expected and after the author's own sample`() {
        let text = """
            ```bash
            a
            ```

            ```expect
            a
            ```
            ```output
            a
            ```

            - ```bash
              b
              ```
              ```Output
              b
              ```

            ```bash
            c
            ```

            Words.

            ```output
            c
            ```
            """
        #expect(
            marked(text) == """
                ```bash
                a
                ```

                ```expect
                a
                ```
                ```output
                a
                ```@

                - ```bash
                  b
                  ```
                  ```Output
                  b
                  ```@

                ```bash
                c
                ```@

                Words.

                ```output
                c
                ```
                """
        )
    }

    @Test func `Casebook's own block is no sample`() {
        let text = "```bash\na\n```\n```output {casebook exit=0}\na\n```\n```yaml\nb: c\n```\n"
        #expect(marked(text).hasPrefix("```bash\na\n```@\n"))
    }
}
