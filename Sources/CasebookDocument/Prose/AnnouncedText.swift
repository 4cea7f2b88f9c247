/// Recognises sentences that announce what stands after them.
enum AnnouncedText {
    /// True for *How to fix:*, *To resolve this:*, *Follow these steps:*, *You should do the following:*.
    static func announcesSteps(_ text: String) -> Bool {
        guard text.ends(with: ":") || text.hasSuffix(":**") || text.hasSuffix("**") else { return false }
        let words = HeadingWords(ImperativeText.lastSentence(of: text.ending(300)) ?? "").words
        if words.starts(with: ["how", "to"]) { return true }
        if words.first == "to", words.dropFirst().first.map(purposes.contains) ?? false { return true }
        return phrases.contains { phrase in
            words.indices.contains { words[$0...].starts(with: phrase) }
        }
    }

    /// True for *Use one of the following methods*, *There are two ways to do it*.
    static func announcesWays(_ text: String) -> Bool {
        let tail = text.ending(300)
        // `You can do two things:`
        if text.ends(with: ":"), tail.holds(" things") {
            let last = HeadingWords(ImperativeText.lastSentence(of: tail) ?? "").words.suffix(5)
            if last.last == "things", last.contains("can"), last.contains(where: numbers.contains) {
                return true
            }
        }
        guard waysInOrder.contains(where: { tail.holds($0) }) else { return false }
        let words = HeadingWords(tail).words
        return words.indices.contains { index in
            let rest = words[index...].prefix(7)
            if rest.starts(with: ["one", "of", "the"]) || rest.starts(with: ["either", "of", "the"]) {
                return rest.contains(where: ways.contains)
            }
            guard let first = rest.first, numbers.contains(first) else { return false }
            return rest.dropFirst().prefix(2).contains(where: ways.contains)
                && (text.ends(with: ":") || text.ends(with: "."))
        }
    }

    /// True for *Once you have adapted the template and stored it:*: somebody writes something before the code.
    static func wantsWriting(_ text: String) -> Bool {
        // A paragraph of one sentence may hold `e. g.`, which ends none.
        let openings = [text.start(100), ImperativeText.lastSentence(of: text.ending(300))?.start(100) ?? ""]
        return openings.contains { opening in
            guard let first = HeadingWords.first(of: opening), ["once", "after", "when"].contains(first)
            else {
                return false
            }
            let words = HeadingWords(opening).words.dropFirst()
            return ["you", "you've"].contains(words.first)
                && words.prefix(9).contains(where: written.contains)
        }
    }

    private static let written: Set<String> = [
        "adapted", "adjusted", "changed", "customized", "edited", "filled", "modified", "saved", "stored",
        "updated", "written",
    ]

    /// True for *follow the remaining steps of the [installation](x)*: what is done elsewhere comes first.
    static func sendsAway(_ text: String) -> Bool {
        guard text.holds("ollow"), text.holds("]("), let follow = text.firstRange(of: "ollow ") else {
            return false
        }
        let rest = text[follow.upperBound...].start(300)
        guard let sentence = ImperativeText.sentences(of: rest).first, sentence.contains("](") else {
            return false
        }
        let words = HeadingWords(sentence.start(160)).words
        return words.contains {
            ["steps", "instructions", "guide", "installation", "procedure"].contains($0)
        }
            && !words.prefix(4).contains { ["below", "following", "these"].contains($0) }
    }

    /// How many ways a sentence announces: 3 for *There are three ways to restore it*; nil when it says no number.
    static func announcedWays(_ text: String) -> Int? {
        guard waysInOrder.contains(where: { text.holds($0) }) else { return nil }
        let words = HeadingWords(text.ending(300)).words
        for (index, word) in words.enumerated() {
            guard let number = counts[word],
                words[(index + 1)...].prefix(2).contains(where: ways.contains)
            else { continue }
            return number
        }
        return nil
    }

    private static let counts = [
        "2": 2, "3": 3, "4": 4, "5": 5, "two": 2, "three": 3, "four": 4, "five": 5,
    ]

