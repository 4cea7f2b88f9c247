/// Recognises sentences that tell somebody to do something.
enum ImperativeText {
    /// True for *Check the queue*, *Please restart it*, *Then run ...*, `**Immediately:** Restart it`.
    static func isImperative(_ text: String) -> Bool {
        beginsWithVerb(LabelledText(text).rest.start(120))
    }

    /// True when any sentence of a text tells somebody to do something, or names a command to run.
    ///
    /// *In the console, click Stop* and *you need to restart it* count too.
    static func tells(_ text: String) -> Bool {
        let rest = LabelledText(text).rest.start(600)
        return holdsCommand(String(rest)) || sentences(of: rest).contains { tellsInOneSentence($0) }
    }

    /// True when a sentence of a text is an order that names a command: *Run `systemctl restart web`.*
    static func ordersCommand(_ text: String) -> Bool {
        guard text.holds(.backtick) else { return false }
        if isImperative(text), holdsCommand(text) { return true }
        return sentences(of: text.start(600)).contains { sentence in
            guard holdsCommand(String(sentence)) else { return false }
            if isImperative(String(sentence)) { return true }
            // `Once it succeeds, run ...`, `Instead of x, use ...`.
            let clauses = sentence.parts(at: UInt8(ascii: ",")).filter { !$0.isEmpty }
            return clauses.count > 1
                && ["once", "after", "instead", "then", "afterwards"].contains(
                    HeadingWords.first(of: clauses[0])
                )
                && clauses.dropFirst().contains { beginsWithVerb($0.prefix(120)) && holdsCommand(String($0)) }
        }
    }

    /// True for a sentence such as *Run `go mod vendor` to fetch them* or *Run `make`*.
    static func ordersByRun(_ text: String) -> Bool {
        sentences(of: text.start(600)).contains { sentence in
            let start = sentence.drop(while: \.isWhitespace)
            guard start.hasPrefix("Run `") else { return false }
            let code = start.dropFirst(5).before(.backtick)
            return holdsCommand(String(sentence)) || RecordedLine.isKnownCommand(Array(code.utf8)[...])
        }
    }

    /// The sentences of a text, as far as a full stop or a colon tells them apart.
    static func sentences(of text: some StringProtocol) -> [Substring] {
        let text = Substring(text)
        var sentences: [Substring] = []
        var start = text.startIndex
        for length in text.withBytes(sentenceLengths) {
            let end = text.utf8.index(start, offsetBy: length)
            sentences.append(text[start..<end])
            start = end
        }
        return sentences
    }

    /// The last of them; nil when there is none.
    static func lastSentence(of text: some StringProtocol) -> Substring? {
        let text = Substring(text)
        let lengths = text.withBytes(sentenceLengths)
        guard let last = lengths.last else { return nil }
        let start = text.utf8.index(text.startIndex, offsetBy: lengths.dropLast().reduce(0, +))
        return text[start..<text.utf8.index(start, offsetBy: last)]
    }

    /// How many bytes each sentence is long; white space after the last one is none.
    private static func sentenceLengths(in bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
        var lengths: [Int] = []
        var start = 0
        for index in bytes.indices where bytes[index].endsSentence {
            guard index + 1 == bytes.count || bytes[index + 1].isSentenceSpace else { continue }
            lengths.append(index + 1 - start)
            start = index + 1
        }
        if bytes[start...].contains(where: { !$0.isSentenceSpace }) { lengths.append(bytes.count - start) }
        return lengths
    }

    /// True when the words after a comma or the first ones begin with a verb, or somebody is told to.
    static func tellsInOneSentence(_ sentence: Substring) -> Bool {
        if beginsWithVerb(sentence.start(120)) { return true }
        let clauses =
            sentence.holds(UInt8(ascii: ","))
            ? sentence.parts(at: UInt8(ascii: ",")).filter { !$0.isEmpty } : []
        if clauses.count > 1, opensClause(clauses[0]),
            clauses.dropFirst().contains(where: { beginsWithVerb($0.prefix(120)) })
        {
            return true
        }
        return obliges(HeadingWords(sentence).words)
    }

