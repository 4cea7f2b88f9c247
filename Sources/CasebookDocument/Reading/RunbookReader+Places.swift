// MARK: - Places

extension RunbookReader {
    /// Where the cells after a command or a sentence are meant for.
    private struct Away {
        /// The section with which it ends; nil when only an `exit` or another place ends it.
        let section: Int?
        let reason: String
        /// It is the console of a language, to which code of other languages is given too.
        var isConsole = false
        /// How many shells deep it is; each `exit` leaves one.
        var depth = 1
    }

    /// Finds the cells that are meant for another machine: those after a command or a sentence that goes there.
    ///
    /// They are for a person, up to an `exit` or to the next heading of that level. What a section such as *Connect* or
    /// *Prerequisites* goes to is where the rest of the document happens.
    mutating func readPlaces() {
        var away: Away?
        let sections = placesOfSections()
        var entered: Set<Int> = []
        for index in drafts.indices {
            let section = drafts[index].section
            if let scope = away?.section, !outline.isInside(section, of: scope) { away = nil }
            if let place = sections[section], entered.insert(section).inserted {
                move(to: place, section, &away)
            }
            switch drafts[index].content {
            case .cell: readPlace(ofCell: index, &away)
            case .step(let text), .task(_, let text):
                if PlaceText.leaves(text) {
                    leave(&away)
                } else if let place = PlaceText.goal(ofStep: text) {
                    move(to: place, section, &away)
                }
            case .checkpoint, .choice: break
            }
        }
    }

    /// Goes where a text says that the cells of a section are meant for.
    private func move(to place: PlaceText.Place, _ section: Int, _ away: inout Away?) {
        switch place {
        case .here: away = nil
        case .elsewhere(let words, let isWhole, _):
            away = Away(section: isWhole ? nil : section, reason: Self.reason(words))
        case .shell(let name, let isConsole):
            away = Away(
                section: section,
                reason: "it comes after `\(name)`, which goes elsewhere",
                isConsole: isConsole
            )
        }
    }

    private static func reason(_ words: String) -> String { "it is meant for elsewhere: \"\(words)\"" }

    /// Leaves one shell.
    private func leave(_ away: inout Away?) {
        if let depth = away?.depth, depth > 1 { away?.depth = depth - 1 } else { away = nil }
    }

    /// Where a section happens, as its heading or a note in it says: *Run this section on the source server.*
    private func placesOfSections() -> [Int: PlaceText.Place] {
        var places: [Int: PlaceText.Place] = [:]
        for (index, section) in outline.sections.enumerated() {
            // What is said of a section is said of those in it.
            if let parent = section.parent, parent > 0 { places[index] = places[parent] }
            if section.heading != nil, let place = PlaceText.place(ofHeading: section.title) {
                places[index] = place
            }
            for block in topBlocks(of: section) where places[index] == nil && !isOwned(block) {
                let text: String
                switch tree.blocks[block].kind {
                case .paragraph: text = paragraphText(block)
                case .quote:
                    let inner = tree.children(of: block).first { tree.blocks[$0].kind == .paragraph }
                    text = inner.map { Self.withoutAlert(paragraphText($0)) } ?? ""
                case .code(isFenced: true) where isDirective(block):
                    text = String(decoding: tree.blocks[block].content.prefix(400), as: UTF8.self)
                default: continue
                }
                if let words = PlaceText.placeOfSection(in: text) {
                    places[index] = .elsewhere(words, isWhole: false, isEntered: false)
                }
            }
        }
        return places
    }

    /// A text without the `[!NOTE]` before it.
    static func withoutAlert(_ text: String) -> String {
        guard text.hasPrefix("[!"), let close = text.firstIndex(of: "]") else { return text }
        return AttributeValue.trimmed(text[text.index(after: close)...])
    }

