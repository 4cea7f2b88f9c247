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
        try Self.check(file.source, seed: UInt64(file.source.bytes.count))
    }

    /// What the fuzzer found, made small.
    @Test(
        "documents that once failed",
        arguments: [
            // A rule at the top; a program's `---` made front matter of everything before it.
            "---\n```sh\na\n```\n", "---\n- [ ] a\n", "<!-- a -->\n---\na: b\n\n```sh\na\n```\n",
        ]
    )
    func found(_ text: String) throws {
        let source = SourceText(name: "found.md", bytes: Array(text.utf8))
        for seed in 0..<UInt64(200) { try Self.check(source, seed: seed) }
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

    @Test("the real runbooks are all there, byte for byte")
    func corpus() {
        // The index and licences that are Markdown are read too: 135 files, of which 130 are runbooks.
        #expect(Documents.corpus.count == 135)
        // Git changed no line ending: four of the runbooks hold carriage returns.
        let withReturns = Documents.corpus.count { $0.source.bytes.contains(0x0D) }
        #expect(withReturns == 4)
        #expect(!Documents.fixtures.isEmpty)
    }

    /// Everything that must hold for every document; a failure prints the seed and the document.
    static func check(_ source: SourceText, seed: UInt64) throws {
        let violations = DocumentProperties.violations(of: source, seed: seed)
        // A comment is made for every check, so the text is put together only when it is needed.
        guard !violations.isEmpty else { return }
        let start = source.text(in: 0..<min(source.bytes.count, 3000))
        Issue.record("seed \(seed) of \(source.name):\n\(violations.joined(separator: "\n"))\n==\n\(start)")
    }
}
