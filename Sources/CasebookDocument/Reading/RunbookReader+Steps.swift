// MARK: - Tasks

extension RunbookReader {
    /// Task-list items: always gates, unless they hold a cell.
    mutating func readTasks() {
        // From the inside out, so that a task that holds tasks is known to.
        for index in tree.blocks.indices.reversed() {
            guard tree.blocks[index].kind == .item, !holdsItem.contains(index), let box = tree.taskBox(of: index),
                isForward(outline.sectionOfBlock[index])
            else { continue }
            let text = itemText(index, from: max(box.offset + 2, box.markRange.upperBound))
            drafts.append(
                Draft(
                    content: .task(box, text: text), section: outline.sectionOfBlock[index],
                    range: range(ofItem: index), line: tree.blocks[index].startLine,
                    insertion: insertion(afterItem: index)
                )
            )
            markHolders(of: index)
        }
    }

    private func isForward(_ section: Int) -> Bool {
        outline.governing(section) { $0 == .undo || $0 == .shown } == nil
    }
}

// MARK: - Steps

extension RunbookReader {
    /// Steps without a cell, per section: step headings, else ordered lists where no task list stands.
    mutating func readSteps() {
        var sectionsWithItems: Set<Int> = []
        var sectionsWithTasks: Set<Int> = []
        for draft in drafts {
            var next: Int? = draft.section
            while let current = next, sectionsWithItems.insert(current).inserted {
                next = outline.sections[current].parent
            }
            if case .task = draft.content { sectionsWithTasks.insert(draft.section) }
        }
        var sectionsWithSteps: Set<Int> = []
        for index in outline.sections.indices where outline.sections[index].role == .step {
            if let parent = outline.sections[index].parent { sectionsWithSteps.insert(parent) }
        }
        for (index, section) in outline.sections.enumerated() where isForward(index) {
            if outline.governing(index, where: { $0 == .describes }) != nil { continue }
            if let step = outline.governing(index, where: { $0 == .step }) {
                if step == index, !sectionsWithItems.contains(index), !sectionsWithSteps.contains(index) {
                    addHeadingStep(index)
                }
            } else if !sectionsWithTasks.contains(index) {
                addListSteps(in: section, index)
            }
        }
    }

    private mutating func addHeadingStep(_ index: Int) {
        let section = outline.sections[index]
        guard let heading = section.heading else { return }
        let line = tree.blocks[heading].startLine
        var lastLine = tree.lastLine(of: heading)
        var last = heading
        var block = section.allBlocks.lowerBound
        while block < section.allBlocks.upperBound {
            last = block
            block = tree.blocks[block].subtreeEnd
        }
        lastLine = max(lastLine, tree.lastLine(of: last))
        let bodyStart = source.contentRange(ofLine: tree.lastLine(of: heading)).upperBound
        let range = source.lineStarts[line - 1]..<source.contentRange(ofLine: lastLine).upperBound
        drafts.append(
            Draft(
                content: .step(text: AttributeValue.trimmed(source.text(in: bodyStart..<range.upperBound))),
                section: index, range: range, line: line,
                insertion: canTakeBlock(after: last)
                    ? InsertionPoint(offset: range.upperBound, prefix: []) : nil
            )
        )
    }

    private mutating func addListSteps(in section: Outline.Section, _ sectionIndex: Int) {
        var steps: [Int] = []
        var index = section.blocks.lowerBound
        while index < section.blocks.upperBound {
            let block = tree.blocks[index]
            switch block.kind {
            case .quote:
                index = block.subtreeEnd
                continue
            case .item where isOrdered(block.parent) && block.subtreeEnd > index + 1: steps.append(index)
            default: break
            }
            index += 1
        }
        // From the inside out: an item that holds a step is none itself.
        for step in steps.reversed() where !holdsItem.contains(step) && !leads(step) {
            drafts.append(
                Draft(
                    content: .step(text: itemText(step, from: tree.containers.content(of: step)?.offset)),
                    section: sectionIndex, range: range(ofItem: step), line: tree.blocks[step].startLine,
                    insertion: insertion(afterItem: step)
                )
            )
            markHolders(of: step)
        }
    }

    private func isOrdered(_ list: Int?) -> Bool { list.map { tree.blocks[$0].kind == .list(isOrdered: true) } ?? false }

    /// True for the last item of a list that an unindented cell cuts: the cell is what the item says to do.
    private func leads(_ item: Int) -> Bool {
        guard let list = tree.blocks[item].parent, tree.blocks[item].subtreeEnd == tree.blocks[list].subtreeEnd
        else { return false }
        let next = tree.blocks[list].subtreeEnd
        return next < tree.blocks.count && tree.blocks[next].parent == tree.blocks[list].parent
            && tree.blocks[next].kind == .code(isFenced: true) && holdsItem.contains(next)
    }
}

// MARK: - Places

extension RunbookReader {
    private func range(ofItem index: Int) -> ByteRange {
        let start = source.lineStarts[tree.blocks[index].startLine - 1]
        return start..<source.contentRange(ofLine: tree.lastLine(of: index)).upperBound
    }

    /// Right after an item's last line, inside the item.
    private func insertion(afterItem index: Int) -> InsertionPoint? {
        guard canTakeBlock(after: index), let prefix = tree.containers.prefix(inside: index) else { return nil }
        let end = source.contentRange(ofLine: tree.lastLine(of: index)).upperBound
        return InsertionPoint(offset: end, prefix: prefix)
    }

    /// True when a fence right after the last line of a block is read as a fence.
    ///
    /// A fence may interrupt a paragraph, and ends tables, quotes, lists and indented code. It would be
    /// swallowed by raw HTML and by a fence that is still open.
    private func canTakeBlock(after index: Int) -> Bool {
        let leaf = tree.lastLeaf(of: index)
        switch tree.blocks[leaf].kind {
        case .paragraph, .heading, .table, .thematicBreak, .code(isFenced: false): return true
        case .code(isFenced: true):
            if case .proven = tree.fence(at: leaf) { return true }
            return false
        case .html, .other, .quote, .list, .item, .tableRow, .tableCell: return false
        }
    }

    /// The Markdown of an item without its marker and its container's prefix.
    private func itemText(_ index: Int, from start: Int?) -> String {
        let first = tree.blocks[index].startLine
        let last = max(first, tree.lastLine(of: index))
        let firstRange = source.contentRange(ofLine: first)
        var lines = [source.text(in: min(start ?? firstRange.lowerBound, firstRange.upperBound)..<firstRange.upperBound)]
        for line in (first + 1)..<(last + 1) {
            let content = source.contentRange(ofLine: line)
            let cursor = tree.containers.cursor(onLine: line, inside: index)
            let lazy = source.bytes[content].firstIndex { !$0.isBlank } ?? content.upperBound
            lines.append(source.text(in: (cursor?.offset ?? lazy)..<content.upperBound))
        }
        return AttributeValue.trimmed(lines.joined(separator: "\n"))
    }
}
