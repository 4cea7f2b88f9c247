/// What the sentence right before a block says about it: output, an example, the content of a file.
///
/// The rules look at the last sentence only, and at its words; extend a table by a row and its test.
struct Introduction {
    /// The Markdown of the paragraph, the item or the heading before the block; empty when there is none.
    let text: String
    let isHeading: Bool
    /// The last sentence of it.
    let sentence: String
    private let words: [String]
    private let endsWithColon: Bool

    init(_ text: String, isHeading: Bool = false) {
        // What a long paragraph says of a block stands at its end; what it is about, at its start.
        let text = text.utf8.count > 400 ? "\(text.start(120)) \(text.ending(280))" : text
        self.text = text
        self.isHeading = isHeading
        sentence = Self.lastSentence(of: text)
        words = HeadingWords(sentence).words
        endsWithColon = Self.endsWithColon(sentence)
    }

    static let none = Introduction("")

    /// True for a sentence that is one of these labels; none of them is longer than three words.
    private func isOne(of labels: Set<[String]>) -> Bool { words.count <= 3 && labels.contains(words) }
}

// MARK: - Output

extension Introduction {
    /// True for *Sample output*, *You should see something like this:*, *The following error appears:*.
    var announcesOutput: Bool {
        guard !isHeading, !words.isEmpty, !ordersCommand else { return false }
        if isOne(of: Self.outputLabels) { return true }
        // *Fix the following error:*, *Do something like this:*, *The command looks like this:* speak of a command.
        if let first = words.first, ["fix", "resolve", "do", "enter", "type"].contains(first),
            words.dropFirst().first != "you"
        {
            return false
        }
        if words.starts(with: ["the", "command"]) || words.starts(with: ["to", "fix"])
            || words.starts(with: ["to", "resolve"])
        {
            return false
        }
        guard endsWithColon || showsSymptom else { return false }
        // *You should see no errors; then:* goes on to what is done.
        if ["then", "and", "afterwards"].contains(words.last) { return false }
        let tail = HeadingWords(sentence.split(separator: ",").last ?? "").words
        if tail != words, ImperativeText.isImperative(tail.joined(separator: " ")) { return false }
        if let last = words.last, ["output", "outputs"].contains(last) { return true }
        let joined = " " + words.joined(separator: " ") + " "
        // *It looks like it hangs* says how something seems.
        if [" looks like it ", " looks like they ", " looks like you "].contains(where: { joined.holds($0) })
        {
            return false
        }
        if Self.outputPhrases.contains(where: { joined.holds($0) }) { return true }
        if showsSymptom { return true }
        if words.last == "as", words.contains("appear") || words.contains("appears") { return true }
        if tail.suffix(3).contains(where: { $0.hasPrefix("error") }),
            words.contains(where: { ["see", "get", "following", "this", "receive"].contains($0) }),
            !tail.contains("fix"), !ImperativeText.isImperative(tail.joined(separator: " "))
        {
            return true
        }
        if tail.suffix(2).elementsEqual(["as", "follows"]),
            tail.contains(where: { ["error", "errors", "message", "output", "result"].contains($0) })
        {
            return true
        }
        return isVagueResult
    }

    /// *If the pod logs the following errors, it is likely that ...*: the errors, without a colon.
    private var showsSymptom: Bool {
        guard let first = words.first, ["if", "when"].contains(first) else { return false }
        return zip(words, words.dropFirst()).contains { pair in
            pair.0 == "following" && ["error", "errors", "message", "messages", "output"].contains(pair.1)
        }
    }

    /// True for *Here is the result if we tried it*: a session that somebody recorded, with its prompt.
    var announcesSession: Bool {
        guard !isHeading, endsWithColon else { return false }
        return Self.sessionOpenings.contains { words.starts(with: $0) }
    }

    private static let sessionOpenings = [
        ["here", "is", "the", "result"], ["here", "are", "the", "results"],
        ["here", "is", "the", "output"],
        ["here's", "the", "output"], ["here's", "the", "result"], ["this", "is", "the", "output"],
    ]

    /// *will return something like*: what a command returns, with a word that says that it was recorded.
    private var isVagueResult: Bool {
        guard let verb = words.firstIndex(where: Self.printing.contains) else { return false }
        return words[(verb + 1)...].prefix(4).contains(where: Self.vague.contains)
    }

    private static let printing: Set<String> = [
        "return", "returns", "print", "prints", "display", "displays", "show", "shows", "output",
        "outputs",
        "produce", "produces", "give", "gives", "get", "yield", "yields",
    ]
    private static let vague: Set<String> = ["following", "this", "something", "similar", "like", "follows"]

