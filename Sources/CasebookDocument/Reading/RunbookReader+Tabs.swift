// MARK: - Tabs

extension RunbookReader {
    /// The tabs of DocFX, `# [Azure CLI](#tab/cli)` up to a rule, and those that marks enclose: all of one name
    /// follow one answer.
    func addTabs(to scopes: inout [ChoiceScope]) {
        let marked = MarkedTabs(in: self)
        let groups = tabGroups()
        addWays(withUnlabelled(groups, merged(groups + marked.sets)), to: &scopes)
        addWays([marked.zones], to: &scopes)
    }

    /// A tab or a zone, and where it stands.
    typealias Way = (name: String, block: Int, range: ByteRange)

    private func addWays(_ groups: [[Way]], to scopes: inout [ChoiceScope]) {
        for ways in groups {
            var names: [String] = []
            var seen: Set<String> = []
            for way in ways where seen.insert(way.name).inserted { names.append(way.name) }
            guard let first = ways.first?.block, names.count > 1 else { continue }
            let line = tree.startLine(of: first)
            let start = source.lineStarts[line - 1]
            scopes.append(
                ChoiceScope(
                    text: "One of these ways: \(names.joined(separator: ", ")).",
                    section: outline.sectionOfBlock[first],
                    range: start..<start,
                    line: line,
                    insertion: nil,
                    parts: ways.map { (.choice($0.name), $0.range) },
                    needsItems: false
                )
            )
        }
    }

    private func tabGroups() -> [[Way]] {
        guard !tabs.isEmpty else { return [] }
        var groups: [[Way]] = []
        var open: (name: String, block: Int)?
        var isNew = true
        func close(at end: Int) {
            guard let tab = open else { return }
            let way = (tab.name, tab.block, range(ofBlock: tab.block).upperBound..<end)
            if isNew { groups.append([way]) } else { groups[groups.count - 1].append(way) }
            isNew = false
            open = nil
        }
        for block in topLevelBlocks where !isOwned(block) {
            if let name = tabs[block] {
                close(at: range(ofBlock: block).lowerBound)
                open = (name, block)
            } else if tree.blocks[block].kind == .thematicBreak {
                close(at: range(ofBlock: block).lowerBound)
                isNew = true
            }
        }
        // Tabs without a rule after them end with their section.
        if let tab = open {
            let section = outline.sections[outline.sectionOfBlock[tab.block]]
            close(at: max(range(ofBlock: tab.block).upperBound, end(of: section.blocks.upperBound - 1)))
        }
        return groups
    }

    /// Adds the commands between a heading and the first tab below it to the way whose label is missing there.
    ///
    /// It is the only way of the others that the section does not name.
    private func withUnlabelled(_ sets: [[Way]], _ merged: [[Way]]) -> [[Way]] {
        var merged = merged
        let openings = Set(sets.compactMap { $0.first?.name })
        let names = merged.map { Set($0.map(\.name)) }
        var groupOfName: [String: Int] = [:]
        for (group, names) in names.enumerated() {
            for name in names { groupOfName[name] = group }
        }
        var seen: Set<Int> = []
        for set in sets {
            guard let tab = set.first, seen.insert(outline.sectionOfBlock[tab.block]).inserted,
                let group = groupOfName[tab.name], names[group].count < 12, holdsCellBefore(tab.block)
            else { continue }
            let missing = names[group].subtracting(set.map(\.name))
            guard missing.count == 1, let name = missing.first, openings.contains(name) else { continue }
            let start = startOfUnlabelled(before: tab.block)
            merged[group].append((name, tab.block, start..<range(ofBlock: tab.block).lowerBound))
        }
        return merged
    }

    /// True when a cell stands in the section of a tab, before it.
    private func holdsCellBefore(_ tab: Int) -> Bool {
        !cells(in: outline.sectionOfBlock[tab], before: tab).isEmpty
    }

    private func cells(in section: Int, before end: Int) -> [Int] {
        (outline.sections[section].blocks.lowerBound..<end).filter {
            tree.blocks[$0].kind == .code(isFenced: true) && holdsItem.contains($0)
        }
    }

    /// The end of the heading above, or of the one before it when the cells below that are of the same language.
    private func startOfUnlabelled(before tab: Int) -> Int {
        var section = outline.sectionOfBlock[tab]
        let info = cells(in: section, before: tab).first.flatMap(infoOfFence)
        let before = outline.sections[max(section - 1, 0)]
        if section > 1, before.level == outline.sections[section].level, before.heading != nil, info != nil,
            !before.blocks.contains(where: { tabs[$0] != nil || tree.blocks[$0].kind == .thematicBreak }),
            case let own = cells(in: section - 1, before: before.blocks.upperBound), !own.isEmpty,
            own.allSatisfy({ infoOfFence($0) == info })
        {
            section -= 1
        }
        return outline.sections[section].heading.map { range(ofBlock: $0).upperBound } ?? 0
    }

    private func infoOfFence(_ block: Int) -> String? {
        guard case .proven(let fence) = tree.fence(at: block) else { return nil }
        return source.text(in: fence.opening.info)
    }

    /// Groups that share a name are one choice, as the pages that show them switch all of them at once.
    private func merged(_ groups: [[Way]]) -> [[Way]] {
        var merged: [[Way]] = []
        var groupOfName: [String: Int] = [:]
        for ways in groups {
            let group = ways.compactMap { groupOfName[$0.name] }.first ?? merged.count
            if group == merged.count { merged.append([]) }
            merged[group] += ways
            for way in ways where groupOfName[way.name] == nil { groupOfName[way.name] = group }
        }
        return merged
    }

    private var topLevelBlocks: [Int] {
        var blocks: [Int] = []
        var block = 0
        while block < tree.blocks.count {
            blocks.append(block)
            block = tree.blocks[block].subtreeEnd
        }
        return blocks
    }

    /// The headings that are the tabs of DocFX, and the name of each.
    static func tabs(in tree: BlockTree) -> [Int: String] {
        var tabs: [Int: String] = [:]
        guard ByteSearch.range(of: "](#tab/", in: tree.source.bytes[...]) != nil else {
            return tabs
        }
        for (index, block) in tree.blocks.enumerated() where block.isHeading && block.parent == nil {
            let line = tree.source.bytes[tree.source.contentRange(ofLine: tree.startLine(of: index))]
            guard let mark = ByteSearch.range(of: "](#tab/", in: line) else { continue }
            let name = line[mark.upperBound...].prefix { $0 != UInt8(ascii: ")") && $0 != UInt8(ascii: "/") }
            let slug = Naming.slug(String(decoding: name, as: UTF8.self))
            if !slug.isEmpty { tabs[index] = slug }
        }
        return tabs
    }
}
