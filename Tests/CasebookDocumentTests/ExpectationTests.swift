import CasebookDocument
import Testing

/// What belongs to a cell besides its code: what is expected of it, and the cell that checks it.
@Suite("expectations and checks") struct ExpectationTests {
    private func read(_ text: String) -> Runbook {
        Runbook.read(SourceText(name: "t.md", bytes: Array(text.utf8)))
    }

    @Test func `an expect block belongs to the cell before it, after samples and outputs too`() {
        let runbook = read(
            """
            ```bash {expect="a"}
            a
            ```
            ```output
            a sample
            ```
            ```expect
            a
            ...
            b* (glob)
            [0-9]+ (re)
            ```
            """
        )
        #expect(
            runbook.cells.map(\.attributes.expectations) == [
                [
                    .text("a", isWanted: true),
                    .lines([.text("a"), .anyLines, .glob("b*"), .pattern("[0-9]+")], line: 8),
                ]
            ]
        )
    }

    @Test func `an expect block without a cell is said`() {
        let runbook = read("```bash\na\n```\n\nText.\n\n```expect\nb\n```\n")
        #expect(runbook.cells.map(\.attributes.expectations) == [[]])
        #expect(
            runbook.diagnostics.contains { $0.message.hasPrefix("this `expect` block stands after no cell") }
        )
    }

    @Test func `patterns that are none are errors at their place`() {
        let runbook = read("```bash {expect=\"/(/\"}\na\n```\n```expect\n( (re)\n```\n")
        #expect(
            runbook.diagnostics.filter { $0.severity == .error }.map(\.message) == [
                "`expect` takes text, or a regular expression between two `/`, with `!` before it when it must not be there, found `/(/`",
                "`(` is no regular expression",
            ]
        )
    }

    @Test(arguments: [
        ("/a+/i", false), ("!/a+/im", false), ("/var/log/syslog", true), ("/(?i)a/", true), ("/a+/b/", true),
    ])
    func `flags behind a pattern are refused`(_ value: String, _ isTaken: Bool) {
        let runbook = read("```bash {expect=\"\(value)\"}\na\n```\n")
        #expect(runbook.diagnostics.contains { $0.severity == .error } != isTaken)
    }

    @Test func `a cell that checks another is out of the forward order`() {
        let runbook = read(
            "```bash {#a check=b}\na\n```\n```bash {#b}\nb\n```\n```bash {#c check=d}\nc\n```\n```bash {#d confirm}\nd\n```\n"
        )
        #expect(runbook.items.map(\.kind) == [.automatic, .check, .automatic, .asksFirst])
        #expect(runbook.items[1].reason == "it checks `a`")
        #expect(
            runbook.diagnostics.filter { $0.severity == .error }.map(\.message) == [
                "`d` is named by a `check` and does not run by itself"
            ]
        )
    }

    @Test func `a check stands alone, and an undo has no condition`() {
        let runbook = read(
            """
            ```bash {#a check=b}
            a
            ```
            ```bash {#b check=c}
            b
            ```
            ```bash {#c check=c}
            c
            ```
            ```bash {#d check=e when="e.outcome == 'failed'"}
            d
            ```
            ```bash {#e when="a.outcome == 'failed'"}
            e
            ```
            ```bash {undoes=a when="a.outcome == 'failed'"}
            f
            ```
            """
        )
        #expect(
            runbook.diagnostics.filter { $0.severity == .error }.map(\.message) == [
                "`b` is named by a `check` and has one itself",
                "`c` is named by a `check` and has one itself",
                "no step before this one is named `e`",
                "`e` is named by a `check` and has a condition, which would leave it out",
                "an undo is run when what it undoes was started; this version does not act on a condition of it",
            ]
        )
    }
}
