/// One replacement of bytes in a document.
package struct Edit: Hashable, Sendable {
    /// What is replaced; empty for an insertion.
    package let range: ByteRange
    package let replacement: [UInt8]

    package init(range: ByteRange, replacement: [UInt8]) {
        self.range = range
        self.replacement = replacement
    }
}

extension SourceText {
    /// Copies every byte except those that the edits replace.
    ///
    /// The edits may come in any order; those at one place are applied in the order given. Linear in
    /// the size of the document and of the edits.
    ///
    /// - Throws: ``DocumentError/editsOverlap(first:second:)`` when two edits touch the same bytes.
    package func applying(_ edits: [Edit]) throws(DocumentError) -> [UInt8] {
        let sorted = edits.enumerated().sorted { left, right in
            let leftKey = (left.element.range.lowerBound, left.element.range.upperBound, left.offset)
            let rightKey = (right.element.range.lowerBound, right.element.range.upperBound, right.offset)
            return leftKey < rightKey
        }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + edits.reduce(0) { $0 + $1.replacement.count })
        var copied = 0
        for (_, edit) in sorted {
            guard edit.range.lowerBound >= copied else {
                throw .editsOverlap(first: copied, second: edit.range.lowerBound)
            }
            result.append(contentsOf: bytes[copied..<edit.range.lowerBound])
            result.append(contentsOf: edit.replacement)
            copied = edit.range.upperBound
        }
        result.append(contentsOf: bytes[copied...])
        return result
    }
}
