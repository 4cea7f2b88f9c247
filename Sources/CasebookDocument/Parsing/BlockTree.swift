/// The blocks of a document with the containers and fences that were proven on the bytes.
///
/// A class because every rule is given it, thousands of times for a large document, and nothing in it changes.
final class BlockTree: Sendable {
    let source: SourceText
    /// The first line of the Markdown, counted from 1: after the front matter.
    let firstLine: Int
    let blocks: [ParsedBlock]
    let containers: Containers
    /// The fenced blocks, checked against the bytes, and the place of each block's among them; -1 for every other.
    private let fences: [FenceScan]
    private let fencePlaces: [Int32]
    /// False for a document that holds no brace: none of its lines is for a site generator.
    let mayHoldTemplates: Bool
    /// What is beyond the limits of reading; there are no blocks then.
    let limit: ReadingLimit?

    static func of(_ source: SourceText) -> BlockTree {
        let tree = BlockTree(parsing: source, as: source)
        // What stands in Casebook's own blocks keeps no document from being read.
        guard tree.limit != nil, let quieted = QuietedDocument(of: source) else { return tree }
        let quiet = BlockTree(parsing: quieted.source, as: source)
        return quiet.limit == nil && quieted.isConfirmed(by: quiet) ? quiet : tree
    }

    /// - `text`: what cmark is given; as long as the source, line by line.
    private init(parsing text: SourceText, as source: SourceText) {
        self.source = source
        mayHoldTemplates = ByteSearch.range(of: [UInt8(ascii: "{")], in: source.bytes[...]) != nil
        firstLine = FrontMatterPlace.find(in: source).firstBodyLine
        do {
            blocks = try BlockParser.blocks(of: text, fromLine: firstLine)
            limit = nil
        } catch {
            blocks = []
            limit = error
        }
        containers = Containers(of: blocks, in: source)
        (fences, fencePlaces) = Self.fences(of: blocks, containers, in: source)
    }

    private static func fences(
        of blocks: [ParsedBlock],
        _ containers: Containers,
        in source: SourceText
    ) -> ([FenceScan], [Int32]) {
        var fences: [FenceScan] = []
        var places = [Int32](repeating: -1, count: blocks.count)
        for index in blocks.indices where blocks[index].kind == .code(isFenced: true) {
            places[index] = Int32(fences.count)
            let container = Containers.nearest(above: index, in: blocks)
            fences.append(FenceScan(of: blocks[index], inside: container, source, containers))
        }
        return (fences, places)
    }
}

extension BlockTree {
    /// The quote or list item that directly or indirectly holds a block.
    func container(of index: Int) -> Int? { Containers.nearest(above: index, in: blocks) }

    /// The fenced block at an index, checked against the bytes.
    func fence(at index: Int) -> FenceScan {
        let place = fencePlaces[index]
        return place < 0 ? .disagrees : fences[Int(place)]
    }

    /// The direct children of a block.
    func children(of index: Int) -> [Int] {
        var children: [Int] = []
        var next = index + 1
        while next < blocks[index].subtreeEnd {
            children.append(next)
            next = blocks[next].subtreeEnd
        }
        return children
    }

    /// The task box of a list item; nil when it has none.
    func taskBox(of item: Int) -> TaskBox? {
        guard blocks[item].kind == .item, blocks[item].subtreeEnd > item + 1,
            blocks[item + 1].startLine == blocks[item].startLine,
            let cursor = containers.content(of: item)
        else { return nil }
        switch blocks[item + 1].kind {
        case .paragraph, .heading, .table: return TaskBox(at: cursor, in: source)
        default: return nil
        }
    }

    /// The first line of a block; cmark places some past the end of the document.
    func startLine(of index: Int) -> Int { min(max(1, blocks[index].startLine), source.lineCount) }

    /// The last line of a block that is not blank, found on its last leaf.
    func lastLine(of index: Int) -> Int {
        let leaf = lastLeaf(of: index)
        var line = min(max(blocks[leaf].endLine, blocks[leaf].startLine), source.lineCount)
        if blocks[leaf].isHeading { line = headingEnd(of: leaf, atMost: line) }
        while line > blocks[index].startLine, source.isBlank(line: line) { line -= 1 }
        return line
    }

    /// The line of a heading's `#` or of its underline; cmark ends an underlined one on the line after it.
    private func headingEnd(of index: Int, atMost end: Int) -> Int {
        let start = blocks[index].startLine
        let container = container(of: index)
        if let cursor = containers.cursor(onLine: start, inside: container) {
            let first = cursor.indent(in: source).end
            if first < cursor.end, source.bytes[first] == UInt8(ascii: "#") { return start }
        }
        var line = start + 1
        while line < end {
            if let cursor = containers.cursor(onLine: line, inside: container), isUnderline(cursor) {
                return line
            }
            line += 1
        }
        return max(start, end)
    }

    private func isUnderline(_ cursor: LineCursor) -> Bool {
        let indent = cursor.indent(in: source)
        var content = source.bytes[indent.end..<cursor.end]
        while let last = content.last, last.isBlank { content.removeLast() }
        guard indent.columns <= 3, let first = content.first else { return false }
        return (first == UInt8(ascii: "=") || first == UInt8(ascii: "-"))
            && content.allSatisfy { $0 == first }
    }

    /// The last block inside a block that holds no other, or the block itself.
    func lastLeaf(of index: Int) -> Int {
        // Rows and cells end where their table ends.
        var leaf = blocks[index].subtreeEnd - 1
        while let parent = blocks[leaf].parent, leaf > index, Self.isTablePart(blocks[leaf].kind) {
            leaf = parent
        }
        return leaf
    }

    private static func isTablePart(_ kind: ParsedBlock.Kind) -> Bool {
        kind == .tableRow || kind == .tableCell
    }
}
