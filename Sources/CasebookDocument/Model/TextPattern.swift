/// A regular expression that an author wrote.
package struct TextPattern {
    private let regex: Regex<AnyRegexOutput>

    /// - Returns: nil for a text that is none.
    package init?(_ text: String) {
        do {
            regex = try Regex(text).anchorsMatchLineEndings()
        } catch {
            // Why it is none is said in the words of the parser of Swift, which are for people who write Swift.
            return nil
        }
    }

    /// True when it is found in a text; `^` and `$` are the ends of lines.
    package func isFound(in text: String) -> Bool { text.contains(regex) }

    /// True when it is all of a text.
    package func isWhole(_ text: String) -> Bool { text.wholeMatch(of: regex) != nil }
}
