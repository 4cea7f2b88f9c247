import CasebookDocument
import CasebookEngine
import CasebookRun
import CasebookSimulation
import Testing

/// What becomes of outputs when the document is edited while its run goes on.
@Suite struct MergeTests {
    /// An edit, made while a cell runs, and what the document holds when the run has ended.
    struct Edited: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let before: String
        /// The code of the cell that runs meanwhile, and what somebody makes of the document.
        let edits: [String: @Sendable (String) -> String]
        let after: String
        /// What was left out, for each time that it was recorded.
        var merges: [[String]] = []
    }

    private static let before = """
        Intro.

        ```bash {#first}
        one
        ```

        ```bash
        two
        ```

        ```bash
        three
        ```

        """

    static let rows = [
        Edited(
            testDescription: "nothing is edited",
            before: before,
            edits: [:],
            after: """
                Intro.

                ```bash {#first}
                one
                ```
                ```output {casebook exit=0}
                1: one
                ```

                ```bash
                two
                ```
                ```output {casebook exit=0}
                2: two
                ```

                ```bash
                three
                ```
                ```output {casebook exit=0}
                3: three
                ```

                """
        ),
        Edited(
            testDescription: "text around the cells is kept, and edited once more",
            before: before,
            edits: [
                "one": { $0.replacing("Intro.", with: "Another intro.\n\n- and more") },
                "three": { $0 + "The end.\n" },
            ],
            after: """
                Another intro.

                - and more

                ```bash {#first}
                one
                ```
                ```output {casebook exit=0}
                1: one
                ```

                ```bash
                two
                ```
                ```output {casebook exit=0}
                2: two
                ```

                ```bash
                three
                ```
                ```output {casebook exit=0}
                3: three
                ```
                The end.

                """,
            merges: [[], []]
        ),
        Edited(
            testDescription: "a cell that got another number is found by its content",
            before: before,
            edits: ["two": { $0.replacing("```bash\ntwo", with: "```bash\nnew\n```\n\n```bash\ntwo") }],
            after: """
                Intro.

                ```bash {#first}
                one
                ```
                ```output {casebook exit=0}
                1: one
                ```

                ```bash
                new
                ```

                ```bash
                two
                ```
                ```output {casebook exit=0}
                2: two
                ```

                ```bash
                three
                ```
                ```output {casebook exit=0}
                3: three
                ```

                """,
            merges: [[]]
        ),
        Edited(
            testDescription: "the output of a cell that was changed stays in the record alone",
            before: before,
            edits: ["two": { $0.replacing("one\n```\n", with: "uno\n```\n") }],
            after: """
                Intro.

                ```bash {#first}
                uno
                ```

                ```bash
                two
                ```
                ```output {casebook exit=0}
                2: two
                ```

                ```bash
                three
                ```
                ```output {casebook exit=0}
                3: three
                ```

                """,
            merges: [["first"]]
        ),
        Edited(
            testDescription: "another language is another cell",
            before: before,
            edits: ["two": { $0.replacing("bash {#first}", with: "sh {#first}") }],
            after: """
                Intro.

                ```sh {#first}
                one
                ```

                ```bash
                two
                ```
                ```output {casebook exit=0}
                2: two
                ```

                ```bash
                three
                ```
                ```output {casebook exit=0}
                3: three
                ```

                """,
            merges: [["first"]]
        ),
        Edited(
            testDescription: "a block that somebody took out comes back with the next save",
            before: "```bash\none\n```\n\n```bash\ntwo\n```\n",
            edits: ["two": { $0.replacing("```output {casebook exit=0}\n1: one\n```\n", with: "") }],
            after: "```bash\none\n```\n```output {casebook exit=0}\n1: one\n```\n\n"
                + "```bash\ntwo\n```\n```output {casebook exit=0}\n2: two\n```\n"
        ),
        Edited(
            testDescription: "an edit that is taken back leaves no trace",
            before: "```bash\none\n```\n\n```bash\ntwo\n```\n",
            edits: [
                "one": { "Note.\n\n" + $0 }, "two": { String($0.dropFirst("Note.\n\n".count)) },
            ],
            after: "```bash\none\n```\n```output {casebook exit=0}\n1: one\n```\n\n"
                + "```bash\ntwo\n```\n```output {casebook exit=0}\n2: two\n```\n",
            merges: [[]]
        ),
        Edited(
            testDescription: "of two equal cells the one that is left keeps its own output",
            before: "```bash {#x}\none\n```\n\n```bash {#y}\none\n```\n\n```bash\ntwo\n```\n",
            edits: ["two": { $0.replacing("```bash {#y}\none\n```\n", with: "Nothing.\n") }],
            after: "```bash {#x}\none\n```\n```output {casebook exit=0}\n1: one\n```\n\nNothing.\n\n"
                + "```bash\ntwo\n```\n```output {casebook exit=0}\n3: two\n```\n",
            merges: [["y"]]
        ),
        Edited(
            testDescription: "equal cells keep their order when a cell before them moves their numbers",
            before: "```bash\none\n```\n\n```bash\none\n```\n\n```bash\ntwo\n```\n",
            edits: ["two": { "```bash\nnew\n```\n\n" + $0 }],
            after: "```bash\nnew\n```\n\n"
                + "```bash\none\n```\n```output {casebook exit=0}\n1: one\n```\n\n"
                + "```bash\none\n```\n```output {casebook exit=0}\n2: one\n```\n\n"
                + "```bash\ntwo\n```\n```output {casebook exit=0}\n3: two\n```\n",
            merges: [[]]
        ),
        Edited(
            testDescription: "of equal cells without names nobody knows which one was taken out",
            before: "```bash\none\n```\n\n```bash\none\n```\n\n```bash\ntwo\n```\n",
            edits: ["two": { String($0.dropFirst("```bash\none\n```\n".count)) }],
            after: "\n```bash\none\n```\n\n```bash\ntwo\n```\n```output {casebook exit=0}\n3: two\n```\n",
            merges: [["step-1", "step-2"]]
        ),
        Edited(
            testDescription: "equal cells under their own headings are told apart",
            before: "# T\n\n## A\n\n```bash\none\n```\n\n## B\n\n```bash\none\n```\n\n```bash\ntwo\n```\n",
            edits: ["two": { $0.replacing("## A\n\n```bash\none\n```\n", with: "## A\n") }],
            after: "# T\n\n## A\n\n## B\n\n```bash\none\n```\n```output {casebook exit=0}\n2: one\n```\n\n"
                + "```bash\ntwo\n```\n```output {casebook exit=0}\n3: two\n```\n",
            merges: [["a-1"]]
        ),
        Edited(
            testDescription:
                "an equal cell under other headings does not get the output of one that was taken out",
            before:
                "# T\n\n## Before\n\n```bash\none\n```\n\n## After\n\n```bash\none\n```\n\n```bash\ntwo\n```\n",
            edits: [
                "two": {
                    $0.replacing("## After\n\n```bash\none\n```\n", with: "## After\n")
                        + "\n## Cleanup of the other cluster\n\n```bash\none\n```\n"
                }
            ],
            after: "# T\n\n## Before\n\n```bash\none\n```\n```output {casebook exit=0}\n1: one\n```\n\n"
                + "## After\n\n```bash\ntwo\n```\n```output {casebook exit=0}\n3: two\n```\n"
                + "\n## Cleanup of the other cluster\n\n```bash\none\n```\n",
            merges: [["after-1"]]
        ),
        Edited(
            testDescription: "a cell that is done by hand is another one in another language",
            before: "```php {#x}\none\n```\n\n```bash\ntwo\n```\n",
            edits: ["two": { $0.replacing("```php", with: "```pwsh") }],
            after: "```pwsh {#x}\none\n```\n\n```bash\ntwo\n```\n```output {casebook exit=0}\n1: two\n```\n",
            merges: [["x"]]
        ),
    ]

    @Test(arguments: rows) func `no edit is lost, and no output stands at a wrong place`(_ row: Edited)
        async throws
    {
        let file = MemoryDocumentFile(path: "test.md", bytes: Array(row.before.utf8))
        var probe = RunnerProbe(markdown: row.before)
        probe.file = file
        // What is done by hand was done.
        probe.advanceAnswers = ["x": PersonAnswer(word: "done", note: nil)]
        // Each cell takes so long that the document is saved behind it.
        probe.clockStep = .seconds(2)
        let journal = probe.journal
        probe.script = { code, _ in
            let name = String(code.prefix { !$0.isNewline })
            if let edit = row.edits[name] { file.edit(edit) }
            let number = journal.events.count { $0.body.kind == "cell-started" }
            return .init(output: Array("\(number): \(name)\n".utf8))
        }
        let result = try await probe.run()
        #expect(result.stop == .ended(.succeeded))
        #expect(file.text == row.after)
        let merges = journal.events.compactMap { event in
            if case .documentMerged(let merged) = event.body { merged.leftOut.map(\.name) } else { nil }
        }
        #expect(merges == row.merges)
        let told = probe.log.warnings.compactMap { warning in
            if case .documentEdited(_, let leftOut) = warning { leftOut.map(\.name) } else { nil }
        }
        #expect(told == row.merges, "what is recorded is told, and told once")
    }
}
