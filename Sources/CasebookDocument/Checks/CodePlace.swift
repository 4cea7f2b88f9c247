/// Where the bytes of some code stand in the document that it was taken from.
///
/// Each line of the code is the end of a line of the document: a container's prefix and a prompt were taken away
/// from its start, and nothing from its end.
package struct CodePlace: Sendable {
    private let code: [UInt8]
    private let source: SourceText
    private let firstLine: Int
    /// The lines of the code, without their endings.
    package let lines: [Range<Int>]

    /// - `firstLine`: the line of the document, counted from 1, on which the code starts.
    package init(code: [UInt8], firstLine: Int, in source: SourceText) {
        self.code = code
        self.firstLine = firstLine
        self.source = source
        var lines: [Range<Int>] = []
        var start = 0
        for index in code.indices where code[index] == .lineFeed {
            lines.append(start..<index)
            start = index + 1
        }
        lines.append(start..<code.count)
        self.lines = lines
    }

    /// The bytes of the document that are those of a range within one line of the code.
    ///
    /// The whole line when it does not hold them, which only odd bytes bring about.
    package func range(of range: Range<Int>, onLine index: Int) -> ByteRange {
        let content = source.contentRange(ofLine: min(firstLine + index, source.lineCount))
        let rest = code[range.lowerBound..<lines[index].upperBound]
        guard rest.count <= content.count, source.bytes[content].suffix(rest.count).elementsEqual(rest) else {
            return content
        }
        let start = content.upperBound - rest.count
        return start..<(start + range.count)
    }
}
