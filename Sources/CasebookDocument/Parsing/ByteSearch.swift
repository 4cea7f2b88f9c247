/// Finds short words in bytes; a loop over the raw memory, because every cell is searched.
enum ByteSearch {
    /// Where a word of small letters stands first, capitals counting as small and a line ending as a space.
    static func range(of word: String, inFolded bytes: [UInt8]) -> Range<Int>? {
        search(Array(word.utf8), bytes[...]) { byte in
            byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte == .lineFeed ? .space : byte
        }
    }

    /// Where a sequence of bytes stands first.
    static func range(of word: [UInt8], in bytes: ArraySlice<UInt8>) -> Range<Int>? {
        search(word, bytes) { $0 }
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
