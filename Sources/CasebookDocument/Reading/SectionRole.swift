/// What a heading says about what stands under it.
enum SectionRole: Hashable, Sendable {
    case ordinary
    /// A heading such as `Step 2: Drain` or `3. Drain`: itself a step.
    case step
    /// Overview, Background, References, ...: it describes and holds no steps.
    case describes
    /// Rollback, Revert, Troubleshooting, ...: outside the forward order.
    case undo
    /// Example, Usage, Sample, Appendix: shown only.
    case shown
}

extension SectionRole {
    /// Reads a heading's plain text.
    init(ofHeading text: String) {
        let (number, title) = Self.withoutNumber(text)
        let words = title.lowercased()
        if Self.undoTitles.contains(where: { Self.starts(words, with: $0) || words.hasSuffix(" " + $0) }) {
            self = .undo
        } else if Self.shownTitles.contains(where: { Self.starts(words, with: $0) })
            || Self.shownAloneTitles.contains(words)
        {
            self = .shown
        } else if Self.describesTitles.contains(where: { Self.starts(words, with: $0) }) {
            self = .describes
        } else if number != nil, !Self.chaptersTitles.contains(words) {
            self = .step
        } else {
            self = .ordinary
        }
    }

    private static let undoTitles = [
        "rollback", "roll back", "rolling back", "roll-back", "back-out", "backout", "back out", "revert",
        "reverting", "undo", "undoing", "if it fails", "if this fails", "if something goes wrong",
        "troubleshooting", "troubleshoot",
    ]

    private static let shownTitles = ["example", "examples", "sample", "samples", "appendix", "appendices"]
    private static let shownAloneTitles: Set<String> = ["usage", "usage examples"]

    private static let describesTitles = [
        "overview", "background", "reference", "references", "escalation", "escalations", "related",
        "runbook info",
        "runbook information", "purpose", "scope", "summary", "introduction", "meaning", "impact", "contacts",
        "contact", "glossary", "definitions", "table of contents", "contents", "see also", "further reading",
        "resources", "additional resources", "links", "changelog", "change log", "revision history",
        "document history", "about",
    ]

    /// Titles of chapters: a number before them numbers the chapter, and the steps stand inside.
    private static let chaptersTitles: Set<String> = [
        "actions", "clean up", "cleanup", "containment", "diagnosis", "eradication", "execution",
        "instructions",
        "investigation", "mitigation", "post-checks", "pre-checks", "prechecks", "preparation",
        "prerequisites",
        "procedure", "procedures", "recovery", "remediation", "resolution", "setup", "steps", "verification",
    ]

    /// True when the text is the phrase, or goes on after it with something else than a letter.
    private static func starts(_ text: String, with phrase: String) -> Bool {
        guard text.hasPrefix(phrase) else { return false }
        guard let next = text.dropFirst(phrase.count).first else { return true }
        return !next.isLetter && !next.isNumber && next != "-"
    }

    /// The number of `Step 2: Drain`, `2. Drain`, `2.1 Drain`, and the rest of the title.
    private static func withoutNumber(_ text: String) -> (number: Substring?, title: String) {
        let trimmed = AttributeValue.trimmed(text)
        var rest = Substring(trimmed)
        var hasWord = false
        for word in ["step", "phase", "stage"] where rest.lowercased().hasPrefix(word + " ") {
            rest = rest.dropFirst(word.count).drop { $0 == " " || $0 == "#" }
            hasWord = true
            break
        }
        let number = rest.prefix { ("0"..."9").contains($0) || $0 == "." }
        guard number.contains(where: \.isNumber), number.first != "." else { return (nil, trimmed) }
        rest = rest.dropFirst(number.count)
        let isDotted = number.contains(".")
        let separator = rest.first
        let isMarked = separator == ")" || separator == ":" || rest.hasPrefix(" - ") || rest.hasPrefix(" – ")
        guard hasWord || isMarked || (isDotted && (rest.isEmpty || separator == " ")) else {
            return (nil, trimmed)
        }
        let title = rest.drop { !$0.isLetter && !$0.isNumber }
        return (number, String(title))
    }
}
