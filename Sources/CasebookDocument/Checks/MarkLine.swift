/// A line that starts with a run of backticks or tildes, wherever it stands and whatever it is to Markdown.
struct MarkLine: Hashable, Sendable {
    let line: Int
    /// The run of backticks or tildes.
    let marks: ByteRange
    let mark: UInt8
    /// The columns of white space before it, within its container.
    let columns: Int
    /// What follows, without the white space around it.
    let info: ByteRange

    /// - `container`: the quote or list item whose prefix is passed over.
    init?(line: Int, inside container: Int?, in tree: BlockTree) {
        guard line <= tree.source.lineCount, Self.mayHoldMarks(line, in: tree.source),
            let cursor = tree.containers.cursor(onLine: line, inside: container)
        else { return nil }
        let bytes = tree.source.bytes
        let indent = cursor.indent(in: tree.source)
        guard indent.end < cursor.end, bytes[indent.end] == .backtick || bytes[indent.end] == .tilde else {
            return nil
        }
        mark = bytes[indent.end]
        var end = indent.end
        while end < cursor.end, bytes[end] == mark { end += 1 }
        guard end - indent.end >= 2 else { return nil }
        var infoStart = end
        var infoEnd = cursor.end
        while infoStart < infoEnd, bytes[infoStart].isBlank { infoStart += 1 }
        while infoEnd > infoStart, bytes[infoEnd - 1].isBlank { infoEnd -= 1 }
        self.line = line
        marks = indent.end..<end
        columns = indent.columns
        info = infoStart..<infoEnd
    }

    /// False for most lines, so that their containers are not followed.
    private static func mayHoldMarks(_ line: Int, in source: SourceText) -> Bool {
        let range = source.contentRange(ofLine: line)
        return source.bytes.withUnsafeBufferPointer { bytes in
            var index = range.lowerBound
            while index + 1 < range.upperBound {
                if index + 8 <= range.upperBound, let base = bytes.baseAddress {
                    let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
                    if !ByteSearch.mayHold(.backtick, .tilde, in: word) {
                        index += 8
                        continue
                    }
                }
                let byte = bytes[index]
                if byte == bytes[index + 1], byte == .backtick || byte == .tilde { return true }
                index += 1
            }
            return false
        }
    }

    /// True when it would open a fence with a language, were it not inside one.
    func opensFence(in source: SourceText) -> Bool {
        guard marks.count >= 3, columns <= 3, !info.isEmpty else { return false }
        let text = source.bytes[info]
        if mark == .backtick, text.contains(.backtick) { return false }
        if text.first == UInt8(ascii: "{") { return text.last == UInt8(ascii: "}") }
        guard text.first?.isLetter == true else { return false }
        // Prose after marks is no info string: one word, or a word and its attributes.
        let rest = text.drop { !$0.isBlank && $0 != UInt8(ascii: "{") }.drop(while: \.isBlank)
        return rest.isEmpty || rest.first == UInt8(ascii: "{")
    }

    /// True when it looks like the closing line of a fence and is none.
    func failsToClose(_ opening: Fence.Opening, in source: SourceText) -> Bool {
        guard info.isEmpty else { return false }
        guard mark == source.bytes[opening.marks.lowerBound] else { return marks.count >= 3 }
        return marks.count < opening.marks.count || columns > 3
    }
}

extension MarkLine {
    /// The lines between two that look like the closing line of a fence and are none.
    ///
    /// A line that closes a shorter fence written inside the longer one is passed over.
    static func failedClosings(
        of opening: Fence.Opening,
        through last: Int,
        inside container: Int?,
        in tree: BlockTree
    ) -> [MarkLine] {
        var found: [MarkLine] = []
        var inner: MarkLine?
        for line in (opening.line + 1)..<max(opening.line + 1, last + 1) {
            guard let marks = MarkLine(line: line, inside: container, in: tree) else { continue }
            if let open = inner {
                if marks.mark == open.mark, marks.marks.count >= open.marks.count, marks.info.isEmpty {
                    inner = nil
                }
            } else if marks.failsToClose(opening, in: tree.source) {
                found.append(marks)
            } else if marks.opensFence(in: tree.source) {
                inner = marks
            }
        }
        return found
    }
}
