/// The values of attributes and metadata, read from text.
enum AttributeValue {
    /// A time such as `500ms`, `10m` or `1h30m`; nil when it is none, zero, or longer than a year.
    static func duration(_ text: String) -> Duration? {
        var total = Duration.zero
        var rest = Substring(text)
        guard !rest.isEmpty, text.utf8.count <= 32 else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { ("0"..."9").contains($0) }
            guard let number = Int(digits), number <= 1_000_000_000 else { return nil }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { !("0"..."9").contains($0) }
            rest = rest.dropFirst(unit.count)
            switch unit {
            case "ms": total += .milliseconds(number)
            case "s": total += .seconds(number)
            case "m": total += .seconds(number * 60)
            case "h": total += .seconds(number * 3600)
            case "d": total += .seconds(number * 86400)
            default: return nil
            }
        }
        return total > .zero && total <= .seconds(366 * 86400) ? total : nil
    }

    /// True for no value, `yes` and `true`; false for `no` and `false`; nil for anything else.
    static func flag(_ text: String?) -> Bool? {
        switch text?.lowercased() {
        case nil, "yes", "true", "on": true
        case "no", "false", "off": false
        default: nil
        }
    }

    /// Exit statuses separated by commas.
    static func statuses(_ text: String) -> Set<Int32>? {
        var statuses: Set<Int32> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let status = Int32(trimmed(part)), (0...255).contains(status) else { return nil }
            statuses.insert(status)
        }
        return statuses
    }

    /// Names separated by commas.
    static func names(_ text: String) -> [String]? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(trimmed)
        return parts.allSatisfy(isName) ? parts : nil
    }

    /// Patterns of file names separated by commas; nil when one of them is empty.
    static func globs(_ text: String) -> [String]? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(trimmed)
        return parts.allSatisfy { !$0.isEmpty && !$0.utf8.contains(0) } ? parts : nil
    }

    /// True for letters (of any script), digits, `-`, `_` and `.`, at most 100 bytes.
    static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 100
            && text.utf8.allSatisfy { byte in
                byte.isLetter || byte.isDigit || byte >= 0x80 || byte == UInt8(ascii: "-")
                    || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
            }
    }

    /// True for a name that a shell takes as a variable.
    static func isVariable(_ text: String) -> Bool {
        guard let first = text.utf8.first, first.isLetter || first == UInt8(ascii: "_") else { return false }
        return text.utf8.count <= 100
            && text.utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") }
    }

    static func output(_ text: String) -> OutputExtent? {
        switch text {
        case "full": return .full
        case "none": return OutputExtent.none
        default:
            guard text.hasPrefix("lines:"), let count = Int(text.dropFirst("lines:".count)),
                (1...1_000_000).contains(count)
            else { return nil }
            return .lines(count)
        }
    }

    static func trimmed(_ text: some StringProtocol) -> String {
        let bytes = Substring(text).utf8
        if let first = bytes.first, let last = bytes.last, first.isVisible, last.isVisible {
            return String(text)
        }
        let scalars = text.unicodeScalars
        var start = scalars.startIndex
        var end = scalars.endIndex
        while start < end, scalars[start].properties.isWhitespace { scalars.formIndex(after: &start) }
        while start < end {
            let last = scalars.index(before: end)
            guard scalars[last].properties.isWhitespace else { break }
            end = last
        }
        return String(text[start..<end])
    }
}
