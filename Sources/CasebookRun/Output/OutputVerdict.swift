package import CasebookDocument

/// What a cell's settled output is, held against what its author expects.
package struct OutputVerdict: Hashable, Sendable {
    /// A phrase for each expectation that is not met; empty when all are.
    package private(set) var problems: [String] = []
    /// The lines that differ, `-` expected and `+` found; nil when there is nothing to show.
    package private(set) var difference: String?

    /// - Parameters:
    ///   - lines: the settled output, its first and last lines when it is too large to be kept.
    ///   - isWhole: false when lines between them are missing.
    package init(_ expectations: [OutputExpectation], lines: [String], isWhole: Bool) {
        let text = lines.joined(separator: "\n")
        for expectation in expectations {
            switch expectation {
            case .text(let wanted, let isWanted):
                judge("`\(wanted)`", isFound: text.contains(wanted), isWanted, isWhole)
            case .pattern(let pattern, let isWanted):
                // A pattern that is none was refused when the document was read.
                switch TextPattern(pattern)?.find(in: text) ?? .notFound {
                case .givenUp: problems.append(Self.tooSlow(pattern))
                case let finding: judge("`/\(pattern)/`", isFound: finding == .found, isWanted, isWhole)
                }
            case .lines(let expected, let line):
                guard isWhole else {
                    problems.append(
                        "the output is too large to be compared with the `expect` block on line \(line)"
                    )
                    continue
                }
                compare(lines, expected, line)
            }
        }
    }

    private mutating func judge(_ what: String, isFound: Bool, _ isWanted: Bool, _ isWhole: Bool) {
        switch (isFound, isWanted) {
        case (true, true): break
        case (false, false) where isWhole: break
        case (false, true):
            problems.append(
                "the output does not hold \(what)" + (isWhole ? "" : " in its first and last part")
            )
        case (true, false): problems.append("the output holds \(what)")
        case (false, false): problems.append("the output is too large to say that it does not hold \(what)")
        }
    }

    private mutating func compare(_ lines: [String], _ expected: [ExpectedLine], _ line: Int) {
        let patterns = LinePatterns(expected)
        let reached = Self.reach(lines, expected, patterns)
        problems += patterns.givenUp.map(Self.tooSlow)
        guard !reached.isMatch else { return }
        problems.append("the output differs from the `expect` block on line \(line)")
        let shown = Self.difference(lines, expected, from: reached, patterns)
        difference = [difference, shown].compactMap { $0 }.joined(separator: "\n")
    }

    private static func tooSlow(_ pattern: String) -> String {
        "`/\(pattern)/` was given up: it would take too long on this output"
    }
}

// MARK: - Line by line

extension OutputVerdict {
    /// How far the lines of an output follow the expected ones.
    private struct Reach {
        var line = 0
        var expected = 0
        var isMatch = false
    }

    /// Follows the lines; `...` takes as few of them as lets the rest follow, so that one way back is enough.
    private static func reach(
        _ lines: [String],
        _ expected: [ExpectedLine],
        _ patterns: LinePatterns
    ) -> Reach {
        var line = 0
        var next = 0
        var back: (line: Int, next: Int)?
        var furthest = Reach()
        while true {
            if next > furthest.expected || next == furthest.expected && line > furthest.line {
                furthest = Reach(line: line, expected: next)
            }
            if next == expected.count, line == lines.count {
                return Reach(line: line, expected: next, isMatch: true)
            }
            if next < expected.count, expected[next] == .anyLines {
                back = (line, next + 1)
                next += 1
            } else if line < lines.count, next < expected.count, expected[next].matches(lines[line], patterns)
            {
                line += 1
                next += 1
            } else if let last = back, last.line < lines.count {
                back = (last.line + 1, last.next)
                line = last.line + 1
                next = last.next
            } else {
                return furthest
            }
        }
    }

