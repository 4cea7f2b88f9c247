// MARK: - Tabs

extension RunbookReader {
    /// The tabs of DocFX, `# [Azure CLI](#tab/cli)` up to a rule, and those that marks enclose: all of one name
    /// follow one answer.
    func addTabs(to scopes: inout [ChoiceScope]) {
        let marked = MarkedTabs(in: self)
        addWays(merged(tabGroups() + marked.sets), to: &scopes)
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
