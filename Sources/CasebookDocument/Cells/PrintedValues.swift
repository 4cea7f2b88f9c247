/// The values that only the output in a document shows, such as the name of a pod: in code they are those of an example.
///
/// Only values that a machine made count: a UUID, `web-7d4b9c6f5-x2x9z`, `i-0abc1234def567890`, a digest.
struct PrintedValues {
    private var printed: Set<String> = []
    private var typed: Set<String> = []

    /// Takes what output shows; what code before it holds is its author's own.
    mutating func addOutput(_ bytes: [UInt8]) {
        for value in Self.values(in: bytes) where !typed.contains(value) { printed.insert(value) }
    }

    mutating func addCode(_ bytes: [UInt8]) {
        for value in Self.values(in: bytes) where !printed.contains(value) { typed.insert(value) }
    }

    /// The first value in code that stands only in output before it.
    func value(usedBy code: [UInt8]) -> String? {
        printed.isEmpty ? nil : Self.values(in: code).first(where: printed.contains)
    }

    private static func values(in bytes: [UInt8]) -> [String] {
        bytes.withUnsafeBufferPointer { values(in: $0, of: bytes) }
    }

    private static func values(in buffer: UnsafeBufferPointer<UInt8>, of bytes: [UInt8]) -> [String] {
        var values: [String] = []
        var index = 0
        while index < buffer.count {
            let start = index
            var hasDigit = false
            while index < buffer.count, isPart(buffer[index]) {
                hasDigit = hasDigit || buffer[index].isDigit
                index += 1
            }
            if hasDigit, index - start >= 12, index - start <= 100, isMade(bytes[start..<index]) {
                values.append(String(decoding: bytes[start..<index], as: UTF8.self))
            }
            index += 1
        }
        return values
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte == UInt8(ascii: "-")
    }

    /// True for a word whose last parts no person would choose.
    private static func isMade(_ word: ArraySlice<UInt8>) -> Bool {
        let parts = word.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard let last = parts.last else { return false }
        if parts.count == 1 { return isHex(last) && isMixed(last) }
        if parts.count > 4, parts.suffix(5).map(\.count) == [8, 4, 4, 4, 12] {
            return parts.suffix(5).allSatisfy(isHex)
        }
        if parts.count == 2, last.count >= 8, parts[0].count < 8 {
            return last.first == UInt8(ascii: "0") && isHex(last) && isMixed(last)
        }
        // The pods of a deployment end with the digest of its template and a word of five.
        guard parts.count > 2, last.count == 5, let digest = parts.dropLast().last else { return false }
        return (8...10).contains(digest.count) && isMixed(digest) && !last.contains { $0 < 0x61 && $0 > 0x39 }
            && digest.allSatisfy { $0.isDigit || $0 > 0x60 } && isMixed(last)
    }

    private static func isHex(_ part: ArraySlice<UInt8>) -> Bool {
        part.allSatisfy { $0.isDigit || ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x66 && $0.isLetter }
    }

    private static func isMixed(_ part: ArraySlice<UInt8>) -> Bool {
        part.contains(where: \.isDigit) && part.contains(where: \.isLetter)
    }
}
