package import CasebookDocument
package import CasebookRun

/// What a run did with one cell or gate.
package struct StepRow: Hashable, Sendable {
    /// One attempt at a cell.
    package struct Attempt: Hashable, Sendable {
        package let number: Int
        package let session: String
        package let started: Timestamp
        package var ended: Timestamp?
        /// When a background cell was ready; nil for another, and before it was.
        package var ready: Timestamp?
        /// Nil while it runs, when nobody saw it end, and for a background cell that was stopped with the run.
        package var end: CellEnd?
        package var output: StoredOutput?
        package var notes: [String] = []
        package var survivors: [String] = []
        /// What was not as expected of its output.
        package var problems: [String] = []
        /// The lines that differed.
        package var difference: String?

        /// The files that it left.
        package var artifacts: [ArtifactStored] = []

        package var duration: Duration? { ended?.since(started) }

        /// How it ended, in words; nil while nothing is known about that.
        package var ending: String? {
            if let end { return end.phrase }
            guard let ready else { return nil }
            let after = "ready after \(max(.zero, ready.since(started)).words)"
            return ended == nil ? "\(after), goes on" : "\(after), stopped with the run"
        }
    }

    /// One answer of a person.
    package struct Answer: Hashable, Sendable {
        package let word: String
        package let note: String?
        package let person: Person
        package let time: Timestamp
        package let isInAdvance: Bool
        /// The time from the question to the answer; nil when it was given before the question.
        package let waited: Duration?
    }

    /// One decision about a failure.
    package struct Decision: Hashable, Sendable {
        package let decision: FailureDecided.Decision
        package let reason: String?
        package let person: Person
        package let time: Timestamp
    }

    package let item: ItemID
    /// Nil for an item that the snapshot does not hold.
    package let source: RunbookItem?
    package internal(set) var state: ItemState
    package internal(set) var attempts: [Attempt] = []
    package internal(set) var answers: [Answer] = []
    package internal(set) var decisions: [Decision] = []
    /// What was asked, as Markdown; nil when nothing was.
    package internal(set) var question: String?
    package internal(set) var asked: Timestamp?

    init(item: ItemID, source: RunbookItem?) {
        self.item = item
        self.source = source
        state = .notReached
        switch source?.kind {
        case .shown, .undo, .check: state = .notPlanned
        case .automatic, .asksFirst, .byHand, .choice, .checkpoint, nil: break
        }
    }

    /// The time from its first attempt or question to its last.
    package var duration: Duration? {
        if let first = attempts.first { return attempts.last?.ended?.since(first.started) }
        guard let asked, let answer = answers.last else { return nil }
        return answer.time.since(asked)
    }
}