    private static let waysInOrder = [
        "methods", "options", "ways", "approaches", "alternatives", "possibilities", "choices",
    ]
    private static let ways = Set(waysInOrder)
    private static let numbers: Set<String> = ["2", "3", "4", "two", "three", "four", "several", "multiple"]

    /// True for *Save the following to `a.yaml`:*: the block after it is what somebody writes to a file.
    static func announcesFile(_ text: String) -> Bool {
        let sentence = String(ImperativeText.lastSentence(of: text.ending(300)) ?? "")
        let words = HeadingWords(sentence.start(160)).words
        guard let verb = words.prefix(12).firstIndex(where: writing.contains),
            verb == 0 || ImperativeText.tells(sentence)
        else { return false }
        return words.contains { ["file", "files", "manifest"].contains($0) } || namesFile(sentence)
    }

    /// True for *Run the following command:*, *and then run the [az vm list](x) command:*, whatever stands before it.
    static func ordersBlock(_ text: String) -> Bool {
        guard text.ends(with: ":"), let sentence = ImperativeText.lastSentence(of: text.ending(300)) else {
            return false
        }
        let words = HeadingWords(sentence).words
        guard let verb = words.firstIndex(where: { ["run", "execute", "enter", "type"].contains($0) }) else {
            return false
        }
        if verb > 0, ["you", "we", "they", "it", "i"].contains(words[verb - 1]) { return false }
        return words[verb...].contains { ["command", "commands", "script", "query"].contains($0) }
    }

    /// True for *If you see this error:*, and not for *If it is new, look at it, e.g.:*.
    static func announcesSymptom(_ text: String) -> Bool {
        let words = HeadingWords(text.ending(300)).words
        return !words.suffix(2).elementsEqual(["e", "g"]) && words.last != "example"
    }

    /// True for *We will set up three scenarios:*, *This guide covers:*: what comes later.
    static func foretells(_ text: String) -> Bool {
        let words = HeadingWords(ImperativeText.lastSentence(of: text.ending(300)) ?? "").words.prefix(6)
        if summarises(text) { return true }
        return foretelling.contains { words.starts(with: $0) }
            || words.starts(with: ["in", "this"]) && words.contains { ["we", "we'll", "you"].contains($0) }
    }

    /// True for *The overall procedure is simple:*, of which the details come later.
    private static func summarises(_ text: String) -> Bool {
        guard text.holds("overall"), text.ends(with: ":") else { return false }
        let words = HeadingWords(text.ending(160)).words
        guard let index = words.lastIndex(of: "overall") else { return false }
        return words[index...].prefix(4).contains {
            ["procedure", "process", "workflow", "flow", "idea", "plan"].contains($0)
        }
    }

    private static let foretelling = [
        ["we", "will"], ["we'll"], ["you", "will"], ["this", "guide"], ["this", "tutorial"],
        ["this", "document"],
        ["this", "section"],
    ]

    /// True for a heading or a sentence before a list that names abilities, rules, wishes or changes and orders nothing.
    static func names(_ text: String) -> Bool {
        if foretells(text) { return true }
        let words = HeadingWords(text.ending(300)).words
        return words.contains(where: naming.contains)
    }

    /// True for a heading or a sentence that says what somebody may do: *With it you can:*.
    static func grants(_ text: String) -> Bool {
        HeadingWords(text.ending(300)).words.contains(where: granting.contains)
    }

    private static let granting: Set<String> = [
        "can", "could", "may", "might", "allow", "allows", "enable", "enables", "lets", "let", "able",
        "feature",
        "features", "capabilities", "examples", "tips", "roadmap", "ideas", "or",
    ]

    private static let naming: Set<String> = [
        "can", "could", "may", "might", "allow", "allows", "enable", "enables", "lets", "let", "able",
        "feature",
        "features", "capabilities", "goal", "goals", "objective", "objectives", "responsibility",
        "responsibilities", "responsible", "role", "roles", "principles", "rules", "guidelines", "practices",
        "practice", "recommendations", "tips", "todo", "todos", "future", "roadmap", "ideas", "improvements",
        "changes", "changed", "release", "releases", "version", "changelog", "learn", "benefits", "purpose",
        "designed", "used", "does", "do", "supports", "support", "provides", "includes", "include",
        "permissions",
        "permission", "commands", "options", "flags", "targets", "example", "examples", "use", "cases", "why",
        "what", "style", "contributing", "license", "requirements", "requirement", "conventions", "will",
        "would",
        "considerations", "non-goals", "scripts", "functions", "tasks", "things", "reasons", "links",
        "resources",
        "community", "contribute", "help", "feedback", "expected", "attempts", "attempt", "tries", "try",
        "automatically", "prevention", "prevent", "long-term",
    ]

