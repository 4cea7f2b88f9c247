import CasebookDocument
import CasebookRun

/// Writes the outputs of a run into its document, and never over an edit.
struct DocumentSaver {
    private let runbook: Runbook
    private let writer: DocumentWriter
    private let file: any DocumentFile
    /// What the file held when Casebook last read or wrote it; nil for a copy that does not exist yet.
    private var lastSeen: [UInt8]?
    private var lastSaved: Timestamp?
    /// The document as people have it, without our blocks: the snapshot, or what they made of it meanwhile.
    private var base: [UInt8]
    /// What was left out at the last merge into this base; nil when it was not merged into yet.
    private var leftOut: [ItemID]?

    /// - Parameters:
    ///   - runbook: read from the run's snapshot.
    ///   - found: the file's bytes at the start; nil when there was none.
    init(runbook: Runbook, file: any DocumentFile, found: [UInt8]?) {
        self.runbook = runbook
        self.file = file
        writer = DocumentWriter(runbook)
        lastSeen = found
        base = runbook.source.bytes
    }

    /// What saving has come to.
    enum Result {
        case unchanged
        case saved
        /// The file was edited meanwhile; these items' blocks found no place in it.
        case merged(leftOut: [ItemID])
        case failed(DocumentFileError)
    }

    var path: String { file.path }

    /// True when the last save was long enough ago, or the clock went back.
    func isDue(at now: Timestamp) -> Bool {
        guard let lastSaved else { return true }
        let passed = now.since(lastSaved)
        return passed >= .seconds(1) || passed < .zero
    }

    mutating func save(_ blocks: [ItemID: WrittenBlock], at now: Timestamp) throws(DocumentError) -> Result {
        let current: [UInt8]?
        switch read() {
        case .success(let bytes): current = bytes
        case .failure(let error): return .failed(error)
        }
        if let current, current != lastSeen { takeEdit(current) }
        guard base != runbook.source.bytes else {
            return write(try writer.bytes(with: blocks), at: now, .saved)
        }
        let merge = DocumentMerge(from: runbook, into: base, blocks)
        let bytes = try DocumentWriter(merge.runbook).bytes(with: merge.blocks)
        let isNews = merge.leftOut != leftOut
        leftOut = merge.leftOut
        return write(bytes, at: now, isNews ? .merged(leftOut: merge.leftOut) : .saved)
    }

    /// From now on outputs are put into this: every later save must keep the edit too.
    private mutating func takeEdit(_ current: [UInt8]) {
        let cleared = SourceText(name: runbook.source.name, bytes: current).cleared().bytes
        if cleared != base { leftOut = nil }
        base = cleared
    }

    private func read() -> Swift.Result<[UInt8]?, DocumentFileError> {
        do throws(DocumentFileError) { return .success(try file.read()) } catch { return .failure(error) }
    }

    private mutating func write(_ bytes: [UInt8], at now: Timestamp, _ result: Result) -> Result {
        do throws(DocumentFileError) {
            lastSaved = now
            guard bytes != lastSeen else {
                // An output that found no place changes no byte, and is to be told all the same.
                if case .merged = result { return result }
                return .unchanged
            }
            try file.replace(with: bytes)
            lastSeen = bytes
            return result
        } catch {
            return .failed(error)
        }
    }
}

/// Finds the places of a run's blocks in a document that was edited meanwhile.
///
/// An item keeps its block when the edited document has an item of the same name and content, or one item of the
/// same content under another number.
struct DocumentMerge {
    let runbook: Runbook
    private(set) var blocks: [ItemID: WrittenBlock] = [:]
    private(set) var leftOut: [ItemID] = []

    init(from old: Runbook, into edited: [UInt8], _ oldBlocks: [ItemID: WrittenBlock]) {
        runbook = Runbook.read(SourceText(name: old.source.name, bytes: edited))
        let byID = Dictionary(runbook.items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let byContent = Dictionary(grouping: runbook.items, by: \.content)
        for item in old.items {
            guard let block = oldBlocks[item.id] else { continue }
            if let same = byID[item.id], same.content == item.content {
                blocks[item.id] = block
            } else if let moved = byContent[item.content], moved.count == 1, let place = moved.first {
                blocks[place.id] = block
            } else {
                leftOut.append(item.id)
            }
        }
    }
}

extension RunbookItem {
    /// What must be the same for an output to belong to an item.
    fileprivate var content: [UInt8] {
        switch self {
        case .cell(let cell): Array(cell.interpreter.rawValue.utf8) + [.lineFeed] + cell.code
        case .gate(let gate): Array(gate.text.utf8)
        }
    }
}
