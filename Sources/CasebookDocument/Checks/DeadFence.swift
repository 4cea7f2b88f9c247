/// A fence that is indented so far that Markdown reads its marks as text.
///
/// After a blank line that is indented code; right after a paragraph it is more of the paragraph.
enum DeadFence {
    /// The dead fences in a block of indented code or a paragraph.
    static func diagnostics(of index: Int, in tree: BlockTree) -> [Diagnostic] {
        let block = tree.blocks[index]
        let container = tree.container(of: index)
        var found: [Diagnostic] = []
        var open: MarkLine?
        let isParagraph = block.kind == .paragraph
        for line in tree.lines(of: index) {
            guard let marks = MarkLine(line: line, inside: container, in: tree), marks.marks.count >= 3,
                marks.columns >= 4
            else { continue }
            if let opening = open {
                guard marks.info.isEmpty, marks.mark == opening.mark, marks.marks.count >= opening.marks.count
                else { continue }
                found.append(diagnostic(opening, container, index, in: tree))
                open = nil
            } else if opens(marks, in: tree.source) {
                open = marks
            }
        }
        // A blank line cuts a dead fence under a paragraph in two; its marks stand in both parts.
        if let open, !isParagraph || !open.info.isEmpty {
            found.append(diagnostic(open, container, index, in: tree))
        }
        return found
    }

    private static func opens(_ line: MarkLine, in source: SourceText) -> Bool {
        line.mark == .tilde || !source.bytes[line.info].contains(.backtick)
    }

    private static func diagnostic(_ opening: MarkLine, _ container: Int?, _ index: Int, in tree: BlockTree)
        -> Diagnostic
    {
        let place = opening.marks.lowerBound..<max(opening.marks.upperBound, opening.info.upperBound)
        if let line = siteBlockLine(before: opening.line, in: tree) {
            return Diagnostic(
                .advice,
                .fenceDead,
                at: place,
                "MkDocs alone sees this fence; in Markdown it is indented by \(opening.columns) columns, so it never runs",
                advice: "move it out of the block if it is to run",
                notes: [.init(at: tree.source.contentRange(ofLine: line), "the block of MkDocs starts here")]
            )
        }
        let limit = container == nil ? "three columns" : "three columns more than the text of its list item"
        return Diagnostic(
            .warning,
            .fenceDead,
            at: place,
            "this fence is indented by \(opening.columns) columns, so Markdown reads its marks as text and it never runs",
            advice: "indent it by at most \(limit)"
        )
    }

    /// The line of the MkDocs block (`!!! note`, `??? note`, `=== "Tab"`) whose body holds a line.
    private static func siteBlockLine(before line: Int, in tree: BlockTree) -> Int? {
        var line = line - 1
        while line >= tree.firstLine {
            let cursor = LineCursor(line: line, in: tree.source)
            let indent = cursor.indent(in: tree.source)
            let text = tree.source.bytes[indent.end..<cursor.end]
            if ["!!! ", "??? ", "???+ ", "=== \""].contains(where: { text.starts(with: $0.utf8) }) {
                return line
            }
            if !text.isEmpty, indent.columns < 4 { return nil }
            line -= 1
        }
        return nil
    }
}

extension BlockTree {
    /// The lines that cmark gives a block, as far as the document has them.
    ///
    /// None for the text right before a table, which cmark-gfm cuts off its paragraph and gives the line 0.
    func lines(of index: Int) -> Range<Int> {
        guard blocks[index].startLine > 0 else { return 1..<1 }
        let start = min(blocks[index].startLine, source.lineCount)
        return start..<(min(max(blocks[index].endLine, start), source.lineCount) + 1)
    }
}
