/// What the settled output of a cell must look like for the cell to have succeeded.
package enum OutputExpectation: Hashable, Sendable {
    /// It holds a text, or does not.
    case text(String, isWanted: Bool)
    /// A regular expression is found in it, or is not.
    case pattern(String, isWanted: Bool)
    /// All of it, line by line; `line` is the first of them in the document, counted from 1.
    case lines([ExpectedLine], line: Int)
}

/// One line of an `expect` block.
package enum ExpectedLine: Hashable, Sendable {
    /// The line itself; `...` in it stands for anything.
    case text(String)
    /// `web-* (glob)`: `*` stands for anything and `?` for one character.
    case glob(String)
    /// `took [0-9]+ ms (re)`: a regular expression for the whole line.
    case pattern(String)
    /// `...` alone: any number of lines, also none.
    case anyLines
}

extension OutputExpectation {
    /// The value of `expect=`: a text or `/a pattern/`, with `!` before it when it must not be there.
    ///
    /// - Returns: nil for an empty text, for a pattern that is no regular expression, and for one with flags behind it,
    ///   `/a+/i`, which stand inside: `/(?i)a+/`.
    init?(attribute value: String) {
        let isWanted = !value.hasPrefix("!")
        let text = isWanted ? value[...] : value.dropFirst()
        guard !text.isEmpty else { return nil }
        guard !Self.hasFlags(text) else { return nil }
        guard text.utf8.count > 2, text.hasPrefix("/"), text.hasSuffix("/") else {
            self = .text(String(text), isWanted: isWanted)
            return
        }
        let pattern = String(text.dropFirst().dropLast())
        guard Self.isPattern(pattern) else { return nil }
        self = .pattern(pattern, isWanted: isWanted)
    }

    /// True for `/a+/i`, as other languages write it; a path such as `/var/log` has longer names.
    private static func hasFlags(_ text: Substring) -> Bool {
        guard text.hasPrefix("/"), let last = text.lastIndex(of: "/"), last != text.startIndex else {
            return false
        }
        let flags = text[text.index(after: last)...]
        return !flags.isEmpty && flags.count <= 3 && flags.allSatisfy { "gimsux".contains($0) }
    }

    /// True for a regular expression that can be used.
    static func isPattern(_ text: String) -> Bool { TextPattern(text) != nil }
}

extension ExpectedLine {
    /// Reads one line of an `expect` block.
    init(_ line: String) {
        if line == "..." {
            self = .anyLines
        } else if line.hasSuffix(" (re)") {
            self = .pattern(String(line.dropLast(5)))
        } else if line.hasSuffix(" (glob)") {
            self = .glob(String(line.dropLast(7)))
        } else {
            self = .text(line)
        }
    }
}
