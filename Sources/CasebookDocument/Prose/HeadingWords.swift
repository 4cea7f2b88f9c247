/// The words of a heading in small letters; a hyphen joins two words to one.
struct HeadingWords {
    let words: [String]

    init(_ title: some StringProtocol) {
        words = title.withBytes(Self.asciiWords) ?? Self.anyWords(title)
    }

    /// The first word alone; nil when there is none.
    static func first(of title: some StringProtocol) -> String? {
        let found = title.withBytes { bytes in
            nextWord(in: bytes, from: 0).map { $0.isEmpty ? nil : small(bytes, $0) }
        }
        return found ?? anyWords(title).first
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
    /// Nil for a text that is not all ASCII.
    private static func asciiWords(_ bytes: UnsafeBufferPointer<UInt8>) -> [String]? {
        guard !bytes.isEmpty else { return [] }
        var words: [String] = []
        // Words of English and the blanks between them take about six bytes each.
        words.reserveCapacity(bytes.count / 6 + 2)
        var start = 0
        while start < bytes.count {
            guard let word = nextWord(in: bytes, from: start) else { return nil }
            if !word.isEmpty { words.append(small(bytes, word)) }
            start = word.upperBound + 1
        }
        return words
    }

    /// Where the next word stands from an offset on; empty when there is none, nil before what is not ASCII.
    private static func nextWord(in bytes: UnsafeBufferPointer<UInt8>, from offset: Int) -> Range<Int>? {
        var start = offset
        while start < bytes.count {
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
            if isWord { return start..<end }
            start = end + 1
        }
        return bytes.count..<bytes.count
    }

    private static func small(_ bytes: UnsafeBufferPointer<UInt8>, _ word: Range<Int>) -> String {
        String(unsafeUninitializedCapacity: word.count) { text in
            for (place, index) in word.enumerated() {
                text[place] = bytes[index].isLetter ? bytes[index] | 0x20 : bytes[index]
            }
            return word.count
        }
    }
}
