/// Reads the blocks of a document through cmark, piece by piece.
///
/// A long document is cut before level-1 to level-6 headings at column 0 that follow a blank line. Such
/// a line closes every paragraph, list, quote, table and indented code; only a fence or a raw HTML block
/// at the top level could hold it. Both are proven not to be open by the parse of the piece itself: when
/// its last block may still be open, the piece is doubled and parsed again. So memory stays that of one
/// piece, and every piece begins exactly where cmark would begin a new top-level block.
enum BlockParser {
    /// The size from which a piece is cut, in bytes.
    static let pieceBytes = 64 * 1024

    /// The blocks of the document from a line on (counted from 1), in document order.
    ///
    /// - Throws: ``ReadingLimit`` when there is more than Casebook reads.
    static func blocks(of source: SourceText, fromLine firstLine: Int) throws(ReadingLimit) -> [ParsedBlock] {
        var cost = ParseCost(of: source)
        try cost.add(fromLine: firstLine)
        var blocks: [ParsedBlock] = []
        var line = firstLine
        while line <= source.lineCount {
            line = parsePiece(of: source, fromLine: line, into: &blocks)
            guard blocks.count <= ReadingLimit.blocksMax else {
                throw ReadingLimit(.blocks, line: min(line, source.lineCount))
            }
        }
        return blocks
    }

    /// Parses one piece and returns the line on which the next one starts.
    private static func parsePiece(
        of source: SourceText,
        fromLine line: Int,
        into blocks: inout [ParsedBlock]
    ) -> Int {
        let start = source.lineStarts[line - 1]
        var size = pieceBytes
        while true {
            let cut = cutLine(in: source, afterLine: line, fromOffset: start + size)
            let end = cut <= source.lineCount ? source.lineStarts[cut - 1] : source.bytes.count
            let first = blocks.count
            // cmark passes over a byte order mark in its own first line, which is none of the document's.
            let mark = start == 0 && source.bytes.starts(with: SourceText.byteOrderMark)
            let text = (mark ? SourceText.byteOrderMark.count : start)..<end
            source.bytes.withUnsafeBytes { all in
                let tree = CMarkTree(parsing: UnsafeRawBufferPointer(rebasing: all[text]))
                tree.copyBlocks(into: &blocks, lineOffset: line - 1)
            }
            if cut > source.lineCount || isClosed(blocks, from: first, beforeLine: cut, in: source) {
                return cut
            }
            blocks.removeSubrange(first...)
            size *= 2
        }
    }

    /// The first line at or after an offset that a piece may end before; one past the last when there is
    /// none.
    private static func cutLine(in source: SourceText, afterLine line: Int, fromOffset offset: Int) -> Int {
        guard offset < source.bytes.count else { return source.lineCount + 1 }
        var candidate = max(source.lineIndex(of: offset) + 1, line + 2)
        while candidate <= source.lineCount {
            if startsHeading(candidate, in: source), source.isBlank(line: candidate - 1) { return candidate }
            candidate += 1
        }
        return source.lineCount + 1
    }

    private static func startsHeading(_ line: Int, in source: SourceText) -> Bool {
        let range = source.contentRange(ofLine: line)
        var position = range.lowerBound
        while position < range.upperBound, source.bytes[position] == UInt8(ascii: "#") { position += 1 }
        let level = position - range.lowerBound
        guard level >= 1, level <= 6 else { return false }
        return position < range.upperBound && source.bytes[position].isBlank
    }

    /// True when the last top-level block of a piece cannot go on after it.
    private static func isClosed(
        _ blocks: [ParsedBlock],
        from first: Int,
        beforeLine cut: Int,
        in source: SourceText
    ) -> Bool {
        var index = first
        var last: Int?
        while index < blocks.count {
            last = index
            index = blocks[index].subtreeEnd
        }
        guard let last else { return true }
        switch blocks[last].kind {
        case .html:
            // An open block of HTML reaches through the blank line before the cut.
            return blocks[last].endLine < cut - 1
        case .code(isFenced: true):
            let scan = FenceScan(of: blocks[last], inside: nil, source, Containers(of: [], in: source))
            if case .proven = scan { return true }
            return false
        default: return true
        }
    }
}
