/// The tabs of a document that marks enclose, in the sets in which they stand.
struct MarkedTabs {
    typealias Way = RunbookReader.Way

    /// The tabs of each set, in the order of the document.
    private(set) var sets: [[Way]] = []
    /// All zones; a reader of the page sees those of one name.
    private(set) var zones: [Way] = []

    private struct OpenTab {
        let name: String
        let block: Int
        let start: Int
    }

    private struct OpenSet {
        var ways: [Way] = []
        var tab: OpenTab?
        /// False for tabs that stand side by side without anything around them.
        let isMarked: Bool
        /// The block with the last mark; a set without marks of its own ends where other text begins.
        var lastBlock: Int
    }

    private var open: [OpenSet] = []
    private var openZone: OpenTab?
    /// What a line of colons would close, outermost first.
    private var fences: [TabMark] = []
    private let reader: RunbookReader

    init(in reader: RunbookReader) {
        self.reader = reader
        let tree = reader.tree
        for index in tree.blocks.indices {
            switch tree.blocks[index].kind {
            case .paragraph, .html: if !reader.isOwned(index) { readLines(of: index) }
            default: break
            }
        }
        while !open.isEmpty { closeSet(at: nil) }
    }

    private mutating func readLines(of block: Int) {
        let source = reader.source
        let first = reader.tree.startLine(of: block)
        let last = max(first, reader.tree.lastLine(of: block))
        var line = first
        while line <= last {
            let range = source.contentRange(ofLine: line)
            line += 1
            let content = source.bytes[range].drop(while: \.isBlank)
            guard let byte = content.first, "{<:/".utf8.contains(byte), content.count < 2_000,
                TabMark.mayStand(on: content)
            else {
                continue
            }
            var text = AttributeValue.trimmed(String(decoding: content, as: UTF8.self))
            var end = range.upperBound
            while TabMark.isCut(text), line <= last, text.utf8.count < 2_000 {
                let next = source.contentRange(ofLine: line)
                text += " " + AttributeValue.trimmed(String(decoding: source.bytes[next], as: UTF8.self))
                end = next.upperBound
                line += 1
            }
            for mark in TabMark.marks(on: text) { read(mark, block, range.lowerBound..<end) }
        }
    }

    private mutating func read(_ mark: TabMark, _ block: Int, _ range: ByteRange) {
        switch mark {
        case .opensSet:
            open.append(OpenSet(isMarked: true, lastBlock: block))
            fences.append(mark)
        case .opensTab(let title):
            openTab(Naming.slug(title), block, range)
            fences.append(mark)
        case .closesTab:
            closeTab(at: range.lowerBound, block)
            if case .opensTab? = fences.last { fences.removeLast() }
        case .closesSet:
            if open.last?.isMarked == true { closeSet(at: range.lowerBound) }
            while let last = fences.popLast(), last != .opensSet {}
        case .opensOther: fences.append(mark)
        case .closesLast:
            switch fences.popLast() {
            case .opensTab?: closeTab(at: range.lowerBound, block)
            case .opensSet?: closeSet(at: range.lowerBound)
            default: break
            }
        case .opensZone(let name):
            let slug = Naming.slug(name)
            openZone = slug.isEmpty ? nil : OpenTab(name: slug, block: block, start: range.upperBound)
        case .closesZone:
            if let zone = openZone { zones.append((zone.name, zone.block, zone.start..<range.lowerBound)) }
            openZone = nil
        }
    }

    private mutating func openTab(_ name: String, _ block: Int, _ range: ByteRange) {
        closeTab(at: range.lowerBound, block)
        if let set = open.last, !set.isMarked, !isNext(block, after: set.lastBlock) {
            closeSet(at: range.lowerBound)
        }
        if open.isEmpty { open.append(OpenSet(isMarked: false, lastBlock: block)) }
        open[open.count - 1].tab =
            name.isEmpty ? nil : OpenTab(name: name, block: block, start: range.upperBound)
        open[open.count - 1].lastBlock = block
    }

    private mutating func closeTab(at end: Int, _ block: Int) {
        guard let set = open.indices.last, let tab = open[set].tab else { return }
        open[set].ways.append((tab.name, tab.block, tab.start..<max(tab.start, end)))
        open[set].tab = nil
        open[set].lastBlock = block
    }

    /// - `end`: nil at the end of the document; a tab that nothing closed ends with its section.
    private mutating func closeSet(at end: Int?) {
        if let tab = open.last?.tab {
            let section = reader.outline.sections[reader.outline.sectionOfBlock[tab.block]]
            closeTab(at: end ?? reader.end(of: max(tab.block, section.blocks.upperBound - 1)), tab.block)
        }
        if let ways = open.popLast()?.ways, !ways.isEmpty { sets.append(ways) }
    }

    /// True when nothing stands between two blocks.
    private func isNext(_ block: Int, after other: Int) -> Bool {
        block == other || reader.tree.blocks[other].subtreeEnd == block
    }
}
