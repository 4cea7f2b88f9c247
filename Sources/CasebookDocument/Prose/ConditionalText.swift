/// Recognises sentences that do something only under a condition.
///
/// The words come from a survey of public runbooks, half of which hold such a paragraph.
enum ConditionalText {
    /// True for a sentence with *if*, *unless*, *in case* or *optional* before it that asks for something.
    static func isConditional(_ text: String) -> Bool {
        if opens(Substring(text)), asks(Substring(text)) { return true }
        let labelled = LabelledText(text)
        return labelled.label != nil && opens(labelled.rest) && asks(labelled.rest)
    }

    /// True for a text that opens with a condition, even when it only says what is then so.
    static func opensWithCondition(_ text: String) -> Bool {
        opens(Substring(text)) || opens(LabelledText(text).rest)
    }

    /// True for a heading that makes its section one for some cases only: *(optional)*, *[RC only]*.
    static func isConditionalHeading(_ title: String) -> Bool {
        if isConditional(title) { return true }
        if HeadingWords.first(of: title.start(60)) == "additional" {
            let rest = HeadingWords(title.start(60)).words.dropFirst()
            if rest.starts(with: ["steps", "for"]) || rest.starts(with: ["step", "for"]) { return true }
        }
        // `Troubleshooting: what to do if the check fails` is a procedure of its own, for when it is needed.
        if SectionRole.namesProcedure(title) { return true }
        guard
            title.utf8.contains(where: { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: "[") })
                || title.holds("ptional")
        else {
            return false
        }
        let title = title.lowercased()
        return remarks.contains { title.holds($0) } || title.hasSuffix(" only)") || title.holds(" only]")
    }

    /// True for a paragraph that ends with the condition: *Create one, if needed:*.
    static func endsConditionally(_ text: String) -> Bool {
        let tail = text.ending(60)
        let isAnnounced = text.ends(with: ":")
        guard
            isAnnounced || tail.holds("if") || tail.holds("If") || tail.holds("needed")
                || tail.holds("ptional")
        else { return false }
        let words = HeadingWords(tail).words
        if let last = words.last, lastWords.contains(last),
            endings.contains(where: { words.suffix($0.count).elementsEqual($0) })
        {
            return true
        }
        if isAnnounced, let last = ImperativeText.lastSentence(of: text.ending(300)) {
            if limits(last) { return true }
            // `This installs it. However, if that fails, try:`
            if opens(last), asks(last.dropLast()) { return true }
        }
        guard tail.holds(UInt8(ascii: "(")), let open = tail.lastIndex(of: "("), tail[open...].contains(")")
        else { return false }
        return HeadingWords.first(of: tail[open...]) == "if"
    }

    /// True for *Run this only if the disk is full:*, *For production only:*, *In an emergency:*.
    ///
    /// - `last`: the sentence before the colon.
    private static func limits(_ last: Substring) -> Bool {
        let words = HeadingWords(last).words
        if words.count < 8, words.first == "for", words.last == "only" { return true }
        if limitations.contains(where: { words.starts(with: $0) }) { return true }
        guard words.count < 25,
            ["only", "not", "skip"].contains(words.first) || ImperativeText.isImperative(String(last)),
            let index = words.prefix(8).dropFirst().firstIndex(where: {
                ["if", "unless", "when"].contains($0)
            })
        else { return false }
        let before = words[..<index]
        if words[index] == "when", !before.contains("only"), !["this", "it"].contains(before.last) {
            return false
        }
        return !before.contains(where: questions.contains)
    }

    /// Starts of labels that name a case.
    private static let limitations: [[String]] = [
        ["in", "an", "emergency"], ["in", "the", "worst", "case"], ["failing", "that"],
        ["as", "a", "fallback"],
        ["suppose"], ["only", "after"], ["only", "if"], ["only", "when"], ["get", "approval"],
    ]

    /// Words before *if* that make it a question: *check if it runs*.
    private static let questions: Set<String> = [
        "check", "see", "verify", "confirm", "test", "determine", "find", "ensure", "look", "inspect",
        "validate",
        "decide", "ask", "know", "tell", "show", "whether", "even", "as", "checks", "shows", "tells", "watch",
        "understand", "learn", "say", "says", "report", "reports", "wait", "note", "query", "examine",
        "evaluate",
    ]

    /// True for a sentence that says that something may be left out: *you can skip this section*.
    static func skips(_ text: String) -> Bool {
        guard text.holds("kip"), text.holds("skip") || text.holds("Skip") else { return false }
        let words = HeadingWords(text.start(400)).words
        for (index, word) in words.enumerated() {
            let rest = words[(index + 1)...]
            switch word {
            case "skip":
                guard rest.prefix(2).contains(where: ["this", "these", "to", "ahead"].contains) else {
                    continue
                }
                // `Skip to step 3 of their instructions` speaks of somebody else's.
                if rest.first == "to", rest.prefix(8).contains("of") { continue }
                let isOrder = index == 0 || !["not", "don't", "never", "must"].contains(words[index - 1])
                if isOrder, rest.prefix(5).contains(where: parts.contains) { return true }
            case "skipped":
                guard index > 1, words[index - 1] == "be", ["can", "may"].contains(words[index - 2]),
                    words[..<index].contains(where: parts.contains)
                else { continue }
                return true
            default: continue
            }
        }
        return false
    }

    /// True for a paragraph that only says that what follows is another way to do what stands before it.
    static func isAlternative(_ text: String) -> Bool {
        let words = HeadingWords(text.start(80)).words
        if isBare(words) { return true }
        // `Alternatively, use the API:`; a sentence of its own is no link between two blocks.
        guard AttributeValue.trimmed(text).ends(with: ":") else { return false }
        // `Faster alternative option (compiled):`
        if words.count < 9, words.contains("alternative"), !ImperativeText.isImperative(text) { return true }
        return alternativeOpenings.contains { words.starts(with: $0) } || prefers(text)
    }

    /// True for *If you prefer npm, use:*, and not for *If you prefer, sign it:*.
    static func prefers(_ text: String) -> Bool {
        guard text.begins(withSmall: "if you "), text.ends(with: ":") else { return false }
        let words = HeadingWords(text.start(80)).words.dropFirst(2)
        guard let verb = words.first, ["prefer", "would", "use"].contains(verb) else { return false }
        if verb == "would" { return words.dropFirst().starts(with: ["rather", "use"]) }
        if verb == "use" { return words.prefix(6).contains("instead") }
        let rest = words.dropFirst()
        if rest.first == "to" { return ["use", "install", "build"].contains(rest.dropFirst().first) }
        return !rest.isEmpty && !text.begins(withSmall: "if you prefer,")
    }

    /// True for one line that stands between two ways to do something.
    static func isBareAlternative(_ line: String) -> Bool {
        guard let first = HeadingWords.first(of: line), bareFirstWords.contains(first) else { return false }
        return isBare(HeadingWords(line).words)
    }

    private static func isBare(_ words: [String]) -> Bool {
        guard let first = words.first, bareFirstWords.contains(first) else { return false }
        return bareAlternatives.contains(words)
    }

    private static let openings: [[String]] = [
        ["if"], ["when"], ["whenever"], ["unless"], ["in", "case"], ["in", "the", "event"], ["only", "if"],
        ["otherwise"], ["optional"], ["optionally"], ["or", "if"], ["but", "if"], ["for", "those"],
        ["for", "users"], ["for", "anyone"], ["and", "if"],
        ["only", "when"], ["only", "for"], ["as", "a", "last", "resort"], ["in", "rare", "cases"],
        ["in", "some", "cases"], ["in", "that", "case"], ["in", "this", "case"],
        ["depending", "on"], ["provided", "that"], ["assuming"], ["should", "the"], ["should", "a"],
        ["should", "an"],
        ["should", "any"], ["should", "it"], ["should", "this"], ["should", "that"], ["should", "there"],
        ["should", "you"],
        ["alternatively", "if"], ["or", "alternatively", "if"], ["however", "if"], ["note", "if"],
    ]

    /// Openings that say in which order, and not whether: *When done*.
    private static let sequences: [[String]] = [
        ["when", "done"], ["when", "finished"], ["when", "complete"], ["when", "completed"],
        ["when", "prompted"], ["when", "asked"], ["when", "ready"], ["when", "to"], ["when", "using"],
        ["when", "you", "are", "done"], ["when", "you're", "done"], ["when", "you", "have"],
        ["when", "you", "run"], ["if", "possible"],
        ["when", "everything"], ["if", "successful"], ["if", "everything"], ["if", "all", "goes"],
    ]

    private static let bareAlternatives: Set<[String]> = [
        ["or"], ["-or-"], ["--or--"], ["alternatively"], ["or", "alternatively"], ["either"], ["or", "else"],
        ["alternative"], ["instead"], ["another", "option"], ["another", "option", "is"], ["another", "way"],
        ["as", "an", "alternative"],
    ]

    private static let bareFirstWords = Set(bareAlternatives.compactMap(\.first))

    private static let alternativeOpenings: [[String]] = [
        ["alternatively"], ["or"], ["another", "option"], ["another", "way"], ["you", "can", "also", "run"],
        ["you", "can", "also", "use"],
    ]

    private static let remarks = [
        "(optional", "[optional", "(if ", "[if ", "(only if ", "(only for ", "(when ", "- optional",
        ": optional",
    ]

    private static let endings = [
        "if needed", "if necessary", "if required", "if applicable", "if desired", "as needed", "optional",
    ]
    .map { $0.split(separator: " ").map(String.init) }

    /// The words with which those end.
    private static let lastWords = Set(endings.compactMap(\.last))

    private static let parts: Set<String> = [
        "section", "sections", "step", "steps", "part", "chapter", "paragraph",
    ]
}

