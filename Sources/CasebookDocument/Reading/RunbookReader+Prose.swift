// MARK: - Steps in prose

extension RunbookReader {
    /// The weakest forms of steps: the content of a file, and, in sections in which no other form was found,
    /// sentences that say which command to run, or under a heading such as *Mitigation* what to do.
    mutating func readProseSteps() {
        let taken = Set(drafts.map(\.section))
        let sectionsWithItems = sectionsHoldingItems()
        for (index, section) in outline.sections.enumerated() where isActed(index) {
            if let step = outline.governing(index, where: { $0 == .step }), !sectionsWithItems[step] {
                continue
            }
            if let step = outline.governing(index, where: { $0 == .step }), holdsHeadingStep(step) {
                continue
            }
            let acts = outline.governing(index) { $0 == .acts } != nil
            for block in topBlocks(of: section) {
                switch tree.blocks[block].kind {
                case .paragraph:
                    if addBlock(block, index) || addAssumption(block, index) || addNamedFiles(block, index) {
                        continue
                    }
                    if !taken.contains(index) || acts && closes(block) || ordersAlone(block) {
                        addSentence(block, index, acts)
                    }
                case .quote:
                    for inner in tree.children(of: block) where tree.blocks[inner].kind == .paragraph {
                        _ = addAssumption(inner, index)
                    }
                case .code(isFenced: true): addDirective(block, index)
                case .list: addBlocksOfItems(block, index)
                default: break
                }
            }
        }
    }

    /// *If nothing helps, call somebody*, the last paragraph of a section that holds steps.
    private func closes(_ block: Int) -> Bool {
        var next = tree.blocks[block].subtreeEnd
        while next < tree.blocks.count, isOwned(next) { next = tree.blocks[next].subtreeEnd }
        let text = paragraphText(block)
        guard ConditionalText.isConditional(text), ImperativeText.tells(text), !text.ends(with: ":"),
            !holdsItem.contains(block)
        else { return false }
        return next >= tree.blocks.count || tree.blocks[next].isHeading
    }

    /// *Run `go mod vendor` to install them.*, and no block after it: the command stands nowhere else.
    private func ordersAlone(_ block: Int) -> Bool {
        let text = paragraphText(block)
        guard text.holds(.backtick), text.holds("un `"), !holdsItem.contains(block),
            !ConditionalText.isConditional(text)
        else { return false }
        var next = tree.blocks[block].subtreeEnd
        while isSibling(next, of: block), isOwned(next) { next = tree.blocks[next].subtreeEnd }
        if isSibling(next, of: block), tree.blocks[next].isCode { return false }
        // What a colon announces may be the steps that say it again.
        if text.ends(with: ":"), !isSibling(next, of: block) || holdsItem.contains(next) { return false }
        return ImperativeText.ordersByRun(text)
    }

    /// Files that somebody writes, and orders, inside the items of a list that hold cells too.
    private mutating func addBlocksOfItems(_ list: Int, _ section: Int) {
        for item in tree.children(of: list)
        where holdsItem.contains(item) && !tasks.contains(item) && !listSteps.contains(item) {
            for block in tree.children(of: item) {
                switch tree.blocks[block].kind {
                case .paragraph: _ = addBlock(block, section)
                case .list: addBlocksOfItems(block, section)
                default: break
                }
            }
        }
    }

    /// *The following steps assume that you use the test cluster: `export KUBECONFIG=test`*: what has to be set first.
    private mutating func addAssumption(_ block: Int, _ section: Int) -> Bool {
        let text = Self.withoutAlert(paragraphText(block))
        guard !holdsItem.contains(block), AnnouncedText.assumesSetting(text) else { return false }
        addParagraph(block, text, section)
        return true
    }

