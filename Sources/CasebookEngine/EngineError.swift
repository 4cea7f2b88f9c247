package import CasebookDocument
package import CasebookRun

/// Why a run could not go on: Casebook's own work failed, not a cell.
package enum EngineError: Error, Sendable {
    /// The record cannot be written: nothing further starts.
    case journal(JournalError)
    /// A session could not be started or has lost its owner.
    case session(SessionError, at: ItemID)
    /// An event or an answer does not fit the run.
    case run(RunError)
    /// The document cannot be put together: a bug, reported instead of writing a wrong document.
    case document(DocumentError)
}

/// Where a run stands when the engine lets go of it.
package enum RunStop: Hashable, Sendable {
    case ended(RunOutcome)
    case waitingAtFailure(ItemID, ItemOutcome)
    /// A gate is open and nobody was there to answer it.
    case pausedAtGate(ItemID)
    /// The terminal went away, or somebody asked to pause.
    case paused
    /// A person stopped the cell, or Casebook between two cells; the run can go on.
    case stoppedByPerson(ItemID?)
}
