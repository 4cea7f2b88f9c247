/// The name of one run: sortable by start, and short enough to read aloud when shortened.
///
/// Ten characters of time (milliseconds since 1970) and ten of chance, in Crockford's base 32.
package struct RunID: Hashable, Sendable, Codable, CustomStringConvertible {
    package let text: String

    package init(text: String) { self.text = text }

    /// - Parameter chance: at least 50 random bits.
    package init(time: Timestamp, chance: UInt64) {
        let milliseconds = UInt64(max(0, time.nanoseconds / 1_000_000))
        text = Self.encode(milliseconds) + Self.encode(chance & (1 << 50 - 1))
    }

    package init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    package var description: String { text }

    private static func encode(_ number: UInt64) -> String {
        let digits = Array("0123456789abcdefghjkmnpqrstvwxyz")
        var characters: [Character] = []
        for shift in stride(from: 45, through: 0, by: -5) {
            characters.append(digits[Int(number >> UInt64(shift) & 31)])
        }
        return String(characters)
    }
}
