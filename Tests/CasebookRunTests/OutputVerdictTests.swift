import CasebookDocument
import CasebookRun
import Testing

/// What an output has to be for its cell to have succeeded.
@Suite("outputs held against what is expected") struct OutputVerdictTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let rule: String
        let expectation: OutputExpectation
        let output: [String]
        var isWhole = true
        let problems: [String]
        var testDescription: String { rule }
    }

    private static func lines(_ lines: ExpectedLine...) -> OutputExpectation { .lines(lines, line: 4) }
    private static let differs = ["the output differs from the `expect` block on line 4"]

    static let rows: [Row] = [
        Row(
            rule: "a text that is there",
            expectation: .text("b", isWanted: true),
            output: ["abc"],
            problems: []
        ),
        Row(
            rule: "a text that is not there",
            expectation: .text("x", isWanted: true),
            output: ["abc"],
            problems: ["the output does not hold `x`"]
        ),
        Row(
            rule: "a text that must not be there",
            expectation: .text("b", isWanted: false),
            output: ["abc"],
            problems: ["the output holds `b`"]
        ),
        Row(
            rule: "a pattern finds the ends of lines",
            expectation: .pattern("^b$", isWanted: true),
            output: ["a", "b", "c"],
            problems: []
        ),
        Row(
            rule: "a pattern that is not found",
            expectation: .pattern("^b$", isWanted: true),
            output: ["ab"],
            problems: ["the output does not hold `/^b$/`"]
        ),
        Row(
            rule: "what is too large to say is no success",
            expectation: .text("x", isWanted: false),
            output: ["abc"],
            isWhole: false,
            problems: ["the output is too large to say that it does not hold `x`"]
        ),
        Row(
            rule: "what is found in the end of a large output is found",
            expectation: .text("c", isWanted: true),
            output: ["abc"],
            isWhole: false,
            problems: []
        ),
        Row(
            rule: "equal lines",
            expectation: lines(.text("a"), .text("b")),
            output: ["a", "b"],
            problems: []
        ),
        Row(
            rule: "blanks at the ends of lines count for nothing",
            expectation: lines(.text("a ")),
            output: ["a\t"],
            problems: []
        ),
        Row(rule: "a line too many", expectation: lines(.text("a")), output: ["a", "b"], problems: differs),
        Row(
            rule: "a line too few",
            expectation: lines(.text("a"), .text("b")),
            output: ["a"],
            problems: differs
        ),
        Row(
            rule: "any lines",
            expectation: lines(.text("a"), .anyLines, .text("z")),
            output: ["a", "b", "z", "c", "z"],
            problems: []
        ),
        Row(
            rule: "any lines may be none",
            expectation: lines(.text("a"), .anyLines),
            output: ["a"],
            problems: []
        ),
        Row(
            rule: "any lines and no end",
            expectation: lines(.anyLines, .text("z")),
            output: ["z", "a"],
            problems: differs
        ),
        Row(
            rule: "anything in a line",
            expectation: lines(.text("took ... ms")),
            output: ["took 12 ms"],
            problems: []
        ),
        Row(
            rule: "the three stops themselves",
            expectation: lines(.text("wait...")),
            output: ["wait..."],
            problems: []
        ),
        Row(rule: "a wildcard", expectation: lines(.glob("web-* u?")), output: ["web-1-b up"], problems: []),
        Row(
            rule: "a wildcard that does not fit",
            expectation: lines(.glob("web-?")),
            output: ["web-12"],
            problems: differs
        ),
        Row(
            rule: "a pattern for a whole line",
            expectation: lines(.pattern("[0-9]+")),
            output: ["12"],
            problems: []
        ),
        Row(
            rule: "a pattern for a part",
            expectation: lines(.pattern("[0-9]+")),
            output: ["12 a"],
            problems: differs
        ),
    ]

    @Test(arguments: rows) func `the verdict`(_ row: Row) {
        let verdict = OutputVerdict([row.expectation], lines: row.output, isWhole: row.isWhole)
        #expect(verdict.problems == row.problems)
    }

    @Test(arguments: [
        OutputExpectation.pattern("(a+)+$", isWanted: true), .pattern("(a+)+$", isWanted: false),
        .lines([.pattern("(a+)+")], line: 1),
    ])
    func `a pattern that takes for ever is given up, and is no success`(_ expectation: OutputExpectation) {
        let line = String(repeating: "a", count: 40) + "!"
        let verdict = OutputVerdict([expectation], lines: [line], isWhole: true)
        #expect(
            verdict.problems.first?.hasSuffix("was given up: it would take too long on this output") == true
        )
    }

    @Test func `the difference shows where both part`() {
        let verdict = OutputVerdict(
            [.lines([.text("a"), .text("b"), .anyLines, .glob("d*")], line: 4)],
            lines: ["a", "c", "d"],
            isWhole: true
        )
        #expect(verdict.difference == "  a\n- b\n  ...\n  d")
    }

    @Test(arguments: [
        ("abc", "aBcd", "  a\n- b\n+ B\n  c\n+ d"),
        ("abcdefgh", "aXbcdefghY", "  a\n+ X\n  b\n  c\n  [... 3 equal lines ...]\n  g\n  h\n+ Y"),
        ("ab", "", "- a\n- b"), ("a", "bbb", "- a\n+ b\n+ b\n+ b"), ("abcd", "acd", "  a\n- b\n  c\n  d"),
    ])
    func `equal lines stand beside each other again`(
        _ expected: String,
        _ found: String,
        _ difference: String
    ) {
        let verdict = OutputVerdict(
            [.lines(expected.map { .text(String($0)) }, line: 1)],
            lines: found.map { String($0) },
            isWhole: true
        )
        #expect(verdict.difference == difference)
    }

    @Test func `wildcards and any lines take no more time than the product of both sides`() {
        let line = String(repeating: "a", count: 5_000)
        let glob = String(repeating: "*a", count: 200) + "b"
        let verdict = OutputVerdict([.lines([.glob(glob)], line: 1)], lines: [line], isWhole: true)
        #expect(!verdict.problems.isEmpty)
        let many = OutputVerdict(
            [
                .lines(
                    Array(repeating: [ExpectedLine.anyLines, .text("a")], count: 500).flatMap(\.self) + [
                        .text("b")
                    ],
                    line: 1
                )
            ],
            lines: Array(repeating: "a", count: 20_000),
            isWhole: true
        )
        #expect(!many.problems.isEmpty)
    }
}

