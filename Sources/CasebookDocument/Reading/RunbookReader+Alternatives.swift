// MARK: - Alternatives

extension RunbookReader {
    /// Code, *or*, code: one of them is run.
    func addAlternatives(among siblings: [Int], _ section: Int, to scopes: inout [ChoiceScope]) {
        var place = 0
        while place < siblings.count {
            guard tree.blocks[siblings[place]].kind == .code(isFenced: true) else {
                place += 1
                continue
            }
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
            // What was recorded is no way to do something.
            guard parts.count > 1, parts.allSatisfy({ holdsItem.containsAny(of: $0) }),
                let first = parts.first?.first
            else { continue }
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
    func addAlternativeHeadings(to scopes: inout [ChoiceScope]) {
        var families: [Int: [Int]] = [:]
        for (index, section) in outline.sections.enumerated() where section.heading != nil {
            families[section.parent ?? 0, default: []].append(index)
        }
        for (parent, family) in families.sorted(by: { $0.key < $1.key }) {
            // *What's next* after the ways is none of them.
            let offered = Array(family.prefix { offersChoice($0) })
            if announces(offered, in: parent) {
                addAlternativeSections(offered, needsItems: false, to: &scopes)
                continue
            }
            for (before, index) in zip(family, family.dropFirst()) where repeats(index) {
                addAlternativeSections([before, index], to: &scopes)
            }
            var group: [Int] = []
            var kind: AlternativeTitles.Kind?
            for index in family + [0] {
                let section = outline.sections[index]
                var own = index == 0 || !offersChoice(index) ? nil : AlternativeTitles.kind(of: section.title)
                if own == .environment, section.role == .step || follows(index, group) { own = nil }
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

    /// Sections that each install one of several products, in a document such as *Install a driver or a framework*.
    func addProducts(to scopes: inout [ChoiceScope]) {
        guard let title = frontTitle ?? outline.title, title.holds(" or ") || title.holds(" Or "),
            ["install", "installing", "choose", "pick", "set", "setting"].contains(
                HeadingWords.first(of: title)
            )
        else { return }
        var installers: [Int: String] = [:]
        for draft in drafts {
            guard let block = draft.block, case .cell = draft.content, installers[draft.section] == nil,
                tree.blocks[block].parent == nil
            else { continue }
            installers[draft.section] = installer(draft.script?.commands ?? [])
        }
        var group: [Int] = []
        for (section, installer) in installers.sorted(by: { $0.key < $1.key }) {
            if let last = group.last,
                installers[last] != installer || installer.isEmpty
                    || outline.sections[last].level != outline.sections[section].level
            {
                addAlternativeSections(group, to: &scopes)
                group = []
            }
            if !installer.isEmpty, offersChoice(section) { group.append(section) }
        }
        addAlternativeSections(group, to: &scopes)
    }

    /// The program with which the first of some commands installs something; empty when it does something else.
    private func installer(_ commands: [ShellCommand]) -> String {
        guard let first = commands.first, let verb = first.operands().first,
            ["install", "get", "add", "i", "require"].contains(verb)
        else { return "" }
        let programs: Set<String> = [
            "npm", "yarn", "pnpm", "pip", "pip3", "go", "gem", "cargo", "dotnet", "composer", "brew", "apt",
            "apt-get", "yum", "dnf", "conda", "poetry", "uv", "helm",
        ]
        guard programs.contains(first.name) else { return "" }
        return first.name == "pip3" ? "pip" : first.name
    }

    /// True for sections of which the text above them says how many there are, as ways to do one thing.
    private func announces(_ family: [Int], in parent: Int) -> Bool {
        guard (2...5).contains(family.count), family.allSatisfy({ offersChoice($0) }),
            Set(family.map { outline.sections[$0].level }).count == 1
        else { return false }
        let blocks = topBlocks(of: outline.sections[parent])
        // `Use one of the options below.`
        if let last = blocks.last(where: { !isOwned($0) }), tree.blocks[last].kind == .paragraph,
            AnnouncedText.announcesWays(paragraphText(last)),
            AnnouncedText.announcedWays(paragraphText(last)) ?? family.count == family.count
        {
            return true
        }
        return blocks.contains { block in
            tree.blocks[block].kind == .paragraph
                && AnnouncedText.announcedWays(paragraphText(block)) == family.count
        }
    }

    /// True for a section that does what the one before it does: *the same steps as in the previous section*.
    private func repeats(_ index: Int) -> Bool {
        guard offersChoice(index),
            let first = topBlocks(of: outline.sections[index]).first(where: { !isOwned($0) }),
            tree.blocks[first].kind == .paragraph
        else { return false }
        let text = paragraphText(first)
        return text.holds("same steps") && (text.holds("previous section") || text.holds("section above"))
    }

    /// True for *Production* that comes after *Staging*, as its text says: *Once staging is fine, ...*.
    private func follows(_ index: Int, _ group: [Int]) -> Bool {
        guard !group.isEmpty,
            let first = topBlocks(of: outline.sections[index]).first(where: { !isOwned($0) }),
            tree.blocks[first].kind == .paragraph
        else { return false }
        let words = HeadingWords(paragraphText(first).start(200)).words
        if let opening = words.first,
            ["once", "after", "then", "finally", "now", "next", "when"].contains(opening)
        {
            return true
        }
        return group.contains { words.contains(HeadingWords.first(of: outline.sections[$0].title) ?? "") }
    }

    private func addAlternativeSections(
        _ group: [Int],
        needsItems: Bool = true,
        to scopes: inout [ChoiceScope]
    ) {
        let sections = group.map { outline.sections[$0] }
        let names = sections.map { Naming.slug($0.title) }
        guard sections.count > 1, isComplete(group), Set(names).count == names.count, let first = group.first,
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
                    // A heading that is a step, or asks something, belongs to its way.
                    let start = source.lineStarts[tree.startLine(of: heading) - 1]
                    return (.choice(name), start..<max(start, end(of: section.allBlocks.upperBound - 1)))
                },
                needsItems: needsItems
            )
        )
    }
}
