package import CasebookRun
import Foundation
import GRDB
import Synchronization

/// The journal of one run in the record: each append is one transaction, on the disk when it returns.
package final class RunJournal: Journal {
    package let run: RunID
    package let store: RecordStore
    /// What this process knows of the run; nil before its first event.
    private let known: Mutex<Known?>

    struct Known: Sendable {
        let row: Int64
        var listing: RunListing
    }

    init(run: RunID, store: RecordStore, known: Known?) {
        self.run = run
        self.store = store
        self.known = Mutex(known)
    }

    /// The hash of the last event; nil before the first.
    package var head: Digest? { known.withLock { $0?.listing.head } }

    package func append(_ events: [RunEvent]) throws(JournalError) {
        guard !events.isEmpty else { return }
        let startsSomething = events.contains { $0.body.startsSomething }
        if startsSomething, store.reserve.isReleased { throw .full(path: store.layout.database) }
        do throws(StoreError) {
            try write(events)
        } catch .full(let path) {
            guard store.reserve.release(), !startsSomething else { throw .full(path: path) }
            do throws(StoreError) {
                try write(events)
            } catch {
                throw JournalError(error, operation: "append")
            }
        } catch {
            throw JournalError(error, operation: "append")
        }
    }

    package func makeSpool() throws(JournalError) -> any OutputSpool {
        RecordSpool(run: run, layout: store.layout)
    }

    private func write(_ events: [RunEvent]) throws(StoreError) {
        let result = known.withLock { known in
            Result { () throws(StoreError) in
                known = try store.throwing("append") {
                    try RunWriter(store: store).append(events, of: run, after: known)
                }
            }
        }
        try result.get()
    }
}

extension RunEvent.Body {
    /// True for what must not happen when only the reserve is left.
    fileprivate var startsSomething: Bool {
        switch self {
        case .cellStarted, .runStarted: true
        default: false
        }
    }
}

extension JournalError {
    /// Says in the journal's words what failed in the record.
    package init(_ error: StoreError, operation: String) {
        self =
            switch error {
            case .full(let path): .full(path: path)
            case .continuedElsewhere: .continuedElsewhere
            case .notPermitted(let path, let operation):
                .failed(operation: operation, path: path, reason: "not permitted")
            case .readOnly(let path): .failed(operation: operation, path: path, reason: "read-only")
            case .damaged(let path, let reason):
                .failed(operation: operation, path: path, reason: "damaged: \(reason)")
            case .busy(let path):
                .failed(operation: operation, path: path, reason: "locked by another process for 10 s")
            case .unexpected(let path, let operation, let reason),
                .database(let path, let operation, let reason):
                .failed(operation: operation, path: path, reason: reason)
            case .system(let path, let operation, let errno):
                .failed(operation: operation, path: path, reason: Self.words(of: errno))
            case .absent(let path): .failed(operation: operation, path: path, reason: "it is not there")
            case .notADirectory(let path):
                .failed(operation: operation, path: path, reason: "it is not a directory")
            case .notARecord(let path):
                .failed(operation: operation, path: path, reason: "it is not a record of Casebook")
            case .newer(let path, let version, _):
                .failed(operation: operation, path: path, reason: "it has the newer format \(version)")
            case .outputMissing(let path): .failed(operation: operation, path: path, reason: "it is missing")
            case .noRuns(let path): .failed(operation: operation, path: path, reason: "it holds no run")
            case .unknownRun(let prefix):
                .failed(operation: operation, path: prefix, reason: "the record has no such run")
            case .ambiguousRun(let prefix, _):
                .failed(operation: operation, path: prefix, reason: "the record has several such runs")
            case .unknownEvent(let run, let sequence, let kind):
                .failed(
                    operation: operation,
                    path: run.text,
                    reason: "its event \(sequence) is of the unknown kind `\(kind)`"
                )
            case .unreadableEvent(let run, let sequence, let kind, let reason):
                .failed(
                    operation: operation,
                    path: run.text,
                    reason: "its event \(sequence) (`\(kind)`) cannot be read: \(reason)"
                )
            }
    }

    private static func words(of errno: Int32) -> String {
        "\(String(cString: strerror(errno)).lowercased()) (errno \(errno))"
    }
}
