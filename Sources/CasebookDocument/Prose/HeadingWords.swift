/// The words of a heading in small letters; a hyphen joins two words to one.
struct HeadingWords {
    let words: [String]

    init(_ title: some StringProtocol) {
        words = Self.asciiWords(title, atMost: .max) ?? Self.anyWords(title)
    }

    /// The first word alone; nil when there is none.
    static func first(of title: some StringProtocol) -> String? {
        (asciiWords(title, atMost: 1) ?? anyWords(title)).first
    }

    private static func anyWords(_ title: some StringProtocol) -> [String] {
        title.lowercased().split { character in
            !character.isLetter && !character.isNumber && character != "-" && character != "'"
        }
        // A lone dash is no word.
        .filter { $0.contains { $0 != "-" && $0 != "'" } }
        .map(String.init)
    }

    /// The same for most headings, byte by byte: a document has thousands, and characters are looked up.
    ///
    /// Nil for a text that is not all ASCII, as far as it was read.
    private static func asciiWords(_ title: some StringProtocol, atMost most: Int) -> [String]? {
        if let words = title.utf8.withContiguousStorageIfAvailable({ words(in: $0, most) }) { return words }
        return Array(title.utf8).withUnsafeBufferPointer { words(in: $0, most) }
    }

    private static func words(in bytes: UnsafeBufferPointer<UInt8>, _ most: Int) -> [String]? {
        var words: [String] = []
        var start = 0
        while start < bytes.count, words.count < most {
            var end = start
            var isWord = false
            while end < bytes.count {
                let byte = bytes[end]
                if byte.isLetter || byte.isDigit {
                    isWord = true
                } else if byte != UInt8(ascii: "-"), byte != UInt8(ascii: "'") {
                    guard byte < 0x80 else { return nil }
                    break
                }
                end += 1
            }
            if isWord { words.append(small(UnsafeBufferPointer(rebasing: bytes[start..<end]))) }
            start = end + 1
        }
        return words
    }

    private static func small(_ word: UnsafeBufferPointer<UInt8>) -> String {
        String(unsafeUninitializedCapacity: word.count) { text in
            for index in word.indices {
                text[index] = word[index].isLetter ? word[index] | 0x20 : word[index]
            }
            return word.count
        }
    }
}
