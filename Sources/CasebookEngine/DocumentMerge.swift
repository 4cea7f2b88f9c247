import CasebookDocument

/// Finds the places of a run's blocks in a document that was edited meanwhile.
///
/// An item keeps its block when the edited document has the same content under its name; without a name, under the
/// same headings, and then as often as before, in the same order. What is left may have moved or got another name: it
/// keeps its block when nothing else has that content. A block whose place is in doubt is left out, because the output
/// of another cell would be read as this one's.
struct DocumentMerge {
    let runbook: Runbook
    private(set) var blocks: [ItemID: WrittenBlock] = [:]
    private(set) var leftOut: [ItemID] = []

    init(from old: Runbook, into edited: [UInt8], _ oldBlocks: [ItemID: WrittenBlock]) {
        runbook = Runbook.read(SourceText(name: old.source.name, bytes: edited))
        var pairing = Pairing(old.items, runbook.items)
        pairing.pair(by: ItemKey.init, where: .asOften)
        pairing.pair(by: \.content, where: .once)
        for item in old.items {
            guard let block = oldBlocks[item.id] else { continue }
            if let place = pairing.places[item.id] {
                blocks[place] = block
            } else {
                leftOut.append(item.id)
            }
        }
    }
}

/// Items of the old document and their places in the edited one; each place is given once.
private struct Pairing {
    /// When items with the same key are certain to be the same ones, counted over both whole documents.
    enum Rule {
        /// There are as many before and after, so each is where it was.
        case asOften
        /// There is one before and one after, so it is that one.
        case once

        func isCertain(_ old: Int, _ edited: Int) -> Bool {
            switch self {
            case .asOften: old == edited
            case .once: old == 1 && edited == 1
            }
        }
    }

    private(set) var places: [ItemID: ItemID] = [:]
    private var taken: Set<ItemID> = []
    private let old: [RunbookItem]
    private let edited: [RunbookItem]

    init(_ old: [RunbookItem], _ edited: [RunbookItem]) {
        self.old = old
        self.edited = edited
    }

    /// Pairs what has the same key and is still alone, in order, where the rule is certain of it.
    mutating func pair<Key: Hashable>(by key: (RunbookItem) -> Key, where rule: Rule) {
        let groups = Dictionary(grouping: edited, by: key)
        for (key, items) in Dictionary(grouping: old, by: key) {
            guard let found = groups[key], rule.isCertain(items.count, found.count) else { continue }
            for (item, place) in zip(items, found) where places[item.id] == nil && !taken.contains(place.id) {
                places[item.id] = place.id
                taken.insert(place.id)
            }
        }
    }
}

/// What makes an item the same one: its content, and its name or the headings above it.
private struct ItemKey: Hashable {
    private let name: String?
    private let headings: [String]
    private let content: [UInt8]

    init(_ item: RunbookItem) {
        name = item.place.isNamed ? item.id.name : nil
        headings = item.place.isNamed ? [] : item.place.headings
        content = item.content
    }
}

extension RunbookItem {
    /// What must be the same for an output to belong to an item.
    fileprivate var content: [UInt8] {
        switch self {
        case .cell(let cell): Array(cell.language.name.utf8) + [.lineFeed] + cell.writtenCode
        case .gate(let gate): Array(gate.text.utf8)
        }
    }
}
