import CasebookDocument
import CasebookSimulation
import Testing

/// What holds for the certain fixes, over every document at hand and over generated ones.
@Suite struct FixTests {
    /// Generated documents with slips written into them.
    static let generated: [Documents.File] = (0..<60).map { seed in
        let source = DocumentGenerator.document(seed: UInt64(seed))
        var text = String(decoding: source.bytes, as: UTF8.self)
        for (sound, slip) in [
            ("echo hi", "echo hi \\ "), ("bash {#x}", "bash {#x timout=1m}"), ("$ ls", "$ ls\u{A0}-l“x”"),
            ("out put", "```bash"),
        ] {
            text = text.replacing(sound, with: slip)
        }
        return Documents.File(
            name: "seed \(seed)",
            source: SourceText(name: "generated", bytes: Array(text.utf8))
        )
    }

    static let all = Documents.fixtures + Documents.corpus + generated

    @Test("fixing twice is fixing once, and no line is added or lost")
    func twice() {
        var count = 0
        for file in Self.all {
            let fixed = file.source.fixed()
            count += fixed.applied.count
            let again = SourceText(name: file.name, bytes: fixed.bytes)
            #expect(again.fixed().applied.isEmpty, "\(file)")
            #expect(again.fixed().bytes == fixed.bytes, "\(file)")
            #expect(again.lineCount == file.source.lineCount, "\(file)")
        }
        #expect(count > 20, "the documents hold something to fix")
    }

    @Test("a line that no fix names stays as it is")
    func outside() {
        for file in Self.all {
            let fixed = file.source.fixed()
            let after = SourceText(name: file.name, bytes: fixed.bytes)
            let named = Set(fixed.applied.map(\.line))
            for line in 1...file.source.lineCount where !named.contains(line) {
                let before = file.source.bytes[
                    file.source.lineStarts[line - 1]..<Self.end(of: line, in: file.source)
                ]
                let now = after.bytes[after.lineStarts[line - 1]..<Self.end(of: line, in: after)]
                #expect(before.elementsEqual(now), "\(file), line \(line)")
            }
        }
    }

    @Test("fixing a written document keeps Casebook's blocks, and clearing it gives the fixed original")
    func written() throws {
        for (index, file) in Self.all.enumerated() {
            var generator = SeededGenerator(seed: UInt64(index))
            let cleared = SourceText(name: file.name, bytes: file.source.cleared().bytes)
            let runbook = Runbook.read(cleared)
            let blocks = AwkwardBlocks.random(for: runbook, using: &generator)
            let bytes = try DocumentWriter(runbook).bytes(with: blocks)
            let written = SourceText(name: file.name, bytes: bytes)
            let fixed = SourceText(name: file.name, bytes: written.fixed().bytes)
            #expect(fixed.cleared().removed.count == written.cleared().removed.count, "\(file)")
            #expect(fixed.cleared().bytes == cleared.fixed().bytes, "\(file)")
        }
    }

    private static func end(of line: Int, in source: SourceText) -> Int {
        line < source.lineCount ? source.lineStarts[line] : source.bytes.count
    }
}
