/// Text of others on the terminal.
package enum VisibleText {
    /// The text with control characters shown as pictures, so that none of them hides or moves anything.
    ///
    /// Tabs and line feeds stay.
    package static func of(_ text: String) -> String { shown(text, keeping: [0x09, 0x0A]) }

    /// The same on one line: a line feed is a picture too.
    package static func onOneLine(_ text: String) -> String { shown(text, keeping: []) }

    private static func shown(_ text: String, keeping kept: Set<UInt32>) -> String {
        var shown = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case let value where kept.contains(value): shown.append(scalar)
            case 0x00...0x1F: shown.append(Unicode.Scalar(0x2400 + scalar.value) ?? scalar)
            case 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: shown.append("\u{FFFD}")
            default: shown.append(scalar)
            }
        }
        return String(shown)
    }
}
