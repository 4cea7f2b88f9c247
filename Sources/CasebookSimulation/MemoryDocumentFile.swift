package import CasebookRun
import Synchronization

/// A document's file in memory, which can be edited behind Casebook's back and can fail.
package final class MemoryDocumentFile: DocumentFile {
    private struct State {
        var bytes: [UInt8]?
        var failure: DocumentFileError?
        var saves: [[UInt8]] = []
        var pictures: [String: [UInt8]] = [:]
    }

    package let path: String
    private let state: Mutex<State>

    package init(path: String, bytes: [UInt8]?) {
        self.path = path
        state = Mutex(State(bytes: bytes))
    }

    package var bytes: [UInt8]? { state.withLock(\.bytes) }
    package var text: String { String(decoding: bytes ?? [], as: UTF8.self) }
    /// Everything that was ever written, in order.
    package var saves: [[UInt8]] { state.withLock(\.saves) }

    /// Replaces the bytes as another program would.
    package func edit(_ change: (String) -> String) {
        let edited = Array(change(text).utf8)
        state.withLock { $0.bytes = edited }
    }

    package func fail(with error: DocumentFileError?) {
        state.withLock { $0.failure = error }
    }

    package func read() throws(DocumentFileError) -> [UInt8]? { bytes }

    package func replace(with bytes: [UInt8]) throws(DocumentFileError) {
        let failure = state.withLock { state in
            guard state.failure == nil else { return state.failure }
            state.bytes = bytes
            state.saves.append(bytes)
            return nil
        }
        if let failure { throw failure }
    }
    package let picturesFolder = "test.md.assets"
    /// Every picture that was written, by its name.
    package var pictures: [String: [UInt8]] { state.withLock(\.pictures) }

    package func write(picture bytes: [UInt8], named name: String) throws(DocumentFileError) {
        let failure = state.withLock { state in
            if state.failure == nil { state.pictures[name] = bytes }
            return state.failure
        }
        if let failure { throw failure }
    }
}
