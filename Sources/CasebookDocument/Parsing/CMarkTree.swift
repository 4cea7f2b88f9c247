import CMarkGFM
import Synchronization

/// A parsed piece of Markdown, owned; this is the only file that names cmark, and no pointer leaves it.
///
/// cmark-gfm 0.29.0.gfm.6 keeps global tables: extensions are registered in a list, and the inline
/// parser adds its extensions' special characters to static arrays and takes them away again (its
/// `cmark_inlines_add_special_character`). Two parsers at once would switch each other's extensions
/// off in the middle, so everything up to the finished tree happens under one lock.
struct CMarkTree: ~Copyable {
    private let root: OpaquePointer?

    /// Parses the bytes of one piece.
    ///
    /// - Precondition: fewer than 2 GiB, as cmark counts in 32 bits.
    init(parsing bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count < Int(Int32.max), "a piece given to cmark is smaller than 2 GiB")
        // The tree leaves the lock as a number: it is new, nobody else can reach it.
        let address: UInt = Self.cmarkLock.withLock { _ in
            cmark_gfm_core_extensions_ensure_registered()
            guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT) else { return 0 }
            defer { cmark_parser_free(parser) }
            for name in Self.extensions {
                guard let found = cmark_find_syntax_extension(name) else { continue }
                cmark_parser_attach_syntax_extension(parser, found)
            }
            cmark_parser_feed(parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
            return UInt(bitPattern: cmark_parser_finish(parser))
        }
        root = OpaquePointer(bitPattern: address)
    }

    deinit {
        // `cmark_node_free` walks the tree with a loop, so deep nesting does not exhaust the stack.
        if let root { cmark_node_free(root) }
    }

    private static let extensions = ["table", "strikethrough", "autolink", "tasklist"]
    private static let cmarkLock = Mutex(())
}

// MARK: - Copying out

extension CMarkTree {
    /// Appends the blocks in document order, without recursion.
    ///
    /// - `lineOffset`: what is added to cmark's line numbers, for a piece that starts further down.
    func copyBlocks(into blocks: inout [ParsedBlock], lineOffset: Int) {
        guard let root, var node = cmark_node_first_child(root) else { return }
        var parents: [Int] = []
        while true {
            let index = blocks.count
            let kind = Self.kind(of: node)
            let startLine = Int(cmark_node_get_start_line(node)) + lineOffset
            blocks.append(
                ParsedBlock(
                    kind: kind,
                    parent: parents.last,
                    startLine: startLine,
                    endLine: Self.endLine(of: node, kind: kind, startLine: startLine, lineOffset: lineOffset),
                    content: Self.content(of: node, kind: kind),
                    subtreeEnd: index + 1
                )
            )
            if Self.holdsBlocks(kind), let child = cmark_node_first_child(node) {
                parents.append(index)
                node = child
                continue
            }
            while cmark_node_next(node) == nil {
                guard let parent = parents.popLast(), let up = cmark_node_parent(node) else { return }
                blocks[parent].subtreeEnd = blocks.count
                node = up
            }
            guard let next = cmark_node_next(node) else { return }
            node = next
        }
    }

    /// cmark's end; for raw HTML the lines are counted, as a block that ends on a line with its own end
    /// condition (`-->`) is given an end one line early, before its start when it has one line.
    private static func endLine(
        of node: OpaquePointer,
        kind: ParsedBlock.Kind,
        startLine: Int,
        lineOffset: Int
    ) -> Int {
        guard kind == .html else { return Int(cmark_node_get_end_line(node)) + lineOffset }
        let lines = bytes(of: cmark_node_get_literal(node)).count { $0 == .lineFeed }
        return startLine + max(1, lines) - 1
    }

    private static func holdsBlocks(_ kind: ParsedBlock.Kind) -> Bool {
        switch kind {
        case .quote, .list, .item, .table, .tableRow, .other: true
        default: false
        }
    }

    private static func kind(of node: OpaquePointer) -> ParsedBlock.Kind {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_BLOCK_QUOTE: return .quote
        case CMARK_NODE_LIST:
            return .list(isOrdered: cmark_node_get_list_type(node) == CMARK_ORDERED_LIST)
        case CMARK_NODE_ITEM: return .item
        case CMARK_NODE_CODE_BLOCK:
            // All three are written without looking whether they are given.
            var length: CInt = 0
            var offset: CInt = 0
            var character: CChar = 0
            return .code(isFenced: cmark_node_get_fenced(node, &length, &offset, &character) != 0)
        case CMARK_NODE_HTML_BLOCK: return .html
        case CMARK_NODE_PARAGRAPH: return .paragraph
        case CMARK_NODE_HEADING: return .heading(level: Int(cmark_node_get_heading_level(node)))
        case CMARK_NODE_THEMATIC_BREAK: return .thematicBreak
        default: break
        }
        // Node types of extensions are numbers given at run time; their names are stable.
        guard let name = cmark_node_get_type_string(node) else { return .other }
        switch String(cString: name) {
        case "tasklist": return .item
        case "table": return .table
        case "table_row", "table_header": return .tableRow
        case "table_cell": return .tableCell
        default: return .other
        }
    }

    private static func content(of node: OpaquePointer, kind: ParsedBlock.Kind) -> [UInt8] {
        switch kind {
        case .code: bytes(of: cmark_node_get_literal(node))
        case .heading, .tableCell: plainText(of: node)
        default: []
        }
    }

    private static func bytes(of literal: UnsafePointer<CChar>?) -> [UInt8] {
        guard let literal else { return [] }
        return Array(UnsafeRawBufferPointer(start: literal, count: cStringLength(literal)))
    }

    private static func cStringLength(_ text: UnsafePointer<CChar>) -> Int {
        var end = text
        while end.pointee != 0 { end += 1 }
        return end - text
    }

    /// The text of a block's inlines without their marks; line breaks become spaces.
    private static func plainText(of block: OpaquePointer) -> [UInt8] {
        var text: [UInt8] = []
        guard let iterator = cmark_iter_new(block) else { return text }
        defer { cmark_iter_free(iterator) }
        while true {
            let event = cmark_iter_next(iterator)
            if event == CMARK_EVENT_DONE { return text }
            guard event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(iterator) else { continue }
            switch cmark_node_get_type(node) {
            case CMARK_NODE_TEXT, CMARK_NODE_CODE: text += bytes(of: cmark_node_get_literal(node))
            case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: text.append(.space)
            default: break
            }
        }
    }
}
