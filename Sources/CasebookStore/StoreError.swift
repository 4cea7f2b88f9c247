package import CasebookRun

/// Why the record could not be opened, read or written.
package enum StoreError: Error, Hashable, Sendable {
    /// There is no record at this path yet.
    case absent(path: String)
    /// Something else than a directory stands where the record should be.
    case notADirectory(path: String)
    case notPermitted(path: String, operation: String)
    /// The database belongs to another program.
    case notARecord(path: String)
    /// The record was written by a newer version of Casebook.
    case newer(path: String, version: Int, known: Int)
    /// The database is damaged; the text is SQLite's own.
    case damaged(path: String, reason: String)
    case readOnly(path: String)
    case full(path: String)
    /// Another process kept the database locked for longer than the time limit.
    case busy(path: String)
    /// SQLite failed in another manner; the text is its own.
    case database(path: String, operation: String, reason: String)
    case system(path: String, operation: String, errno: Int32)
    /// An error that nothing here expects; its description is made for programmers, and belongs into a log.
    case unexpected(path: String, operation: String, description: String)

    /// Another process has continued this run meanwhile.
    case continuedElsewhere
    /// The record holds no run at all.
    case noRuns(path: String)
    case unknownRun(prefix: String)
    /// More than one run begins with these letters; the newest first.
    case ambiguousRun(prefix: String, candidates: [RunID])

    /// An event of a kind that this version does not know; its parts can be shown, not acted on.
    case unknownEvent(run: RunID, sequence: Int, kind: String)
    /// An event whose parts do not say what its kind needs.
    case unreadableEvent(run: RunID, sequence: Int, kind: String, reason: String)
    /// The side file of an output is not there.
    case outputMissing(path: String)
}
