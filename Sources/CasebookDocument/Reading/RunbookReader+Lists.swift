// MARK: - Ordered lists

extension RunbookReader {
    /// Steps without a cell from ordered lists, in sections that are acted on, under step headings too.
    ///
    /// A task list does not silence the ordered lists beside it: a step that nobody is asked about would be
    /// lost.
    mutating func readListSteps() {
        for (index, section) in outline.sections.enumerated() where offersChoice(index) {
            // A section that only describes has the steps of a list that holds its cells.
            let lists = orderedLists(in: section).filter { list in
                isActed(index) || tree.children(of: list).contains(where: holdsItem.contains)
            }
            guard !lists.isEmpty else { continue }
            let acts = outline.governing(index) { $0 == .acts } != nil
            let counting = acts ? Set(lists) : listsThatTell(lists)
            // From the inside out: an item that holds a step is none itself.
            for list in lists.reversed() where counting.contains(list) {
                for item in tree.children(of: list).reversed() where tree.blocks[item].kind == .item {
                    addListStep(item, index)
                }
            }
        }
    }

    private func orderedLists(in section: Outline.Section) -> [Int] {
        var lists: [Int] = []
        var index = section.blocks.lowerBound
        while index < section.blocks.upperBound {
            let block = tree.blocks[index]
            // What a quote or a task holds is its text.
            if block.kind == .quote || tasks.contains(index) {
                index = block.subtreeEnd
                continue
            }
            if block.kind == .list(isOrdered: true) { lists.append(index) }
            index += 1
        }
        return lists
    }

    /// The lists of which one item at least says what to do; the pieces of one that fences cut are one list.
    private func listsThatTell(_ lists: [Int]) -> Set<Int> {
        let all = Set(lists)
        var leader: [Int: Int] = [:]
        for list in lists {
            leader[list] = leader[list] ?? list
            if let next = pieceAfter(list), all.contains(next) { leader[next] = leader[list] }
        }
        var telling: Set<Int> = []
        for list in lists.reversed() {
            let items = tree.children(of: list)
            guard
                items.contains(where: { holdsItem.contains($0) || itemTells($0) }) || leads(last(of: items))
                    || items.count(where: { namesAct($0) }) * 2 > items.count && !isOverview(list)
            else { continue }
            telling.insert(leader[list] ?? list)
        }
        // A list inside an item that says what to do makes the item's own list one of steps.
        for list in lists.reversed() where telling.contains(leader[list] ?? list) {
            if let item = tree.blocks[list].parent, let outer = tree.blocks[item].parent, all.contains(outer)
            {
                telling.insert(leader[outer] ?? outer)
            }
        }
        return all.filter { telling.contains(leader[$0] ?? $0) }
    }

    /// True for a list after *We will set up three scenarios:*, whose items come again as what they are.
    private func isOverview(_ list: Int) -> Bool {
        guard let before = sibling(before: list), tree.blocks[before].kind == .paragraph else { return false }
        return AnnouncedText.foretells(paragraphText(before))
    }

    private func last(of items: [Int]) -> Int { items.last ?? 0 }

    /// The list of the same kind that goes on after the code that cuts a list; nil when none does.
    func pieceAfter(_ list: Int) -> Int? {
        var next = tree.blocks[list].subtreeEnd
        var isCut = false
        while isSibling(next, of: list) {
            switch tree.blocks[next].kind {
            case .code:
                if !isOwned(next) { isCut = true }
            case .paragraph where isPicture(next): isCut = true
            case tree.blocks[list].kind: return isCut ? next : nil
            default:
                if !isOwned(next) { return nil }
            }
            next = tree.blocks[next].subtreeEnd
        }
        return nil
    }

    /// True for a paragraph that is a picture and nothing else.
    private func isPicture(_ block: Int) -> Bool {
        let text = paragraphText(block)
        return text.hasPrefix("![") && text.ends(with: ")") && text.count(where: { $0 == "]" }) == 1
    }

    mutating func addListStep(_ item: Int, _ section: Int) {
        guard tree.blocks[item].subtreeEnd > item + 1, tree.taskBox(of: item) == nil, !leads(item) else {
            return
        }
        guard !holdsItem.contains(item) else {
            addParent(item, section, nil)
            return
        }
        drafts.append(
            Draft(
                content: .step(text: itemText(item, from: tree.containers.content(of: item)?.offset)),
                section: section,
                range: range(ofItem: item),
                line: tree.blocks[item].startLine,
                insertion: insertion(afterItem: item)
            )
        )
        listSteps.insert(item)
        markHolders(of: item)
    }

