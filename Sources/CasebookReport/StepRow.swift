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
        /// Nil while it runs, and when nobody saw it end.
        package var end: CellEnd?
        package var output: StoredOutput?
        package var notes: [String] = []
        package var survivors: [String] = []
        /// What was not as expected of its output.
        package var problems: [String] = []
        /// The lines that differed.
        package var difference: String?

        package var duration: Duration? { ended?.since(started) }
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
        if case .cell(let cell) = source {
            switch cell.handling {
            case .shown, .undo, .check: state = .notPlanned
            case .run, .confirm, .byHand: break
            }
        }
    }

    /// The time from its first attempt or question to its last.
    package var duration: Duration? {
        if let first = attempts.first { return attempts.last?.ended?.since(first.started) }
        guard let asked, let answer = answers.last else { return nil }
        return answer.time.since(asked)
    }
}
