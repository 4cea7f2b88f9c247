/// A place within one line, with the columns that CommonMark counts: tabs reach to multiples of four.
///
/// It holds no bytes, so that it can be kept; every question names the document.
struct LineCursor: Hashable, Sendable {
    /// The offset in the document; while a tab is used in part, that of the tab.
    private(set) var offset: Int
    /// The column, from 0.
    private(set) var column: Int
    /// The end of the line without its ending.
    let end: Int

    /// The start of a line, counted from 1; a byte order mark at the start of the document is passed over.
    init(line: Int, in source: SourceText) {
        let range = source.contentRange(ofLine: line)
        let hasMark = line == 1 && source.bytes.starts(with: SourceText.byteOrderMark)
        offset = hasMark ? range.lowerBound + SourceText.byteOrderMark.count : range.lowerBound
        column = 0
        end = range.upperBound
    }

    /// The white space before the next other byte: its columns, and where it ends.
    ///
    /// - `most`: the columns after which nobody looks further, so that a line under many containers is read once.
    func indent(in source: SourceText, atMost most: Int = .max) -> (columns: Int, end: Int) {
        var position = offset
        var reached = column
        while position < end, reached - column < most {
            switch source.bytes[position] {
            case .space: reached += 1
            case .tab: reached += 4 - reached % 4
            default: return (reached - column, position)
            }
            position += 1
        }
        return (reached - column, position)
    }

    func isBlank(in source: SourceText) -> Bool { indent(in: source).end == end }

    /// The byte at the cursor; nil at the end of the line.
    func byte(in source: SourceText) -> UInt8? { offset < end ? source.bytes[offset] : nil }

    /// Goes on by columns, using a tab in part where need be.
    mutating func advance(columns: Int, in source: SourceText) {
        let target = column + columns
        while column < target, offset < end {
            let width = source.bytes[offset] == .tab ? 4 - column % 4 : 1
            guard column + width <= target else {
                column = target
                return
            }
            column += width
            offset += 1
        }
    }

    /// Goes on by bytes, none of which is a tab.
    mutating func advance(bytes count: Int) {
        offset += count
        column += count
    }
}

extension SourceText {
    /// The UTF-8 byte order mark.
    static var byteOrderMark: [UInt8] { [0xEF, 0xBB, 0xBF] }

    /// What `clear` and the writer call a blank line.
    func isBlank(line: Int) -> Bool { LineCursor(line: line, in: self).isBlank(in: self) }
}
