// MARK: - Bullets

extension RunbookReader {
    /// Bullets that say what to do: under a heading such as *Mitigation*, after *do the following:*, and beside
    /// a bullet that holds a cell.
    mutating func readBullets() {
        let sectionsWithItems = sectionsHoldingItems()
        for (index, section) in outline.sections.enumerated() where isActed(index) {
            // A step heading under which nothing was found is the step, with all its bullets.
            if let step = outline.governing(index, where: { $0 == .step }), !sectionsWithItems[step] {
                continue
            }
            let acts = outline.governing(index) { $0 == .acts } != nil
            var before: Int?
            var titles: [Int] = []
            var block = section.blocks.lowerBound
            while block < section.blocks.upperBound {
                if tree.blocks[block].kind == .list(isOrdered: false) {
                    let pieces = pieces(from: block)
                    if acts || before.map({ announces($0) }) ?? false || areSteps(pieces)
                        || areActs(pieces.flatMap { tree.children(of: $0) }, after: before, in: section)
                    {
                        for piece in pieces { addBullets(of: piece, index) }
                    }
                    addLabelledBullets(of: pieces, section, index)
                    if pieces == [block], isTitle(block) { titles.append(block) }
                    block = pieces.last ?? block
                }
                if !isOwned(block) { before = block }
                block = tree.blocks[block].subtreeEnd
            }
            // `- **Install it**` and its paragraph, `- **Start it**` and its paragraph: headings in all but name.
            if titles.count > 1 { for list in titles { addBullets(of: list, index) } }
        }
    }

    /// True for a list of one bullet that is bold and orders something.
    private func isTitle(_ list: Int) -> Bool {
        let items = tree.children(of: list)
        guard items.count == 1, let item = items.first, let text = firstText(of: item), text.hasPrefix("**"),
            text.hasSuffix("**") || text.hasSuffix(":"), text.utf8.count < 120, tree.taskBox(of: item) == nil
        else { return false }
        return ImperativeText.isImperative(text)
    }

    /// A list with the pieces of it that stand after the code that cuts it.
    private func pieces(from list: Int) -> [Int] {
        var pieces = [list]
        while let last = pieces.last, let next = pieceAfter(last) { pieces.append(next) }
        return pieces
    }

    /// True for a list of which every bullet is an act, where nothing says that it only names what can be done.
    private func areActs(_ items: [Int], after before: Int?, in section: Outline.Section) -> Bool {
        guard items.count > 1, items.count < 30 else { return false }
        // Most lists end here, at their first bullet.
        let areActs = items.allSatisfy { item in
            guard tree.taskBox(of: item) == nil, let text = firstText(of: item) else { return false }
            return isAct(text)
        }
        guard areActs else { return false }
        let text = before.flatMap { tree.blocks[$0].kind == .paragraph ? paragraphText($0) : nil } ?? ""
        // *Go to Settings* and *Select your project* are done one after the other, whatever the page is about.
        if items.allSatisfy({ firstText(of: $0).map(ImperativeText.isClick) ?? false }),
            !AnnouncedText.grants(section.title), !AnnouncedText.grants(text)
        {
            return true
        }
        return !AnnouncedText.names(section.title) && (text.isEmpty || !AnnouncedText.names(text))
    }

    /// An order of several words, also with its place before it (*Under 'x', create y*) or a wish (*If you want y, set x*).
    private func isAct(_ text: String) -> Bool {
        let rest = LabelledText(text).rest
        guard !text.hasPrefix("["), HeadingWords.first(2, of: rest.start(60)).count > 1,
            !rest.start(60).holds("](#")
        else { return false }
        if ImperativeText.isImperative(text) { return true }
        guard let sentence = ImperativeText.sentences(of: rest.start(300)).first else { return false }
        let clauses = sentence.split(separator: ",")
        return clauses.count > 1
            && ["under", "in", "on", "from", "if", "at"].contains(HeadingWords.first(of: clauses[0]))
            && clauses.dropFirst().contains { ImperativeText.beginsWithVerb($0.prefix(120)) }
    }

    /// The acts below a bullet that only names them: *Immediate actions (on the host):*.
    private mutating func addLabelledBullets(of pieces: [Int], _ section: Outline.Section, _ index: Int) {
        for item in pieces.flatMap({ tree.children(of: $0) }) {
            guard let text = firstText(of: item), text.ends(with: ":") || text.hasSuffix(":**"),
                AnnouncedText.labelsActs(text)
            else { continue }
            for list in tree.children(of: item) where tree.blocks[list].kind == .list(isOrdered: false) {
                guard areActs(tree.children(of: list), after: nil, in: section) else { continue }
                addBullets(of: list, index)
            }
        }
    }

    private func announces(_ block: Int) -> Bool {
        tree.blocks[block].kind == .paragraph && AnnouncedText.announcesSteps(paragraphText(block))
    }

    /// True for a list in which a bullet holds an item, or one that code cuts and of which half says what to do.
    private func areSteps(_ pieces: [Int]) -> Bool {
        let items = pieces.flatMap { tree.children(of: $0) }
        if items.contains(where: { holdsItem.contains($0) || leads($0) }) { return true }
        return pieces.count > 1 && items.count(where: { isBulletToDo($0) }) * 2 >= items.count
    }

    private func isBulletToDo(_ item: Int) -> Bool {
        guard let text = firstText(of: item) else { return false }
        return ImperativeText.isImperative(text) || ConditionalText.isConditional(text)
    }

    /// Adds the bullets that say what to do; where half of them do, also those whose verb nobody knows.
    private mutating func addBullets(of list: Int, _ section: Int) {
        let items = tree.children(of: list)
        let toDo = Set(items.filter { isBulletToDo($0) || firstText(of: $0).map({ isAct($0) }) ?? false })
        let areMost = toDo.count * 2 >= items.count
        // `**Now:** Stop it`, `**Short term:** Hot plug a disk`: sisters of one form are of one kind.
        let areLabelled =
            areMost && toDo.count > 1 && items.count < 30 && items.allSatisfy { hasLabel($0) }
        for item in items
        where toDo.contains(item) || areMost && mayBeToDo(item) || areLabelled && mayBeLabelledOrder(item) {
            addListStep(item, section)
        }
    }

    /// True for `**Short term:** Hot plug a disk`, and not for `**Cause:** the disk is full`.
    private func mayBeLabelledOrder(_ item: Int) -> Bool {
        guard let text = firstText(of: item) else { return false }
        return ImperativeText.mayBeImperative(String(LabelledText(text).rest.start(200)))
    }

    /// True for a bullet with a bold label before its text.
    private func hasLabel(_ item: Int) -> Bool {
        guard let text = firstText(of: item), text.hasPrefix("**") || text.hasPrefix("__") else {
            return false
        }
        return LabelledText(text.start(200)).label != nil
    }

    /// True for a bullet of several words that does not begin like a statement or a link.
    private func mayBeToDo(_ item: Int) -> Bool {
        guard let text = firstText(of: item), !text.hasPrefix("["), !text.hasPrefix("<") else { return false }
        return ImperativeText.mayBeImperative(text)
    }
}
