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

@Suite struct OutputExcerptTests {
    private func excerpt(_ text: String, _ extent: OutputExtent = .standard, chunk: Int = 1000) -> String {
        var excerpt = OutputExcerpt(extent)
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            Array(bytes[start..<min(start + chunk, bytes.count)]).withUnsafeBytes { excerpt.append($0) }
        }
        return String(decoding: excerpt.text(), as: UTF8.self)
    }

    @Test func `a short output is shown whole`() {
        #expect(excerpt("a\nb\n") == "a\nb")
        #expect(excerpt("") == "")
        #expect(excerpt("no newline") == "no newline")
    }

    @Test(arguments: [1, 7, 1000, 1 << 20])
    func `a long output shows its first 200 and last 50 lines`(chunk: Int) {
        let lines = (1...1000).map { "line \($0)" }
        let expected = lines.prefix(200) + ["[... 750 lines left out ...]"] + lines.suffix(50)
        #expect(
            excerpt(lines.joined(separator: "\n") + "\n", chunk: chunk) == expected.joined(separator: "\n")
        )
    }

    @Test(arguments: [4096, 1 << 20])
    func `an output of megabytes keeps both ends and the exact count`(chunk: Int) {
        let lines = (1...200_000).map { "line \($0) of a long output" }
        let shown = excerpt(lines.joined(separator: "\n"), chunk: chunk).split(separator: "\n")
        #expect(shown.first == "line 1 of a long output")
        #expect(shown.last == "line 200000 of a long output")
        #expect(shown.count == 251)
        #expect(shown[200] == "[... 199750 lines left out ...]")
    }

    @Test func `long lines stay below sixteen kilobytes in all`() {
        let lines = (1...40).map { "\($0) " + String(repeating: "x", count: 1000) }
        let shown = excerpt(lines.joined(separator: "\n"))
        #expect(shown.utf8.count <= 16 << 10)
        #expect(shown.hasPrefix("1 xxx"))
        #expect(shown.contains("lines left out ...]"))
    }

    @Test func `one line that is too long is cut and says so`() {
        let shown = excerpt(String(repeating: "y", count: 1 << 20))
        #expect(shown.utf8.count < 17 << 10)
        #expect(shown.contains("bytes of this line left out ...]"))
    }

    @Test func `an extent in lines and none at all are obeyed`() {
        let text = (1...20).map(String.init).joined(separator: "\n")
        #expect(excerpt(text, .lines(5)) == "1\n2\n3\n4\n[... 15 lines left out ...]\n20")
        #expect(excerpt(text, .none) == "")
        #expect(excerpt(text, .full) == text)
    }
}

@Suite struct SecretMaskTests {
    /// Every way to cut the text into two reads.
    @Test(arguments: 0...30)
    func `a secret is masked wherever the reads are cut`(cut: Int) {
        let text = Array("token=hunter2-long and hunter2".utf8)
        var mask = SecretMask(secrets: [Array("hunter2".utf8), Array("hunter2-long".utf8)])
        var shown: [UInt8] = []
        Array(text.prefix(cut)).withUnsafeBytes { shown += mask.mask($0) }
        Array(text.dropFirst(cut)).withUnsafeBytes { shown += mask.mask($0) }
        shown += mask.finish()
        #expect(String(decoding: shown, as: UTF8.self) == "token=**** and ****")
    }

    @Test func `nothing is lost when a secret only begins`() {
        var mask = SecretMask(secrets: [Array("secret".utf8)])
        var shown: [UInt8] = []
        Array("sec".utf8).withUnsafeBytes { shown += mask.mask($0) }
        #expect(shown.isEmpty)
        shown += mask.finish()
        #expect(shown == Array("sec".utf8))
    }
}
