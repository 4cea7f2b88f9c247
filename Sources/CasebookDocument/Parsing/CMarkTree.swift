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

    /// Parses the blocks of one piece; of inlines only those of headings and table cells.
    ///
    /// - Precondition: fewer than 2 GiB, as cmark counts in 32 bits.
    init(parsing bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count < Int(Int32.max), "a piece given to cmark is smaller than 2 GiB")
        // The tree leaves the lock as a number: it is new, nobody else can reach it.
        let address: UInt = Self.cmarkLock.withLock { _ in
            cmark_gfm_core_extensions_ensure_registered()
            guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT) else { return 0 }
            defer { cmark_parser_free(parser) }
            let probe = RootProbe.attach(to: parser)
            for name in Self.extensions {
                guard let found = cmark_find_syntax_extension(name) else { continue }
                cmark_parser_attach_syntax_extension(parser, found)
            }
            cmark_parser_feed(parser, Self.preamble, Self.preamble.utf8.count)
            cmark_parser_feed(parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
            // The last line is read at the end only when it is not ended; inlines are left out before that.
            if let last = bytes.last, last != .lineFeed, last != .carriageReturn {
                cmark_parser_feed(parser, "\n", 1)
            }
            if let root = RootProbe.takeRoot() { Self.leaveInlinesOut(under: root, by: probe) }
            return UInt(bitPattern: cmark_parser_finish(parser))
        }
        root = OpaquePointer(bitPattern: address)
    }

    deinit {
        // `cmark_node_free` walks the tree with a loop, so deep nesting does not exhaust the stack.
        if let root { cmark_node_free(root) }
    }

    /// Those that change blocks or the plain text of a heading.
    ///
    /// `autolink` does neither, and in 0.29.0.gfm.6 reads before the start of a text (CVE-2023-22485).
    private static let extensions = ["table", "strikethrough", "tasklist"]
    private static let cmarkLock = Mutex(())

    /// What stands before every piece: a paragraph that shows the root, and the blank line that closes it.
    private static let preamble = "x\n\n"
    private static let preambleLines = 2
}

// MARK: - Inlines

extension CMarkTree {
    /// The longest heading or table cell that is read as it stands, in bytes; a longer one is cut.
    ///
    /// Inline parsing is quadratic for some texts in 0.29.0.gfm.6 (CVE-2023-22483, CVE-2023-22484,
    /// CVE-2023-22486, CVE-2023-24824, CVE-2023-26485): a text of this length costs nothing all the same.
    private static let inlinesMax = 1024

    /// Keeps cmark from parsing the inlines of paragraphs, which nobody reads, and of long texts.
    ///
    /// They take two thirds of the time of a whole parse.
    private static func leaveInlinesOut(under root: OpaquePointer, by probe: OpaquePointer?) {
        var node = root
        while true {
            switch kind(of: node) {
            case .paragraph: if let probe { cmark_node_set_syntax_extension(node, probe) }
            case .heading, .tableCell: cutText(of: node)
            default: break
            }
            if let child = cmark_node_first_child(node) {
                node = child
                continue
            }
            while cmark_node_next(node) == nil {
                guard node != root, let up = cmark_node_parent(node) else { return }
                node = up
            }
            guard node != root, let next = cmark_node_next(node) else { return }
            node = next
        }
    }

    /// Cuts the text of a block at the end of a character.
    private static func cutText(of node: OpaquePointer) {
        guard let text = cmark_node_get_string_content(node), cStringLength(text) > inlinesMax else { return }
        var cut = Array(UnsafeBufferPointer(start: text, count: inlinesMax))
        while let last = cut.last, UInt8(bitPattern: last) & 0xC0 == 0x80 { cut.removeLast() }
        if let last = cut.last, last < 0 { cut.removeLast() }
        cut.append(0)
        cmark_node_set_string_content(node, cut)
    }
}

/// Shows the root of the tree that a parser is building, which cmark gives away only when it has finished.
///
/// An extension of cmark that opens no block: it is asked on the first line whether it would, and given the
/// document. As the extension of a paragraph it says that there are no inlines to parse. Used under the lock
/// alone.
private enum RootProbe {
    /// The extension and a place for the address of the root; both live as long as the process.
    private static let extensionAddress: UInt = {
        guard let made = cmark_syntax_extension_new("casebook-root") else { return 0 }
        let slot = UnsafeMutablePointer<UInt>.allocate(capacity: 1)
        slot.initialize(to: 0)
        cmark_syntax_extension_set_private(made, slot, nil)
        cmark_syntax_extension_set_open_block_func(made) { probe, _, _, container, _, _ in
            let slot = cmark_syntax_extension_get_private(probe)?.assumingMemoryBound(to: UInt.self)
            if let slot, slot.pointee == 0 { slot.pointee = UInt(bitPattern: container) }
            return nil
        }
        cmark_syntax_extension_set_contains_inlines_func(made) { _, _ in 0 }
        return UInt(bitPattern: made)
    }()

    static func attach(to parser: OpaquePointer) -> OpaquePointer? {
        guard let probe = OpaquePointer(bitPattern: extensionAddress) else { return nil }
        _ = takeRoot()
        cmark_parser_attach_syntax_extension(parser, probe)
        return probe
    }

    /// The root that was seen; forgotten after this.
    static func takeRoot() -> OpaquePointer? {
        guard let probe = OpaquePointer(bitPattern: extensionAddress),
            let slot = cmark_syntax_extension_get_private(probe)?.assumingMemoryBound(to: UInt.self)
        else { return nil }
        defer { slot.pointee = 0 }
        return OpaquePointer(bitPattern: slot.pointee)
    }
}

// MARK: - Copying out

extension CMarkTree {
    /// Appends the blocks in document order, without recursion.
    ///
    /// - `lineOffset`: what is added to cmark's line numbers, for a piece that starts further down.
    func copyBlocks(into blocks: inout [ParsedBlock], lineOffset: Int) {
        guard let root, let preamble = cmark_node_first_child(root), var node = cmark_node_next(preamble)
        else { return }
        let lineOffset = lineOffset - Self.preambleLines
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
        case .html: HTMLHeading.line(in: bytes(of: cmark_node_get_literal(node)))
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