    /// True for *you should restart*, *must be drained*: an obligation and something to do.
    static func obliges(_ words: [String]) -> Bool {
        verbs(after: obligations, in: words).contains { verbs.contains($0) && !perceptions.contains($0) }
            && !describesRun(words)
    }

    /// True for *Watchers should run as background tasks*: what things do by themselves, and nobody does to them.
    private static func describesRun(_ words: [String]) -> Bool {
        guard let modal = words.firstIndex(where: { ["should", "must"].contains($0) }), modal > 0,
            words.dropFirst(modal + 1).first.map(["run", "start", "restart", "show", "work"].contains)
                ?? false
        else { return false }
        let next = words.dropFirst(modal + 2).first ?? ""
        return ["as", "in", "on", "at", "within", "automatically", "by", "up", "with"].contains(next)
            && words[modal - 1].hasSuffix("s") && !words[..<modal].contains(where: persons.contains)
    }

    private static let persons: Set<String> = [
        "you", "we", "engineers", "operators", "users", "admins", "administrators", "developers", "teams",
        "owners", "members", "they", "who",
    ]

    /// True for *you can pass another name*: what somebody may do, whatever it is.
    static func permits(_ words: [String]) -> Bool {
        verbs(after: permissions, in: words).contains { !perceptions.contains($0) }
    }

    /// The verbs that follow certain words: *restart* after *you should also*.
    private static func verbs(after modals: [[String]], in words: [String]) -> [String] {
        words.indices.compactMap { index in
            guard let modal = modals.first(where: { words[index...].starts(with: $0) }) else { return nil }
            return words[(index + modal.count)...].first { !adverbs.contains($0) }
        }
    }

    /// True when a text holds inline code that looks like a command with an argument.
    static func holdsCommand(_ text: String) -> Bool {
        guard text.mayHoldCode else { return false }
        let parts = text.parts(at: .backtick)
        return parts.indices.contains { index in
            guard index % 2 == 1, index + 1 < parts.count else { return false }
            guard parts[index].isASCII else { return isCommand(parts[index]) }
            return parts[index].withBytes { bytes in
                let words = bytes.drop { $0 == .space }
                let name = words.prefix { $0 != .space }
                return words[name.endIndex...].contains { $0 != .space } && name.allSatisfy(isNameByte)
            }
        }
    }

    /// The same for code that is not all ASCII, character by character.
    private static func isCommand(_ code: Substring) -> Bool {
        let words = code.split(separator: " ")
        guard words.count > 1, let name = words.first else { return false }
        return name.utf8.allSatisfy(isNameByte)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte >= 0x61 && byte <= 0x7A || byte.isDigit || "._/-".utf8.contains(byte)
    }

    static func beginsWithVerb(_ text: some StringProtocol) -> Bool {
        var words = HeadingWords(text).words[...]
        while let first = words.first, leading.contains(first) { words.removeFirst() }
        guard let first = words.first, verbs.contains(first) else { return false }
        let second = words.dropFirst().first ?? ""
        if predicates.contains(second) || remarks.contains([first, second]) { return false }
        // `Contact: the team` names something.
        return !nouns.contains(first) || !text.lowercased().holds(first + ":")
    }

    /// True for what one does in a user interface: *Go to Settings*, *Select your project*.
    static func isClick(_ text: String) -> Bool {
        var words = HeadingWords(LabelledText(text).rest.start(60)).words[...]
        while let first = words.first, leading.contains(first) { words.removeFirst() }
        return words.count > 1 && words.first.map(clicks.contains) ?? false
    }

    private static let clicks: Set<String> = [
        "click", "select", "go", "open", "navigate", "choose", "press", "double-click", "right-click",
        "scroll",
        "log", "sign", "login", "expand", "hit", "enter", "paste", "copy", "type", "save", "drag", "toggle",
        "tick",
        "check", "uncheck", "find", "browse", "switch",
    ]

