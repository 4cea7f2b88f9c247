/// The start of a here-document, `<<EOF`, `<<-'EOF'`.
enum HereDocument {
    /// The word that ends the document which starts at a `<`, and where the word ends; nil when there is
    /// none.
    static func word(in bytes: ArraySlice<UInt8>, at start: Int) -> (text: [UInt8], end: Int)? {
        var index = start
        guard index + 2 < bytes.endIndex, bytes[index + 1] == UInt8(ascii: "<"),
            bytes[index + 2] != UInt8(ascii: "<"),
            index == bytes.startIndex || bytes[index - 1] != UInt8(ascii: "<")
        else { return nil }
        index += 2
        if bytes[index] == UInt8(ascii: "-") { index += 1 }
        while index < bytes.endIndex, bytes[index].isBlank { index += 1 }
        var text: [UInt8] = []
        var quote: UInt8?
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == quote {
                quote = nil
            } else if quote == nil, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                quote = byte
            } else if quote == nil, byte == UInt8(ascii: "\\") {
                // `<<\EOF` quotes the word.
            } else if quote != nil || !(byte.isBlank || ";&|<>()`$\n".utf8.contains(byte)) {
                text.append(byte)
            } else {
                break
            }
            index += 1
        }
        return text.isEmpty || text.first?.isDigit == true ? nil : (text, index)
    }
}
