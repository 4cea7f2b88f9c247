import Testing

/// A name that does not stand in the sources, and what stands there instead.
struct BannedName: CustomTestStringConvertible {
    /// Looked for in code, not in comments and string literals.
    let pattern: String
    let replacement: String
    /// Paths under which it is allowed after all.
    var allowedIn: [String] = []
    /// True when a comment on the line or right above it makes it acceptable.
    var needsReason = false
    /// True when tests keep to it too.
    var holdsInTests = false
    /// A line in which it is found: every rule is first seen to fire.
    let example: String

    var testDescription: String { pattern }

    static let all: [BannedName] = [
        BannedName(
            pattern: #"\bpublic\b"#,
            replacement: "`package`, or nothing: this is a tool, it owes nobody a library",
            holdsInTests: true,
            example: "public struct Cell {}"
        ),
        BannedName(
            pattern: #"\btry!"#,
            replacement: "`try` and a thrown error",
            holdsInTests: true,
            example: "let file = try! open()"
        ),
        BannedName(
            pattern: #"\bas!"#,
            replacement: "`as?` and an error",
            holdsInTests: true,
            example: "let cell = item as! Cell"
        ),
        BannedName(
            pattern: #"\bfatalError\("#,
            replacement: "an error, or `preconditionFailure` with a sentence",
            example: "fatalError(message)"
        ),
        BannedName(
            pattern: #"\bDate\(\)|\bDate\.now\b"#,
            replacement: "the `WallClock` that is handed in",
            example: "let start = Date()"
        ),
        BannedName(
            pattern: #"(?:^|[^.\w])(debugPrint|print|dump)\("#,
            replacement: "the front end's own output",
            allowedIn: ["Sources/CasebookTerminal/", "Sources/casebook/"],
            example: "print(total)"
        ),
        BannedName(
            pattern: #"\bNSRegularExpression\b"#,
            replacement: "a scanner over bytes, or `Regex`",
            example: "let pattern = NSRegularExpression()"
        ),
        BannedName(
            pattern: #"(?:^|[^.\w])Task(\.detached)?\s*(\([^)]*\))?\s*\{"#,
            replacement: "a task group or `async let`; a task of its own only at the edge of the process",
            allowedIn: ["Sources/casebook/"],
            example: "Task { await runner.run() }"
        ),
        BannedName(
            pattern: #"@unchecked Sendable|nonisolated\(unsafe\)|\bunsafeBitCast\b"#,
            replacement: "a value, an actor or a `Mutex`; else a comment that says what guards it",
            needsReason: true,
            example: "final class Pump: @unchecked Sendable {}"
        ),
        BannedName(
            pattern: #"\btry\?"#,
            replacement: "`do` and `catch`; else a comment that says why the error does not matter",
            needsReason: true,
            example: "let text = try? read(file)"
        ),
    ]

    /// Where a file breaks this rule.
    func findings(in file: SourceFile) throws -> [Finding] {
        if allowedIn.contains(where: file.path.hasPrefix) { return [] }
        if file.path.hasPrefix("Tests/"), !holdsInTests { return [] }
        let regex = try Regex(pattern).wordBoundaryKind(.simple)
        let written = file.lines
        // Nearly every line is passed over by its letters alone: regular expressions are slow in a debug build.
        let words = Self.words(in: pattern)
        return file.code.enumerated().compactMap { index, line in
            guard words.contains(where: { line.utf8.firstRange(of: $0.utf8) != nil }), line.contains(regex)
            else {
                return nil
            }
            if needsReason, Self.hasReason(at: index, in: written) { return nil }
            return Finding(path: file.path, line: index + 1, message: "`\(pattern)`; instead: \(replacement)")
        }
    }

    /// The longest run of letters of each alternative, of which every match holds one.
    static func words(in pattern: String) -> [String] {
        var words: [String] = []
        for alternative in pattern.replacing(#/\\[a-z]/#, with: " ").split(
            omittingEmptySubsequences: true,
            whereSeparator: Self.parts
        ) {
            let runs = alternative.split(omittingEmptySubsequences: true, whereSeparator: { !$0.isLetter })
            if let longest = runs.max(by: { $0.count < $1.count }) { words.append(String(longest)) }
        }
        return words
    }

    private static func parts(_ character: Character) -> Bool { "|()".contains(character) }

    private static func hasReason(at index: Int, in lines: [Substring]) -> Bool {
        lines[index].contains("//") || (index > 0 && lines[index - 1].contains("//"))
    }
}
