// MARK: - Choices

extension RunbookReader {
    /// Finds what is done only under a condition, and which of several ways is gone.
    ///
    /// Each becomes a question before the items that its answer decides about.
    mutating func readChoices() {
        var scopes: [ChoiceScope] = []
        for (index, section) in outline.sections.enumerated() where isActed(index) {
            addConditionalHeading(index, to: &scopes)
            addChoices(among: topBlocks(of: section), inside: nil, section: index, to: &scopes)
        }
        for index in tree.blocks.indices where tree.blocks[index].kind == .item {
            let section = outline.sectionOfBlock[index]
            guard tree.blocks[index].subtreeEnd > index + 1, isActed(section) else { continue }
            addChoices(among: tree.children(of: index), inside: index, section: section, to: &scopes)
        }
        addAlternativeHeadings(to: &scopes)
        apply(scopes)
    }

    /// True for a section whose items a run goes through.
    func isActed(_ section: Int) -> Bool {
        isForward(section) && outline.governing(section, where: { $0 == .describes }) == nil
    }

    func topBlocks(of section: Outline.Section) -> [Int] {
        var blocks: [Int] = []
        var index = section.blocks.lowerBound
        while index < section.blocks.upperBound {
            if tree.blocks[index].parent == nil { blocks.append(index) }
            index = tree.blocks[index].subtreeEnd
        }
        return blocks
    }

    /// Gives the items inside each scope its condition, the innermost one where several hold.
    private mutating func apply(_ found: [ChoiceScope]) {
        let starts = drafts.map(\.range.lowerBound)
        let scopes = found.filter { scope in scope.parts.allSatisfy { starts.hasElement(in: $0.range) } }
        guard !scopes.isEmpty else { return }
        var parts: [(range: ByteRange, condition: Draft.Condition)] = []
        for (number, scope) in scopes.enumerated() {
            drafts.append(scope.draft(number: number))
            for part in scope.parts {
                parts.append((part.range, Draft.Condition(choice: number, answer: part.answer.word)))
            }
        }
        sortDrafts()
        parts.sort { ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound) }
        var open: [(range: ByteRange, condition: Draft.Condition)] = []
        var next = 0
        for index in drafts.indices {
            let start = drafts[index].range.lowerBound
            while next < parts.count, parts[next].range.lowerBound <= start {
                open.append(parts[next])
                next += 1
            }
            open.removeAll { $0.range.upperBound <= start }
            var own: Int?
            if case .choice(let number, _, _) = drafts[index].content { own = number }
            drafts[index].condition = open.last { $0.condition.choice != own }?.condition
        }
    }
}

/// A question, and what each answer to it lets be reached.
private struct ChoiceScope {
    let text: String
    let section: Int
    let range: ByteRange
    let line: Int
    let insertion: InsertionPoint?
    let parts: [(answer: GateAnswer, range: ByteRange)]

    func draft(number: Int) -> Draft {
        Draft(
            content: .choice(number, text: text, answers: parts.map(\.answer) + [.doesNotApply, .stop]),
            section: section,
            range: range,
            line: line,
            insertion: insertion
        )
    }
}

// MARK: - Conditions

extension RunbookReader {
    private func addConditionalHeading(_ index: Int, to scopes: inout [ChoiceScope]) {
        let section = outline.sections[index]
        guard let heading = section.heading, ConditionalText.isConditional(section.title),
            section.allBlocks.upperBound > section.allBlocks.lowerBound
        else { return }
        let end = source.contentRange(ofLine: tree.lastLine(of: heading)).upperBound
        let line = tree.startLine(of: heading)
        scopes.append(
            ChoiceScope(
                text: section.title,
                section: index,
                range: source.lineStarts[line - 1]..<end,
                line: line,
                insertion: InsertionPoint(offset: end, prefix: []),
                parts: [(.proceed, end..<self.end(of: section.allBlocks.upperBound - 1))]
            )
        )
    }

    /// Looks at blocks that stand side by side.
    private func addChoices(
        among blocks: [Int],
        inside item: Int?,
        section: Int,
        to scopes: inout [ChoiceScope]
    ) {
        // What earlier runs wrote stands between the author's blocks and is none of them.
        let siblings = blocks.filter { !isOwned($0) }
        for (place, block) in siblings.enumerated() where tree.blocks[block].kind == .paragraph {
            let text = paragraphText(block)
            // What is nested under a condition is done under it, also when its sentence asks for nothing.
            let isNested = item != nil && place == 0 && ConditionalText.opensWithCondition(text)
            if isNested || ConditionalText.isConditional(text) {
                guard let end = endOfWhatFollows(place, text, siblings, inside: item) else { continue }
                scopes.append(scope(of: block, text, section, until: end))
            }
        }
        addAlternatives(among: siblings, section, to: &scopes)
    }

    private func scope(of paragraph: Int, _ text: String, _ section: Int, until end: Int) -> ChoiceScope {
        let range = range(ofBlock: paragraph)
        return ChoiceScope(
            text: text,
            section: section,
            range: range,
            line: tree.startLine(of: paragraph),
            insertion: tree.containers.prefix(inside: tree.container(of: paragraph)).map {
                InsertionPoint(offset: range.upperBound, prefix: $0)
            },
            parts: [(.proceed, range.upperBound..<end)]
        )
    }

