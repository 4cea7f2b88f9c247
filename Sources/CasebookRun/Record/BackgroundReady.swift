package import CasebookDocument

/// A background cell is ready: its step passes, and it goes on.
package struct BackgroundReady: RunFact {
    package static let kind = "background-ready"
    package var item: ItemID
    package var attempt: Int

    package init(item: ItemID, attempt: Int) {
        self.item = item
        self.attempt = attempt
    }
}

/// A background cell that was ready has ended.
package struct BackgroundEnded: RunFact {
    package static let kind = "background-ended"
    package var item: ItemID
    package var attempt: Int
    /// How it ended before the run did; nil when Casebook stopped it, as it does at a pause and at the end.
    package var end: CellEnd?
    package var notes: [String]
    /// Processes that could not be stopped.
    package var survivors: [String]

    package init(item: ItemID, attempt: Int, end: CellEnd?, notes: [String], survivors: [String]) {
        self.item = item
        self.attempt = attempt
        self.end = end
        self.notes = notes
        self.survivors = survivors
    }
}
