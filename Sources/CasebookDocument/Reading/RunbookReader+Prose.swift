// MARK: - Steps in prose

extension RunbookReader {
    /// The weakest forms of steps, in sections in which no other form was found: bullets that say what to do under
    /// a heading such as *Mitigation*, and sentences that say which command to run.
    mutating func readProseSteps() {
        let taken = Set(drafts.map(\.section))
        for (index, section) in outline.sections.enumerated()
        where !taken.contains(index) && isForward(index)
            && outline.governing(index, where: { $0 == .describes || $0 == .step }) == nil
        {
            let acts = outline.governing(index) { $0 == .acts } != nil
            var block = section.blocks.lowerBound
            while block < section.blocks.upperBound {
                switch tree.blocks[block].kind {
                case .list(isOrdered: false) where acts && tree.blocks[block].parent == nil:
                    for item in tree.children(of: block) { addBullet(item, index) }
                case .paragraph where tree.blocks[block].parent == nil: addSentence(block, index)
                default: break
                }
                block = tree.blocks[block].subtreeEnd
            }
        }
    }

    private mutating func addBullet(_ item: Int, _ section: Int) {
        guard !holdsItem.contains(item), tree.blocks[item].subtreeEnd > item + 1 else { return }
        let text = itemText(item, from: tree.containers.content(of: item)?.offset)
        guard ImperativeText.isImperative(text) || ConditionalText.isConditional(text) else { return }
        drafts.append(
            Draft(
                content: .step(text: text),
                section: section,
                range: range(ofItem: item),
                line: tree.startLine(of: item),
                insertion: insertion(afterItem: item)
            )
        )
        markHolders(of: item)
    }

    private mutating func addSentence(_ block: Int, _ section: Int) {
        let text = paragraphText(block)
        guard ImperativeText.isImperative(text), ImperativeText.holdsCommand(text) else { return }
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