    /// Where both part, with two lines before: what is expected and missing, and what is there instead.
    private static func difference(
        _ lines: [String],
        _ expected: [ExpectedLine],
        from reach: Reach,
        _ patterns: LinePatterns
    ) -> String {
        let wanted = Array(expected[min(reach.expected, expected.count)...])
        let found = Array(lines[min(reach.line, lines.count)...])
        let alignment = LineAlignment(wanted.prefix(comparedMax), found.prefix(comparedMax)) {
            $0.matches($1, patterns)
        }
        var shown = lines[..<min(reach.line, lines.count)].suffix(2).map { "  \($0)" }
        shown += alignment.rows(atMost: linesMax, text: \.text)
        if wanted.count > comparedMax { shown.append("- [... \(wanted.count - comparedMax) more lines ...]") }
        if found.count > comparedMax { shown.append("+ [... \(found.count - comparedMax) more lines ...]") }
        return shown.joined(separator: "\n")
    }

    /// So many lines of each side are laid beside each other.
    private static let comparedMax = 200
    private static let linesMax = 20
}

/// The regular expressions of an `expect` block, each made once.
private final class LinePatterns {
    private let made: [String: TextPattern]
    /// Those that took too long on a line.
    private(set) var givenUp: [String] = []

    init(_ lines: [ExpectedLine]) {
        var made: [String: TextPattern] = [:]
        for case .pattern(let text) in lines where made[text] == nil { made[text] = TextPattern(text) }
        self.made = made
    }

    func isWhole(_ line: String, _ text: String) -> Bool {
        switch made[text]?.matchWhole(line) ?? .notFound {
        case .found: return true
        case .notFound: return false
        case .givenUp:
            if !givenUp.contains(text) { givenUp.append(text) }
            return false
        }
    }
}

extension ExpectedLine {
    /// The line as its author wrote it.
    fileprivate var text: String {
        switch self {
        case .text(let text): text
        case .glob(let text): "\(text) (glob)"
        case .pattern(let text): "\(text) (re)"
        case .anyLines: "..."
        }
    }

    /// White space at the end of a line counts on neither side: editors remove it.
    fileprivate func matches(_ line: String, _ patterns: LinePatterns) -> Bool {
        let line = Self.withoutEnd(line)
        switch self {
        case .text(let text):
            let text = Self.withoutEnd(text)
            return line == text || text.contains("...") && Self.follow(line, text.split(byText: "..."))
        case .glob(let text): return Wildcard.matches(Array(line), Array(Self.withoutEnd(text)))
        case .pattern(let pattern): return patterns.isWhole(line, pattern)
        case .anyLines: return true
        }
    }

    private static func withoutEnd(_ line: String) -> String {
        var line = line[...]
        while let last = line.last, last == " " || last == "\t" { line.removeLast() }
        return String(line)
    }

    /// True when a line is made of the pieces in their order, with anything between them.
    private static func follow(_ line: String, _ pieces: [Substring]) -> Bool {
        guard let first = pieces.first, let last = pieces.last, line.hasPrefix(first) else { return false }
        var rest = line.dropFirst(first.count)
        for piece in pieces.dropFirst().dropLast() {
            guard let found = piece.isEmpty ? rest.startIndex..<rest.startIndex : rest.firstRange(of: piece)
            else {
                return false
            }
            rest = rest[found.upperBound...]
        }
        return rest.hasSuffix(last)
    }
}

extension String {
    fileprivate func split(byText mark: String) -> [Substring] {
        split(separator: mark, omittingEmptySubsequences: false)
    }
}

/// Patterns with `*` and `?`.
enum Wildcard {
    /// One way back is enough: a later `*` can take all that an earlier one could.
    static func matches(_ text: [Character], _ pattern: [Character]) -> Bool {
        var at = 0
        var next = 0
        var back: (at: Int, next: Int)?
        while at < text.count {
            if next < pattern.count, pattern[next] == "*" {
                next += 1
                back = (at, next)
            } else if next < pattern.count, pattern[next] == "?" || pattern[next] == text[at] {
                at += 1
                next += 1
            } else if let last = back {
                back = (last.at + 1, last.next)
                at = last.at + 1
                next = last.next
            } else {
                return false
            }
        }
        return pattern[next...].allSatisfy { $0 == "*" }
    }
}
