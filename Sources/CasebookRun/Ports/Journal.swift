/// Keeps the events of one run, in order and for good.
///
/// Fails closed: when it throws, the caller must not act on what it wanted to write.
package protocol Journal: Sendable {
    /// Writes events durably, all or none; they are on disk when it returns.
    func append(_ events: [RunEvent]) throws(JournalError)

    /// Opens the place for the output of one attempt; see ``OutputSpool``.
    func makeSpool() throws(JournalError) -> any OutputSpool
}

/// Takes the output of one attempt with bounded memory, small ones in memory, large ones in a file.
///
/// An error while writing does not end the cell: the spool keeps counting and says at the end that
/// the output is lost.
package protocol OutputSpool: OutputReceiver {
    /// Ends the spool; what it returns goes into the next event.
    func finish() -> StoredOutput
}

/// The output of one attempt, as the record holds it.
package struct StoredOutput: Hashable, Sendable, Codable {
    package enum Place: Hashable, Sendable, Codable {
        /// The bytes themselves.
        case inline([UInt8])
        /// A file beside the database, by its name there, synced before this value existed.
        case file(name: String, digest: [UInt8], salt: [UInt8])
        /// It could not be stored; the text says why.
        case lost(reason: String)
    }

    package let place: Place
    /// The number of bytes that were printed.
    package let byteCount: Int

    package init(place: Place, byteCount: Int) {
        self.place = place
        self.byteCount = byteCount
    }
}

/// Why something could not be written to the record.
package enum JournalError: Error, Hashable, Sendable {
    /// The disk that holds the record is full, the reserve used up.
    case full(path: String)
    /// The record cannot be written: the operation, the system's or SQLite's own words.
    case failed(operation: String, path: String, reason: String)
    /// Another process has continued this run meanwhile.
    case continuedElsewhere
}
