/// What each byte of a language such as Python is: code, a comment, or a string.
struct ScriptContext {
    private let code: [UInt8]
    private let comment: [UInt8]
    private(set) var kinds: [CodeContext.Kind]
    private var position = 0

    /// - `comment`: what starts a comment that reaches to the end of its line.
    init(_ code: [UInt8], comment: String) {
        self.code = code
        self.comment = Array(comment.utf8)
        kinds = Array(repeating: .unsure, count: code.count)
        while position < code.count, read() {}
    }
}

extension ScriptContext {
    /// Reads one piece; false when the rest cannot be followed.
    private mutating func read() -> Bool {
        let byte = code[position]
        if byte == comment[0], code[position...].starts(with: comment) {
            mark(.comment, to: lineEnd)
        } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
            return readString(quote: byte)
        } else {
            mark(.code, to: position + 1)
        }
        return true
    }

    private mutating func readString(quote: UInt8) -> Bool {
        let isLong = byte(at: position + 1) == quote && byte(at: position + 2) == quote
        let close = Array(repeating: quote, count: isLong ? 3 : 1)
        let prefix = code[..<position].reversed().prefix { $0.isLetter }
        let isFormatted = prefix.count <= 2 && prefix.contains { $0 | 0x20 == UInt8(ascii: "f") }
        var depth = 0
        var end = position + close.count
        while end < code.count, !code[end...].starts(with: close) {
            if code[end] == .lineFeed, !isLong { return false }
            if code[end] == UInt8(ascii: "{") { depth += 1 }
            if code[end] == UInt8(ascii: "}") { depth -= 1 }
            end += code[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        // Since Python 3.12 a field of an f-string may hold the string's own quotes.
        guard end < code.count, !isFormatted || depth == 0 else { return false }
        mark(.quoted, to: end + close.count)
        return true
    }

    private mutating func mark(_ kind: CodeContext.Kind, to end: Int) {
        let end = min(end, code.count)
        for index in position..<max(position, end) { kinds[index] = kind }
        position = max(position, end)
    }

    private func byte(at offset: Int) -> UInt8? { code.indices.contains(offset) ? code[offset] : nil }

    private var lineEnd: Int { code[position...].firstIndex(of: .lineFeed) ?? code.count }
}
