import CasebookDocument

/// Makes texts of cells and people safe to stand in Markdown: nothing in them becomes markup.
enum MarkdownText {
    /// One line of plain text, fit for a table cell, a list item or a heading.
    static func plain(_ text: String) -> String {
        let line = visible(text).split(omittingEmptySubsequences: true) { $0.isWhitespace || $0.isNewline }
            .joined(separator: " ")
        var escaped = ""
        var previous: [Character] = []
        for (index, character) in line.enumerated() {
            if alwaysEscaped.contains(character) || isAtRisk(character, at: index, after: previous, in: line)
            {
                escaped.append("\\")
            }
            escaped.append(character)
            previous.append(character)
        }
        return escaped
    }

    /// Code in a line, between enough backticks; `|` stays one cell of a table.
    static func code(_ text: String) -> String {
        let line = visible(text).split(omittingEmptySubsequences: true) { $0.isNewline }.joined(
            separator: " "
        )
        guard line.contains(where: { !$0.isWhitespace }) else { return "" }
        let ticks = String(repeating: "`", count: longestRun(of: "`", in: line) + 1)
        let pad = line.hasPrefix("`") || line.hasSuffix("`") ? " " : ""
        let escaped = line.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
        return "\(ticks)\(pad)\(escaped)\(pad)\(ticks)"
    }

    /// A fence that is never run, longer than every run of backticks in it.
    static func fence(_ language: String, _ bytes: [UInt8]) -> String {
        var content = visible(String(decoding: bytes, as: UTF8.self))
        if !content.isEmpty, !content.hasSuffix("\n") { content += "\n" }
        let ticks = String(repeating: "`", count: max(3, longestRun(of: "`", in: content) + 1))
        return "\(ticks)\(language) {run=no}\n\(content)\(ticks)"
    }

    /// The author's own Markdown as a quotation: its emphasis stays, its blocks become text.
    static func quotation(_ markdown: String) -> String {
        let lines = visible(markdown).split(omittingEmptySubsequences: false) { $0.isNewline }
        let trimmed = lines.drop { isBlank($0) }.reversed().drop { isBlank($0) }.reversed()
        return trimmed.map { isBlank($0) ? ">" : "> \(neutral($0))" }.joined(separator: "\n")
    }

    // MARK: - Rules

    /// What begins emphasis, code, links, HTML, entities, a table cell, a mention or strikethrough anywhere.
    private static let alwaysEscaped: Set<Character> = [
        "\\", "`", "*", "_", "[", "]", "<", ">", "&", "|", "~", "@", "$",
    ]

    /// What means something in some places only: at the start of a line, or in a bare address.
    private static func isAtRisk(
        _ character: Character,
        at index: Int,
        after previous: [Character],
        in line: String
    ) -> Bool {
        let rest = line.dropFirst(index + 1)
        return switch character {
        case "#", "-", "+", "=": index == 0
        // A number at the start of a line opens a list only when a space or nothing follows its mark.
        case ".", ")":
            endsInWWW(previous)
                || !previous.isEmpty && previous.allSatisfy(\.isNumber)
                    && rest.first.map { $0 == " " } ?? true
        case ":": rest.hasPrefix("//")
        default: false
        }
    }

    private static func endsInWWW(_ previous: [Character]) -> Bool {
        previous.suffix(3).map { $0.lowercased() } == ["w", "w", "w"]
    }

    /// Takes the power to open a fence, a box, a heading or HTML from a line of the author's.
    private static func neutral(_ line: Substring) -> String {
        var start = line.startIndex
        // A list or quotation mark may stand before what opens the block.
        while start < line.endIndex, line[start].isWhitespace || "-*+>0123456789.)".contains(line[start]) {
            start = line.index(after: start)
        }
        let head = line[..<start]
        let rest = line[start...]
        let opens = ["```", "~~~", "[ ]", "[x]", "[X]", "#", "<"].contains { rest.hasPrefix($0) }
        // Four columns of space would make the line a block of code.
        let indent = head.prefix { $0.isWhitespace }
        let shortened = head.count - indent.count == 0 ? "" : String(head.dropFirst(indent.count))
        let kept = String(indent.prefix(3)) + shortened
        let pieces = String(rest).split(separator: "<!--", omittingEmptySubsequences: false)
        let text = pieces.joined(separator: "\\<!--")
        return kept + (opens && !text.hasPrefix("\\") ? "\\" : "") + text
    }

    /// Replaces what a reader cannot see: control characters, and those that turn the direction of text.
    private static func visible(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A, 0x09: scalars.append(scalar)
            case 0x0D: break
            case 0x00..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
                scalars.append("\u{FFFD}")
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    private static func longestRun(of character: Character, in text: String) -> Int {
        var longest = 0
        var current = 0
        for one in text {
            current = one == character ? current + 1 : 0
            longest = max(longest, current)
        }
        return longest
    }

    private static func isBlank(_ line: Substring) -> Bool { line.allSatisfy(\.isWhitespace) }
}
