// MARK: - Tasks

extension RunbookReader {
    /// Task-list items: always gates, unless they hold a cell.
    mutating func readTasks() {
        // From the inside out, so that a task that holds tasks is known to.
        for index in tree.blocks.indices.reversed() {
            guard tree.blocks[index].kind == .item, !holdsItem.contains(index),
                let box = tree.taskBox(of: index),
                isForward(outline.sectionOfBlock[index])
            else { continue }
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

// MARK: - Steps

extension RunbookReader {
    /// Steps without a cell, per section: a step heading, else its ordered lists.
    ///
    /// A task list does not silence the ordered lists beside it: a step that nobody is asked about would be
    /// lost.
    mutating func readSteps() {
        var sectionsWithItems: Set<Int> = []
        for draft in drafts {
            var next: Int? = draft.section
            while let current = next, sectionsWithItems.insert(current).inserted {
                next = outline.sections[current].parent
            }
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
            } else {
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
                section: index,
                range: range,
                line: line,
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
            // What a quote or a task holds is its text.
            if block.kind == .quote || tasks.contains(index) {
                index = block.subtreeEnd
                continue
            }
            switch block.kind {
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
                    section: sectionIndex,
                    range: range(ofItem: step),
                    line: tree.blocks[step].startLine,
                    insertion: insertion(afterItem: step)
                )
            )
            markHolders(of: step)
        }
    }

    private func isOrdered(_ list: Int?) -> Bool {
        list.map { tree.blocks[$0].kind == .list(isOrdered: true) } ?? false
    }

    /// True for the last item of a list that an unindented cell cuts: the cell is what the item says to do.
    ///
    /// The item must announce it: by a colon at its end, by standing right above it, or because the list goes
    /// on after it. Anything else stays a step of its own, as a step too many is better than one lost.
    private func leads(_ item: Int) -> Bool {
        guard let list = tree.blocks[item].parent,
            tree.blocks[item].subtreeEnd == tree.blocks[list].subtreeEnd
        else { return false }
        let cell = tree.blocks[list].subtreeEnd
        guard isSibling(cell, of: list), tree.blocks[cell].kind == .code(isFenced: true),
            holdsItem.contains(cell)
        else { return false }
        let lastLine = tree.lastLine(of: item)
        if tree.blocks[cell].startLine == lastLine + 1 { return true }
        let text = source.text(in: source.contentRange(ofLine: lastLine))
        if AttributeValue.trimmed(text).hasSuffix(":") { return true }
        var next = tree.blocks[cell].subtreeEnd
        while isSibling(next, of: list), isOwned(next) { next = tree.blocks[next].subtreeEnd }
        return isSibling(next, of: list) && tree.blocks[next].kind == .list(isOrdered: true)
    }

    /// True for a block of an earlier run, so that a written document is read as it was before.
    func isOwned(_ index: Int) -> Bool { owned.blocks.contains(index) }

    private func isSibling(_ index: Int, of other: Int) -> Bool {
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
            && ByteSearch.range(of: Array("-->".utf8), in: last) != nil
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