    /// An item whose nested items are items, and that says to do something besides.
    mutating func addParent(_ item: Int, _ section: Int, _ box: TaskBox?) {
        let children = tree.children(of: item).filter { !isOwned($0) }
        guard !parents.contains(item), let first = children.first, tree.blocks[first].kind == .paragraph,
            !children.contains(where: { tree.blocks[$0].isCode && holdsItem.contains($0) })
        else { return }
        let line = tree.startLine(of: item)
        let end = source.contentRange(ofLine: max(line, tree.lastLine(of: first))).upperBound
        var text = paragraphText(first)
        if let box {
            text = AttributeValue.trimmed(
                source.text(in: max(box.offset + 2, box.markRange.upperBound)..<end)
            )
        }
        guard !text.ends(with: ":"), !text.hasSuffix(":**"), ImperativeText.isImperative(text),
            !ConditionalText.opensWithCondition(text), !ConditionalText.skips(text)
        else { return }
        parents.insert(item)
        drafts.append(
            Draft(
                content: box.map { .task($0, text: text) } ?? .step(text: text),
                section: section,
                range: source.lineStarts[line - 1]..<end,
                line: line,
                insertion: tree.containers.prefix(inside: item).map {
                    InsertionPoint(offset: end, prefix: $0)
                }
            )
        )
    }

    /// True for the last item of a list that an unindented cell cuts: the cell is what the item says to do.
    ///
    /// The item must announce it: by a colon at its end, by standing right above it, or because the list goes
    /// on after it or was cut before. Anything else stays a step of its own, as a step too many is better
    /// than one lost.
    func leads(_ item: Int) -> Bool {
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
        if AttributeValue.trimmed(text).ends(with: ":") { return true }
        return pieceAfter(list) != nil || isCutBefore(list)
    }

    /// True for the last piece of a list that code cuts.
    private func isCutBefore(_ list: Int) -> Bool {
        guard let code = sibling(before: list), tree.blocks[code].isCode, holdsItem.contains(code) else {
            return false
        }
        var before = sibling(before: code)
        while let block = before, tree.blocks[block].isCode { before = sibling(before: block) }
        return before.map { tree.blocks[$0].kind == tree.blocks[list].kind } ?? false
    }
}

// MARK: - What an item says

extension RunbookReader {
    /// True when one of an item's own paragraphs says what to do, or it holds code.
    private func itemTells(_ item: Int) -> Bool {
        tree.children(of: item).contains { block in
            switch tree.blocks[block].kind {
            case .code: !isOwned(block)
            case .paragraph: tells(block)
            default: false
            }
        }
    }

    /// True for an item such as *Stopping the server*, which alone says nothing to do and in a list of such ones does.
    private func namesAct(_ item: Int) -> Bool {
        firstText(of: item).map(ImperativeText.beginsWithGerund) ?? false
    }

    /// The paragraph with which an item begins; nil when it begins with something else.
    func firstText(of item: Int) -> String? {
        guard item + 1 < tree.blocks[item].subtreeEnd, tree.blocks[item + 1].kind == .paragraph else {
            return nil
        }
        return paragraphText(item + 1)
    }

    /// True for a paragraph that says what to do, or that is in no language that Casebook reads.
    func tells(_ block: Int) -> Bool {
        let text = paragraphText(block)
        guard !LabelledText.defines(text) || ImperativeText.holdsCommand(text) else { return false }
        return ImperativeText.tells(text) || ConditionalText.isConditional(text) || Self.isForeign(text)
    }

    /// True for a text in another language than English, of which nobody can say whether it tells anything.
    private static func isForeign(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0.properties.isAlphabetic && !$0.isASCII }
            || HeadingWords(text.prefix(200)).words.contains(where: foreignWords.contains)
    }

    private static let foreignWords: Set<String> = [
        "der", "das", "und", "ist", "den", "el", "los", "las", "una", "del", "para", "les", "des", "une",
        "et",
    ]
}

extension ParsedBlock {
    /// True for a block of code, fenced or indented.
    var isCode: Bool {
        if case .code = kind { true } else { false }
    }
}
