/// Finds short words in bytes; a loop over the raw memory, because every cell is searched.
enum ByteSearch {
    /// Where a word of small letters stands first, capitals counting as small and a line ending as a space.
    static func range(of word: [UInt8], inFolded bytes: [UInt8]) -> Range<Int>? {
        search(word, bytes[...]) { byte in
            byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte == .lineFeed ? .space : byte
        }
    }

    /// Where a sequence of bytes stands first.
    static func range(of word: [UInt8], in bytes: ArraySlice<UInt8>) -> Range<Int>? {
        guard !word.isEmpty else { return nil }
        let found = bytes.withUnsafeBufferPointer { buffer in
            word.withUnsafeBufferPointer { offset(of: $0, in: buffer) }
        }
        return found.map { (bytes.startIndex + $0)..<(bytes.startIndex + $0 + word.count) }
    }

    /// Where the bytes of a text stand first.
    static func range(of text: String, in bytes: ArraySlice<UInt8>) -> Range<Int>? {
        var text = text
        return text.withUTF8 { word in
            guard !word.isEmpty else { return nil }
            let found = bytes.withUnsafeBufferPointer { offset(of: word, in: $0) }
            return found.map { (bytes.startIndex + $0)..<(bytes.startIndex + $0 + word.count) }
        }
    }

    /// Where one run of bytes stands first in another, eight places at a time; nil when it does not.
    ///
    /// A place is looked at only when its first and its last byte fit.
    static func offset(
        of wanted: UnsafeBufferPointer<UInt8>,
        in bytes: UnsafeBufferPointer<UInt8>
    ) -> Int? {
        guard let first = wanted.first, let last = wanted.last else { return 0 }
        let places = bytes.count - wanted.count + 1
        guard places > 0, let base = bytes.baseAddress, let word = wanted.baseAddress else { return nil }
        func fits(_ place: Int) -> Bool {
            var length = 0
            while length < wanted.count, base[place + length] == word[length] { length += 1 }
            return length == wanted.count
        }
        let firsts = UInt64(first) &* 0x0101_0101_0101_0101
        let lasts = UInt64(last) &* 0x0101_0101_0101_0101
        var place = 0
        while place + 8 <= places {
            let raw = UnsafeRawPointer(base + place)
            let heads = raw.loadUnaligned(as: UInt64.self)
            let tails = (raw + wanted.count - 1).loadUnaligned(as: UInt64.self)
            // A zero byte is a place that may fit.
            if hasZeroByte((heads ^ firsts) | (tails ^ lasts)) {
                for next in place..<(place + 8) where fits(next) { return next }
            }
            place += 8
        }
        while place < places {
            if fits(place) { return place }
            place += 1
        }
        return nil
    }

    /// The places of a byte of ASCII that is a character wherever it stands; nil when a byte beside it is not ASCII.
    ///
    /// A mark may be combined with it there, which makes another character of both.
    static func places(of mark: UInt8, in bytes: UnsafeBufferPointer<UInt8>) -> [Int]? {
        var places: [Int] = []
        for index in bytes.indices where bytes[index] == mark {
            if index > 0, bytes[index - 1] >= 0x80 { return nil }
            if index + 1 < bytes.count, bytes[index + 1] >= 0x80 { return nil }
            places.append(index)
        }
        return places
    }

    /// False when none of eight bytes is one of two.
    @inline(__always)
    static func mayHold(_ one: UInt8, _ other: UInt8, in word: UInt64) -> Bool {
        hasZeroByte(word ^ (UInt64(one) &* 0x0101_0101_0101_0101))
            || hasZeroByte(word ^ (UInt64(other) &* 0x0101_0101_0101_0101))
    }

    @inline(__always)
    private static func hasZeroByte(_ word: UInt64) -> Bool {
        (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0
    }

    @inline(__always)
    private static func search(
        _ word: [UInt8],
        _ bytes: ArraySlice<UInt8>,
        _ fold: (UInt8) -> UInt8
    ) -> Range<Int>? {
        guard let first = word.first, bytes.count >= word.count else { return nil }
        let found: Int? = bytes.withUnsafeBufferPointer { buffer in
            word.withUnsafeBufferPointer { word in
                for start in 0...(buffer.count - word.count) where fold(buffer[start]) == first {
                    var length = 1
                    while length < word.count, fold(buffer[start + length]) == word[length] { length += 1 }
                    if length == word.count { return start }
                }
                return nil
            }
        }
        return found.map { (bytes.startIndex + $0)..<(bytes.startIndex + $0 + word.count) }
    }
}

// The standard library's own take any sequence, one element after the other.

extension ArraySlice<UInt8> {
    /// True when it begins with the bytes of a text.
    func starts(with text: String.UTF8View) -> Bool {
        guard let first = text.first else { return true }
        guard self.first == first else { return false }
        return count >= text.count && zip(self, text).allSatisfy { $0 == $1 }
    }
}

extension [UInt8] {
    /// True when it begins with the bytes of a text.
    func starts(with text: String.UTF8View) -> Bool { self[...].starts(with: text) }
}

extension String.UTF8View {
    /// True when a byte stands in it.
    func contains(_ byte: UInt8) -> Bool {
        for own in self where own == byte { return true }
        return false
    }
}
