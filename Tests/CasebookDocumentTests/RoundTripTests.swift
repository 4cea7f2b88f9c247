import CasebookDocument
import CasebookSimulation
import Foundation
import Testing

/// The promise that the author's bytes are sacred.
@Suite struct RoundTripTests {
    /// Batches of 50 documents; CASEBOOK_GENERATED gives another number for a long hunt.
    static let batches = ProcessInfo.processInfo.environment["CASEBOOK_GENERATED"].flatMap(UInt64.init) ?? 20

    @Test(
        "a document that was never written to is its own clear form",
        arguments: Documents.fixtures + Documents.corpus
    )
    func untouched(_ file: Documents.File) {
        let isSame = file.source.cleared().bytes == file.source.bytes
        #expect(isSame)
    }

    @Test("what was written can be cleared again", arguments: Documents.fixtures + Documents.corpus)
    func written(_ file: Documents.File) throws {
        for seed in 0..<UInt64(3) { try Self.check(file.source, seed: seed) }
    }

    @Test("generated documents survive a run", arguments: UInt64(0)..<(RoundTripTests.batches))
    func generated(_ batch: UInt64) throws {
        for seed in (batch * 50)..<(batch * 50 + 50) {
            try Self.check(DocumentGenerator.document(seed: seed), seed: seed)
        }
    }

    @Test(
        "seeds that once failed",
        arguments: [
            // A heading underlined in a nested item ended one line late.
            UInt64(670),
            // An item that leads into a cell did not when an output stood after the cell.
            3001, 3119, 4552, 5048, 5841,
        ]
    )
    func regression(_ seed: UInt64) throws {
        try Self.check(DocumentGenerator.document(seed: seed), seed: seed)
    }

    @Test("the real runbooks beside the checkout are there, or their absence is said")
    func corpus() {
        let count = Documents.corpus.count
        if count == 0 {
            let note =
                "NOT CHECKED: no real runbooks in \(Documents.corpusFolder.path); about 150 documents were left out\n"
            FileHandle.standardError.write(Data(note.utf8))
        }
        #expect(!Documents.fixtures.isEmpty)
    }

    /// Writes random blocks, then reads and clears the result.
    static func check(_ source: SourceText, seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let clear = SourceText(name: source.name, bytes: source.cleared().bytes)
        let runbook = Runbook.read(clear)
        let blocks = Answers.random(for: runbook, using: &generator)
        let written = SourceText(name: source.name, bytes: try DocumentWriter(runbook).bytes(with: blocks))
        lazy var hint =
            "seed \(seed) of \(source.name):\n\(clear.text(in: 0..<min(clear.bytes.count, 3000)))\n==\n\(written.text(in: 0..<min(written.bytes.count, 3000)))"
        // Compared before `#expect` sees them: it would print megabytes.
        let isClear = written.cleared().bytes == clear.bytes
        try #require(isClear, "clearing gives back the input, \(hint)")
        let isSame = shape(of: Runbook.read(written)) == shape(of: runbook)
        #expect(isSame, "the written document has the same items, \(hint)")
    }

    /// What must be the same after writing: identity, code, handling and text of each item.
    private static func shape(of runbook: Runbook) -> [String] {
        runbook.items.map { item in
            switch item {
            case .cell(let cell):
                "\(cell.id) \(cell.language) \(cell.handling) \(String(decoding: cell.code, as: UTF8.self))"
            case .gate(let gate):
                switch gate.kind {
                case .checkpoint: "\(gate.id) checkpoint \(gate.text)"
                case .task(_, let isTicked): "\(gate.id) task \(isTicked)"
                case .manualStep: "\(gate.id) step"
                case .choice: "\(gate.id) choice \(gate.text)"
                }
            }
        }
    }
}
