// MARK: - Ways without headings

extension RunbookReader {
    /// `**CentOS**:` and `**Ubuntu**:`, `Option 1: ...` and `Option 2: ...`: paragraphs that name the ways.
    func addLabelledWays(among siblings: [Int], _ section: Int, to scopes: inout [ChoiceScope]) {
        var group: [(place: Int, label: String)] = []
        var kind: AlternativeTitles.Kind?
        for (place, block) in siblings.enumerated() where tree.blocks[block].kind == .paragraph {
            guard let label = wayLabel(block), let own = AlternativeTitles.kind(of: label) else { continue }
            if own != kind {
                addLabelled(group, siblings, section, to: &scopes)
                addLoneSystem(group, kind, siblings, section, to: &scopes)
                group = []
            }
            kind = own
            group.append((place, label))
        }
        addLabelled(group, siblings, section, to: &scopes)
        addLoneSystem(group, kind, siblings, section, to: &scopes)
    }

    /// *Steps to perform on Mac:* without those for another system: what follows it at once is for that one alone.
    private func addLoneSystem(
        _ group: [(place: Int, label: String)],
        _ kind: AlternativeTitles.Kind?,
        _ siblings: [Int],
        _ section: Int,
        to scopes: inout [ChoiceScope]
    ) {
        guard kind == .operatingSystem, group.count == 1, let way = group.first,
            !ConditionalText.isConditional(way.label), !ConditionalText.endsConditionally(way.label),
            let last = siblings[(way.place + 1)...].prefix(while: { tree.blocks[$0].kind != .paragraph }).last
        else { return }
        let end = end(of: tree.blocks[last].subtreeEnd - 1)
        scopes.append(scope(of: siblings[way.place], way.label, section, until: end))
    }

    /// A paragraph that is only a bold label or ends with a colon, or that begins with *Option 1:*.
    private func wayLabel(_ block: Int) -> String? {
        let text = paragraphText(block)
        let mayBeBold = text.utf8.first == UInt8(ascii: "*") || text.utf8.first == UInt8(ascii: "_")
        let isBold = mayBeBold && ["**", "__"].contains { text.hasPrefix($0) } && text.count < 80
        if text.ends(with: ":") || isBold && ["**", "__"].contains(where: text.hasSuffix) {
            return text.count < 200 ? text : nil
        }
        guard AlternativeTitles.isNumbered(text), let colon = text.firstIndex(of: ":") else { return nil }
        return text.distance(from: text.startIndex, to: colon) < 30 ? text : nil
    }

    private func addLabelled(
        _ group: [(place: Int, label: String)],
        _ siblings: [Int],
        _ section: Int,
        to scopes: inout [ChoiceScope]
    ) {
        var holdsText = false
        let parts = group.enumerated().map { number, way in
            let after = siblings[(way.place + 1)...]
            if number + 1 < group.count {
                let blocks = after.prefix(group[number + 1].place - way.place - 1)
                holdsText = holdsText || blocks.contains { tree.blocks[$0].kind == .paragraph }
                return Array(blocks)
            }
            // The last way ends with its code, or with the section when the others hold text too.
            return Array(after.prefix { holdsText || tree.blocks[$0].kind != .paragraph })
        }
        addWays(
            zip(group.map(\.place), parts).map { [siblings[$0]] + $1 },
            group.map(\.label),
            section,
            to: &scopes
        )
    }

    /// List items that name systems, and the items of a list after *use one of the following methods*.
    func addWaysInLists(among siblings: [Int], _ section: Int, to scopes: inout [ChoiceScope]) {
        for (place, list) in siblings.enumerated() {
            guard case .list = tree.blocks[list].kind else { continue }
            let before = siblings[..<place].last { tree.blocks[$0].kind != .quote }
            let isAnnounced =
                before.map {
                    tree.blocks[$0].kind == .paragraph && AnnouncedText.announcesWays(paragraphText($0))
                }
                ?? false
            // A list that code cuts goes on after it.
            let pieces = isAnnounced ? waysInPieces(of: list) : []
            let all = isAnnounced ? pieces.compactMap(\.first) : tree.children(of: list)
            let items = all.filter { tree.blocks[$0].kind == .item }
            guard items.count > 1, items.count < 9 else { continue }
            // Most lists name no systems: the first item tells.
            let kind = items.first.flatMap { AlternativeTitles.kind(of: itemLabel($0)) }
            let isNamed =
                kind.map(AlternativeTitles.isNamed) ?? false
                && items.allSatisfy { AlternativeTitles.kind(of: itemLabel($0)) == kind }
            if isNamed || isAnnounced {
                let parts = isAnnounced ? pieces : all.map { [$0] }
                addWays(parts, items.map { itemLabel($0) }, section, to: &scopes)
            }
        }
    }

    /// The items of a list, each with the code that cuts the list after it.
    private func waysInPieces(of list: Int) -> [[Int]] {
        var ways: [[Int]] = []
        var piece: Int? = list
        while let current = piece {
            ways += tree.children(of: current).map { [$0] }
            piece = pieceAfter(current)
            var next = tree.blocks[current].subtreeEnd
            // The code after the last piece is that of its item, where others had theirs in this place.
            let goesOn = piece != nil || current != list
            while goesOn, !ways.isEmpty, isSibling(next, of: list), tree.blocks[next].isCode {
                if !isOwned(next) { ways[ways.count - 1].append(next) }
                next = tree.blocks[next].subtreeEnd
            }
        }
        return ways
    }

    /// What an item begins with, up to a colon or a dash.
    private func itemLabel(_ item: Int) -> String {
        guard let first = tree.children(of: item).first, tree.blocks[first].kind == .paragraph else {
            return ""
        }
        let text = paragraphText(first)
        // `[Debian packages](#debian)` is named by what is read.
        let shown = text.hasPrefix("[") ? text.dropFirst().before(UInt8(ascii: "]")) : text[...]
        return String(shown.before(UInt8(ascii: ":")))
    }

    private func addWays(
        _ parts: [[Int]],
        _ labels: [String],
        _ section: Int,
        to scopes: inout [ChoiceScope]
    ) {
        let words = labels.map { label in
            let label = String(label.before(UInt8(ascii: ":")).prefix(60))
            return Naming.slug(HeadingWords(label).words.prefix(5).joined(separator: " "))
        }
        guard parts.count > 1, let start = parts.first?.first.map({ range(ofBlock: $0).lowerBound }) else {
            return
        }
        let isDistinct = Set(words).count == words.count && !words.contains("")
        let names = isDistinct ? words : parts.indices.map { "way-\($0 + 1)" }
        let line = source.position(of: start).line
        scopes.append(
            ChoiceScope(
                text: isDistinct
                    ? "One of these ways: \(names.joined(separator: ", "))."
                    : "One of these \(parts.count) ways.",
                section: section,
                range: source.lineStarts[line - 1]..<source.lineStarts[line - 1],
                line: line,
                insertion: nil,
                parts: zip(names, parts).compactMap { name, blocks in
                    guard let first = blocks.first, let last = blocks.last else { return nil }
                    let end = end(of: tree.blocks[last].subtreeEnd - 1)
                    let start = source.lineStarts[tree.startLine(of: first) - 1]
                    return (.choice(name), start..<max(start, end))
                }
            )
        )
    }

    /// False for *with X* alone: only together with *without X* is it one way of two.
    func isComplete(_ group: [Int]) -> Bool {
        let titles = group.map { outline.sections[$0].title }
        guard case .presence? = titles.first.flatMap(AlternativeTitles.kind(of:)) else { return true }
        return titles.contains { HeadingWords($0).words.contains("without") }
    }
}
