/// The quotes and list items of a document, and which lines continue them.
///
/// cmark tells where a container starts but not how far its content is indented, so this follows
/// CommonMark's rules for markers and continuation on the bytes, one container after the other.
struct Containers: Sendable {
    private struct Container {
        enum Kind {
            case quote
            /// The columns that a line must be indented by to continue the item.
            case item(columns: Int, hasContent: Bool)
        }

        let kind: Kind
        let parent: Int?
        let startLine: Int
        /// Right after its own marker on its first line, where its first block starts.
        let content: LineCursor
        /// For an item: the offset right after the marker itself, and the spaces that follow it.
        let markerEnd: Int
        let padding: Int
    }

    private let source: SourceText
    private var containers: [Container] = []
    /// The place in `containers` of each block that is one, -1 for every other.
    private var places: [Int32] = []

    init(of blocks: [ParsedBlock], in source: SourceText) {
        self.source = source
        places.reserveCapacity(blocks.count)
        for (index, block) in blocks.enumerated() {
            places.append(-1)
            guard block.kind == .quote || block.kind == .item else { continue }
            let parent = Self.nearest(above: index, in: blocks)
            guard let container = open(index, block, parent: parent) else { continue }
            places[index] = Int32(containers.count)
            containers.append(container)
        }
    }

    private func container(_ block: Int) -> Container? {
        guard places.indices.contains(block), places[block] >= 0 else { return nil }
        return containers[Int(places[block])]
    }

    /// The nearest quote or item that holds a block.
    static func nearest(above index: Int, in blocks: [ParsedBlock]) -> Int? {
        var next = blocks[index].parent
        while let current = next {
            if blocks[current].kind == .quote || blocks[current].kind == .item { return current }
            next = blocks[current].parent
        }
        return nil
    }
}

// MARK: - Questions

extension Containers {
    /// Where the content of a container starts on its first line; nil when its marker was not found there.
    func content(of container: Int) -> LineCursor? { self.container(container)?.content }

    /// Where a line stands after the prefix of a container, and of all that hold it.
    ///
    /// Nil when the line does not continue the container, or continues it only as a lazy paragraph.
    func cursor(onLine line: Int, inside container: Int?) -> LineCursor? {
        guard let container else { return LineCursor(line: line, in: source) }
        // Its own first line is answered without walking up, or deep nesting on one line would be quadratic.
        if let own = self.container(container), own.startLine == line { return own.content }
        guard let path = path(to: container) else { return nil }
        var cursor = LineCursor(line: line, in: source)
        for step in path where step.startLine < line {
            guard Self.continues(step.kind, &cursor, source) else { return nil }
        }
        return cursor
    }

    /// The prefix with which an inserted line becomes a direct child of a container.
    func prefix(inside container: Int?) -> [UInt8]? {
        guard let container else { return [] }
        guard let own = self.container(container) else { return nil }
        let start = LineCursor(line: own.startLine, in: source).offset
        switch own.kind {
        case .quote:
            let marked = Self.masked(source.bytes[start..<own.markerEnd])
            return marked + [.space]
        case .item:
            return Self.masked(source.bytes[start..<own.markerEnd])
                + [UInt8](repeating: .space, count: own.padding)
        }
    }

    /// The bytes before an opening fence as they stand before a later line of the same container.
    ///
    /// List markers become spaces of the same width; tabs and quote marks stay.
    static func masked(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        bytes.map { $0 == .space || $0 == .tab || $0 == .greaterThan ? $0 : .space }
    }
}

// MARK: - Markers

extension Containers {
    private func path(to container: Int) -> [Container]? {
        var path: [Container] = []
        var next: Int? = container
        while let current = next {
            guard let found = self.container(current) else { return nil }
            path.append(found)
            next = found.parent
        }
        path.reverse()
        return path
    }

    private func open(_ index: Int, _ block: ParsedBlock, parent: Int?) -> Container? {
        guard var cursor = cursor(onLine: block.startLine, inside: parent) else { return nil }
        let indent = cursor.indent(in: source)
        cursor.advance(columns: indent.columns, in: source)
        if block.kind == .quote {
            guard cursor.byte(in: source) == .greaterThan else { return nil }
            cursor.advance(bytes: 1)
            let markerEnd = cursor.offset
            Self.skipOneSpace(&cursor, source)
            return Container(
                kind: .quote,
                parent: parent,
                startLine: block.startLine,
                content: cursor,
                markerEnd: markerEnd,
                padding: 1
            )
        }
        guard let width = markerWidth(at: cursor) else { return nil }
        cursor.advance(bytes: width)
        let markerEnd = cursor.offset
        let after = cursor.indent(in: source)
        let isEmpty = after.end == cursor.end
        // Five columns or more: the item holds indented code, and only one of them belongs to the marker.
        let padding = isEmpty || after.columns >= 5 || after.columns < 1 ? 1 : after.columns
        cursor.advance(columns: min(padding, after.columns), in: source)
        return Container(
            kind: .item(columns: indent.columns + width + padding, hasContent: block.subtreeEnd > index + 1),
            parent: parent,
            startLine: block.startLine,
            content: cursor,
            markerEnd: markerEnd,
            padding: padding
        )
    }

    private func markerWidth(at cursor: LineCursor) -> Int? {
        guard let first = cursor.byte(in: source) else { return nil }
        if first == UInt8(ascii: "-") || first == UInt8(ascii: "+") || first == UInt8(ascii: "*") { return 1 }
        var position = cursor.offset
        while position < cursor.end, position - cursor.offset < 10, source.bytes[position].isDigit {
            position += 1
        }
        guard position > cursor.offset, position < cursor.end else { return nil }
        let delimiter = source.bytes[position]
        guard delimiter == UInt8(ascii: ".") || delimiter == UInt8(ascii: ")") else { return nil }
        return position - cursor.offset + 1
    }

    private static func continues(
        _ kind: Container.Kind,
        _ cursor: inout LineCursor,
        _ source: SourceText
    ) -> Bool {
        switch kind {
        case .quote:
            let indent = cursor.indent(in: source, atMost: 4)
            guard indent.columns <= 3, indent.end < cursor.end, source.bytes[indent.end] == .greaterThan
            else { return false }
            cursor.advance(columns: indent.columns, in: source)
            cursor.advance(bytes: 1)
            skipOneSpace(&cursor, source)
            return true
        case .item(let columns, let hasContent):
            let indent = cursor.indent(in: source, atMost: columns)
            if indent.columns >= columns {
                cursor.advance(columns: columns, in: source)
                return true
            }
            guard indent.end == cursor.end, hasContent else { return false }
            cursor.advance(columns: indent.columns, in: source)
            return true
        }
    }

    private static func skipOneSpace(_ cursor: inout LineCursor, _ source: SourceText) {
        if let byte = cursor.byte(in: source), byte == .space || byte == .tab {
            cursor.advance(columns: 1, in: source)
        }
    }
}

extension UInt8 {
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
    var isLetter: Bool { (self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "z") }
    var isBlank: Bool { self == .space || self == .tab }
    /// True for the characters of ASCII that are neither white space nor controls.
    var isVisible: Bool { self > .space && self < 0x7F }
}
