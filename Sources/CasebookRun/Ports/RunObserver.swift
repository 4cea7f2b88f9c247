package import CasebookDocument

/// Sees every event after it is in the record, and the output while it comes.
///
/// Screens are observers: if one needs a fact, it becomes an event.
package protocol RunObserver: Sendable {
    func observe(_ event: RunEvent)

    /// Where the masked output of an attempt goes while it comes; nil when it is not to be shown.
    func liveOutput(of cell: Cell) -> (any OutputReceiver)?

    /// The terminal that a cell with `tty` is given; until it is taken back, nothing else reads or writes there.
    func lendTerminal(to cell: Cell) -> CellTerminal

    /// The cell has ended.
    func takeTerminalBack()

    /// Something that a person should read and that is not an event: `the document could not be saved: ...`.
    func warn(_ warning: RunWarning)
}

/// What a run tells people beside its events.
package enum RunWarning: Hashable, Sendable {
    case documentNotSaved(DocumentFileError)
    /// The document was edited meanwhile; these outputs stay in the record alone.
    case documentEdited(path: String, leftOut: [ItemID])
    case outputLost(ItemID, reason: String)
    /// The host failed while the cell ran: it is *unknown*.
    case sessionFailed(ItemID, SessionError)
    case stillAlive(ItemID?, processes: [String])
}
