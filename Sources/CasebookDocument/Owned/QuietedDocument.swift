/// A document with white space in the place of what stands inside Casebook's blocks.
///
/// What a program printed must not decide whether a document can be read: a line of list markers costs nothing inside a
/// fence, and `ParseCost` cannot know that it stands in one. So a document beyond the limit is counted and parsed
/// again without that text. Every other byte keeps its place, and so do all ranges.
///
/// It holds only when cmark sees a fence in each of the blocks: then each line between opens and closes nothing, with
/// its text or without.
struct QuietedDocument {
    private(set) var source: SourceText
    /// The opening and the closing line of each block.
    private(set) var claims: [ClosedRange<Int>] = []

    /// Nil when no block was found.
    init?(of source: SourceText) {
        self.source = source
        var bytes = source.bytes
        var line = 1
        while line <= source.lineCount {
            guard let closing = Self.closingLine(ofBlockAt: line, in: source, quieting: &bytes) else {
                line += 1
                continue
            }
            claims.append(line...closing)
            line = closing + 1
        }
        guard !claims.isEmpty else { return nil }
        self.source = SourceText(name: source.name, bytes: bytes)
    }

    /// True when a tree of this document has a closed fence for each claim.
    func isConfirmed(by tree: BlockTree) -> Bool {
        var closingLines: [Int: Int] = [:]
        for index in tree.blocks.indices where tree.blocks[index].kind == .code(isFenced: true) {
            if case .proven(let fence) = tree.fence(at: index) {
                closingLines[fence.opening.line] = fence.closingLine
            }
        }
        return claims.allSatisfy { closingLines[$0.lowerBound] == $0.upperBound }
    }
}

extension QuietedDocument {
    /// The closing line of a block as ``DocumentWriter`` writes it, each line with the prefix of the first.
    private static func closingLine(
        ofBlockAt line: Int,
        in source: SourceText,
        quieting bytes: inout [UInt8]
    ) -> Int? {
        guard OwnedMarks.startsBlock(line, in: source) else { return nil }
        let opening = source.bytes[
            LineCursor(line: line, in: source).offset..<source.contentRange(ofLine: line).upperBound
        ]
        let prefix = opening.prefix { $0.isBlank || $0 == .greaterThan }
        guard let mark = opening.dropFirst(prefix.count).first else { return nil }
        let count = opening.dropFirst(prefix.count).prefix { $0 == mark }.count
        var quiet: [ByteRange] = []
        var next = line + 1
        while next <= source.lineCount {
            let range = source.contentRange(ofLine: next)
            let content = source.bytes[range]
            let isEmpty = content.count < prefix.count && prefix.starts(with: content)
            guard
                content.starts(with: prefix)
                    || isEmpty && prefix.dropFirst(content.count).allSatisfy(\.isBlank)
            else { return nil }
            let text = content.dropFirst(prefix.count)
            let marks = text.drop(while: \.isBlank)
            let run = marks.prefix { $0 == mark }
            if run.count >= count, marks.dropFirst(run.count).allSatisfy(\.isBlank) {
                // The writer indents no closing fence; four columns would make it none.
                guard marks.startIndex == text.startIndex else { return nil }
                for range in quiet {
                    for index in range { bytes[index] = .space }
                }
                return next
            }
            quiet.append(text.startIndex..<text.endIndex)
            next += 1
        }
        return nil
    }
}
