package import CasebookDocument

/// Looks for the line that tells that a background cell is ready, and says so once.
package struct ReadySignal {
    private enum Sign {
        case text(String)
        case pattern(TextPattern)
    }

    /// Nil for one that can never be found.
    private let sign: Sign?
    private let tell: @Sendable () -> Void
    /// The line that has not ended yet; a longer one is looked at by its end.
    private var line: [UInt8] = []

    package init(_ ready: OutputExpectation, tell: @escaping @Sendable () -> Void) {
        // Made once: making a pattern costs far more than using it.
        sign =
            switch ready {
            case .text(let text, _): .text(text)
            case .pattern(let pattern, _): TextPattern(pattern).map(Sign.pattern)
            case .lines: nil
            }
        self.tell = tell
    }

    /// Takes the next bytes; true when they hold what is looked for.
    package mutating func isFound(in bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while let end = rest.firstIndex(where: { $0 == .lineFeed || $0 == .carriageReturn }) {
            line.append(contentsOf: rest[..<end])
            if isFound(in: ControlText.plain(line[...])) { return told() }
            line.removeAll(keepingCapacity: true)
            rest = rest[(end + 1)...]
        }
        line.append(contentsOf: rest)
        if line.count > Self.lineBytesMax { line.removeFirst(line.count - Self.lineBytesMax) }
        // More may come: the end of what is there is not the end of a line.
        return !rest.isEmpty && isFound(in: ControlText.plain(line[...]) + Self.more) && told()
    }

    private func isFound(in line: String) -> Bool {
        switch sign {
        case .text(let text): line.contains(text)
        case .pattern(let pattern): pattern.find(in: line) == .found
        case nil: false
        }
    }

    private func told() -> Bool {
        tell()
        return true
    }

    private static let lineBytesMax = 64 << 10
    private static let more = "\u{FFFD}"
}
