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
        pairing.pair(by: ItemKey.init) { $0.count == $1.count }
        pairing.pair(by: \.content) { $0.count == 1 && $1.count == 1 }
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
    private(set) var places: [ItemID: ItemID] = [:]
    private var old: [RunbookItem]
    private var edited: [RunbookItem]

    init(_ old: [RunbookItem], _ edited: [RunbookItem]) {
        self.old = old
        self.edited = edited
    }

    /// Pairs what has the same key and is still alone, in order, where the two groups are certain to match.
    mutating func pair<Key: Hashable>(
        by key: (RunbookItem) -> Key,
        where isCertain: ([RunbookItem], [RunbookItem]) -> Bool
    ) {
        let groups = Dictionary(grouping: edited, by: key)
        var taken: Set<ItemID> = []
        for (key, items) in Dictionary(grouping: old, by: key) {
            guard let found = groups[key], isCertain(items, found) else { continue }
            for (item, place) in zip(items, found) {
                places[item.id] = place.id
                taken.insert(place.id)
            }
        }
        old.removeAll { places[$0.id] != nil }
        edited.removeAll { taken.contains($0.id) }
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
        case .cell(let cell): Array(cell.language.name.utf8) + [.lineFeed] + cell.code
        case .gate(let gate): Array(gate.text.utf8)
        }
    }
}
