// MARK: - Tasks

extension RunbookReader {
    /// Task-list items: always gates, unless they hold a cell.
    mutating func readTasks() {
        // From the inside out, so that a task that holds tasks is known to.
        for index in tree.blocks.indices.reversed() {
            guard tree.blocks[index].kind == .item, let box = tree.taskBox(of: index),
                isForward(outline.sectionOfBlock[index])
            else { continue }
            if holdsItem.contains(index) {
                addParent(index, outline.sectionOfBlock[index], box)
                continue
            }
            let text = itemText(index, from: max(box.offset + 2, box.markRange.upperBound))
            drafts.append(
                Draft(
                    content: .task(box, text: text),
                    section: outline.sectionOfBlock[index],
                    range: range(ofItem: index),
                    line: tree.blocks[index].startLine,
                    insertion: insertion(afterItem: index)
                )
            )
            markHolders(of: index)
            tasks.insert(index)
        }
    }

    func isForward(_ section: Int) -> Bool {
        outline.governing(section) { $0 == .undo || $0 == .shown } == nil
    }
}

// MARK: - Headings

extension RunbookReader {
    /// Headings that are steps of their own: those under which no other step was found.
    mutating func readHeadingSteps() {
        let sectionsWithItems = sectionsHoldingItems()
        var sectionsWithSteps: Set<Int> = []
        for index in outline.sections.indices where outline.sections[index].role == .step {
            if let parent = outline.sections[index].parent { sectionsWithSteps.insert(parent) }
        }
        for (index, section) in outline.sections.enumerated() where isForward(index) {
            guard section.role == .step, outline.governing(index, where: { $0 == .describes }) == nil,
                !sectionsWithItems[index], !sectionsWithSteps.contains(index),
                saysWhatToDo(section)
            else { continue }
            addHeadingStep(index)
        }
    }

    /// The sections with an item in them or below them.
    ///
    /// For each section, whether it is one of them.
    func sectionsHoldingItems() -> [Bool] {
        var holdsItem = Array(repeating: false, count: outline.sections.count)
        for draft in drafts.indices {
            var next: Int? = drafts[draft].section
            while let current = next, !holdsItem[current] {
                holdsItem[current] = true
                next = outline.sections[current].parent
            }
        }
        return holdsItem
    }

    /// True for a numbered section that is more than a chapter that only describes.
    private func saysWhatToDo(_ section: Outline.Section) -> Bool {
        if SectionRole.isNamedStep(section.title) { return true }
        if ImperativeText.tells(SectionRole.withoutNumber(section.title).title) { return true }
        return section.allBlocks.contains { block in
            switch tree.blocks[block].kind {
            case .code: !isOwned(block)
            // What only a note says is said of something else.
            case .paragraph: tells(block) && !standsInQuote(block)
            default: false
            }
        }
    }

    private func standsInQuote(_ block: Int) -> Bool {
        tree.blocks[block].parent.map { tree.blocks[$0].kind == .quote } ?? false
    }

    private mutating func addHeadingStep(_ index: Int) {
        addSectionStep(index, outline.sections[index].allBlocks)
    }

    /// Makes a heading with blocks under it a step.
    mutating func addSectionStep(_ index: Int, _ blocks: Range<Int>) {
        let section = outline.sections[index]
        guard let heading = section.heading else { return }
        headingSteps.insert(heading)
        let line = tree.blocks[heading].startLine
        var lastLine = tree.lastLine(of: heading)
        var last = heading
        var block = blocks.lowerBound
        while block < blocks.upperBound {
            last = block
            block = tree.blocks[block].subtreeEnd
        }
        lastLine = max(lastLine, tree.lastLine(of: last))
        let bodyStart = source.contentRange(ofLine: tree.lastLine(of: heading)).upperBound
        let range = source.lineStarts[line - 1]..<source.contentRange(ofLine: lastLine).upperBound
        let body = AttributeValue.trimmed(source.text(in: bodyStart..<range.upperBound))
        drafts.append(
            Draft(
                content: .step(text: body.isEmpty ? section.title : section.title + "\n\n" + body),
                section: index,
                range: range,
                line: line,
                insertion: canTakeBlock(after: last)
                    ? InsertionPoint(offset: range.upperBound, prefix: []) : nil
            )
        )
    }

    /// True for a block of an earlier run, so that a written document is read as it was before.
    func isOwned(_ index: Int) -> Bool { ownedBlocks.contains(index) }

    func isSibling(_ index: Int, of other: Int) -> Bool {
        index < tree.blocks.count && tree.blocks[index].parent == tree.blocks[other].parent
    }
}

// MARK: - Places

extension RunbookReader {
    func range(ofItem index: Int) -> ByteRange {
        let start = source.lineStarts[tree.blocks[index].startLine - 1]
        return start..<source.contentRange(ofLine: tree.lastLine(of: index)).upperBound
    }

    /// Right after an item's last line, inside the item.
    func insertion(afterItem index: Int) -> InsertionPoint? {
        guard canTakeBlock(after: index), let prefix = tree.containers.prefix(inside: index) else {
            return nil
        }
        let end = source.contentRange(ofLine: tree.lastLine(of: index)).upperBound
        return InsertionPoint(offset: end, prefix: prefix)
    }

    /// True when a fence right after the last line of a block is read as a fence.
    ///
    /// A fence may interrupt a paragraph, and ends tables, quotes, lists and indented code. It would be
    /// swallowed by raw HTML and by a fence that is still open.
    func canTakeBlock(after index: Int) -> Bool {
        let leaf = tree.lastLeaf(of: index)
        switch tree.blocks[leaf].kind {
        case .paragraph, .heading, .table, .thematicBreak, .code(isFenced: false): return true
        case .code(isFenced: true):
            if case .proven = tree.fence(at: leaf) { return true }
            return false
        case .html: return isClosedComment(leaf)
        case .other, .quote, .list, .item, .tableRow, .tableCell: return false
        }
    }

    /// True for raw HTML that starts as a comment and ends with the line that closes it.
    private func isClosedComment(_ index: Int) -> Bool {
        let block = tree.blocks[index]
        let container = tree.container(of: index)
        guard let first = tree.containers.cursor(onLine: block.startLine, inside: container),
            block.endLine <= source.lineCount
        else { return false }
        let start = first.indent(in: source).end
        let last = source.bytes[source.contentRange(ofLine: block.endLine)]
        return source.bytes[start..<first.end].starts(with: "<!--".utf8)
            && ByteSearch.range(of: "-->", in: last) != nil
    }

    /// The Markdown of an item without its marker and its container's prefix.
    func itemText(_ index: Int, from start: Int?) -> String {
        let first = tree.blocks[index].startLine
        let last = max(first, tree.lastLine(of: index))
        let firstRange = source.contentRange(ofLine: first)
        var lines = [
            source.text(
                in: min(start ?? firstRange.lowerBound, firstRange.upperBound)..<firstRange.upperBound
            )
        ]
        for line in (first + 1)..<(last + 1) {
            let content = source.contentRange(ofLine: line)
            let cursor = tree.containers.cursor(onLine: line, inside: index)
            let lazy = source.bytes[content].firstIndex { !$0.isBlank } ?? content.upperBound
            lines.append(source.text(in: (cursor?.offset ?? lazy)..<content.upperBound))
        }
        return AttributeValue.trimmed(lines.joined(separator: "\n"))
    }
}
