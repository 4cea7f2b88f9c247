/// A half-open range of byte offsets into one document.
package typealias ByteRange = Range<Int>

/// A place in a document as people say it: both numbers start at 1, the column counts bytes.
package struct SourcePosition: Hashable, Sendable {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}

/// The bytes of one document with a table of its lines.
///
/// A line ends at LF, CRLF or a lone CR, as CommonMark counts them. The bytes are never decoded, so
/// encoding accidents survive.
package struct SourceText: Sendable {
    /// One reference for all of it: every rule is given the source, and copies it.
    private final class Content: Sendable {
        let name: String
        let bytes: [UInt8]
        let lineStarts: [Int]

        init(_ name: String, _ bytes: [UInt8], _ lineStarts: [Int]) {
            self.name = name
            self.bytes = bytes
            self.lineStarts = lineStarts
        }
    }

    private let content: Content

    package init(name: String, bytes: [UInt8]) {
        content = Content(name, bytes, Self.lineStarts(of: bytes))
    }

    /// The name that messages show: a path as the person wrote it, or `-`.
    package var name: String { content.name }

    package var bytes: [UInt8] { content.bytes }

    /// The offset at which each line starts; never empty, the first is 0.
    package var lineStarts: [Int] { content.lineStarts }
}

// MARK: - Lines

extension SourceText {
    /// The number of lines; a document that ends without a line ending counts its last line.
    package var lineCount: Int { lineStarts.count }

    /// The place of an offset; the offset one past the last byte is allowed.
    package func position(of offset: Int) -> SourcePosition {
        precondition(offset >= 0 && offset <= bytes.count, "an offset lies inside its document")
        let line = lineIndex(of: offset)
        return SourcePosition(line: line + 1, column: offset - lineStarts[line] + 1)
    }

    /// The index, from 0, of the line that holds an offset.
    package func lineIndex(of offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    /// The bytes of a line, counted from 1, without its ending.
    package func contentRange(ofLine line: Int) -> ByteRange {
        let start = lineStarts[line - 1]
        var end = line < lineStarts.count ? lineStarts[line] : bytes.count
        if end > start, bytes[end - 1] == .lineFeed {
            end -= 1
            if end > start, bytes[end - 1] == .carriageReturn { end -= 1 }
        } else if end > start, bytes[end - 1] == .carriageReturn {
            end -= 1
        }
        return start..<end
    }

    /// The ending that inserted lines take: that of the first line, LF when there is none.
    package var lineEnding: [UInt8] {
        guard lineStarts.count > 1 else { return [.lineFeed] }
        return Array(bytes[contentRange(ofLine: 1).upperBound..<lineStarts[1]])
    }

    /// The text of a range, with bytes that are not UTF-8 replaced.
    package func text(in range: ByteRange) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    private static func lineStarts(of bytes: [UInt8]) -> [Int] {
        var starts = [0]
        starts.reserveCapacity(bytes.count / 32)
        bytes.withUnsafeBufferPointer { buffer in
            var index = 0
            while index < buffer.count {
                // Most bytes end no line: eight are passed over at once.
                if index + 8 <= buffer.count, let base = buffer.baseAddress {
                    let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
                    if !ByteSearch.mayHold(.lineFeed, .carriageReturn, in: word) {
                        index += 8
                        continue
                    }
                }
                let byte = buffer[index]
                index += 1
                if byte == .lineFeed {
                    starts.append(index)
                } else if byte == .carriageReturn {
                    if index < buffer.count, buffer[index] == .lineFeed { index += 1 }
                    starts.append(index)
                }
            }
        }
        if starts.count > 1, starts.last == bytes.count { starts.removeLast() }
        return starts
    }
}

extension UInt8 {
    @inlinable package static var lineFeed: UInt8 { 0x0A }
    @inlinable package static var carriageReturn: UInt8 { 0x0D }
    @inlinable package static var space: UInt8 { 0x20 }
    @inlinable package static var tab: UInt8 { 0x09 }
    @inlinable package static var backtick: UInt8 { 0x60 }
    @inlinable package static var tilde: UInt8 { 0x7E }
    @inlinable package static var greaterThan: UInt8 { 0x3E }
}
