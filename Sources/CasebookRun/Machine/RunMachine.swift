package import CasebookDocument

/// The state of one run, folded from its events, and the decision what comes next.
///
/// It decides and does nothing: no clock, no task, no input or output. The same events always give the same
/// state, which is how a run goes on in another process.
package struct RunMachine: Sendable {
    package let plan: RunPlan
    package internal(set) var phase = Phase.notStarted
    /// What became of each item of the plan; nil while it has not been settled.
    package internal(set) var outcomes: [ItemOutcome?]
    /// How many attempts each item had.
    package internal(set) var attempts: [Int]
    /// The latest state of each session, for starting it again.
    package internal(set) var savedStates: [String: SavedState] = [:]
    package internal(set) var mode = RunMode.unattended
    package internal(set) var isPaused = false
    package internal(set) var values = RunValues()
    /// Items before this one are settled; decisions look from here on, so that a run is linear in its items.
    var position = 0
    /// The items for which a person said "run" and that have not been started since.
    var released: Set<Int> = []
    /// True after "continue": cells run without being offered, up to the next gate.
    var isContinuing = false
    /// How often each item was tried again without a person's word.
    var retried: [Int: Int] = [:]
    /// The items that were started, in the order of their latest start.
    var started: [Int] = []
    /// The rollback, once it has begun.
    package internal(set) var rollback: Rollback?
    /// True once a rollback has begun: none begins by itself after it.
    var hasRolledBack = false
    /// The attempt that a check decides about, while the check runs.
    var checked: Attempt?
    /// Why a person answers a checkpoint that a cell was to answer, by its place in the plan.
    var unansweredChecks: [Int: String] = [:]
    /// The secret cells that ran before the run went on in another process: what they set is gone.
    var goneSecrets: Set<Int> = []
    /// The cells that were ready and go on, or have ended before the run did.
    var background: [Int: BackgroundState] = [:]

    package init(_ plan: RunPlan) {
        self.plan = plan
        outcomes = Array(repeating: nil, count: plan.items.count)
        attempts = Array(repeating: 0, count: plan.items.count)
    }

    /// Where a run stands; each case names the events that may come next.
    package enum Phase: Hashable, Sendable {
        /// Next: runStarted.
        case notStarted
        /// Next: gateOpened, cellStarted, passedOver, runEnded, superseded.
        case running
        /// Next: gateAnswered.
        case waitingAtGate(Int)
        /// Next: outputStored, attemptEnded, backgroundReady.
        case cellRunning(Int)
        /// Next: outputChecked, cellStarted for its check, retryPlanned, cellEnded.
        case attemptOver(Attempt)
        /// Next: cellStarted.
        case waitingToRetry(Int, after: Duration)
        /// Next: failureDecided, superseded.
        case waitingAtFailure(Int)
        /// A person has ended it. Next: runEnded.
        case ending(RunOutcome)
        /// Next: nothing but what is said about documents.
        case ended(RunOutcome)
    }

    /// A rollback: the undo cells in their order, and how far it has come.
    package struct Rollback: Hashable, Sendable {
        /// The undo cells, by their places in the plan.
        package let queue: [Int]
        /// What was started and has no undo, last first.
        package let remaining: [ItemID]
        package internal(set) var next = 0
        package internal(set) var isIncomplete = false
        /// The failure that the run waits at again, when the rollback was to stop at a checkpoint.
        var failure: Int?
    }

    /// An attempt that is over, and what is known about its success.
    package struct Attempt: Hashable, Sendable {
        package let index: Int
        /// Nil when nobody saw it end, and for a background cell that is ready.
        package internal(set) var end: CellEnd?
        /// True for a background cell that is ready and goes on.
        var isReady = false
        /// What was found to be not as expected.
        package var problems: [String] = []
        var isOutputChecked = false
        var isCellChecked = false
    }
}

// MARK: - Deciding

