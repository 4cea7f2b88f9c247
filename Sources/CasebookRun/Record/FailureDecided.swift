package import CasebookDocument

/// What a person decided about a failed or unknown cell, or about a failed undo.
package struct FailureDecided: RunFact {
    package enum Decision: String, Hashable, Sendable, Codable, CaseIterable {
        case retry
        case skip
        /// Go on as if it had succeeded.
        case ignore
        /// A person has done what the undo was to do.
        case done
        /// Undo what was started.
        case rollback
        case stop
    }

    package static let kind = "failure-decided"
    package var item: ItemID
    package var decision: Decision
    package var reason: String?
    package var person: Person

    package init(item: ItemID, decision: Decision, reason: String?, person: Person) {
        self.item = item
        self.decision = decision
        self.reason = reason
        self.person = person
    }
}

/// The rollback of a run began.
package struct RollbackStarted: RunFact {
    package static let kind = "rollback-started"
    /// The cells that undo, in the order in which they run.
    package var undoes: [ItemID]
    /// What was started and has no undo, last first.
    package var remaining: [ItemID]
    /// The answered checkpoint that it does not go behind by itself; nil when it may undo everything.
    package var stopsAt: ItemID?
    /// Nil when the document asked for it and nobody was there.
    package var person: Person?

    package init(_ plan: UndoPlan, by person: Person?) {
        self.init(undoes: plan.undoes, remaining: plan.remaining, stopsAt: plan.stopsAt, person: person)
    }

    package init(undoes: [ItemID], remaining: [ItemID], stopsAt: ItemID? = nil, person: Person?) {
        self.undoes = undoes
        self.remaining = remaining
        self.stopsAt = stopsAt
        self.person = person
    }
}

/// What a rollback would do.
package struct UndoPlan: Hashable, Sendable {
    /// The cells that undo, in the order in which they run.
    package let undoes: [ItemID]
    /// What was started and has no undo, last first.
    package let remaining: [ItemID]
    /// The answered checkpoint before which there would be more to undo.
    package let stopsAt: ItemID?
}
