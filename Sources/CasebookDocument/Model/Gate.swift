/// A question that only a person answers.
package struct Gate: Hashable, Sendable {
    package let place: ItemPlace
    package let kind: Kind
    /// What it says, as Markdown.
    package let text: String
    /// True when it can be neither skipped nor ignored.
    package let isRequired: Bool
    /// The answers that let the run go on, the first being the usual one, then those that end it.
    package let answers: [GateAnswer]
    /// Where its decision block goes; nil when nothing can be written there.
    package let insertion: InsertionPoint?

    package init(
        place: ItemPlace,
        kind: Kind,
        text: String,
        isRequired: Bool,
        answers: [GateAnswer],
        insertion: InsertionPoint?
    ) {
        self.place = place
        self.kind = kind
        self.text = text
        self.isRequired = isRequired
        self.answers = answers
        self.insertion = insertion
    }

    package enum Kind: Hashable, Sendable {
        /// A `checkpoint` fence.
        case checkpoint(Checkpoint)
        /// A step of the runbook without a cell.
        case manualStep
        /// *If ...*, or one way of several: the answer decides which of the items after it are reached.
        case choice
        /// A task-list item; `box` is the byte between its brackets.
        case task(box: Int, isTickedByAuthor: Bool)
    }
}

extension Gate {
    package var id: ItemID { place.id }
}

/// What a `checkpoint` fence asks for beyond a plain answer.
package struct Checkpoint: Hashable, Sendable {
    package var role: String?
    package var approvals = 1
    package var needsFourEyes = false
    package var choices: [String] = []
    package var input: String?
    package var inputPattern: String?
    package var isInputSecret = false
    package var needsEvidence = false
    package var timeout: Duration?
    /// What must be so for it to be asked; nil when it always is.
    package var when: Condition?
    /// The cells that what it asks for undoes; it is asked in a rollback, and at no other time.
    package var undoes: [String] = []
    /// The cell that answers it when it succeeds; a person does when it fails.
    package var check: String?

    package init() {}
}

extension Checkpoint {
    /// What forbids an answer before the gate opened, in words; nil when nothing does.
    package var refusesAdvanceAnswer: String? {
        if role != nil { return "it asks for a role" }
        if approvals > 1 || needsFourEyes { return "it asks for other people's approval" }
        if needsEvidence { return "it asks for evidence" }
        if input != nil { return "it asks for an input" }
        return nil
    }
}

/// An answer to a gate, by the name that people type.
package enum GateAnswer: Hashable, Sendable {
    /// A checkpoint is passed.
    case proceed
    /// A manual step or a task was done.
    case done
    /// A manual step or a task does not apply here.
    case doesNotApply
    /// Passed over, with a reason.
    case skip
    /// One of the checkpoint's own choices.
    case choice(String)
    /// The run ends here.
    case stop

    /// The word that is typed, recorded and written into the document.
    package var word: String {
        switch self {
        case .proceed: "proceed"
        case .done: "done"
        case .doesNotApply: "does-not-apply"
        case .skip: "skip"
        case .choice(let name): name
        case .stop: "stop"
        }
    }
}
