import CasebookDocument
import CasebookRun
import CasebookSimulation
import Testing

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

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `the lines left out are counted, however the output comes in`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let lines = (1...4000).map { _ in String(repeating: "x", count: .random(in: 0...19, using: &random)) }
        let expected = lines.prefix(8) + ["[... 3990 lines left out ...]"] + lines.suffix(2)
        #expect(
            excerpt(
                lines.joined(separator: "\n") + "\n",
                .lines(10),
                chunk: .random(in: 1...700, using: &random)
            ) == expected.joined(separator: "\n")
        )
    }
}
