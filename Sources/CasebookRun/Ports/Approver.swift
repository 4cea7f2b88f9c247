package import CasebookDocument

/// Puts questions to a person and brings back what they said.
///
/// Nothing but a person stands behind it: no implementation answers by itself.
package protocol Approver: Sendable {
    /// Waits for the answer.
    ///
    /// - Returns: nil when nobody is there any more (end of input, lost terminal) or when the person asked to
    ///   pause: the run then pauses.
    func answer(_ question: RunQuestion) async -> PersonAnswer?
}

/// What a person is asked.
package enum RunQuestion: Sendable {
    /// A cell that would run next.
    case offer(Cell, allowed: [String])
    /// An open gate, or a cell that wants a person's word (`because` says why).
    case gate(PlannedItem, because: String?, allowed: [String])
    /// A cell that failed or whose end nobody saw.
    case failure(Cell, ItemOutcome, allowed: [String])
}

/// What a person said.
package struct PersonAnswer: Hashable, Sendable {
    /// The answer by its name.
    package let word: String
    /// A note, or the reason of a skip.
    package let note: String?

    package init(word: String, note: String?) {
        self.word = word
        self.note = note
    }
}
