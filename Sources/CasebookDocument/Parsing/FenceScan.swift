/// What the bytes say about a fenced block that cmark found.
///
/// cmark's range is never trusted: an unclosed fence in a list item ends, for cmark, inside the next
/// paragraph. Here the opening fence, every line of the body and the closing fence are found again in
/// the bytes, each behind the prefix of its container.
enum FenceScan: Sendable {
    case proven(Fence)
    /// No closing fence where the body ends.
    case unclosed(Fence.Opening)
    /// cmark's place or text is not what the bytes hold.
    case disagrees
}

/// A fenced block whose every line was found in the bytes.
struct Fence: Hashable, Sendable {
    /// The first line of a fenced block.
    struct Opening: Hashable, Sendable {
        let line: Int
        /// The run of backticks or tildes.
        let marks: ByteRange
        /// The info string without the white space around it.
        let info: ByteRange
        /// What stands before each further line of the block.
        let prefix: [UInt8]
    }

    let opening: Opening
    /// The line of the closing fence.
    let closingLine: Int
    /// From the start of the opening fence to the end of the closing line's content.
    let range: ByteRange
}

extension Fence {
    /// Right after the closing fence, before that line's own ending.
    var insertion: InsertionPoint { InsertionPoint(offset: range.upperBound, prefix: opening.prefix) }
}

extension FenceScan {
    init(of block: ParsedBlock, inside container: Int?, _ source: SourceText, _ containers: Containers) {
        guard let opening = Self.opening(of: block, inside: container, source, containers) else {
            self = .disagrees
            return
        }
        let bodyLines = block.content.reduce(into: 0) { count, byte in
            if byte == .lineFeed { count += 1 }
        }
        let closingLine = block.startLine + 1 + bodyLines
        guard Self.bodyAgrees(block, source) else {
            self = .disagrees
            return
        }
        guard closingLine <= source.lineCount, closingLine == block.endLine,
            let cursor = containers.cursor(onLine: closingLine, inside: container),
            Self.closes(opening, at: cursor, source)
        else {
            self = .unclosed(opening)
            return
        }
        let range = opening.marks.lowerBound..<source.contentRange(ofLine: closingLine).upperBound
        self = .proven(Fence(opening: opening, closingLine: closingLine, range: range))
    }

    private static func opening(
        of block: ParsedBlock,
        inside container: Int?,
        _ source: SourceText,
        _ containers: Containers
    ) -> Fence.Opening? {
        guard let cursor = containers.cursor(onLine: block.startLine, inside: container) else { return nil }
        let indent = cursor.indent(in: source)
        let start = indent.end
        guard indent.columns <= 3, start < cursor.end else { return nil }
        let mark = source.bytes[start]
        guard mark == .backtick || mark == .tilde else { return nil }
        var end = start
        while end < cursor.end, source.bytes[end] == mark { end += 1 }
        guard end - start >= 3 else { return nil }
        var infoStart = end
        var infoEnd = cursor.end
        while infoStart < infoEnd, source.bytes[infoStart].isBlank { infoStart += 1 }
        while infoEnd > infoStart, source.bytes[infoEnd - 1].isBlank { infoEnd -= 1 }
        let lineStart = LineCursor(line: block.startLine, in: source).offset
        return Fence.Opening(
            line: block.startLine,
            marks: start..<end,
            info: infoStart..<infoEnd,
            prefix: Containers.masked(source.bytes[lineStart..<start])
        )
    }

    /// True when each line of the code that cmark read is the end of the same line of the document.
    ///
    /// Leading white space is left out of it, because cmark takes indentation away and may split a tab;
    /// a NUL is compared as the replacement character that cmark puts in its place.
    private static func bodyAgrees(_ block: ParsedBlock, _ source: SourceText) -> Bool {
        var line = block.startLine + 1
        var start = 0
        let code = block.content
        while start < code.count {
            guard line <= source.lineCount else { return false }
            var end = start
            while end < code.count, code[end] != .lineFeed { end += 1 }
            let content = source.contentRange(ofLine: line)
            guard endsEqual(code[start..<end], source.bytes[content]) else { return false }
            start = end + 1
            line += 1
        }
        return true
    }

    private static func endsEqual(_ code: ArraySlice<UInt8>, _ line: ArraySlice<UInt8>) -> Bool {
        var left = code.endIndex
        var right = line.endIndex
        var first = code.startIndex
        while first < code.endIndex, code[first].isBlank { first += 1 }
        while left > first {
            guard right > line.startIndex else { return false }
            if line[right - 1] == 0 {
                guard left - 3 >= first, code[(left - 3)..<left].elementsEqual([0xEF, 0xBF, 0xBD])
                else { return false }
                left -= 3
            } else {
                guard code[left - 1] == line[right - 1] else { return false }
                left -= 1
            }
            right -= 1
        }
        return true
    }

    private static func closes(_ opening: Fence.Opening, at cursor: LineCursor, _ source: SourceText) -> Bool
    {
        let indent = cursor.indent(in: source)
        guard indent.columns <= 3 else { return false }
        let mark = source.bytes[opening.marks.lowerBound]
        var position = indent.end
        while position < cursor.end, source.bytes[position] == mark { position += 1 }
        guard position - indent.end >= opening.marks.count else { return false }
        return source.bytes[position..<cursor.end].allSatisfy(\.isBlank)
    }
}
