/// Looking at text by its bytes: characters are looked up in tables, and a document has thousands of sentences.
extension StringProtocol {
    /// True when another text stands in it, byte for byte.
    func holds(_ text: String) -> Bool { offset(of: text) != nil }

    /// The first bytes of it, at most so many, cut between two scalars.
    func start(_ count: Int) -> Substring {
        guard utf8.count > count else { return Substring(self) }
        let text = Substring(self)
        var end = text.utf8.index(text.startIndex, offsetBy: count)
        while end > text.startIndex, text.utf8[end] & 0xC0 == 0x80 { end = text.utf8.index(before: end) }
        return text[..<end]
    }

    /// The last bytes of it, at most so many, cut between two scalars.
    func ending(_ count: Int) -> Substring {
        let bytes = utf8.count
        guard bytes > count else { return Substring(self) }
        let text = Substring(self)
        var start = text.utf8.index(text.startIndex, offsetBy: bytes - count)
        while start < text.endIndex, text.utf8[start] & 0xC0 == 0x80 { start = text.utf8.index(after: start) }
        return text[start...]
    }

    /// True when it ends with a character, whatever is combined with it.
    func ends(with scalar: Unicode.Scalar) -> Bool { unicodeScalars.last == scalar }

    /// True when each of its characters is a byte.
    var isASCII: Bool { withBytes { bytes in bytes.allSatisfy { $0 < 0x80 } } }

    /// True when it begins with a text of ASCII, capitals counting as small.
    func begins(withSmall start: String) -> Bool {
        guard isASCII else { return lowercased().hasPrefix(start) }
        return withBytes { bytes in
            bytes.count >= start.utf8.count
                && zip(bytes, start.utf8).allSatisfy { $0 == $1 || $0.isLetter && $0 | 0x20 == $1 }
        }
    }

    /// True when a byte of ASCII stands in it.
    func holds(_ byte: UInt8) -> Bool { withBytes { $0.contains(byte) } }

    /// The text before the first of a character of ASCII, or all of it.
    func before(_ character: UInt8) -> Substring {
        let text = Substring(self)
        // Elsewhere a mark may be combined with the character, which is another one then.
        guard text.isASCII else { return text.prefix { $0 != Character(UnicodeScalar(character)) } }
        return text.utf8.firstIndex(of: character).map { text[..<$0] } ?? text
    }

    /// The words between single blanks and tabs.
    var blankSeparated: [String] {
        guard isASCII else {
            return split(whereSeparator: { $0 == " " || $0 == "\t" }).map { String($0) }
        }
        return withBytes { bytes in
            bytes.split(whereSeparator: { $0.isBlank }).map {
                String(decoding: UnsafeBufferPointer(rebasing: $0), as: UTF8.self)
            }
        }
    }

    /// Looks at its bytes where they stand, and not one index after the other.
    func withBytes<Value>(_ read: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
        if let value = utf8.withContiguousStorageIfAvailable(read) { return value }
        return Array(utf8).withUnsafeBufferPointer(read)
    }

    /// The parts between the places of a character of ASCII, empty ones too.
    func parts(at mark: UInt8) -> [Substring] {
        let text = Substring(self)
        guard let places = text.withBytes({ ByteSearch.places(of: mark, in: $0) }) else {
            return text.split(separator: Character(UnicodeScalar(mark)), omittingEmptySubsequences: false)
        }
        var parts: [Substring] = []
        parts.reserveCapacity(places.count + 1)
        var start = text.startIndex
        for place in places {
            let end = text.utf8.index(text.startIndex, offsetBy: place)
            parts.append(text[start..<end])
            start = text.utf8.index(after: end)
        }
        parts.append(text[start...])
        return parts
    }

    /// True when two backticks stand in it, so that there may be code between them.
    var mayHoldCode: Bool {
        withBytes { bytes in
            guard let open = bytes.firstIndex(of: .backtick) else { return false }
            return bytes[(open + 1)...].contains(.backtick)
        }
    }

    /// Where another text of ASCII stands first, as `firstRange(of:)` says it.
    func firstPlace(of text: String) -> Range<Index>? {
        guard let offset = offset(of: text) else { return nil }
        let start = utf8.index(startIndex, offsetBy: offset)
        let end = utf8.index(start, offsetBy: text.utf8.count)
        // Beside another byte a mark may be combined with it, which makes another character of both.
        let isWhole = withBytes { bytes in
            let next = offset + text.utf8.count
            return (offset == 0 || bytes[offset - 1] < 0x80) && (next == bytes.count || bytes[next] < 0x80)
        }
        return isWhole ? start..<end : firstRange(of: text)
    }

    /// How many bytes stand before another text in it; nil when it is not there.
    private func offset(of text: String) -> Int? {
        var text = text
        return text.withUTF8 { wanted in withBytes { ByteSearch.offset(of: wanted, in: $0) } }
    }
}