    /// True for a label of acts: *Immediate actions (on the host):*, *Steps:*.
    static func labelsActs(_ text: String) -> Bool {
        HeadingWords(text.start(120)).words.contains {
            ["action", "actions", "steps", "do", "mitigation", "procedure", "fix", "then"].contains($0)
        }
    }

    /// True for *Below are examples demonstrating its use:*, which speaks of all that follows it.
    static func announcesExamples(_ text: String) -> Bool {
        let words = HeadingWords(ImperativeText.lastSentence(of: text.ending(200)) ?? "").words
        return exampleOpenings.contains { opening in
            words.starts(with: opening)
                && words.dropFirst(opening.count).prefix(3).contains("examples")
        }
    }

    private static let exampleOpenings = [
        ["below", "are"], ["here", "are"], ["the", "following", "are"], ["following", "are"],
    ]

    /// True for *The following steps assume that you use the other cluster: `export KUBECONFIG=other`*.
    static func assumesSetting(_ text: String) -> Bool {
        guard text.holds(.backtick), text.holds("assume") || text.holds("require") else {
            return false
        }
        let words = HeadingWords(text.start(120)).words
        guard
            let subject = words.prefix(6).firstIndex(where: {
                ["steps", "commands", "instructions"].contains($0)
            }),
            words[..<subject].contains(where: {
                ["following", "further", "next", "remaining", "subsequent", "these"].contains($0)
            }),
            words[subject...].prefix(3).contains(where: { ["assume", "require", "assumes"].contains($0) })
        else { return false }
        let parts = text.parts(at: .backtick)
        return parts.indices.contains { index in
            guard index % 2 == 1, index + 1 < parts.count else { return false }
            let code = parts[index]
            return code.hasPrefix("export ")
                || code.prefix { $0.isUppercase || $0.isNumber || $0 == "_" }.endIndex
                    == code.firstIndex(of: "=")
        }
    }

    /// True when inline code or a word is a path or a name with an extension.
    private static func namesFile(_ text: String) -> Bool {
        let parts = text.parts(at: .backtick)
        let codes = parts.indices.filter { $0 % 2 == 1 && $0 + 1 < parts.count }.map { parts[$0] }
        let words = text.split(separator: " ").filter { $0.hasPrefix("~/") || $0.hasPrefix("/") }
        return (codes + words).contains { name in
            guard !name.contains(" "), let last = name.split(separator: "/").last else { return false }
            if last.hasPrefix("."), last.count > 2 { return true }
            guard let dot = last.lastIndex(of: "."), dot > last.startIndex else {
                return name.contains("/") && name.first.map { "~/.".contains($0) } ?? false
                    || ["Dockerfile", "Makefile", "Gemfile", "Procfile", "Jenkinsfile"].contains(String(last))
            }
            let ending = last[last.index(after: dot)...]
            return (1...10).contains(ending.count) && ending.allSatisfy { $0.isLetter || $0.isNumber }
                && ending.contains(where: \.isLetter)
        }
    }

    private static let purposes: Set<String> = [
        "fix", "resolve", "mitigate", "investigate", "debug", "diagnose", "recover", "remediate", "restore",
        "verify", "troubleshoot",
    ]

    private static let phrases = [
        "do the following", "the following steps", "these steps", "the steps below", "steps are",
        "following actions", "these actions", "the following checks", "follow the steps", "as follows",
    ]
    .map { $0.split(separator: " ").map(String.init) }

    private static let writing: Set<String> = [
        "put", "add", "save", "create", "write", "append", "paste", "copy", "update", "edit", "replace",
        "insert", "set", "modify", "place", "store", "adding", "delete", "remove", "change",
    ]
}
