/// Puts bytes into single quotes for a POSIX shell.
func shellQuoted(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var quoted: [UInt8] = [0x27]
    for byte in bytes {
        if byte == 0x27 {
            quoted.append(contentsOf: Array("'\\''".utf8))
        } else if byte != 0 {
            quoted.append(byte)
        }
    }
    quoted.append(0x27)
    return quoted
}

func shellQuoted(_ text: String) -> String {
    String(decoding: shellQuoted(text.utf8), as: UTF8.self)
}

extension [UInt8] {
    mutating func append(_ text: String) { append(contentsOf: text.utf8) }

    /// True when these bytes stand somewhere in it.
    func contains(_ part: [UInt8]) -> Bool { self[...].contains(part) }
}

extension ArraySlice<UInt8> {
    func contains(_ part: [UInt8]) -> Bool {
        guard let first = part.first, part.count <= count else { return part.isEmpty }
        let last = endIndex - part.count
        var at = startIndex
        while at <= last {
            guard let found = self[at...last].firstIndex(of: first) else { return false }
            if self[found..<found + part.count].elementsEqual(part) { return true }
            at = found + 1
        }
        return false
    }
}
