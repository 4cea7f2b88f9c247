/// The parts of a document that its site generator leaves out: `{% comment %}` up to `{% endcomment %}`, `{/*` up to `*/}`.
///
/// Comments of HTML are no concern of it: Markdown itself reads them.
struct CommentedText {
    /// The lines that nobody sees, in the order of the document.
    private var lines: [ClosedRange<Int>] = []

    init(in tree: BlockTree, isOwned: (Int) -> Bool) {
        guard tree.mayHoldTemplates else { return }
        let bytes = tree.source.bytes[...]
        let forms = Self.forms.filter { ByteSearch.range(of: Array($0.sign.utf8), in: bytes) != nil }
        guard !forms.isEmpty else { return }
        var open: (form: Form, line: Int)?
        for index in tree.blocks.indices {
            switch tree.blocks[index].kind {
            case .paragraph where !isOwned(index), .html where !isOwned(index): break
            default: continue
            }
            for line in tree.lines(of: index) {
                let text = tree.source.text(in: tree.source.contentRange(ofLine: line))
                if open == nil, let form = forms.first(where: { $0.opens(text) }) { open = (form, line) }
                guard let comment = open, comment.form.closes(text) else { continue }
                lines.append(comment.line...line)
                open = nil
            }
        }
    }

    func holds(line: Int) -> Bool {
        var low = 0
        var high = lines.count
        while low < high {
            let middle = (low + high) / 2
            if lines[middle].upperBound < line { low = middle + 1 } else { high = middle }
        }
        return low < lines.count && lines[low].contains(line)
    }

    var isEmpty: Bool { lines.isEmpty }

    /// One way to leave something out.
    private struct Form {
        /// What a document without it does not hold.
        let sign: String
        /// What the line of its start begins with, blanks left out.
        let start: String
        /// What stands on the line of its end, blanks left out.
        let end: String

        func opens(_ line: String) -> Bool { Self.dense(line).hasPrefix(start) }
        func closes(_ line: String) -> Bool { Self.dense(line).holds(end) }

        /// Without blanks and without the dashes that trim white space: `{%- comment -%}`.
        private static func dense(_ line: String) -> String {
            String(line.start(2_000).filter { !$0.isWhitespace && $0 != "-" })
        }
    }

    private static let forms = [
        Form(sign: "endcomment", start: "{%comment", end: "{%endcomment%}"),
        Form(sign: "/comment", start: "{{<comment>}}", end: "{{</comment>}}"),
        Form(sign: "/comment", start: "{{%comment%}}", end: "{{%/comment%}}"),
        Form(sign: "{/*", start: "{/*", end: "*/}"),
    ]
}
