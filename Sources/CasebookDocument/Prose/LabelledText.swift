/// A text without what stands before its sentence: a bold label, a remark in brackets.
struct LabelledText {
    /// The label of `**Immediately:** Restart it`; nil when there is none.
    let label: Substring?
    /// The text after the label, or all of it.
    let rest: Substring

    init(_ text: some StringProtocol) {
        var rest = Substring(text)
        if rest.utf8.first?.isVisible != true { rest = rest.drop(while: \.isWhitespace) }
        var label: Substring?
        while let mark = rest.utf8.first, Self.opensLabel(mark), let (part, after) = Self.split(rest) {
            label = label ?? part
            rest = after
        }
        self.label = label
        self.rest = rest
    }

    /// True for `**fast** = it runs at once` and `**fast** - a run that ...`: it says what something is.
    static func defines(_ text: String) -> Bool {
        guard text.hasPrefix("**") else { return false }
        let inside = text.start(200).dropFirst(2)
        guard let end = inside.firstRange(of: "**") else { return false }
        let rest = inside[end.upperBound...].drop { $0 == " " }
        if rest.hasPrefix("= ") { return true }
        guard ["- ", "– ", "— "].contains(where: rest.hasPrefix) else { return false }
        return HeadingWords.first(of: rest.prefix(40)).map(defining.contains) ?? false
    }

    private static let defining: Set<String> = [
        "such", "a", "an", "provides", "responsible", "represents", "means", "describes", "defines", "same",
    ]

    private static func opensLabel(_ mark: UInt8) -> Bool {
        switch mark {
        case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "("), UInt8(ascii: "["): true
        default: false
        }
    }

    private static func split(_ text: Substring) -> (Substring, Substring)? {
        for mark in ["**", "__"] where text.hasPrefix(mark) {
            let inside = text.dropFirst(2)
            guard let end = inside.firstPlace(of: mark) else { return nil }
            let label = inside[..<end.lowerBound]
            var after = inside[end.upperBound...]
            guard label.ends(with: ":") || after.hasPrefix(":") else { return nil }
            after = after.drop { $0 == ":" || $0.isWhitespace }
            return after.isEmpty ? nil : (label, after)
        }
        // `(sandbox only) Restart it`, and not the link `[Restart](it)`.
        for (open, close) in [("(", ")"), ("[", "]")] as [(Character, String)] where text.first == open {
            guard let end = text.firstPlace(of: close)?.lowerBound else { return nil }
            var after = text[text.index(after: end)...]
            guard after.first != "(", after.first != "[" else { return nil }
            after = after.drop { $0 == ":" || $0.isWhitespace }
            return after.isEmpty ? nil : (text[...end], after)
        }
        return nil
    }
}