    /// True for a sentence that tells to run what follows it, whatever it says of the output.
    private var ordersCommand: Bool {
        guard !words.isEmpty else { return false }
        let joined = " " + words.joined(separator: " ") + " "
        if joined.holds(" command"), Self.orderPhrases.contains(where: { joined.holds($0) }) { return true }
        for (index, word) in words.enumerated() where Self.orders.contains(word) {
            let before = index > 0 ? words[index - 1] : ""
            // *When using it, you see:* says when.
            if word == "using", ["when", "while", "after", "before", "by"].contains(before) { continue }
            // *An authentication issue* is none.
            if ["issue", "query"].contains(word), index > 0,
                !["and", "then", "to", "please", "now", "should", "must", "or"].contains(before)
            {
                continue
            }
            let isOrder = ![
                "you", "we", "i", "they", "it", "once", "is", "been", "a", "an", "the", "any", "no",
            ].contains(before)
            if isOrder { return true }
        }
        return false
    }

    private static let orderPhrases = [
        " following command", " command below ", " commands below ", " these commands ",
    ]

    private static let orders: Set<String> = [
        "run", "execute", "use", "inspect", "type", "enter", "try", "issue", "invoke", "query", "using",
    ]

    private static let outputLabels: Set<[String]> = Set(
        """
        output, outputs, result, results, response, sample output, example output, expected output, the output,
        output example, example response, sample response, expected result, expected results, expected response,
        you should see, should return, example result
        """
        .split(separator: ",").map { HeadingWords($0).words }
    )

    private static let outputPhrases = [
        " similar to ", " something like ", " look like ", " looks like ", " look as follows ",
        " looks as follows ", " should see ", " will see ", " you'll see ", " should get ", " should return ",
        " should output ", " should print ", " should display ", " be logged ", " following error ",
        " following errors ", " following output ", " sample output ", " example output ",
        " expected output ",
        " output is ", " output will be ", " output should be ", " error message ",
    ]
}

// MARK: - Examples

extension Introduction {
    /// True for *Example:*, *Here is an example of ...*, and for a statement that ends with *e.g.:*.
    var announcesExample: Bool {
        guard !isHeading else { return false }
        if isOne(of: Self.exampleLabels) { return !givesOrder }
        if isLabelled { return true }
        if endsWithExample { return !givesOrder }
        if beginsWithExample, !givesOrder, !ordersCommand { return true }
        // *The following is an example:*
        let words = words.starts(with: ["the", "following"]) ? words.dropFirst() : words[...]
        guard let first = words.first,
            ["following", "here", "this", "below", "here's", "these"].contains(first)
        else { return false }
        let start = words.dropFirst().prefix(5)
        let isStatement = start.first.map { ["is", "are"].contains($0) } ?? false
        guard first == "here's" || isStatement else { return false }
        return start.contains { ["example", "examples", "sample", "samples"].contains($0) }
    }

    /// *Here is an example list. Notice that it is short.*, *Suppose you have a page with:*
    private var beginsWithExample: Bool {
        switch HeadingWords.first(of: text.start(80)) {
        case "suppose", "imagine": return true
        case "here", "here's", "below": break
        default: return false
        }
        let start = HeadingWords(text.start(80)).words
        return Self.exampleOpenings.contains { opening in
            start.starts(with: opening)
                && start.dropFirst(opening.count).prefix(2).contains { ["example", "sample"].contains($0) }
        }
    }

    private static let exampleOpenings = [
        ["here", "is", "an"], ["here's", "an"], ["below", "is", "an"], ["here", "is", "a"],
        ["below", "is", "a"],
    ]

    /// True for *Example:* before anything else, `**Example:**` too.
    private var isLabelled: Bool {
        // Most texts begin with another letter, behind the marks.
        guard let first = text.utf8.first(where: { !Self.isMark($0) && $0 != UInt8(ascii: "#") }),
            first | 0x20 == UInt8(ascii: "e")
        else { return false }
        return Self.plain(text).lowercased().hasPrefix("example:")
    }

    /// The values that are only those of an example: *In this example the user would be `client.x`*.
    var exampleValues: [String] {
        guard text.holds(.backtick), text.holds("xample") else { return [] }
        let parts = text.parts(at: .backtick)
        return parts.indices.compactMap { index in
            guard index % 2 == 1, index + 1 < parts.count, parts[index].utf8.count > 2,
                !parts[index].hasPrefix("-"),
                let sentence = ImperativeText.lastSentence(of: parts[index - 1])
            else { return nil }
            let words = HeadingWords(sentence).words
            let isExample = Self.valueOpenings.contains { words.starts(with: $0) }
            return isExample
                && (words.suffix(2) == ["would", "be"] || words.last == "is" || words.last == "use")
                ? String(parts[index]) : nil
        }
    }

    private static let valueOpenings = [
        ["in", "this", "example"], ["for", "this", "example"], ["in", "our", "example"],
        ["in", "the", "example"],
    ]

