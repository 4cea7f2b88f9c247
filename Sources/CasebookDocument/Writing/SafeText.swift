/// Text made fit to stand inside a fenced block, whatever a program printed.
///
/// - CRLF counts as one line ending. A lone CR, NUL, DEL and every other control byte except tab become
///   their Unicode control pictures (`␍`, `␀`, `␛`), because a CR would end the line for CommonMark, cmark
///   replaces NUL, and an escape sequence would act on the terminal of whoever prints the document.
/// - Bytes that are not UTF-8, and the C1 controls U+0080 to U+009F, become U+FFFD.
enum SafeText {
    /// The lines of a text; none for an empty one.
    static func lines(of text: [UInt8]) -> [ArraySlice<UInt8>] {
        guard !text.isEmpty else { return [] }
        let safe = needsRepair(text) ? repaired(text) : text
        return safe.split(separator: .lineFeed, omittingEmptySubsequences: false)
    }

    /// Marks for an info string: one line without backticks, tildes and braces.
    static func marks(_ marks: [String]) -> [UInt8] {
        let forbidden: Set<UInt8> = [
            .backtick, .lineFeed, .carriageReturn, UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "\\"),
        ]
        return repaired(Array(marks.joined(separator: " ").utf8)).map { forbidden.contains($0) ? .space : $0 }
    }

    private static func needsRepair(_ text: [UInt8]) -> Bool {
        for byte in text {
            if byte < .space, byte != .lineFeed, byte != .tab { return true }
            if byte >= 0x7F { return true }
        }
        return false
    }

    private static func repaired(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count + 16)
        var previous: Unicode.Scalar?
        // Decoding replaces what is not UTF-8. Scalars, not characters: CRLF is one character.
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            defer { previous = scalar }
            switch scalar.value {
            case 0x0A:
                if previous?.value == 0x0D { result.removeLast(pictureLength) }
                result.append(.lineFeed)
            case 0x09: result.append(.tab)
            case 0..<0x20: result += [0xE2, 0x90, 0x80 + UInt8(scalar.value)]
            case 0x7F: result += [0xE2, 0x90, 0xA1]
            case 0x80..<0xA0: result += [0xEF, 0xBF, 0xBD]
            default: result.append(contentsOf: scalar.utf8)
            }
        }
        return result
    }

    /// The bytes of one control picture.
    private static let pictureLength = 3
}
