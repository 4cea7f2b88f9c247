/// More than Casebook reads: the document is refused at a place, and no byte of it is changed.
struct ReadingLimit: Error, Hashable, Sendable {
    enum Reason: Hashable, Sendable {
        /// Quotes and lists in one another, over many lines.
        case nesting
        /// Tables with many columns that most rows leave out, or lines that might begin a table.
        case tables
        /// More blocks than are kept.
        case blocks
        /// More bytes than are read.
        case size
    }

    let reason: Reason
    /// The line on which the limit was reached, counted from 1.
    let line: Int

    init(_ reason: Reason, line: Int) {
        self.reason = reason
        self.line = line
    }

    /// The largest document that is read, in bytes; cmark counts in 32 bits.
    static let bytesMax = 2047 << 20
    /// Blocks that are kept of one document; 100 MB of an ordinary one have under two million.
    static let blocksMax = 5_000_000
}

extension ReadingLimit {
    func diagnostic(in source: SourceText) -> Diagnostic {
        let range = source.contentRange(ofLine: line)
        // The start of a line is enough to find it, and may be all that a person can look at.
        let end = min(range.upperBound, range.lowerBound + 80)
        return Diagnostic(
            .error,
            .tooLarge,
            at: range.lowerBound..<source.scalarEnd(atOrBefore: end, after: range.lowerBound),
            message,
            advice: advice
        )
    }

    private var message: String {
        switch reason {
        case .nesting: "the quotes and lists up to this line are nested too deeply to be read"
        case .tables: "the tables up to this line have too many cells without a text to be read"
        case .blocks: "the document has more than \(Self.blocksMax) blocks up to this line, and is not read"
        case .size: "the document has more than \(Self.bytesMax >> 20) MiB, and is not read"
        }
    }

    private var advice: String {
        switch reason {
        case .nesting: "put fewer quotes and lists in one another"
        case .tables: "give every row all of its cells, and put a blank line after a table"
        case .blocks, .size: "divide it into several runbooks"
        }
    }
}

extension SourceText {
    /// The last end of a whole character at or before an offset.
    func scalarEnd(atOrBefore offset: Int, after start: Int) -> Int {
        var end = offset
        while end > start, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return end
    }
}