    /// True for an order whose code is only an example of it: *Scale it down, e.g.:*, *For example:*.
    var asksForLike: Bool {
        guard !isHeading else { return false }
        return isOne(of: Self.likeLabels) || startsWithExample
            || words.starts(with: ["do", "something", "like"])
            || (isOne(of: Self.exampleLabels) || endsWithExample) && givesOrder
    }

    /// *For example, with the values of the previous step:* gives somebody's values.
    private var startsWithExample: Bool {
        guard endsWithColon, words.count > 2 else { return false }
        return (words.starts(with: ["for", "example"]) || words.starts(with: ["for", "instance"]))
            && !words.contains { ["run", "use", "execute"].contains($0) }
    }

    private var endsWithExample: Bool {
        guard endsWithColon, words.count > 2 else { return false }
        return words.suffix(2).elementsEqual(["e", "g"])
            || words.suffix(2).elementsEqual(["for", "example"])
                && !words.contains { ["run", "use", "execute"].contains($0) }
    }

    /// True when a sentence of the text tells to do something.
    private var givesOrder: Bool {
        text.prefix(1000).split(separator: ".").contains { sentence in
            let start = HeadingWords(sentence.start(80)).words.prefix(3)
            return ImperativeText.isImperative(String(sentence)) || start.starts(with: ["don't", "forget"])
        }
    }

    private static let likeLabels: Set<[String]> = [["for", "example"], ["e", "g"], ["for", "instance"]]

    private static let exampleLabels: Set<[String]> = [
        ["example"], ["examples"], ["an", "example"], ["sample"], ["as", "an", "example"],
        ["example", "usage"],
    ]
}

// MARK: - Warnings

extension Introduction {
    /// True for *Do not run the following:*, *Never do this:*, *Wrong:*, and for such a heading.
    var forbids: Bool {
        guard isHeading || endsWithColon else { return false }
        if isOne(of: Self.wrongLabels) { return true }
        for (index, word) in words.enumerated() {
            var rest = words[(index + 1)...]
            let isModal = ["must", "should", "do"].contains(word)
            if isModal, rest.first == "not" || word != "do" && rest.first == "never" {
                rest.removeFirst()
            } else if word != "don't", word != "never" {
                continue
            }
            guard index < 2, let verb = rest.popFirst(), Self.doing.contains(verb) else { continue }
            // *Do not run this as root:* says how, and *Don't run it without a backup:* when.
            if rest.contains(where: Self.exceptions.contains) { continue }
            if rest.isEmpty
                || rest.prefix(3).contains(
                    where: ["this", "these", "following", "that", "it", "like"].contains
                )
            {
                return true
            }
        }
        return false
    }

    private static let doing: Set<String> = ["run", "use", "do", "execute", "try", "type", "enter"]
    private static let exceptions: Set<String> = [
        "unless", "without", "as", "before", "until", "if", "twice", "again", "forget", "except",
    ]
    private static let wrongLabels: Set<[String]> = [
        ["wrong"], ["bad"], ["incorrect"], ["avoid"], ["don't"], ["not", "like", "this"], ["instead", "of"],
        ["bad", "example"],
    ]
}

// MARK: - Sentences

extension Introduction {
    /// The last sentence, found by a stop, a blank and a capital; `e.g.` stops nothing.
    private static func lastSentence(of text: String) -> String {
        let bytes = Array(text.utf8.suffix(1000))
        var start = 0
        var index = 0
        while index + 2 < bytes.count {
            defer { index += 1 }
            switch bytes[index] {
            case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): break
            default: continue
            }
            guard bytes[index + 1].isBlank else { continue }
            let next = bytes[index + 2]
            if (next >= 0x41 && next <= 0x5A) || "`*_[\"".utf8.contains(next) {
                let before = bytes[max(0, index - 3)..<index]
                if before.elementsEqual("e.g".utf8) || before.elementsEqual("i.e".utf8) { continue }
                start = index + 2
            }
        }
        return String(decoding: bytes[start...], as: UTF8.self)
    }

    /// True for a sentence that ends with a colon but for marks of emphasis.
    private static func endsWithColon(_ sentence: String) -> Bool {
        guard sentence.isASCII else { return plain(sentence).hasSuffix(":") }
        return sentence.utf8.last { !isMark($0) } == UInt8(ascii: ":")
    }

    private static func isMark(_ byte: UInt8) -> Bool {
        byte.isBlank || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "\\")
    }

    private static let marks: Set<Character> = ["*", "_", " ", "\t", "\\"]

    /// Without the marks of emphasis around it.
    private static func plain(_ text: String) -> String {
        let start = text.drop { marks.contains($0) || $0 == "#" }
        guard let end = start.lastIndex(where: { !marks.contains($0) }) else { return "" }
        let plain = String(start[...end])
        return plain.holds("**") ? plain.replacing("**", with: "") : plain
    }
}
