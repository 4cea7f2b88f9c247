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

    /// Writes a picture beside the document.
    ///
    /// - Returns: why it could not be written; nil when it was.
    func write(picture bytes: [UInt8], named name: String) -> DocumentFileError? {
        do throws(DocumentFileError) {
            try file.write(picture: bytes, named: name)
            return nil
        } catch {
            return error
        }
    }

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
