/// What the blocks of a document may cost cmark beyond the length of its lines, counted before it sees them.
///
/// cmark-gfm 0.29.0.gfm.6 is not linear where containers nest deeply (each line walks through all that are open, and
/// each marker of a list looks along the rest of its line for a rule), where lines of a paragraph look like the second
/// line of a table (each reads the paragraph again), and where a table has many columns (each row gets all of its
/// cells, CVE-2023-37463). This is an upper bound for those, in steps of about a nanosecond.
struct ParseCost {
    private let source: SourceText
    /// What was counted so far.
    private(set) var steps = 0
    /// Quotes and items that may be open.
    private var depth = 0
    /// Where the lines began that no blank line divides.
    private var textStart = 0
    /// The columns of the table that these lines may be; 0 when none of them looks like the second of one.
    private var columns = 0
    /// True when the line before was blank.
    private var wasBlank = true

    init(of source: SourceText) { self.source = source }

    /// What every document may cost, and each of its bytes besides.
    static let stepsMax = 500_000_000
    static let stepsPerByteMax = 50
    /// What a cell costs that cmark adds to a row.
    private static let stepsPerCell = 1_000

    /// Counts all lines from one on.
    ///
    /// - Throws: ``ReadingLimit`` at the line on which it is too much.
    mutating func add(fromLine first: Int) throws(ReadingLimit) {
        guard source.bytes.count <= ReadingLimit.bytesMax else { throw ReadingLimit(.size, line: 1) }
        let most = Self.stepsMax + Self.stepsPerByteMax * source.bytes.count
        var reached: ReadingLimit?
        source.bytes.withUnsafeBufferPointer { bytes in
            for line in stride(from: first, through: source.lineCount, by: 1) {
                let range = source.contentRange(ofLine: line)
                let reason = add(bytes, range)
                guard steps > most else { continue }
                reached = ReadingLimit(reason, line: line)
                return
            }
        }
        if let reached { throw reached }
    }

    /// Counts one line; tells what it is about.
    private mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, _ line: ByteRange) -> ReadingLimit.Reason {
        let prefix = Prefix(bytes, line)
        guard prefix.end < line.upperBound || prefix.markers > 0 else {
            // A blank line leaves lists open.
            steps += depth
            columns = 0
            textStart = line.upperBound
            wasBlank = true
            return .nesting
        }
        // A line without a marker may go on with the paragraph of whatever is open.
        if prefix.markers > 0 || wasBlank { depth = min(depth, prefix.columns) + prefix.markers }
        wasBlank = false
        steps += depth + prefix.listMarkers * (prefix.end - line.lowerBound) / 4
        guard columns > 0 || prefix.mayBeDelimiter else { return .nesting }
        return addTable(bytes, line)
    }

    private mutating func addTable(_ bytes: UnsafeBufferPointer<UInt8>, _ line: ByteRange)
        -> ReadingLimit.Reason
    {
        var pipes = 0
        var hasDash = false
        var isDelimiter = true
        for index in line {
            switch bytes[index] {
            case UInt8(ascii: "|"): pipes += 1
            case UInt8(ascii: "-"): hasDash = true
            case UInt8(ascii: ":"), .space, .tab, .greaterThan: break
            default: isDelimiter = false
            }
        }
        steps += max(0, columns - pipes - 1) * Self.stepsPerCell
        if isDelimiter, hasDash {
            steps += line.upperBound - textStart
            columns = max(columns, pipes + 1)
        }
        return .tables
    }
}

extension ParseCost {
    /// The white space and markers at the start of a line.
    private struct Prefix {
        private(set) var end: Int
        /// Columns that open containers may take.
        private(set) var columns = 0
        /// Containers that may begin here.
        private(set) var markers = 0
        private(set) var listMarkers = 0
        /// True when the line may be the second of a table.
        private(set) var mayBeDelimiter = false

        init(_ bytes: UnsafeBufferPointer<UInt8>, _ line: ByteRange) {
            end = line.lowerBound
            while end < line.upperBound {
                let byte = bytes[end]
                switch byte {
                case .space: columns += 1
                case .tab: columns += 4
                case .greaterThan:
                    columns += 1
                    markers += 1
                case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "."),
                    UInt8(ascii: ")"):
                    columns += 1
                    if byte == UInt8(ascii: "-") { mayBeDelimiter = true }
                    let next = end + 1 < line.upperBound ? bytes[end + 1] : .space
                    if next.isBlank {
                        markers += 1
                        listMarkers += 1
                    }
                case UInt8(ascii: "0")...UInt8(ascii: "9"): columns += 1
                case UInt8(ascii: "|"), UInt8(ascii: ":"):
                    mayBeDelimiter = true
                    return
                default: return
                }
                end += 1
            }
        }
    }
}
