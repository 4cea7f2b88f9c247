// MARK: - Sections that only order something

extension RunbookReader {
    /// *Create the account*, *Ask the platform team for one*: a heading that orders, a text that does, and no step in it.
    ///
    /// Only beside other steps: where there is none, headings such as *Write queries* are chapters of a manual.
    mutating func readOrderingSections() {
        guard drafts.count > 1 else { return }
        let sectionsWithItems = sectionsHoldingItems()
        for (index, section) in outline.sections.enumerated() where isActed(index) {
            guard section.role == .ordinary, section.level > 1, section.heading != nil,
                !sectionsWithItems[index] || section.blocks.upperBound != section.allBlocks.upperBound,
                ordersByTitle(section),
                outline.governing(index, where: { $0 == .step }) == nil
            else { continue }
            let blocks = topBlocks(of: section).filter { !isOwned($0) }
            guard !blocks.isEmpty, !holdsItem.containsAny(of: blocks),
                // A note may stand before the order.
                blocks.filter({ tree.blocks[$0].kind == .paragraph }).prefix(2).contains(where: {
                    orders($0, isChapter: section.blocks.upperBound != section.allBlocks.upperBound)
                })
            else { continue }
            addSectionStep(index, section.blocks)
        }
    }

    /// True for *Create the account*, and not for *Create* or *Features*.
    private func ordersByTitle(_ section: Outline.Section) -> Bool {
        let title = section.title
        // Most titles begin with another word than a verb.
        guard ImperativeText.isImperative(title) else { return false }
        let words = HeadingWords(title).words
        // *Use the API* and *Review the file* are chapters that explain.
        guard let first = words.first, !Self.explaining.contains(first) else { return false }
        // *Request body*, *Test results*: the first word may be a noun.
        return words.count > (Self.nouns.contains(first) ? 2 : 1)
            && !title.ends(with: "?") && !AnnouncedText.names(words.dropFirst().joined(separator: " "))
    }

    private static let looking: Set<String> = [
        "consider", "see", "note", "imagine", "suppose", "read", "refer", "learn", "remember",
    ]

    private static let explaining: Set<String> = [
        "use", "understand", "learn", "explore", "review", "see", "read", "know", "consider", "describe",
    ]

    private static let nouns: Set<String> = [
        "go", "request", "test", "support", "release", "access", "report", "log", "file", "source", "target",
        "label",
        "query", "schedule", "plan", "document", "message", "alert", "page", "name", "set", "monitor",
        "build", "deploy",
        "design", "search", "store", "state", "record", "stage", "email", "process", "change", "image",
        "type",
    ]

    /// True for a paragraph with an order: *Follow the steps in ...*, *You will need to add ...*, *You can now start it*.
    ///
    /// In a chapter with sections of its own the first sentence has to begin with it.
    private func orders(_ block: Int, isChapter: Bool) -> Bool {
        let text = paragraphText(block)
        guard !ConditionalText.isConditional(text) else { return false }
        if HeadingWords(text.start(40)).words.starts(with: ["you", "can", "now"]) { return true }
        if isChapter {
            return ImperativeText.isImperative(text)
                && !Self.looking.contains(HeadingWords.first(of: text.start(60)) ?? "")
        }
        guard !AnnouncedText.foretells(text) || text.holds(" need to ") else { return false }
        return ImperativeText.sentences(of: text.start(500)).prefix(3).contains { sentence in
            ImperativeText.tellsInOneSentence(sentence)
                && !Self.looking.contains(HeadingWords.first(of: sentence) ?? "")
        }
    }
}
