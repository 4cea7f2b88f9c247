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
                let first = blocks.first(where: { tree.blocks[$0].kind == .paragraph }),
                orders(first)
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
        // *Request body*, *Test results*: the first word may be a noun.
        return words.count > (Self.nouns.contains(words[0]) ? 2 : 1)
            && !title.ends(with: "?") && !AnnouncedText.names(title)
    }

    private static let nouns: Set<String> = [
        "go", "request", "test", "support", "release", "access", "report", "log", "file", "source", "target",
        "label",
        "query", "schedule", "plan", "document", "message", "alert", "page", "name", "set", "monitor",
        "build", "deploy",
        "design", "search", "store", "state", "record", "stage", "email", "process", "change", "image",
        "type",
    ]

    /// True for a paragraph of which the first sentence is an order: *Follow the steps in ...*, *You will need to add ...*.
    private func orders(_ block: Int) -> Bool {
        let text = paragraphText(block)
        guard !ConditionalText.isConditional(text), !AnnouncedText.foretells(text) || text.holds(" need to "),
            let sentence = ImperativeText.sentences(of: text.start(400)).first
        else { return false }
        return ImperativeText.tellsInOneSentence(sentence)
    }
}
