/// What Casebook wrote into a document, found by its marks, and the edits that take it away.
///
/// The counterpart of ``DocumentWriter``: a block is taken away together with the line ending before
/// it, because it was inserted after a fence and before that line's own ending.
struct OwnedMarks: Sendable {
    private(set) var edits: [Edit] = []
    private(set) var diagnostics: [Diagnostic] = []
    /// The blocks that are taken away.
    private(set) var blocks: Set<Int> = []

    init(in tree: BlockTree) {
        if let limit = tree.limit { diagnostics.append(limit.diagnostic(in: tree.source)) }
        var index = 0
        while index < tree.blocks.count {
            switch tree.blocks[index].kind {
            case .code(isFenced: true): look(atFence: index, in: tree)
            case .item: edits += tree.taskBox(of: index)?.untick ?? []
            case .html:
                if let last = Self.pictureEnd(from: index, in: tree) {
                    let lines = tree.blocks[index].startLine...tree.blocks[last].startLine
                    edits.append(Self.removal(ofLines: lines, in: tree.source))
                    blocks.formUnion(index...last)
                    index = tree.blocks[last].subtreeEnd
                    continue
                }
            default: break
            }
            index += 1
        }
    }

    /// True for a line that looks like the start of a block of Casebook, whatever container it stands in.
    static func startsBlock(_ line: Int, in source: SourceText) -> Bool {
        let content = source.bytes[source.contentRange(ofLine: line)]
        let fence = content.drop { $0.isBlank || $0 == .greaterThan }
        guard let mark = fence.first, mark == .backtick || mark == .tilde else { return false }
        let info = fence.drop { $0 == mark }
        return info.startIndex - fence.startIndex >= 3 && isOwned(info)
    }

    /// True for an info string such as `output {casebook exit=0}`.
    static func isOwned(_ info: ArraySlice<UInt8>) -> Bool {
        var rest = info
        let word = rest.prefix { !$0.isBlank && $0 != UInt8(ascii: "{") }
        guard word.elementsEqual("output".utf8) || word.elementsEqual("decision".utf8) else { return false }
        rest = rest[word.endIndex...].drop(while: \.isBlank)
        guard rest.first == UInt8(ascii: "{") else { return false }
        rest = rest.dropFirst().drop(while: \.isBlank)
        guard rest.starts(with: "casebook".utf8) else { return false }
        guard let after = rest.dropFirst("casebook".utf8.count).first else { return false }
        return after.isBlank || after == UInt8(ascii: "}")
    }
}

// MARK: - Blocks

extension OwnedMarks {
    private mutating func look(atFence index: Int, in tree: BlockTree) {
        switch tree.fence(at: index) {
        case .proven(let fence):
            guard Self.isOwned(tree.source.bytes[fence.opening.info]) else { return }
            guard Self.standsAlone(fence.opening, in: tree.source) else {
                diagnostics.append(
                    Diagnostic(
                        .warning,
                        .outputNotOwned,
                        at: fence.opening.marks,
                        "a block marked `casebook` stands on the line of a list marker, where Casebook writes none",
                        advice: "remove it, or the word `casebook` from its info string"
                    )
                )
                return
            }
            edits.append(Self.removal(ofLines: fence.opening.line...fence.closingLine, in: tree.source))
            blocks.insert(index)
        case .unclosed(let opening):
            guard Self.isOwned(tree.source.bytes[opening.info]) else { return }
            diagnostics.append(
                Diagnostic(
                    .error,
                    .fenceUnclosed,
                    at: opening.marks.lowerBound..<opening.info.upperBound,
                    "a block that Casebook wrote has lost its closing fence, so it is left as it is",
                    advice: "put the closing fence back, or remove the block"
                )
            )
        case .disagrees: return
        }
    }

    /// True when only the container's prefix stands before the fence on its line.
    private static func standsAlone(_ opening: Fence.Opening, in source: SourceText) -> Bool {
        let start = LineCursor(line: opening.line, in: source).offset
        return source.bytes[start..<opening.marks.lowerBound].allSatisfy {
            $0.isBlank || $0 == .greaterThan
        }
    }

    private static func removal(ofLines lines: ClosedRange<Int>, in source: SourceText) -> Edit {
        let end = source.contentRange(ofLine: lines.upperBound).upperBound
        if lines.lowerBound > 1 {
            let start = source.contentRange(ofLine: lines.lowerBound - 1).upperBound
            return Edit(range: start..<end, replacement: [])
        }
        // Moved to the top by hand: nothing stands before it, so its own ending goes.
        let start = LineCursor(line: 1, in: source).offset
        let next =
            lines.upperBound < source.lineCount ? source.lineStarts[lines.upperBound] : source.bytes.count
        return Edit(range: start..<next, replacement: [])
    }
}

// MARK: - Pictures

extension OwnedMarks {
    /// The line before and after the pictures of a cell.
    static let pictureMark = "<!-- casebook -->"

    /// The closing mark that belongs to an opening `<!-- casebook -->` line with only pictures between them.
    private static func pictureEnd(from index: Int, in tree: BlockTree) -> Int? {
        guard isMark(index, in: tree) else { return nil }
        let parent = tree.blocks[index].parent
        let end = parent.map { tree.blocks[$0].subtreeEnd } ?? tree.blocks.count
        var next = tree.blocks[index].subtreeEnd
        while next < end {
            if isMark(next, in: tree) { return next }
            guard tree.blocks[next].kind == .paragraph, isPictures(next, in: tree) else { return nil }
            next = tree.blocks[next].subtreeEnd
        }
        return nil
    }

    private static func isMark(_ index: Int, in tree: BlockTree) -> Bool {
        let block = tree.blocks[index]
        guard block.kind == .html, block.startLine == block.endLine else { return false }
        return content(ofLine: block.startLine, of: index, in: tree).elementsEqual(pictureMark.utf8)
    }

    private static func isPictures(_ index: Int, in tree: BlockTree) -> Bool {
        let block = tree.blocks[index]
        return (block.startLine...block.endLine).allSatisfy { line in
            content(ofLine: line, of: index, in: tree).starts(with: "![".utf8)
        }
    }

    /// A line without container prefix and surrounding white space; empty when it stands after a list marker.
    private static func content(ofLine line: Int, of index: Int, in tree: BlockTree) -> ArraySlice<UInt8> {
        let container = tree.container(of: index)
        if let container, tree.blocks[container].startLine == line { return [] }
        guard let cursor = tree.containers.cursor(onLine: line, inside: container) else { return [] }
        var bytes = tree.source.bytes[cursor.indent(in: tree.source).end..<cursor.end]
        while let last = bytes.last, last.isBlank { bytes.removeLast() }
        return bytes
    }
}
