/// A document with the certain fixes of its diagnostics applied.
package struct FixedDocument: Sendable {
    /// One fix that was applied.
    package struct Applied: Hashable, Sendable {
        package let code: DiagnosticCode
        /// Where, in the document that was given: no fix changes the number of a line.
        package let line: Int
        package let title: String
    }

    package let bytes: [UInt8]
    package let applied: [Applied]
}

extension SourceText {
    /// Applies every certain fix, and those that appear once these are applied.
    ///
    /// Applying again changes nothing. Everything outside the edits stays as it is.
    package func fixed() -> FixedDocument {
        var current = self
        var applied: [FixedDocument.Applied] = []
        // A fence that is closed can uncover what stands after it: once more, until nothing is left. A fix that
        // brings its own diagnostic back would be a bug; the limit keeps it from going on for ever.
        for _ in 0..<Self.fixRoundsMax {
            let round = current.fixes
            // Overlapping fixes were left for the next round; if they still overlapped, nothing would be changed.
            guard !round.isEmpty, let bytes = try? current.applying(round.flatMap(\.fix.edits)) else { break }
            applied += round.map { fix in
                FixedDocument.Applied(
                    code: fix.code,
                    line: current.position(of: fix.start).line,
                    title: fix.fix.title
                )
            }
            current = SourceText(name: name, bytes: bytes)
        }
        return FixedDocument(bytes: current.bytes, applied: applied.sorted { $0.line < $1.line })
    }

    private static var fixRoundsMax: Int { 100 }

    /// The first fix of each diagnostic, without those that touch the bytes of one before.
    private var fixes: [(code: DiagnosticCode, start: Int, fix: Diagnostic.Fix)] {
        var result: [(code: DiagnosticCode, start: Int, fix: Diagnostic.Fix)] = []
        var taken: [ByteRange] = []
        for diagnostic in Runbook.read(self).diagnostics {
            guard let fix = diagnostic.fixes.first, let start = fix.edits.map(\.range.lowerBound).min(),
                !fix.edits.contains(where: { edit in
                    taken.contains {
                        $0.lowerBound < edit.range.upperBound && edit.range.lowerBound < $0.upperBound
                    }
                })
            else { continue }
            taken += fix.edits.map(\.range)
            result.append((diagnostic.code, start, fix))
            // What stands after a fence changes its meaning when the fence does.
            if diagnostic.code == .fenceMisclosed { break }
        }
        return result
    }
}
