import CasebookDocument
import CasebookRun
import Testing

@Suite struct SettledTextTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let printed: String
        let settled: [String]
        var testDescription: String { printed.debugDescription }
    }

    @Test(arguments: [
        // Lines.
        Case(printed: "", settled: []),
        Case(printed: "\n", settled: [""]),
        Case(printed: "a\nb", settled: ["a", "b"]),
        Case(printed: "a\r\nb\r\n", settled: ["a", "b"]),
        Case(printed: "a\tb\n", settled: ["a\tb"]),
        // Colours and titles vanish.
        Case(printed: "\u{1B}[1;31mred\u{1B}[0m\n", settled: ["red"]),
        Case(printed: "\u{1B}]0;title\u{7}text\n", settled: ["text"]),
        Case(printed: "\u{1B}]8;;http://x\u{1B}\\link\u{1B}]8;;\u{1B}\\\n", settled: ["link"]),
        Case(printed: "\u{1B}(Btext\n", settled: ["text"]),
        // A carriage return writes over what stood there.
        Case(printed: "10%\r100%\n", settled: ["100%"]),
        Case(printed: "100%\r5%\n", settled: ["5%0%"]),
        Case(printed: "100%\r\u{1B}[K5%\n", settled: ["5%"]),
        Case(printed: "abc\u{1B}[2D-\n", settled: ["a-c"]),
        Case(printed: "a\u{8}b\n", settled: ["b"]),
        Case(printed: "\u{1B}[5Gx\n", settled: ["    x"]),
        // Other control characters vanish; bad bytes are replaced elsewhere.
        Case(printed: "bell\u{7}\u{0}\n", settled: ["bell"]),
        Case(printed: "c1\u{9B}31m\n", settled: ["c131m"]),
        // An escape at the very end.
        Case(printed: "end\u{1B}", settled: ["end"]),
        Case(printed: "end\u{1B}[3", settled: ["end"]),
    ])
    func `printed bytes settle as a terminal would show them`(_ example: Case) {
        #expect(SettledText.lines(of: Array(example.printed.utf8)) == example.settled)
    }

    @Test func `bytes that are not UTF-8 are replaced`() {
        #expect(SettledText.lines(of: [0x61, 0xFF, 0x62]) == ["a\u{FFFD}b"])
    }

    @Test func `a hostile movement does not fill the memory`() {
        let lines = SettledText.lines(of: Array("\u{1B}[999999999Cx".utf8))
        #expect(lines.first?.count == 10_001)
    }
}
