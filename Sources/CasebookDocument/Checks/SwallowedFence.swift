/// A closed fence that holds the opening line of another, because its own closing line is lost.
struct SwallowedFence {
    let diagnostic: Diagnostic

    /// Nil when nothing in the fence opens another.
    init?(_ index: Int, _ fence: Fence, in tree: BlockTree) {
        let source = tree.source
        let opening = fence.opening
        let container = tree.container(of: index)
        let mark = source.bytes[opening.marks.lowerBound]
        let body = (opening.line + 1)..<max(opening.line + 1, fence.closingLine)
        var found: MarkLine?
        for line in body {
            guard let marks = MarkLine(line: line, inside: container, in: tree), marks.mark == mark,
                marks.marks.count >= opening.marks.count, marks.opensFence(in: source)
            else { continue }
            found = marks
            break
        }
        guard let inner = found else { return nil }
        let words = FenceWords(opening, in: source)
        // A cell would run the prose and the other fence as code.
        let isCell = Language(tag: words.tag)?.interpreter != nil
        let severity = isCell ? Diagnostic.Severity.error : .warning
        let effect = "and goes on to line \(fence.closingLine)"
        let failed = MarkLine.failedClosings(
            of: opening,
            through: inner.line - 1,
            inside: container,
            in: tree
        )
        if failed.count == 1, let line = failed.first {
            diagnostic = words.diagnostic(severity, failedClosing: line, effect: effect)
            return
        }
        diagnostic = Diagnostic(
            severity,
            .fenceSwallows,
            at: words.range,
            "\(words.subject) that starts here holds the start of another on line \(inner.line), \(effect)",
            advice: "close it before that line, or open it with one mark more if the other is its text",
            notes: [.init(at: inner.marks.lowerBound..<inner.info.upperBound, "another fence starts here")]
        )
    }
}