    /// A note of MyST, as a fence of backticks, that holds code: its text is for a person.
    private mutating func addDirective(_ block: Int, _ section: Int) {
        guard !isOwned(block), !holdsItem.contains(block), isDirective(block), canTakeBlock(after: block)
        else {
            return
        }
        let text = AttributeValue.trimmed(String(decoding: tree.blocks[block].content, as: UTF8.self))
        let said = text.firstRange(of: "```").map { String(text[..<$0.lowerBound]) } ?? text
        guard Self.holdsCell(text), ImperativeText.tells(said) || ConditionalText.isConditional(said) else {
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

    /// True for text in which a fence of code begins that has an interpreter.
    private static func holdsCell(_ text: String) -> Bool {
        text.split(separator: "\n").contains { line in
            let line = line.drop { $0 == " " || $0 == "\t" }
            guard line.hasPrefix("```") || line.hasPrefix("~~~") else { return false }
            let info = line.drop { $0 == "`" || $0 == "~" }.drop { $0 == " " }
            let isCode = ["{code-block}", "{code}", "{code-cell}"].first(where: info.hasPrefix)
            let tag = info.dropFirst(isCode?.count ?? 0).drop { $0 == " " }
                .prefix { !$0.isWhitespace && $0 != "{" && $0 != "," }
            return Language(tag: tag.lowercased()) != nil
        }
    }

    /// True for a directive of MyST around Markdown: ```` ```{note} ````.
    func isDirective(_ block: Int) -> Bool {
        guard case .proven(let fence) = tree.fence(at: block) else { return false }
        let info = source.bytes[fence.opening.info]
        guard info.first == UInt8(ascii: "{"), let close = info.firstIndex(of: UInt8(ascii: "}")) else {
            return false
        }
        return Self.directives.contains(source.text(in: (info.startIndex + 1)..<close))
    }

    private static let directives: Set<String> = [
        "note", "tip", "important", "warning", "caution", "danger", "attention", "hint", "admonition",
        "error",
        "dropdown", "details", "seealso", "tab-set", "tabs", "tab-item", "card", "grid",
    ]

    /// True for a heading that is a step with all that stands under it.
    private func holdsHeadingStep(_ section: Int) -> Bool {
        outline.sections[section].heading.map(headingSteps.contains) ?? false
    }

    /// *Save the following as `a.yaml`:* or *Run the following command:* and a block that is no cell; false when it is
    /// something else.
    private mutating func addBlock(_ block: Int, _ section: Int) -> Bool {
        var next = tree.blocks[block].subtreeEnd
        while isSibling(next, of: block), isOwned(next) { next = tree.blocks[next].subtreeEnd }
        guard isSibling(next, of: block), tree.blocks[next].kind == .code(isFenced: true),
            !holdsItem.contains(next), !holdsItem.contains(block), canTakeBlock(after: next),
            AnnouncedText.announcesFile(paragraphText(block))
                || AnnouncedText.ordersBlock(paragraphText(block)) && !isSample(next)
                || ordersCommands(block, next),
            let prefix = tree.containers.prefix(inside: tree.container(of: block))
        else { return false }
        let end = range(ofBlock: next).upperBound
        addStep(block, through: next, to: end, section, InsertionPoint(offset: end, prefix: prefix))
        return true
    }

    /// Makes one step of a paragraph and the block that belongs to it.
    private mutating func addStep(
        _ block: Int,
        through last: Int,
        to end: Int,
        _ section: Int,
        _ insertion: InsertionPoint?
    ) {
        let range = range(ofBlock: block).lowerBound..<end
        drafts.append(
            Draft(
                content: .step(text: source.text(in: range)),
                section: section,
                range: range,
                line: tree.startLine(of: block),
                insertion: insertion
            )
        )
        markHolders(of: block)
        markHolders(of: last)
    }

    /// *Clean up as follows:* and a block without a tag that begins with a command that is well known.
    private func ordersCommands(_ block: Int, _ code: Int) -> Bool {
        guard case .proven(let fence) = tree.fence(at: code), fence.opening.info.isEmpty else { return false }
        let text = paragraphText(block)
        guard text.ends(with: ":"), let sentence = ImperativeText.lastSentence(of: text.ending(300)),
            ImperativeText.tellsInOneSentence(sentence)
                || ImperativeText.permits(HeadingWords(sentence).words)
        else { return false }
        let first = tree.blocks[code].content.split(separator: .lineFeed).first ?? []
        let line = first.starts(with: "$ ".utf8) ? first.dropFirst(2) : first
        return RecordedLine.isKnownCommand(line) && !Introduction(text).announcesOutput
            && !Introduction(text).announcesExample
    }

    /// *Update the following files:* and a list of links or names.
    private mutating func addNamedFiles(_ block: Int, _ section: Int) -> Bool {
        let text = paragraphText(block)
        guard text.ends(with: ":"), !holdsItem.contains(block),
            let sentence = ImperativeText.lastSentence(of: text.ending(300)),
            ["update", "edit", "change", "modify", "add", "adjust", "bump", "remove", "delete"]
                .contains(HeadingWords.first(of: sentence)),
            !ConditionalText.isConditional(text)
        else { return false }
        var list = tree.blocks[block].subtreeEnd
        while isSibling(list, of: block), isOwned(list) { list = tree.blocks[list].subtreeEnd }
        guard isSibling(list, of: block), tree.blocks[list].kind == .list(isOrdered: false),
            !holdsItem.contains(list),
            tree.children(of: list).allSatisfy({ item in
                firstText(of: item).map { $0.hasPrefix("[") || $0.hasPrefix("`") } ?? false
            })
        else { return false }
        let end = end(of: tree.blocks[list].subtreeEnd - 1)
        let insertion = canTakeBlock(after: list) ? InsertionPoint(offset: end, prefix: []) : nil
        addStep(block, through: list, to: end, section, insertion)
        return true
    }

    /// True for a block that was read as a cell that nobody runs.
    private func isSample(_ block: Int) -> Bool { sampleBlocks.contains(block) }

    private mutating func addSentence(_ block: Int, _ section: Int, _ acts: Bool) {
        let text = paragraphText(block)
        let isCommand = ImperativeText.ordersCommand(text) || ordersAlone(block)
        let isAsked = ConditionalText.isConditional(text) && !text.ends(with: ":")
        // `TODO: describe it` is a note of the author to themselves.
        guard isCommand || acts && !text.holds("TODO") && (ImperativeText.tells(text) || isAsked) else {
            return
        }
        addParagraph(block, text, section)
    }

    private mutating func addParagraph(_ block: Int, _ text: String, _ section: Int) {
        let range = range(ofBlock: block)
        drafts.append(
            Draft(
                content: .step(text: text),
                section: section,
                range: range,
                line: tree.startLine(of: block),
                insertion: tree.containers.prefix(inside: tree.container(of: block)).map {
                    InsertionPoint(offset: range.upperBound, prefix: $0)
                }
            )
        )
        markHolders(of: block)
    }
}
