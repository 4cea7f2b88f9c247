/// A document without what Casebook wrote into it.
package struct ClearedDocument: Hashable, Sendable {
    /// The author's bytes: the identity of the document.
    package let bytes: [UInt8]
    /// What was taken away or set back, in the document that was given, in order.
    package let removed: [ByteRange]
    /// What looks like Casebook's and cannot be taken away safely.
    package let diagnostics: [Diagnostic]

    package init(bytes: [UInt8], removed: [ByteRange], diagnostics: [Diagnostic]) {
        self.bytes = bytes
        self.removed = removed
        self.diagnostics = diagnostics
    }
}

extension SourceText {
    /// Takes away what Casebook wrote: its output and decision blocks, ticks and picture marks.
    ///
    /// The result is the same when it is cleared again. A document that Casebook never wrote to comes
    /// back byte for byte, and a written one as it was before.
    package func cleared() -> ClearedDocument {
        var removed: [ByteRange] = []
        var current = self
        var diagnostics: [Diagnostic] = []
        // Taking a block away can only uncover another one in a document that somebody built by hand
        // (a fence that was code turns into a list item's own): then once more, so that clearing twice
        // is clearing once. Each round takes away at least one block.
        while current.mayHoldOwnedMarks {
            let owned = OwnedMarks(in: BlockTree.of(current))
            if removed.isEmpty {
                removed = owned.edits.map(\.range)
                diagnostics = owned.diagnostics
            }
            // Overlapping edits cannot come from one tree; if they did, nothing is taken away.
            guard !owned.edits.isEmpty, let bytes = try? current.applying(owned.edits) else {
                break
            }
            current = SourceText(name: name, bytes: bytes)
        }
        return ClearedDocument(bytes: current.bytes, removed: removed, diagnostics: diagnostics)
    }

    /// False when nothing in the bytes can be Casebook's, so that most documents are not parsed for it.
    private var mayHoldOwnedMarks: Bool {
        ByteSearch.range(of: "casebook", in: bytes[...]) != nil
    }
}