/// What a cell gives to later ones.
@Suite("values of cells") struct CellValuesTests {
    private func read(_ text: String) -> [String] {
        let values = CellValues(Array(text.utf8))
        return values.values.map { "\($0.name)=\($0.value)" } + values.problems
    }

    @Test func `lines and here-documents are read`() {
        #expect(read("A=1\n\nB=x=y\nC<<END\na\n\nb\nEND\nD=\n") == ["A=1", "B=x=y", "C=a\n\nb", "D="])
    }

    @Test func `what cannot be read is said`() {
        #expect(
            read("A=1\nnonsense\nPATH=x\n1x=2\nC<<END\na\n") == [
                "A=1",
                "line 2 of $CASEBOOK_OUTPUT is neither `NAME=value` nor `NAME<<END`",
                "line 3 of $CASEBOOK_OUTPUT: `PATH` steers a shell or a loader and cannot be set by a runbook",
                "line 4 of $CASEBOOK_OUTPUT: `1x` is no variable name: use letters, digits and `_`, and no digit first",
                "line 5 of $CASEBOOK_OUTPUT: `<<END` never ends",
            ]
        )
    }

    @Test func `standard output is trimmed and has to be text`() {
        #expect(
            CellValues(captured: Array(" a b\n\n".utf8), as: "X").values == [.init(name: "X", value: "a b")]
        )
        #expect(CellValues(captured: [], as: "X").values == [.init(name: "X", value: "")])
        #expect(
            CellValues(captured: [0xFF], as: "X").problems == [
                "the output is no text and was not captured as `X`"
            ]
        )
        #expect(
            CellValues(captured: [0], as: "X").problems == [
                "the output is no text and was not captured as `X`"
            ]
        )
        #expect(
            CellValues(captured: nil, as: "X").problems == [
                "the output is larger than 128 KiB and was not captured as `X`"
            ]
        )
    }
}
