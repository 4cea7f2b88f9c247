// MARK: - Blanks

extension ShellReader {
    /// The code with a word in the place of each blank: `ssh <host>` reads no file `host`.
    static func withoutBlanks(_ code: [UInt8]) -> [UInt8] {
        // `<` or an entity for it; `&` alone is most often `&&`.
        let mayHold = code.indices.contains { index in
            code[index] == UInt8(ascii: "<")
                || code[index] == UInt8(ascii: "&") && index + 1 < code.count
                    && "l#".utf8.contains(code[index + 1])
        }
        guard mayHold else { return code }
        var code = code
        for blank in BlankFinder(code, .shell, explained: []).blanks
        where "<&".utf8.contains(code[blank.range.lowerBound]) {
            code.replaceSubrange(blank.range, with: word(for: blank).utf8)
        }
        return code
    }

    /// The word that stands in the place of a blank, as long as it is.
    static func word(for blank: Blank) -> String {
        guard blank.text.hasPrefix("<") || blank.text.hasPrefix("&") else { return blank.text }
        let bytes = blank.text.utf8.map { $0.isLetter || $0.isDigit ? $0 : UInt8(ascii: "_") }
        return String(decoding: bytes, as: UTF8.self)
    }
}
