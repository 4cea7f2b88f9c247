// MARK: - What stands before a block

extension RunbookReader {
    /// The paragraph, the item or the heading right before a block of code.
    func introduction(of block: Int) -> Introduction {
        guard var before = sibling(before: block) else { return .none }
        // `Place the script in ...`, what it needs, and the script.
        if tree.blocks[block].content.starts(with: "#!".utf8),
            tree.blocks[before].kind == .code(isFenced: true),
            !holdsItem.contains(before), let further = sibling(before: before)
        {
            before = further
        }
        switch tree.blocks[before].kind {
        case .paragraph: return Introduction(paragraphText(before))
        case .heading: return Introduction(headingText(before), isHeading: true)
        case .list:
            // An unindented block after an item that ends with a colon is what the item speaks of.
            let leaf = tree.lastLeaf(of: before)
            guard tree.blocks[leaf].kind == .paragraph else { return .none }
            let text = paragraphText(leaf)
            let introduction = Introduction(text)
            return text.ends(with: ":") || introduction.changesFile ? introduction : .none
        default: return .none
        }
    }

    /// A heading as it was written, so that code in it is seen.
    private func headingText(_ block: Int) -> String {
        let text = source.text(in: source.contentRange(ofLine: tree.startLine(of: block)))
        return AttributeValue.trimmed(text.drop { $0 == "#" || $0 == " " })
    }
}

// MARK: - Samples

extension RunbookReader {
    /// Puts recorded output and examples among the other items, but for those that a step holds: they are its text.
    mutating func addSamples() {
        guard !samples.isEmpty else { return }
        sortDrafts()
        var next = 0
        var end = 0
        var kept: [Draft] = []
        for sample in samples {
            while next < drafts.count, drafts[next].range.lowerBound <= sample.range.lowerBound {
                switch drafts[next].content {
                case .step, .task: end = max(end, drafts[next].range.upperBound)
                case .cell, .checkpoint, .choice: break
                }
                next += 1
            }
            if sample.range.lowerBound >= end { kept.append(sample) }
        }
        drafts += kept
        samples = []
    }
}
