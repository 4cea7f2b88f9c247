import Foundation

/// The ways in which programs print a value that they were given.
enum SecretSpellings {
    /// Every spelling but the value itself, without those that are equal to it.
    @Sendable
    static func of(_ value: [UInt8]) -> [[UInt8]] {
        var spellings: Set<[UInt8]> = []
        for text in base64(of: value) + hexadecimal(of: value) { spellings.insert(Array(text.utf8)) }
        if let text = String(validating: value, as: UTF8.self) {
            for text in percentEncoded(text) + json(text) + shell(text) + html(text) {
                spellings.insert(Array(text.utf8))
            }
        }
        spellings.remove(value)
        return Array(spellings)
    }

    /// In a longer text base64 has three forms, by where the value begins; the characters that its neighbours decide are
    /// left out.
    private static func base64(of value: [UInt8]) -> [String] {
        (0..<3).flatMap { offset -> [String] in
            let text = Data(Array(repeating: 0, count: offset) + value).base64EncodedString()
            let known = text.filter { $0 != "=" }
            let first = [0, 2, 3][offset]
            let isEven = (value.count + offset) % 3 == 0
            let inner = String(known.dropFirst(first).dropLast(isEven ? 0 : 1))
            // Where the text ends with the value, its last character is the value's too.
            let last = String(known.dropFirst(first))
            let padded = String(text.dropFirst(first))
            return [inner, last, padded].filter { $0.utf8.count >= 8 }
                .flatMap { [$0, $0.replacing("+", with: "-").replacing("/", with: "_")] }
        }
    }

    private static func hexadecimal(of value: [UInt8]) -> [String] {
        let text = value.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
        return [text, text.uppercased()]
    }

    private static func percentEncoded(_ text: String) -> [String] {
        let unreserved = CharacterSet(
            charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
        )
        // What JavaScript's `encodeURIComponent` and `encodeURI` leave as it is.
        let sets = [
            unreserved, unreserved.union(CharacterSet(charactersIn: "!'()*")),
            unreserved.union(CharacterSet(charactersIn: "!'()*;,/?:@&=+$#")),
            unreserved.union(CharacterSet(charactersIn: "/")),
        ]
        return sets.compactMap { text.addingPercentEncoding(withAllowedCharacters: $0) }
            .flatMap { [$0, lowercasedEscapes($0), $0.replacing("%20", with: "+")] }
    }

    private static func lowercasedEscapes(_ text: String) -> String {
        var bytes = Array(text.utf8)
        for index in bytes.indices where bytes[index] == UInt8(ascii: "%") {
            for digit in [index + 1, index + 2]
            where digit < bytes.count && bytes[digit] < 0x5B && bytes[digit] > 0x40 {
                bytes[digit] |= 0x20
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func json(_ text: String) -> [String] {
        let escaping = JSONEncoder()
        let plain = JSONEncoder()
        plain.outputFormatting = .withoutEscapingSlashes
        return [escaping, plain].flatMap { encoder -> [String] in
            // A text is always JSON.
            guard let data = try? encoder.encode(text) else { return [] }
            let quoted = String(String(decoding: data, as: UTF8.self).dropFirst().dropLast())
            let ascii = quoted.unicodeScalars.map { scalar in
                scalar.isASCII
                    ? String(scalar)
                    : String(scalar).utf16.map { unit in
                        let digits = String(unit, radix: 16)
                        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                    }
                    .joined()
            }
            .joined()
            return [quoted, ascii]
        }
    }

    /// As `set -x`, `printf %q` and `declare -p` print it.
    private static func shell(_ text: String) -> [String] {
        let single = text.replacing("'", with: "'\\''")
        let double = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("$", with: "\\$").replacing("`", with: "\\`")
        let bare = text.unicodeScalars.map { scalar -> String in
            let isPlain =
                scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                || "_-./:=+,@%".unicodeScalars.contains(scalar)
            return isPlain ? String(scalar) : "\\" + String(scalar)
        }
        .joined()
        return [single, double, bare, bare.replacing("\\,", with: ",")]
    }

    private static func html(_ text: String) -> [String] {
        let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(
            ">",
            with: "&gt;"
        )
        let quoted = escaped.replacing("\"", with: "&quot;")
        return [escaped, quoted] + ["&#39;", "&#x27;", "&apos;"].map { quoted.replacing("'", with: $0) }
            + [escaped.replacing("\"", with: "&#34;").replacing("'", with: "&#39;")]
    }
}
