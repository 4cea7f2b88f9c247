// MARK: - Steps in prose

extension RunbookReader {
    /// The weakest forms of steps: the content of a file, and, in sections in which no other form was found,
    /// sentences that say which command to run, or under a heading such as *Mitigation* what to do.
    mutating func readProseSteps() {
        let taken = Set(drafts.map(\.section))
        let sectionsWithItems = sectionsHoldingItems()
        for (index, section) in outline.sections.enumerated() where isActed(index) {
            if let step = outline.governing(index, where: { $0 == .step }), !sectionsWithItems.contains(step)
            {
                continue
            }
            if let step = outline.governing(index, where: { $0 == .step }), holdsHeadingStep(step) {
                continue
            }
            let acts = outline.governing(index) { $0 == .acts } != nil
            for block in topBlocks(of: section) where tree.blocks[block].kind == .paragraph {
                if addFile(block, index) || taken.contains(index) { continue }
                addSentence(block, index, acts)
            }
        }
    }

    /// True for a heading that is a step with all that stands under it.
    private func holdsHeadingStep(_ section: Int) -> Bool {
        outline.sections[section].heading.map(headingSteps.contains) ?? false
    }

    /// *Save the following as `a.yaml`:* and a block that is no cell; false when it is something else.
    private mutating func addFile(_ block: Int, _ section: Int) -> Bool {
        var next = tree.blocks[block].subtreeEnd
        while isSibling(next, of: block), isOwned(next) { next = tree.blocks[next].subtreeEnd }
        guard isSibling(next, of: block), tree.blocks[next].kind == .code(isFenced: true),
            !holdsItem.contains(next), !holdsItem.contains(block), canTakeBlock(after: next),
            AnnouncedText.announcesFile(paragraphText(block))
        else { return false }
        let start = range(ofBlock: block).lowerBound
        let end = range(ofBlock: next).upperBound
        drafts.append(
            Draft(
                content: .step(text: source.text(in: start..<end)),
                section: section,
                range: start..<end,
                line: tree.startLine(of: block),
                insertion: InsertionPoint(offset: end, prefix: [])
            )
        )
        markHolders(of: block)
        markHolders(of: next)
        return true
    }

    private mutating func addSentence(_ block: Int, _ section: Int, _ acts: Bool) {
        let text = paragraphText(block)
        let isCommand = ImperativeText.ordersCommand(text)
        let isAsked = ConditionalText.isConditional(text) && !text.ends(with: ":")
        // `TODO: describe it` is a note of the author to themselves.
        guard isCommand || acts && !text.holds("TODO") && (ImperativeText.tells(text) || isAsked) else {
            return
        }
        let range = range(ofBlock: block)
        drafts.append(
            Draft(
                content: .step(text: text),
                section: section,
                range: range,
                line: tree.startLine(of: block),
                insertion: InsertionPoint(offset: range.upperBound, prefix: [])
            )
        )
        markHolders(of: block)
    }
}