/// What the engine is told to do next.
package enum RunAction: Hashable, Sendable {
    /// Open the gate: of a manual step, or before a cell that a person releases.
    case openGate(Int)
    /// The gate is open: take an answer.
    case awaitAnswer(Int)
    case startCell(Int, attempt: Int)
    /// The condition of the item does not hold.
    case passOver(Int)
    /// Hold the output of the attempt against what is expected of it.
    case checkOutput(Int)
    /// Write down that the cell is tried again after a while.
    case planRetry(Int, attempt: Int, after: Duration)
    /// Wait, and then start the cell again.
    case awaitRetry(Int, attempt: Int, after: Duration)
    /// Settle the attempt that ended.
    case settle(Int, ItemOutcome)
    /// A cell was started and nobody saw it end.
    case markUnknown(Int)
    case awaitFailureDecision(Int)
    case end(RunOutcome)
    /// Nothing more: the run has ended.
    case rest(RunOutcome)
}

extension RunMachine {
    /// What comes next.
    ///
    /// Asking twice without an event between gives the same answer.
    package func decide() -> RunAction? {
        switch phase {
        case .notStarted: nil
        case .running: nextStep()
        case .waitingAtGate(let index): .awaitAnswer(index)
        case .cellRunning(let index): .markUnknown(index)
        case .attemptOver(let attempt): next(after: attempt)
        case .waitingToRetry(let index, let delay):
            .awaitRetry(index, attempt: attempts[index] + 1, after: delay)
        case .waitingAtFailure(let index): .awaitFailureDecision(index)
        case .ending(let outcome): .end(outcome)
        case .ended(let outcome): .rest(outcome)
        }
    }

    private func nextStep() -> RunAction {
        if let rollback { return nextUndo(rollback) }
        if let action = nextInBackground() { return action }
        guard position < plan.items.count else { return .end(finalOutcome) }
        let condition = condition(of: position)
        if condition == .some(.some(false)) { return .passOver(position) }
        if let check = pendingCheck(of: position) { return .startCell(check, attempt: attempts[check] + 1) }
        switch item(at: position).demand {
        case .gate: return .openGate(position)
        case .confirm where !released.contains(position): return .openGate(position)
        case .run where mode == .interactive && !isContinuing && !released.contains(position):
            return .openGate(position)
        case .run, .confirm, .notPlanned:
            return .startCell(position, attempt: attempts[position] + 1)
        }
    }

    /// The item, with what it asks for now.
    ///
    /// In a rollback an undo has its turn; a cell that reads a value which nobody gave is for a person, and so is one
    /// of which nobody can say whether its condition holds.
    package func item(at index: Int) -> PlannedItem {
        let item = plan.items[index]
        guard let cell = item.cell else { return gate(item, at: index) }
        if item.demand.isNotPlanned {
            guard rollback != nil else { return item }
            if let reason = cell.undoByHand ?? reasonNotToRun(item) {
                return item.demanding(.gate(GateDemand(byHand: cell, because: reason)))
            }
            return item.demanding(
                cell.attributes.confirm == true ? .confirm(because: "it says `confirm`") : .run
            )
        }
        if case .gate = item.demand { return item }
        if let reason = reasonNotToRun(item) {
            return item.demanding(.gate(GateDemand(byHand: cell, because: reason)))
        }
        if condition(of: index) == .some(nil), let text = item.item.when?.text {
            return item.demanding(.confirm(because: "nobody can say whether `\(text)` holds"))
        }
        return item
    }

    /// The variables of a cell that have no value: not set at the start, or captured by a cell that gave none.
    func reasonNotToRun(_ item: PlannedItem) -> String? {
        guard let cell = item.cell else { return nil }
        if !item.unset.isEmpty {
            return "nothing sets " + item.unset.map { "`$\($0)`" }.joined(separator: ", ")
        }
        let missing =
            cell.capturedVariables.filter { !values.isGiven($0) } + cell.sharedVariables.filter(values.isLost)
        guard missing.isEmpty else {
            return "no cell gave " + missing.map { "`$\($0)`" }.joined(separator: ", ")
        }
        return goneSecret(of: cell).map {
            "what the secret cell `\($0.cell)` set is kept nowhere, and `$\($0.name)` is gone"
        }
    }

