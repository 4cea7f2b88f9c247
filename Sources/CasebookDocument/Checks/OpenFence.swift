/// A fence that has no closing line where its body ends, and why.
struct OpenFence {
    private let tree: BlockTree
    private let opening: Fence.Opening
    private let container: Int?
    private let index: Int
    /// The last line of the body.
    private let lastLine: Int

    init(_ index: Int, _ opening: Fence.Opening, in tree: BlockTree) {
        self.tree = tree
        self.opening = opening
        self.index = index
        container = tree.container(of: index)
        let lines = tree.blocks[index].content.count { $0 == .lineFeed }
        lastLine = min(opening.line + lines, tree.source.lineCount)
    }

    var diagnostic: Diagnostic {
        // Casebook's own block may have swallowed steps that were there before the run; the author's is as
        // the author left it, and is shown.
        let isOwned = OwnedMarks.isOwned(tree.source.bytes[opening.info])
        let severity = isOwned ? Diagnostic.Severity.error : .warning
        let words = FenceWords(opening, in: tree.source)
        let effect = "so nothing is run from it or written after it"
        if !isOwned, let line = failedClosing {
            return words.diagnostic(.warning, failedClosing: line, effect: "and nothing is run from it")
        }
        if !isOwned, let line = cuttingLine {
            return Diagnostic(
                severity,
                .fenceCut,
                at: words.range,
                "\(words.subject) that starts here is cut off by the end of the \(containerName) around it, \(effect)",
                advice: closes(line)
                    ? "indent the closing fence on line \(line) like the opening"
                    : "indent line \(line) and the lines up to the closing fence like the opening",
                notes: [
                    .init(
                        at: tree.source.contentRange(ofLine: line),
                        "the \(containerName) ends before this line"
                    )
                ]
            )
        }
        return Diagnostic(
            severity,
            .fenceUnclosed,
            at: words.range,
            "\(words.subject) that starts here is never closed, \(effect)",
            advice: isOwned
                ? "put the closing fence back, or remove the block"
                : "close it with the same marks on a line of its own, indented like the opening",
            notes: openFenceBefore.map { before in
                [
                    .init(
                        at: before.range,
                        "this fence has no end, and line \(opening.line) may have been meant as it"
                    )
                ]
            } ?? []
        )
    }

    /// True for a line that would close the fence, stood it in the same container.
    private func closes(_ line: Int) -> Bool {
        guard let marks = MarkLine(line: line, inside: nil, in: tree) else { return false }
        return marks.info.isEmpty && marks.mark == tree.source.bytes[opening.marks.lowerBound]
            && marks.marks.count >= opening.marks.count
    }

    /// The fence right before a bare one, when it has no end either.
    private var openFenceBefore: FenceWords? {
        guard opening.info.isEmpty,
            let before = tree.blocks[..<index].lastIndex(where: { $0.kind == .code(isFenced: true) }),
            case .unclosed(let open) = tree.fence(at: before)
        else { return nil }
        return FenceWords(open, in: tree.source)
    }

    /// The one line in the body that was meant to close it; several are text, as far as anybody can tell.
    private var failedClosing: MarkLine? {
        let lines = MarkLine.failedClosings(of: opening, through: lastLine, inside: container, in: tree)
        return lines.count == 1 ? lines.first : nil
    }

    /// The line right after the body that is not indented enough to belong to the container.
    private var cuttingLine: Int? {
        guard container != nil, lastLine < tree.source.lineCount, lastLine > opening.line - 1,
            lastLine == opening.line || !isBlankInContainer(lastLine),
            !tree.source.isBlank(line: lastLine + 1)
        else { return nil }
        return lastLine + 1
    }

    private func isBlankInContainer(_ line: Int) -> Bool {
        tree.containers.cursor(onLine: line, inside: container)?.isBlank(in: tree.source) ?? false
    }

    private var containerName: String {
        container.map { tree.blocks[$0].kind == .quote ? "quote" : "list item" } ?? "block"
    }
}

/// The first line of a fence in words, and what is said of a line that was meant to close it.
struct FenceWords {
    private let opening: Fence.Opening
    private let source: SourceText
    let tag: String

    init(_ opening: Fence.Opening, in source: SourceText) {
        self.opening = opening
        self.source = source
        tag = opening.info.isEmpty ? "" : InfoString(in: opening.info, of: source).language(in: source)
    }

    /// "the `bash` fence", "the fence".
    var subject: String { tag.isEmpty ? "the fence" : "the `\(tag)` fence" }

    /// The marks and the info string.
    var range: ByteRange { opening.marks.lowerBound..<max(opening.marks.upperBound, opening.info.upperBound) }

    /// "3 backticks": marks between backticks could not be read.
    var marks: String {
        let name = source.bytes[opening.marks.lowerBound] == .backtick ? "backticks" : "tildes"
        return "\(opening.marks.count) \(name)"
    }

    /// - Parameter effect: what comes of it, after "the fence starts here".
    func diagnostic(_ severity: Diagnostic.Severity, failedClosing line: MarkLine, effect: String)
        -> Diagnostic
    {
        let mark = source.bytes[opening.marks.lowerBound]
        // A line of fewer marks means nothing else; one of other marks, or far indented, may be text.
        let isCertain = line.mark == mark && line.columns <= 3
        let reason =
            line.mark != mark
            ? "its marks are others" : line.columns > 3 ? "it is indented too far" : "it has fewer marks"
        return Diagnostic(
            severity,
            .fenceMisclosed,
            at: line.marks,
            "this line does not close \(subject) of line \(opening.line), as \(reason)",
            advice: isCertain ? nil : "close it with \(marks), indented like the opening",
            notes: [.init(at: range, "the fence starts here, \(effect)")],
            fixes: isCertain
                ? [
                    .init(
                        "write \(marks)",
                        [Edit(range: line.marks, replacement: Array(source.bytes[opening.marks]))]
                    )
                ]
                : []
        )
    }
}
