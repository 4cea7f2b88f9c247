import CasebookRun
import CasebookStore
import CasebookTerminal
import Logging

/// Opens the record and finds runs in it, with errors in words.
enum RecordAccess {
    static func open(_ directory: String, _ access: RecordStore.Access) throws -> RecordStore {
        try StoreError.inWords { () throws(StoreError) in try RecordStore(at: directory, access: access) }
    }

    /// Opens for writing a record that is there: a command that goes on with a run never makes an empty one.
    static func openExisting(_ directory: String) throws -> RecordStore {
        _ = try open(directory, .reading)
        return try open(directory, .writing)
    }

    /// The run that a command names, else the latest.
    static func find(_ prefix: String?, in store: RecordStore) throws -> RunListing {
        try StoreError.inWords { () throws(StoreError) in
            let run = try store.resolve(prefix)
            guard let listing = try store.listing(of: run) else { throw .unknownRun(prefix: run.text) }
            return listing
        }
    }

    static func events(of run: RunID, in store: RecordStore) throws -> [RunEvent] {
        try StoreError.inWords { () throws(StoreError) in try store.events(of: run) }
    }

    /// The journal of a run, new or to be continued.
    static func journal(of run: RunID, in store: RecordStore) throws -> RunJournal {
        try StoreError.inWords { () throws(StoreError) in try store.journal(of: run) }
    }
}

extension StoreError {
    /// Does work on the record; what fails becomes a problem in words.
    static func inWords<Value>(_ work: () throws(StoreError) -> Value) throws -> Value {
        do throws(StoreError) { return try work() } catch {
            if case .unexpected(let path, let operation, let description) = error {
                EventLogger.logger()?.debug(
                    "the record failed in a manner that nothing expects",
                    metadata: ["path": "\(path)", "operation": "\(operation)", "error": "\(description)"]
                )
            }
            throw error.problem
        }
    }
}

extension DocumentFileError {
    /// Does work on a document's file; what fails becomes a problem in words.
    static func inWords<Value>(_ work: () throws(DocumentFileError) -> Value) throws -> Value {
        do throws(DocumentFileError) { return try work() } catch {
            throw Problem(.usage, DocumentFileSentence.of(error))
        }
    }
}
