/// Looking at text by its bytes: characters are looked up in tables, and a document has thousands of sentences.
extension StringProtocol {
    /// True when another text stands in it, byte for byte.
    func holds(_ text: String) -> Bool { offset(of: text) != nil }

    /// The first bytes of it, at most so many, cut between two scalars.
    func start(_ count: Int) -> Substring {
        let text = Substring(self)
        guard text.utf8.count > count else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: count)
        while end > text.startIndex, text.utf8[end] & 0xC0 == 0x80 { end = text.utf8.index(before: end) }
        return text[..<end]
    }

    /// The last bytes of it, at most so many, cut between two scalars.
    func ending(_ count: Int) -> Substring {
        let text = Substring(self)
        let bytes = text.utf8.count
        guard bytes > count else { return text }
        var start = text.utf8.index(text.startIndex, offsetBy: bytes - count)
        while start < text.endIndex, text.utf8[start] & 0xC0 == 0x80 { start = text.utf8.index(after: start) }
        return text[start...]
    }

    /// True when it ends with a character, whatever is combined with it.
    func ends(with scalar: Unicode.Scalar) -> Bool { unicodeScalars.last == scalar }

    /// How many bytes stand before another text in it; nil when it is not there.
    private func offset(of text: String) -> Int? {
        var text = text
        return text.withUTF8 { wanted in
            if let found = utf8.withContiguousStorageIfAvailable({ ByteSearch.offset(of: wanted, in: $0) }) {
                return found
            }
            return Array(utf8).withUnsafeBufferPointer { ByteSearch.offset(of: wanted, in: $0) }
        }
    }
}
