/// Why an event does not fit the run that it was given to.
///
/// Records are read from disk and answers come from other processes: a wrong one is an error, never a crash.
package enum RunError: Error, Hashable, Sendable {
    /// The event cannot follow what came before it.
    case unexpected(event: String, while: String)
    /// The event is about an item that the plan does not have.
    case unknownItem(String)
    /// The cell was to be started, and nothing here runs its language.
    case notRunnable(String)
    /// The answer is none of those that the gate takes.
    case answerNotTaken(item: String, answer: String, allowed: [String])
    /// The decision is none of those that the failure takes now.
    case decisionNotTaken(item: String, allowed: [String])
    /// There is nothing to decide about now.
    case decisionTooEarly(String, while: String)
    /// No step that was started has an undo; what was started is for a person.
    case nothingToUndo(remaining: [String])
    /// The gate cannot be answered before it opens.
    case advanceAnswerRefused(item: String, because: String)
    /// A required checkpoint cannot be skipped, and a skip needs its reason.
    case reasonMissing(item: String)
}