    /// Where the blocks end that a conditional paragraph speaks of; nil when it speaks of none.
    ///
    /// The first paragraph of a list item speaks of the whole item. Any other one speaks of the code right
    /// after it, and of a list when it announces it with a colon.
    private func endOfWhatFollows(_ place: Int, _ text: String, _ siblings: [Int], inside item: Int?) -> Int?
    {
        if let item, place == 0 { return end(of: tree.blocks[item].subtreeEnd - 1) }
        let isAnnounced = text.hasSuffix(":")
        guard isAnnounced || !text.contains(". ") else { return nil }
        var last: Int?
        for block in siblings[(place + 1)...] {
            switch tree.blocks[block].kind {
            case .code: break
            case .list where isAnnounced: break
            default: return last.map { end(of: tree.blocks[$0].subtreeEnd - 1) }
            }
            last = block
        }
        return last.map { end(of: tree.blocks[$0].subtreeEnd - 1) }
    }
}

// MARK: - Alternatives

extension RunbookReader {
    /// Code, *or*, code: one of them is run.
    private func addAlternatives(among siblings: [Int], _ section: Int, to scopes: inout [ChoiceScope]) {
        var place = 0
        while place < siblings.count {
            var parts = [run(of: siblings, from: place)]
            var next = place + (parts.first?.count ?? 0)
            while next + 1 < siblings.count, parts.last?.isEmpty == false,
                tree.blocks[siblings[next]].kind == .paragraph,
                ConditionalText.isAlternative(paragraphText(siblings[next]))
            {
                parts.append(run(of: siblings, from: next + 1))
                next += 1 + (parts.last?.count ?? 0)
            }
            defer { place = max(next, place + 1) }
            guard parts.count > 1, parts.allSatisfy({ !$0.isEmpty }), let first = parts.first?.first else {
                continue
            }
            let start = range(ofBlock: first).lowerBound
            scopes.append(
                ChoiceScope(
                    text: "One of these \(parts.count) ways.",
                    section: section,
                    range: start..<start,
                    line: tree.startLine(of: first),
                    insertion: nil,
                    parts: parts.enumerated().compactMap { number, blocks in
                        guard let first = blocks.first, let last = blocks.last else { return nil }
                        let range = range(ofBlock: first).lowerBound..<range(ofBlock: last).upperBound
                        return (.choice("way-\(number + 1)"), range)
                    }
                )
            )
        }
    }

    /// The fenced blocks that stand one after the other from a place on.
    private func run(of siblings: [Int], from place: Int) -> [Int] {
        Array(siblings[place...].prefix { tree.blocks[$0].kind == .code(isFenced: true) })
    }

    /// Sections side by side for Ubuntu and for Debian, or for option A and option B.
    private func addAlternativeHeadings(to scopes: inout [ChoiceScope]) {
        var families: [Int: [Int]] = [:]
        for (index, section) in outline.sections.enumerated() where section.heading != nil {
            families[section.parent ?? 0, default: []].append(index)
        }
        for (_, family) in families.sorted(by: { $0.key < $1.key }) {
            var group: [Int] = []
            var kind: AlternativeTitles.Kind?
            for index in family + [0] {
                let section = outline.sections[index]
                let own = index == 0 || !isActed(index) ? nil : AlternativeTitles.kind(of: section.title)
                let level = group.first.map { outline.sections[$0].level }
                if own == nil || own != kind || level != section.level {
                    addAlternativeSections(group, to: &scopes)
                    group = []
                }
                kind = own
                if own != nil { group.append(index) }
            }
        }
    }

    private func addAlternativeSections(_ group: [Int], to scopes: inout [ChoiceScope]) {
        let sections = group.map { outline.sections[$0] }
        let names = sections.map { Naming.slug($0.title) }
        guard sections.count > 1, Set(names).count == names.count, let first = group.first,
            let heading = sections.first?.heading
        else { return }
        let line = tree.startLine(of: heading)
        let start = source.lineStarts[line - 1]
        let titles = sections.map(\.title).joined(separator: ", ")
        scopes.append(
            ChoiceScope(
                text: "One of these ways: \(titles).",
                section: outline.sections[first].parent ?? 0,
                range: start..<start,
                line: line,
                insertion: nil,
                parts: zip(names, sections).compactMap { name, section in
                    guard let heading = section.heading else { return nil }
                    let start = source.contentRange(ofLine: tree.lastLine(of: heading)).upperBound
                    return (.choice(name), start..<max(start, end(of: section.allBlocks.upperBound - 1)))
                }
            )
        )
    }
}

// MARK: - Places

extension RunbookReader {
    private func end(of block: Int) -> Int {
        source.contentRange(ofLine: max(tree.lastLine(of: block), tree.startLine(of: block))).upperBound
    }

    func range(ofBlock block: Int) -> ByteRange {
        let line = tree.startLine(of: block)
        let start =
            tree.containers.cursor(onLine: line, inside: tree.container(of: block))?.offset
            ?? source.lineStarts[line - 1]
        return start..<max(start, end(of: block))
    }

    /// The Markdown of a paragraph on one line, without the prefix of its container.
    func paragraphText(_ block: Int) -> String {
        let container = tree.container(of: block)
        let first = tree.startLine(of: block)
        return (first...max(first, tree.lastLine(of: block))).map { line in
            let content = source.contentRange(ofLine: line)
            let start = tree.containers.cursor(onLine: line, inside: container)?.offset ?? content.lowerBound
            return AttributeValue.trimmed(
                source.text(in: min(start, content.upperBound)..<content.upperBound)
            )
        }
        .joined(separator: " ")
    }
}

extension [Int] {
    /// True when one of these sorted numbers lies in a range.
    fileprivate func hasElement(in range: Range<Int>) -> Bool {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < range.lowerBound { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low] < range.upperBound
    }
}
