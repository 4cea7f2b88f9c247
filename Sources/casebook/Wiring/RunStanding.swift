import CasebookRun
import CasebookStore

/// Where a run stands: what its record says, and whether the process behind it is still there.
struct RunStanding {
    let listing: RunListing
    /// True when the record says that it is running and nobody holds its lock any more.
    let isCutOff: Bool

    init(_ listing: RunListing, in store: RecordStore) throws {
        self.listing = listing
        isCutOff = try StoreError.inWords { () throws(StoreError) in
            guard listing.state == .running else { return false }
            return try store.lockHolder(runbook: listing.runbook, environment: listing.environment) == nil
        }
    }

    /// The state by the name that programs read.
    var state: String { isCutOff ? "cut off" : listing.state.rawValue }

    /// The outcome of a run that has ended, the state of any other.
    var words: String { listing.outcome?.rawValue ?? state }
}
