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
    /// Mitigation, Diagnosis, Resolution, Steps, ...: its bullets are steps when they say what to do.
    case acts
}

extension SectionRole {
    /// Reads a heading's plain text.
    init(ofHeading text: String) {
        let (number, title) = Self.withoutNumber(text)
        let words = HeadingWords(title)
        if Self.namesProcedure(title) {
            self = .acts
        } else if Self.undoes(words.words) {
            self = .undo
        } else if Self.explains(words.words) {
            self = .describes
        } else if ["examples", "samples"].contains(words.words.last), !ImperativeText.isImperative(title) {
            self = .shown
        } else if let role = Self.titles.role(of: words), role != .undo || !Self.prepares(words.words) {
            self = role == .acts && number != nil && !Self.chapters.fits(words) ? .step : role
        } else if number != nil, !Self.chapters.fits(words) {
            self = .step
        } else {
            self = .ordinary
        }
    }

    /// True for *How it works*, *How the queue works*, *What happens when ...*.
    private static func explains(_ words: [String]) -> Bool {
        if words.starts(with: ["what", "happens"]) { return true }
        // *How does it get there?*, and not *How do I get there?*
        if words.first == "how", ["does", "is", "are"].contains(words.dropFirst().first) { return true }
        return words.first == "how" && ["work", "works"].contains(words.last)
    }

    /// True for a heading that asks or says how something works.
    static func isExplanation(_ title: String) -> Bool { explains(HeadingWords(title).words) }

    /// True for *FAQ* and *Frequently asked questions*.
    static func isQuestions(_ title: String) -> Bool {
        // Each of the words holds this letter.
        guard title.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "q") }) else { return false }
        let words = HeadingWords(title.start(60)).words
        return ["faq", "faqs"].contains(words.first) || ["faq", "faqs"].contains(words.last)
            || words.starts(with: ["frequently", "asked", "questions"])
    }

    /// True for *Troubleshooting: what to do if the check fails*: it says what is done, and when.
    static func namesProcedure(_ title: String) -> Bool {
        guard isTroubleshooting(title), let colon = title.firstIndex(of: ":") else { return false }
        let words = HeadingWords(title[colon...]).words
        return words.starts(with: ["what", "to", "do"]) || words.starts(with: ["how", "to"])
            || ImperativeText.isImperative(String(title[title.index(after: colon)...]))
    }

    /// True for *Emergency rollback procedure* and *Database rollback steps*, and not for *Test the rollback*.
    private static func undoes(_ words: [String]) -> Bool {
        words.contains { ["rollback", "backout", "back-out"].contains($0) } && !prepares(words)
            && !words.contains { ["plan", "criteria", "strategy", "window"].contains($0) }
    }

    /// True for *Test the rollback*, *Prepare the rollback*: done before it, on the way forward.
    private static func prepares(_ words: [String]) -> Bool {
        words.count > 1 && words.first.map(preparing.contains) ?? false
    }

    /// True for a heading about taking something back, whatever its role.
    static func isRollback(_ title: String) -> Bool {
        let words = HeadingWords(title).words
        return undoes(words) || undoing.contains(words.first ?? "") || undoing.contains(words.last ?? "")
            || words.starts(with: ["roll", "back"]) || words.starts(with: ["rolling", "back"])
    }

    /// True for a heading about what may go wrong, and not about taking something back.
    static func isTroubleshooting(_ title: String) -> Bool {
        ["troubleshooting", "troubleshoot"].contains(HeadingWords.first(of: title))
    }

    /// True for *Requirements*, *Installation*: what a procedure begins with.
    static func isRequirement(_ title: String) -> Bool {
        let words = HeadingWords(title.start(40)).words
        return [
            ["requirements"], ["prerequisites"], ["setup"], ["installation"], ["before", "you", "begin"],
        ]
        .contains(words)
    }

    private static let undoing: Set<String> = ["rollback", "revert", "reverting", "undo", "undoing"]

    private static let preparing: Set<String> = [
        "test", "testing", "prepare", "preparing", "plan", "check", "document", "enable", "configure", "set",
        "create",
        "review", "understand", "understanding", "about", "before", "when", "why", "without", "no",
    ]

    private static let titles = HeadingTable([
        (
            .undo, .startOrEnd,
            """
            rollback, roll back, rolling back, roll-back, back-out, backout, back out, revert, reverting,
            undo, undoing, backing out, how to undo, how to roll back, on failure, common issues, known issues, if it fails, if this fails, if something goes wrong, troubleshooting, troubleshoot
            """
        ),
        (.shown, .start, "example, examples, sample, samples, appendix, appendices"),
        (.shown, .start, "do not run, don't run, do not use, what not to do, deprecated, obsolete"),
        (.shown, .whole, "usage, usage examples"),
        (.shown, .whole, "next steps, what's next, whats next, what's next?, where to go next"),
        (
            .describes, .start,
            """
            overview, background, reference, references, escalation, escalations, related, runbook info,
            runbook information, purpose, scope, summary, introduction, meaning, impact, contacts, contact,
            glossary, definitions, table of contents, contents, see also, further reading, resources,
            additional resources, links, changelog, change log, revision history, document history, about, mental model, concept, concepts
            """
        ),
        (
            .acts, .start,
            """
            mitigation, mitigate, mitigations, diagnosis, diagnose, diagnostics, resolution, resolve, remediation, remediate,
            steps, procedure, procedures, instructions, actions, action, containment, contain, eradication,
            eradicate, recovery, recover, investigation, investigate, verification, verify, checklist, response,
            triage, execution, post-incident, post incident, after the incident, immediate actions, first steps, what to do, how to fix, fix, solution, workaround
            """
        ),
    ])

    /// Titles of chapters: a number before them numbers the chapter, and the steps stand inside.
    private static let chapters = HeadingTable([
        (
            .ordinary, .whole,
            """
            actions, clean up, cleanup, containment, diagnosis, eradication, execution, instructions,
            investigation, mitigation, post-checks, pre-checks, prechecks, preparation, prerequisites,
            procedure, procedures, recovery, remediation, resolution, setup, steps, verification
            """
        )
    ])

    /// True for `Step 2`, whatever stands after it.
    static func isNamedStep(_ title: String) -> Bool {
        title.begins(withSmall: "step ") && withoutNumber(title).number != nil
    }

    /// The number of `Step 2: Drain`, `2. Drain`, `2.1 Drain`, and the rest of the title.
    static func withoutNumber(_ text: String) -> (number: Substring?, title: String) {
        let trimmed = AttributeValue.trimmed(text)
        var rest = Substring(trimmed)
        // Most titles are told apart by their first letter: no number, no *step*, no *phase*.
        guard let first = trimmed.utf8.first, first.isDigit || "SsPp".utf8.contains(first) else {
            return (nil, trimmed)
        }
        // Neither *Section* nor *Setup*.
        let second = trimmed.utf8.dropFirst().first ?? 0
        guard first.isDigit || "TtHh".utf8.contains(second) else { return (nil, trimmed) }
        var hasWord = false
        for word in ["step ", "phase ", "stage "] where rest.begins(withSmall: word) {
            rest = rest.dropFirst(word.utf8.count).drop { $0 == " " || $0 == "#" }
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
