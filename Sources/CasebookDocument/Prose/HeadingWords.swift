/// The words of a heading in small letters; a hyphen joins two words to one.
struct HeadingWords {
    let words: [String]

    init(_ title: some StringProtocol) {
        words = title.withBytes { Self.asciiWords($0) } ?? Self.anyWords(title)
    }

    /// The first word alone; nil when there is none.
    static func first(of title: some StringProtocol) -> String? {
        let found = title.withBytes { bytes in
            nextWord(in: bytes, from: 0).map { $0.isEmpty ? nil : small(bytes, $0) }
        }
        return found ?? anyWords(title).first
    }

    /// The first words, at most so many: most rules are told by them that they have nothing to say.
    static func first(_ count: Int, of title: some StringProtocol) -> [String] {
        title.withBytes { asciiWords($0, atMost: count) } ?? Array(anyWords(title).prefix(count))
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
    /// Nil for a text with letters or marks beyond ASCII.
    private static func asciiWords(
        _ bytes: UnsafeBufferPointer<UInt8>,
        atMost limit: Int = .max
    ) -> [String]? {
        guard !bytes.isEmpty else { return [] }
        var words: [String] = []
        // Words of English and the blanks between them take about six bytes each.
        words.reserveCapacity(min(limit, bytes.count / 6 + 2))
        var start = 0
        while start < bytes.count, words.count < limit {
            guard let word = nextWord(in: bytes, from: start) else { return nil }
            if !word.isEmpty { words.append(small(bytes, word)) }
            start = word.upperBound
        }
        return words
    }

    /// Where the next word stands from an offset on; empty when there is none, nil before what is not ASCII.
    private static func nextWord(in bytes: UnsafeBufferPointer<UInt8>, from offset: Int) -> Range<Int>? {
        var start = offset
        while start < bytes.count {
            var end = start
            var isWord = false
            var width = 1
            while end < bytes.count {
                let byte = bytes[end]
                if byte.isLetterOrDigit {
                    isWord = true
                } else if byte != UInt8(ascii: "-"), byte != UInt8(ascii: "'") {
                    if byte >= 0x80 {
                        guard let found = widthOfMark(in: bytes, at: end) else { return nil }
                        width = found
                    }
                    break
                }
                end += 1
            }
            if isWord { return start..<end }
            start = end + width
        }
        return bytes.count..<bytes.count
    }

    /// The bytes of a dash, a quote or another common mark that is no letter and joins nothing; nil for all else.
    private static func widthOfMark(in bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int? {
        guard offset + 1 < bytes.count else { return nil }
        let second = bytes[offset + 1]
        switch (bytes[offset], second) {
        // No-break space, `§`, `©`, `«`, `®`, `°`, `·`, `»`
        case (0xC2, 0xA0), (0xC2, 0xA7), (0xC2, 0xA9), (0xC2, 0xAB), (0xC2, 0xAE), (0xC2, 0xB0), (0xC2, 0xB7),
            (0xC2, 0xBB):
            return 2
        // Dashes, quotes and the ellipsis, arrows, lines of boxes
        case (0xE2, 0x80), (0xE2, 0x86), (0xE2, 0x94), (0xE2, 0x95):
            guard offset + 2 < bytes.count else { return nil }
            let third = bytes[offset + 2]
            return second != 0x80 && second != 0x86 || second == 0x80 && third >= 0x90 && third <= 0xA7
                || second == 0x86 && third >= 0x90 && third <= 0x93 ? 3 : nil
        default: return nil
        }
    }

    private static func small(_ bytes: UnsafeBufferPointer<UInt8>, _ word: Range<Int>) -> String {
        String(unsafeUninitializedCapacity: word.count) { text in
            // Digits, hyphens and apostrophes have this bit as well.
            for place in 0..<word.count { text[place] = bytes[word.lowerBound &+ place] | 0x20 }
            return word.count
        }
    }
}

extension UInt8 {
    /// The same as two questions, without a branch for each bound.
    fileprivate var isLetterOrDigit: Bool {
        (self | 0x20) &- UInt8(ascii: "a") < 26 || self &- UInt8(ascii: "0") < 10
    }
}
