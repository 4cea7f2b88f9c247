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
        // Progress that goes back to earlier lines.
        Case(
            printed: "a 0%\nb 0%\n\u{1B}[2Aa 100%\nb 50%\n\u{1B}[1Ab 100%\n",
            settled: ["a 100%", "b 100%"]
        ),
        Case(printed: "one\n\u{1B}[1A\u{1B}[2Ktwo\n", settled: ["two"]),
        Case(printed: "gone\n\u{1B}[H\u{1B}[2Jleft\n", settled: ["left"]),
        // A full-screen program leaves what stood there before.
        Case(
            printed: "before\n\u{1B}[?1049h\u{1B}[Hfull\nscreen\u{1B}[?1049lafter\n",
            settled: ["before", "after"]
        ),
        // Hiding the cursor is no movement that anything else depends on.
        Case(printed: "\u{1B}[?25l\u{1B}[1mx\u{1B}[0m\u{1B}[?25h\n", settled: ["x"]),
        Case(printed: "x\r\u{65E5}\u{672C}\n", settled: ["\u{65E5}\u{672C}"]),
        Case(printed: "e\u{301}\rx\n", settled: ["x"]),
        // Empty lines stay, at the end too.
        Case(printed: "\u{1B}[1;1Ha\n\nb\n\n", settled: ["a", "", "b", ""]),
        // An escape at the very end.
        Case(printed: "end\u{1B}", settled: ["end"]),
        Case(printed: "end\u{1B}[3", settled: ["end"]),
    ])
    func `printed bytes settle as a terminal would show them`(_ example: Case) {
        #expect(SettledText.lines(of: Array(example.printed.utf8)) == example.settled)
    }

    @Test func `what scrolled off the screen is kept`() {
        let text = (1...200).map { "line \($0)\n" }.joined() + "\u{1B}[1A\u{1B}[Kend\n"
        let lines = SettledText.lines(of: Array(text.utf8))
        #expect(lines == (1..<200).map { "line \($0)" } + ["end"])
    }

    @Test func `a long line is not wrapped when nothing goes back to earlier ones`() {
        let long = String(repeating: "x", count: 5000)
        #expect(SettledText.lines(of: Array("\(long)\n1%\r\(long)\n".utf8)) == [long, long])
    }

    @Test func `bytes that are not UTF-8 are replaced`() {
        #expect(SettledText.lines(of: [0x61, 0xFF, 0x62]) == ["a\u{FFFD}b"])
    }

    @Test func `a hostile movement does not fill the memory`() {
        let lines = SettledText.lines(of: Array("\u{1B}[999999999Cx".utf8))
        #expect(lines.first?.count == 200)
    }
}
