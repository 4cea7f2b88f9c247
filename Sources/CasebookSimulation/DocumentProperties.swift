package import CasebookDocument

/// What must hold for every document, whatever stands in it; the property tests and the fuzzer ask.
package enum DocumentProperties {
    /// What does not hold for a document, in words; empty when all does.
    ///
    /// The document is cleared, read, written with random blocks, read again and cleared again.
    ///
    /// - `seed`: which blocks are written.
    package static func violations(of source: SourceText, seed: UInt64) -> [String] {
        let cleared = source.cleared()
        let clear = SourceText(name: source.name, bytes: cleared.bytes)
        var found = clearing(source, cleared)
        let runbook = Runbook.read(clear)
        found += RunbookRanges(runbook).violations
        var generator = SeededGenerator(seed: seed)
        let blocks = AwkwardBlocks.random(for: runbook, using: &generator)
        guard let written = bytes(of: runbook, with: blocks) else {
            return found + ["two items share bytes, so that nothing can be written"]
        }
        let executed = SourceText(name: source.name, bytes: written)
        let back = executed.cleared()
        if back.bytes != clear.bytes { found.append("clearing the written document gives back another one") }
        found += back.diagnostics.map { "the written document cannot be cleared: \($0.message)" }
            .filter { _ in cleared.diagnostics.isEmpty }
        let again = Runbook.read(executed)
        found += RunbookRanges(again).violations.map { "after writing, \($0)" }
        found += differences(shape(of: runbook), shape(of: again))
        let second = Runbook.read(SourceText(name: source.name, bytes: back.bytes))
        if bytes(of: second, with: blocks) != written {
            found.append("a second run with the same outputs gives other bytes")
        }
        return found
    }

    private static func bytes(of runbook: Runbook, with blocks: [ItemID: WrittenBlock]) -> [UInt8]? {
        do {
            return try DocumentWriter(runbook).bytes(with: blocks)
        } catch {
            return nil
        }
    }

    private static func clearing(_ source: SourceText, _ cleared: ClearedDocument) -> [String] {
        var found: [String] = []
        if cleared.removed.isEmpty, cleared.bytes != source.bytes {
            found.append("clearing changes a document and says that it took nothing away")
        }
        if SourceText(name: source.name, bytes: cleared.bytes).cleared().bytes != cleared.bytes {
            found.append("clearing twice is not clearing once")
        }
        if cleared.removed.contains(where: { $0.lowerBound < 0 || $0.upperBound > source.bytes.count }) {
            found.append("what was taken away lies outside of the document")
        }
        return found
    }

    /// What must be the same after writing: identity, code, handling and text of each item.
    private static func shape(of runbook: Runbook) -> [String] {
        runbook.items.map { item in
            switch item {
            case .cell(let cell):
                "\(cell.id) \(cell.language) \(cell.handling) \(cell.code.count) \(cell.code.hashValue)"
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

    private static func differences(_ before: [String], _ after: [String]) -> [String] {
        guard before != after else { return [] }
        for (left, right) in zip(before, after) where left != right {
            return ["the written document has `\(right)` in the place of `\(left)`"]
        }
        return ["the written document has \(after.count) items, not \(before.count)"]
    }
}
