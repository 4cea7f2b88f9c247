import CasebookRun

/// Where a run stands: what its record says, and whether the process behind it is still there.
package struct RunStanding: Hashable, Sendable {
    package let listing: RunListing
    /// True when the record says that it is running and no process holds the lock for it.
    package let isCutOff: Bool

    /// The state by the name that programs read.
    package var state: String { isCutOff ? "cut off" : listing.state.rawValue }

    /// The outcome of a run that has ended, the state of any other.
    package var words: String { listing.outcome?.rawValue ?? state }
}

extension RecordStore {
    /// Where a run stands now; its listing may have been read earlier.
    package func standing(of listing: RunListing) throws(StoreError) -> RunStanding {
        var listing = listing
        while listing.state == .running {
            let holder = try lockHolder(runbook: listing.runbook, environment: listing.environment)
            if holder?.run == listing.run { break }
            // It may have ended, and given its lock back, since its listing was read.
            guard let now = try self.listing(of: listing.run), now.head != listing.head else {
                return RunStanding(listing: listing, isCutOff: true)
            }
            listing = now
        }
        return RunStanding(listing: listing, isCutOff: false)
    }
}