    private mutating func readPlace(ofCell index: Int, _ away: inout Away?) {
        guard
            case .cell(let cell, let handling) = drafts[index].content,
            let block = drafts[index].block,
            cell.language.interpreter?.isShell == true || away?.isConsole == true
        else { return }
        let section = drafts[index].section
        let place = place(before: block, drafts[index].script?.commands ?? [])
        let endsWithExit = cell.transcript.endsWithExit
        if let place { move(to: place, section, &away) }
        let reason = place == nil ? placeAround(block).map(Self.reason) ?? away?.reason : away?.reason
        if let reason, !cell.attributes.isHere {
            drafts[index].filling = nil
            switch handling {
            case .run, .confirm:
                let handling = CellHandling.byHand(because: reason)
                drafts[index].content = .cell(cell, handling)
            case .byHand, .shown, .undo, .check: break
            }
        } else if endsWithExit, cell.transcript.lines.count == 1, !cell.attributes.isHere,
            handling == .run || drafts[index].asksFirst
        {
            let handling = CellHandling.byHand(because: "it leaves a shell that a person opened")
            drafts[index].content = .cell(cell, handling)
        }
        guard cell.language.interpreter?.isShell == true else { return }
        let commands = drafts[index].script?.commands ?? ShellReader.commands(in: cell.transcript.code)
        if endsWithExit {
            leave(&away)
        } else if let command = commands.last(where: PlaceText.opensShell) {
            // *Log in to the server:* speaks of the command itself.
            let depth = place?.isEntered == true ? 0 : away.map(\.depth) ?? 0
            away = Away(
                section: isEntrance(section) ? nil : section,
                reason: "it comes after `\(command.name)`, which goes elsewhere",
                isConsole: PlaceText.opensConsole(command),
                depth: depth + 1
            )
        }
    }

    /// Where the text before a cell says that it is meant for, also before the labels of several ways: *It is required on
    /// all nodes:*, *CentOS:*.
    private func place(before block: Int, _ commands: [ShellCommand]) -> PlaceText.Place? {
        let text = textBefore(block)
        if let place = PlaceText.goal(of: text) { return place }
        let before = isWayLabel(text) ? textBeforeWays(block) : text
        guard !before.isEmpty else { return nil }
        if before != text, let place = PlaceText.goal(of: before) { return place }
        guard commands.contains(where: { PlaceText.machineTools.contains($0.name) }) else { return nil }
        return PlaceText.machines(in: before).map { .elsewhere($0, isWhole: false, isEntered: false) }
    }

    private func isWayLabel(_ text: String) -> Bool {
        guard text.utf8.count < 80, let kind = AlternativeTitles.kind(of: text) else { return false }
        return AlternativeTitles.isNamed(kind)
    }

    /// The paragraph before the labels of several ways and their code; empty when there is none.
    private func textBeforeWays(_ block: Int) -> String {
        var before = sibling(before: block)
        var levels = 0
        while let current = before, levels < 16 {
            levels += 1
            if tree.blocks[current].kind == .paragraph, !isWayLabel(paragraphText(current)) {
                return paragraphText(current)
            }
            if let further = sibling(before: current) {
                guard
                    tree.blocks[current].kind != .paragraph || tree.blocks[further].isCode
                        || tree.blocks[further].kind == .paragraph
                else { return "" }
                before = further
                continue
            }
            // The label of an item: what is said stands before its list.
            guard let item = tree.blocks[current].parent, tree.blocks[item].kind == .item,
                let list = tree.blocks[item].parent
            else { return "" }
            before = sibling(before: list)
        }
        return ""
    }

    /// The words of the list items around a block that name a place: *On the primary node:* and the items in it.
    private func placeAround(_ block: Int) -> String? {
        var parent = tree.blocks[block].parent
        var levels = 0
        while let current = parent, levels < 12 {
            if tree.blocks[current].kind == .item, current + 1 < block,
                tree.blocks[current + 1].kind == .paragraph, !isOwned(current + 1),
                let place = PlaceText.place(in: paragraphText(current + 1))
            {
                guard case .elsewhere(let words, _, _) = place else { return nil }
                return words
            }
            parent = tree.blocks[current].parent
            levels += 1
        }
        return nil
    }

    /// True for a section whose heading says that it only goes to where the work is.
    private func isEntrance(_ section: Int) -> Bool {
        let title = SectionRole.withoutNumber(outline.sections[section].title).title
        return PlaceText.entrances.contains { HeadingWords(title).words.starts(with: $0) }
    }

    /// The paragraph right before a block, among the blocks that stand beside it; empty when there is none.
    ///
    /// A note in between is passed over.
    func textBefore(_ block: Int) -> String {
        guard var before = sibling(before: block) else { return "" }
        if tree.blocks[before].kind == .quote, let further = sibling(before: before) { before = further }
        return tree.blocks[before].kind == .paragraph ? paragraphText(before) : ""
    }

    /// The block of the author's that stands right before another one beside it.
    func sibling(before block: Int) -> Int? {
        let parent = tree.blocks[block].parent
        var before = block - 1
        while before > parent ?? -1 {
            while let up = tree.blocks[before].parent, up != parent { before = up }
            guard isOwned(before) else { return before }
            before -= 1
        }
        return nil
    }
}
