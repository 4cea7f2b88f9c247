// MARK: - Conditions

extension RunbookReader {
    func addConditionalHeading(_ index: Int, to scopes: inout [ChoiceScope]) {
        let section = outline.sections[index]
        guard let heading = section.heading,
            ConditionalText.isConditionalHeading(section.title) || answersQuestion(index)
                || outline.ownProcedures.contains(index),
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
                insertion: canTakeBlock(after: heading) ? InsertionPoint(offset: end, prefix: []) : nil,
                parts: [(.proceed, end..<self.end(of: section.allBlocks.upperBound - 1))]
            )
        )
    }

    /// True for a section below *FAQ*: only who has the question needs the answer.
    private func answersQuestion(_ index: Int) -> Bool {
        guard let parent = outline.sections[index].parent else { return false }
        return SectionRole.isQuestions(outline.sections[parent].title)
            || SectionRole.isQuestions(outline.sections[index].title)
                && outline.sections[index].blocks.upperBound == outline.sections[index].allBlocks.upperBound
    }

    /// Looks at blocks that stand side by side.
    func addChoices(
        among blocks: [Int],
        inside item: Int?,
        section: Int,
        to scopes: inout [ChoiceScope]
    ) {
        // What earlier runs wrote stands between the author's blocks and is none of them.
        let siblings = blocks.filter { !isOwned($0) }
        for (place, block) in siblings.enumerated() {
            guard let text = conditionText(block) else { continue }
            // *If you prefer npm:* between two blocks of code names another way, and is one of the choice.
            if place > 0, place + 1 < siblings.count, ConditionalText.prefers(text),
                [siblings[place - 1], siblings[place + 1]].allSatisfy({
                    tree.blocks[$0].kind == .code(isFenced: true) && holdsItem.contains($0)
                })
            {
                continue
            }
            if ConditionalText.skips(text) {
                addSkip(block, text, inside: item, section, siblings, to: &scopes)
                continue
            }
            // What is nested under a condition is done under it, also when its sentence asks for nothing.
            let isNested = item != nil && place == 0 && ConditionalText.opensWithCondition(text)
            let isTail = ConditionalText.endsConditionally(text)
            let isOther = place > 0 && isOtherThanCondition(text, siblings[place - 1])
            if isNested || isTail || isOther || ConditionalText.isConditional(text) {
                guard !parents.contains(block - 1),
                    let end = endOfWhatFollows(place, text, siblings, inside: item)
                else { continue }
                scopes.append(scope(of: block, text, section, until: end))
            }
        }
        addAlternatives(among: siblings, section, to: &scopes)
        addLabelledWays(among: siblings, section, to: &scopes)
        addWaysInLists(among: siblings, section, to: &scopes)
    }

    func scope(
        of paragraph: Int,
        _ text: String,
        _ section: Int,
        until end: Int,
        answer: GateAnswer = .proceed,
        others: [GateAnswer] = [.doesNotApply, .stop]
    ) -> ChoiceScope {
        let range = range(ofBlock: paragraph)
        return ChoiceScope(
            text: text,
            section: section,
            range: range,
            line: tree.startLine(of: paragraph),
            insertion: canTakeBlock(after: paragraph)
                ? tree.containers.prefix(inside: tree.container(of: paragraph)).map {
                    InsertionPoint(offset: range.upperBound, prefix: $0)
                } : nil,
            parts: [(answer, range.upperBound..<end)],
            otherAnswers: others
        )
    }

    /// Where the blocks end that a conditional paragraph speaks of; nil when it speaks of none.
    ///
    /// The first paragraph of a list item speaks of the whole item. Any other one speaks of the code right
    /// after it, and of a list when it announces it with a colon.
    private func endOfWhatFollows(_ place: Int, _ text: String, _ siblings: [Int], inside item: Int?) -> Int?
    {
        if let item, place == 0 { return end(of: tree.blocks[item].subtreeEnd - 1) }
        let isAnnounced = text.ends(with: ":")
        // `If it is new, read the manual. Now start it.` speaks of what comes after it in any case.
        let last =
            ImperativeText.lastSentence(of: text).map { HeadingWords.first(of: $0.prefix(40)) } ?? nil
        guard isAnnounced || last != "now" else { return nil }
        var end: Int?
        for block in siblings[(place + 1)...] {
            switch tree.blocks[block].kind {
            case .code: break
            case .list where isAnnounced: break
            default:
                // `If you see this error:` and the error itself: what is done about it comes after it.
                if isAnnounced, let shown = end, !holdsItem.contains(shown), tree.blocks[shown].isCode,
                    AnnouncedText.announcesSymptom(text)
                {
                    break
                }
                return end.map { self.end(of: tree.blocks[$0].subtreeEnd - 1) }
            }
            end = block
        }
        return end.map { self.end(of: tree.blocks[$0].subtreeEnd - 1) }
    }

    /// The text of a paragraph, or of a quote that is one paragraph with a condition for what stands after it.
    private func conditionText(_ block: Int) -> String? {
        switch tree.blocks[block].kind {
        case .paragraph: return paragraphText(block)
        case .quote:
            guard let inner = tree.children(of: block).last, tree.blocks[inner].kind == .paragraph else {
                return nil
            }
            var text = paragraphText(inner)
            if text.hasPrefix("[!"), let close = text.firstIndex(of: "]") {
                text = AttributeValue.trimmed(text[text.index(after: close)...])
            }
            return text.ends(with: ":") || text.hasSuffix(":**") || ConditionalText.skips(text) ? text : nil
        default: return nil
        }
    }

    /// *Alternatively, ...:* after a paragraph with a condition: it stands under the same.
    private func isOtherThanCondition(_ text: String, _ before: Int) -> Bool {
        tree.blocks[before].kind == .paragraph && ConditionalText.isAlternative(text)
            && ConditionalText.opensWithCondition(paragraphText(before))
    }

    /// *You can skip this section*: one asks whether to do the rest of the section or of the item.
    ///
    /// `proceed` is no answer to it, as nobody could say which of both it means.
    private func addSkip(
        _ block: Int,
        _ text: String,
        inside item: Int?,
        _ section: Int,
        _ siblings: [Int],
        to scopes: inout [ChoiceScope]
    ) {
        guard item == nil || holdsItem.containsAny(of: siblings) else { return }
        let last =
            item.map { tree.blocks[$0].subtreeEnd - 1 } ?? outline.sections[section].allBlocks.upperBound - 1
        let end = end(of: last)
        guard end > range(ofBlock: block).upperBound else { return }
        scopes.append(
            scope(
                of: block,
                text,
                section,
                until: end,
                answer: .choice("do-it"),
                others: [.choice("skip-it"), .stop]
            )
        )
    }
}