    /// A variable of a cell that only a secret cell set, in a session that is not there any more.
    private func goneSecret(of cell: Cell) -> (name: String, cell: ItemID)? {
        for variable in cell.secretVariables {
            let source = plan.items.indices.first { plan.items[$0].cell?.place.line == variable.line }
            guard let source, attempts[source] > 0 else { continue }
            // A background cell begins with what is saved.
            if goneSecrets.contains(source) || cell.attributes.background != nil {
                return (variable.name, plan.items[source].id)
            }
        }
        return nil
    }

    /// Whether the condition of an item holds; nil when it has none, and nil inside when that cannot be said.
    func condition(of index: Int) -> Bool?? {
        guard let condition = plan.items[index].item.when else { return nil }
        return condition.holds { name in
            switch name {
            case .name(let name): values.byName[name]
            case .outcome(let name): plan.index(of: ItemID(name)).map { outcomes[$0].word }
            case .literal(let text), .number(let text): text
            }
        }
    }

    /// How the run ends when every item is settled.
    private var finalOutcome: RunOutcome {
        var hasDoneSomething = false
        var hasWarning = false
        var hasDeviation = false
        for (index, outcome) in outcomes.enumerated() {
            switch outcome {
            case .succeeded, .answered: hasDoneSomething = true
            case .failedWithWarning:
                hasDoneSomething = true
                hasWarning = true
            case .ignored: hasDeviation = true
            case .skipped: hasDeviation = hasDeviation || plan.items[index].isRequired
            case .failed, .unknown: return .failed
            case .notPlanned, .doesNotApply, nil: break
            }
        }
        if hasDeviation || !hasDoneSomething { return .completedWithDeviations }
        return hasWarning ? .succeededWithWarnings : .succeeded
    }
}

extension PlannedItem {
    /// True when passing it over is a deviation that changes the run's outcome.
    package var isRequired: Bool {
        switch item {
        case .cell(let cell): cell.attributes.isRequired
        case .gate(let gate):
            if case .checkpoint = gate.kind { gate.isRequired } else { true }
        }
    }
}

// MARK: - Answers

/// The answers to the offer of a cell, besides skip and stop.
package enum OfferAnswer: String, Sendable {
    case run
    /// Run this one and those that follow, up to the next gate.
    case `continue`
}

extension RunMachine {
    /// The answers that the item takes, by the words that people type.
    package func allowedAnswers(at index: Int) -> [String] {
        switch item(at: index).demand {
        case .gate(let demand): demand.answers.map(\.word)
        case .run where rollback != nil && plan.items[index].cell?.attributes.undoes.isEmpty == true:
            [
                OfferAnswer.run.rawValue, GateAnswer.doesNotApply.word, GateAnswer.skip.word,
                GateAnswer.stop.word,
            ]
        case .confirm, .run:
            [
                OfferAnswer.run.rawValue, OfferAnswer.continue.rawValue, GateAnswer.skip.word,
                GateAnswer.stop.word,
            ]
        case .notPlanned: []
        }
    }
}

extension RunMachine.Phase: CustomStringConvertible {
    /// The phase as messages say it.
    package var description: String {
        switch self {
        case .notStarted: "the run has not started"
        case .running: "the run goes on"
        case .waitingAtGate: "a gate is open"
        case .cellRunning: "a cell runs"
        case .attemptOver: "a cell has just ended"
        case .waitingToRetry: "a cell is about to be tried again"
        case .waitingAtFailure: "the run waits at its failure"
        case .ending: "the run is being ended"
        case .ended(let outcome): "the run has ended: \(outcome.rawValue)"
        }
    }
}