// MARK: - What a sentence asks

extension ConditionalText {
    private static func opens(_ text: Substring) -> Bool {
        guard let first = HeadingWords.first(of: text.start(24)), firstWords.contains(first) else {
            return false
        }
        let words = HeadingWords(text.start(160)).words
        // `To get a viewer instead, run:` is another way than the one before it.
        if words.first == "to", let index = words.firstIndex(of: "instead"), index < 14 {
            // `instead of X` is another way when code follows, and a remark where none does.
            guard words.dropFirst(index + 1).first == "of" else { return true }
            return text.ends(with: ":") && ["a", "an", "the"].contains(words.dropFirst(index + 2).first)
        }
        guard openings.contains(where: { words.starts(with: $0) }) else { return false }
        guard sequences.contains(where: { words.starts(with: $0) }) else { return true }
        // *When you are done, you can delete it* leaves it to the reader.
        return words.first == "when"
            && zip(words, words.dropFirst()).contains { $0 == "you" && ["can", "may", "could"].contains($1) }
    }

    /// The words with which a condition begins: most sentences are told apart by their first one.
    private static let firstWords = Set(openings.compactMap(\.first)).union(["to"])

    /// False for *If it is full, it will be cleaned*: nobody has anything to do.
    private static func asks(_ text: Substring) -> Bool {
        guard !text.ends(with: ":"), let sentence = ImperativeText.sentences(of: text.start(400)).first else {
            return true
        }
        let clauses = sentence.parts(at: UInt8(ascii: ",")).filter { !$0.isEmpty }
        // `If it fails it will roll back.`
        if clauses.count == 1, !text.ends(with: ":"), isAll(sentence, of: text) {
            let words = HeadingWords(sentence).words
            if words.first != "to", words.contains("will"), !ImperativeText.holdsCommand(String(sentence)),
                !ImperativeText.obliges(words), !ImperativeText.permits(words)
            {
                return false
            }
        }
        guard clauses.count > 1, !ImperativeText.holdsCommand(String(sentence)) else { return true }
        let main = clauses.dropFirst()
        if main.contains(where: { ImperativeText.beginsWithVerb($0.prefix(120)) }) { return true }
        let words = HeadingWords(main.joined(separator: ",")).words
        if ImperativeText.obliges(words) || ImperativeText.permits(words) { return true }
        return !declares(words)
    }

    /// True when a text is one sentence.
    private static func isAll(_ sentence: Substring, of text: Substring) -> Bool {
        if sentence.utf8.count == text.utf8.count { return true }
        return !text.isASCII && sentence.count == text.count
    }

    /// True for words that say how things are: *it will be cleaned*, *the pods are gone*.
    private static func declares(_ words: [String]) -> Bool {
        let start = words.first == "then" ? words.dropFirst() : words[...]
        guard let first = start.first else { return false }
        return subjects.contains(first) || start.prefix(4).contains(where: predicates.contains)
    }

    private static let subjects: Set<String> = [
        "it", "that", "there", "they", "we", "you", "the", "a", "an", "all", "no",
        "any", "its", "their", "your", "our", "most", "some", "each", "every", "nothing", "one", "i",
    ]

    private static let predicates: Set<String> = [
        "is", "are", "will", "would", "was", "were", "has", "does", "can", "may",
    ]
}
