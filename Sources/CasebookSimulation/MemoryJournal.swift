package import CasebookRun
import Synchronization

/// A journal in memory that keeps the promises of the real one, and fails when a test says so.
package final class MemoryJournal: Journal {
    private struct State: Sendable {
        var events: [RunEvent] = []
        var failure: JournalError?
    }

    private let state = Mutex(State())

    package init() {}

    /// What was appended, in order.
    package var events: [RunEvent] { state.withLock { $0.events } }

    /// Makes every later append throw this; nil lets them pass again.
    package func fail(with failure: JournalError?) { state.withLock { $0.failure = failure } }

    package func append(_ events: [RunEvent]) throws(JournalError) {
        let failure = state.withLock { state -> JournalError? in
            if state.failure == nil { state.events += events }
            return state.failure
        }
        if let failure { throw failure }
    }

    package func makeSpool() throws(JournalError) -> any OutputSpool {
        if let failure = state.withLock({ $0.failure }) { throw failure }
        return MemorySpool()
    }
}

/// Keeps all output in memory.
private final class MemorySpool: OutputSpool {
    private let bytes = Mutex<[UInt8]>([])

    func receive(_ piece: UnsafeRawBufferPointer) { bytes.withLock { $0.append(contentsOf: piece) } }

    func finish() -> StoredOutput {
        bytes.withLock { StoredOutput(place: .inline($0), byteCount: $0.count) }
    }
}
