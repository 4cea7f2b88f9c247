/// A picture that a cell made, as the document links it.
package struct Picture: Hashable, Sendable {
    /// The file, relative to the document's folder.
    package let path: String
    /// What it is called where it cannot be seen.
    package let title: String

    package init(path: String, title: String) {
        self.path = path
        self.title = title
    }

    /// The link, on one line, whatever the path and the title hold.
    var link: [UInt8] {
        var bytes = Array("![".utf8)
        for byte in title.utf8 where byte >= .space && byte != 0x7F {
            if !byte.isLetter, !byte.isDigit, byte < 0x80, byte != .space { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(byte)
        }
        bytes += "](".utf8
        for byte in path.utf8 {
            if byte.isLetter || byte.isDigit || "-._~/".utf8.contains(byte) {
                bytes.append(byte)
            } else {
                let digits = Array("0123456789ABCDEF".utf8)
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        bytes.append(UInt8(ascii: ")"))
        return bytes
    }
}