    /// True for a sentence that may be an order with a verb that is in no list: it does not begin like a statement.
    static func mayBeImperative(_ text: String) -> Bool {
        guard LabelledText(text).label == nil, !text.ends(with: ":") else { return false }
        let words = HeadingWords(text.start(160)).words
        guard words.count > 1, let first = words.first, first.utf8.count > 2, !statements.contains(first),
            !first.utf8.contains(where: \.isDigit), !first.hasSuffix("ed"), !first.hasSuffix("ing"),
            !first.hasSuffix("s")
        else { return false }
        return !words.prefix(10).contains { $0 != "of" && predicates.contains($0) }
            && !text.start(40).holds(": ")
    }

    /// True for *Stopping the server*, *Backing it up*: a known verb as a noun.
    static func beginsWithGerund(_ text: String) -> Bool {
        guard let first = HeadingWords.first(of: LabelledText(text).rest.start(40)), first.utf8.count > 5,
            first.hasSuffix("ing")
        else { return false }
        let stem = first.dropLast(3)
        if verbs.contains(String(stem)) || verbs.contains(stem + "e") { return true }
        // *stopping*
        let end = stem.utf8.suffix(2)
        return end.first == end.last && verbs.contains(String(stem.dropLast()))
    }

    /// Words with which a statement begins, or a clause before it.
    private static let statements: Set<String> = clauses.union([
        "the", "this", "that", "these", "those", "there", "they", "you", "your", "our", "all", "any", "each",
        "every",
        "some", "most", "its", "their", "not", "only", "what", "which", "who", "how", "why", "and", "but",
        "see",
    ])

    private static func opensClause(_ clause: Substring) -> Bool {
        HeadingWords.first(of: clause.start(40)).map(clauses.contains) ?? false
    }

    private static var verbs: Set<String> { ImperativeVerbs.all }

    private static let leading: Set<String> = [
        "please", "double", "then", "first", "second", "third", "next", "now", "finally", "also", "and", "or",
        "so",
        "lastly", "afterwards", "immediately", "always", "carefully", "optionally", "again", "just",
        "simply", "temporarily", "gradually", "quickly", "do", "don't", "not", "never", "once",
        "let's", "optional",
    ]

    /// What follows a word that is a noun there: *log of the queue*, *the release is*.
    private static let predicates: Set<String> = [
        "is", "are", "was", "were", "of", "has", "had", "will", "can", "may", "should", "must", "does", "did",
    ]

    private static let remarks: Set<[String]> = [["note", "that"], ["access", "via"], ["access", "to"]]

    private static let nouns: Set<String> = [
        "note", "contact", "alert", "file", "log", "report", "message", "document", "source", "plan",
        "access",
        "query", "schedule", "label", "page", "name", "target",
    ]

    private static let clauses: Set<String> = [
        "to", "in", "on", "from", "after", "once", "before", "using", "with", "via", "under", "at", "for",
        "as", "by", "when", "if", "while", "until", "unless", "where", "through", "within", "during", "again",
    ]

    private static let obligations = [
        ["should"], ["must"], ["need", "to"], ["needs", "to"], ["have", "to"], ["has", "to"],
    ]
    private static let permissions =
        obligations
        + ["you", "we"].flatMap { who in
            ["can", "may", "could", "might", "will", "want"].map { [who, $0] }
        }

    private static let adverbs: Set<String> = [
        "now", "also", "then", "always", "first", "only", "probably", "instead", "not", "never", "simply",
        "manually", "either", "usually", "still", "immediately", "be",
    ]

    /// What happens to a person who did all of it: *you should see three nodes*.
    private static let perceptions: Set<String> = [
        "see", "get", "find", "note", "notice", "access", "work", "return", "have", "receive", "able",
        "expect",
        "observe", "know",
    ]
}

extension UInt8 {
    fileprivate var isSentenceSpace: Bool { isBlank || self == .lineFeed || self == .carriageReturn }

    fileprivate var endsSentence: Bool {
        switch self {
        case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: ";"):
            true
        default: false
        }
    }
}
