import CasebookRun
import CasebookStore

/// Opens the record and finds runs in it, with errors in words.
enum RecordAccess {
    static func open(_ directory: String, _ access: RecordStore.Access) throws -> RecordStore {
        do throws(StoreError) { return try RecordStore(at: directory, access: access) } catch { throw error.problem }
    }

    /// The run that a command names, else the latest.
    static func find(_ prefix: String?, in store: RecordStore) throws -> RunListing {
        do throws(StoreError) {
            let run = try store.resolve(prefix)
            guard let listing = try store.listing(of: run) else { throw .unknownRun(prefix: run.text) }
            return listing
        } catch {
            throw error.problem
        }
    }

    static func events(of run: RunID, in store: RecordStore) throws -> [RunEvent] {
        do throws(StoreError) { return try store.events(of: run) } catch { throw error.problem }
    }
}
