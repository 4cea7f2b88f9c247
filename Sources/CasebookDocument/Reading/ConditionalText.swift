/// Recognises sentences that do something only under a condition.
///
/// The words come from a survey of public runbooks, half of which hold such a paragraph.
enum ConditionalText {
    /// True for *If ...*, *Unless ...*, *In case ...*, *Optional: ...*.
    static func isConditional(_ text: String) -> Bool {
        let words = HeadingWords(text.prefix(80)).words
        guard openings.contains(where: { words.starts(with: $0) }) else { return false }
        return !sequences.contains { words.starts(with: $0) }
    }

    /// True for a paragraph that only says that what follows is another way to do what stands before it.
    static func isAlternative(_ text: String) -> Bool {
        let words = HeadingWords(text.prefix(80)).words
        if bareAlternatives.contains(words) { return true }
        // `Alternatively, use the API:`; a sentence of its own is no link between two blocks.
        guard AttributeValue.trimmed(text).hasSuffix(":") else { return false }
        return alternativeOpenings.contains { words.starts(with: $0) }
    }

    /// True for one line that stands between two ways to do something.
    static func isBareAlternative(_ line: String) -> Bool {
        bareAlternatives.contains(HeadingWords(line).words)
    }

    private static let openings: [[String]] = [
        ["if"], ["when"], ["whenever"], ["unless"], ["in", "case"], ["in", "the", "event"], ["only", "if"],
        ["otherwise"], ["optional"], ["optionally"],
    ]

    /// Openings that say in which order, and not whether: *When done*.
    private static let sequences: [[String]] = [
        ["when", "done"], ["when", "finished"], ["when", "complete"], ["when", "completed"],
        ["when", "prompted"], ["when", "asked"], ["when", "ready"], ["when", "to"], ["when", "using"],
        ["when", "you", "are", "done"], ["when", "you're", "done"], ["when", "you", "have"],
        ["when", "you", "run"],
        ["when", "everything"], ["if", "successful"], ["if", "everything"], ["if", "all", "goes"],
    ]

    private static let bareAlternatives: Set<[String]> = [
        ["or"], ["-or-"], ["--or--"], ["alternatively"], ["or", "alternatively"], ["either"], ["or", "else"],
    ]

    private static let alternativeOpenings: [[String]] = [["alternatively"], ["or"]]
}
