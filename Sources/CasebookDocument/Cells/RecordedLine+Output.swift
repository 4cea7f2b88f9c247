// MARK: - What a command printed

extension RecordedLine {
    /// True for a line of a directory tree: `├── a.yaml`, `|-- a.yaml`.
    static func isTree(_ line: ArraySlice<UInt8>) -> Bool {
        let text = line.drop(while: \.isBlank)
        guard let first = text.first,
            first == 0xE2 || first == UInt8(ascii: "|") || first == UInt8(ascii: "`")
        else { return false }
        return branches.contains { text.starts(with: $0) }
    }

    private static let branches = ["├─", "└─", "│ ", "│\u{A0}", "|-- ", "`-- "].map { Array($0.utf8) }

    /// True for `...` alone: the rest is left out.
    static func isElision(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count < 40, line.contains(UInt8(ascii: ".")) else { return false }
        let text = line.drop(while: \.isBlank)
        return text.starts(with: "...".utf8) && text.dropFirst(3).allSatisfy { $0.isBlank || $0 == 0x0D }
    }

    /// True for lines after a `...` that were printed: indented ones, labels and columns, one of the last two at least.
    static func arePrinted(_ lines: ArraySlice<ArraySlice<UInt8>>) -> Bool {
        var isShaped = false
        for line in lines where !isElision(line) {
            let text = line.drop(while: \.isBlank)
            guard !text.isEmpty else { continue }
            let isOwn = text.last == UInt8(ascii: ":") && !isKnownCommand(text) || hasColumns(text)
            guard isOwn || text.count < line.count else { return false }
            isShaped = isShaped || isOwn
        }
        return isShaped
    }

    private static func hasColumns(_ text: ArraySlice<UInt8>) -> Bool {
        var blanks = 0
        for byte in text.prefix(200) {
            if blanks > 1, !byte.isBlank { return true }
            blanks = byte.isBlank ? blanks + 1 : 0
        }
        return false
    }

    /// The words of a line with which a program asks whoever runs it: `New password:`, `Are you sure? [y/N]`.
    static func question(_ line: ArraySlice<UInt8>) -> String? {
        guard line.count < 200, let last = line.last(where: { !$0.isBlank && $0 != 0x0D }),
            last == UInt8(ascii: ":") || last == UInt8(ascii: "*") || line.contains(UInt8(ascii: "/"))
        else { return nil }
        let text = AttributeValue.trimmed(String(decoding: line, as: UTF8.self))
        let small = text.lowercased()
        for mark in ["[y/n]", "(y/n)", "[yes/no]", "(yes/no)", "(yes/no/[fingerprint])"] {
            guard let found = small.firstRange(of: mark) else { continue }
            // The answer may stand behind it.
            let answer = small[found.upperBound...].drop { "?: ".contains($0) }
            return ["", "y", "n", "yes", "no"].contains(answer) ? text : nil
        }
        if signIns.contains(where: { small.holds($0) }) { return text }
        // `sudo` asks on some machines, and on others it does not.
        guard !small.hasPrefix("[sudo]"), last != UInt8(ascii: "/") else { return nil }
        let asked = small.prefix { $0 != "*" }
        let words = HeadingWords(asked).words
        guard let first = words.first,
            asked.drop(while: { $0 != ":" }).allSatisfy({ $0 == ":" || $0 == " " }),
            asked.contains(":"), words.count < 9
        else { return nil }
        // `Password policy:` is a label.
        if ["password", "passphrase"].contains(first), words.count > 1, !["for", "again"].contains(words[1]) {
            return nil
        }
        let isSecret = words.contains { ["password", "passphrase", "pin"].contains($0) }
        return isSecret && secretOpenings.contains(first) ? text : nil
    }

    /// What programs print that wait until somebody has signed in elsewhere.
    private static let signIns = [
        "to sign in, use a web browser", "in your browser:", "open this url", "open the following url",
        "visit this url", "visit the following url",
    ]

    private static let secretOpenings: Set<String> = [
        "password", "passphrase", "new", "re-type", "retype", "enter", "re-enter", "reenter", "repeat",
        "confirm", "verify", "verifying", "old", "current",
    ]
}
