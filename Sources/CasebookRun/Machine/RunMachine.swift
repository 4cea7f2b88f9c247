import CasebookDocument

/// The state of one run, folded from its events, and the decision what comes next.
///
/// It decides and does nothing: no clock, no task, no input or output. The same events always give the same
/// state, which is how a run goes on in another process.
package struct RunMachine: Sendable {
    package let plan: RunPlan
    package private(set) var phase = Phase.notStarted
    /// What became of each item of the plan; nil while it has not been settled.
    package private(set) var outcomes: [ItemOutcome?]
    /// How many attempts each item had.
    package private(set) var attempts: [Int]
    /// The latest state of each session, for starting it again.
    package private(set) var savedStates: [String: SavedState] = [:]
    package private(set) var mode = RunMode.unattended
    package private(set) var isPaused = false
    /// Items before this one are settled; decisions look from here on, so that a run is linear in its items.
    private var position = 0
    /// The items for which a person said "run" and that have not been started since.
    private var released: Set<Int> = []
    /// True after "continue": cells run without being offered, up to the next gate.
    private var isContinuing = false

    package init(_ plan: RunPlan) {
        self.plan = plan
        outcomes = Array(repeating: nil, count: plan.items.count)
        attempts = Array(repeating: 0, count: plan.items.count)
    }

    /// Where a run stands; each case names the events that may come next.
    package enum Phase: Hashable, Sendable {
        /// Next: runStarted.
        case notStarted
        /// Next: gateOpened, cellStarted, runEnded, superseded.
        case running
        /// Next: gateAnswered.
        case waitingAtGate(Int)
        /// Next: outputStored, attemptEnded.
        case cellRunning(Int)
        /// Next: cellEnded.
        case attemptOver(Int, CellEnd?)
        /// Next: failureDecided, superseded.
        case waitingAtFailure(Int)
        /// A person has ended it. Next: runEnded.
        case ending(RunOutcome)
        /// Next: nothing but what is said about documents.
        case ended(RunOutcome)
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
        case .attemptOver(let index, let end): .settle(index, verdict(on: end, at: index))
        case .waitingAtFailure(let index): .awaitFailureDecision(index)
        case .ending(let outcome): .end(outcome)
        case .ended(let outcome): .rest(outcome)
        }
    }

    private func nextStep() -> RunAction {
        guard position < plan.items.count else { return .end(finalOutcome) }
        switch plan.items[position].demand {
        case .gate: return .openGate(position)
        case .confirm where !released.contains(position): return .openGate(position)
        case .run where mode == .interactive && !isContinuing && !released.contains(position):
            return .openGate(position)
        case .run, .confirm, .notPlanned:
            return .startCell(position, attempt: attempts[position] + 1)
        }
    }

    private func verdict(on end: CellEnd?, at index: Int) -> ItemOutcome {
        guard let end else { return .unknown }
        let attributes = plan.items[index].cell?.attributes ?? CellAttributes()
        if case .exited(let status) = end, attributes.successStatuses.contains(status) { return .succeeded }
        // What a person stopped was not found to be unnecessary: they decide.
        if !attributes.isRequired, end != .stopped { return .failedWithWarning(end) }
        return .failed(end)
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

// MARK: - Folding

extension RunMachine {
    /// Takes one event that happened.
    ///
    /// - Throws: ``RunError`` when it cannot follow what came before; the state is then as it was.
    package mutating func apply(_ event: RunEvent.Body) throws(RunError) {
        switch (event, phase) {
        case (.runStarted(let started), .notStarted):
            mode = started.mode
            phase = .running
            advance()
        case (_, .notStarted):
            throw unexpected(event)
        case (.documentSaved, _), (.documentMerged, _), (.documentFailed, _), (.noteTaken, _),
            (.sessionRestored, _):
            break
        case (.superseded, .running), (.superseded, .waitingAtFailure), (.superseded, .cellRunning),
            (.superseded, .waitingAtGate), (.superseded, .attemptOver), (.superseded, .ending):
            phase = .ended(.superseded)
        case (.superseded, .ended(.superseded)):
            break
        case (_, .ended):
            throw unexpected(event)
        case (.paused, _):
            isPaused = true
        case (.resumed(let resumed), _):
            isPaused = false
            isContinuing = false
            mode = resumed.mode
        case (.gateOpened(let opened), .running):
            let index = try index(of: opened.item, for: event)
            isContinuing = false
            phase = .waitingAtGate(index)
        case (.gateAnswered(let answered), .waitingAtGate(let index)):
            try take(answered, at: index)
        case (.cellStarted(let started), .running):
            let index = try index(of: started.item, for: event)
            released.remove(index)
            attempts[index] = started.attempt
            phase = .cellRunning(index)
        case (.outputStored(let stored), .cellRunning):
            _ = try index(of: stored.item, for: event)
        case (.attemptEnded(let ended), .cellRunning):
            let index = try index(of: ended.item, for: event)
            if let state = ended.state, let cell = plan.items[index].cell {
                savedStates[cell.sessionName] = state
            }
            phase = .attemptOver(index, ended.end)
        case (.cellEnded(let ended), .attemptOver):
            let index = try index(of: ended.item, for: event)
            settle(index, ended.outcome)
        case (.failureDecided(let decided), .waitingAtFailure(let index)):
            try take(decided, at: index)
        case (.runEnded(let ended), _):
            phase = .ended(ended.outcome)
        default:
            throw unexpected(event)
        }
    }

    private mutating func take(_ answered: GateAnswered, at index: Int) throws(RunError) {
        let item = plan.items[index]
        guard answered.item == item.id else { throw .unknownItem(answered.item.name) }
        let allowed = allowedAnswers(at: index)
        guard allowed.contains(answered.answer) else {
            throw .answerNotTaken(item: item.id.name, answer: answered.answer, allowed: allowed)
        }
        if answered.isInAdvance, case .gate(let demand) = item.demand,
            let reason = demand.refusesAdvanceAnswer
        {
            throw .advanceAnswerRefused(item: item.id.name, because: reason)
        }
        switch answered.answer {
        case GateAnswer.stop.word: phase = .ending(.stopped)
        case GateAnswer.skip.word:
            guard let reason = answered.note, !reason.isEmpty else {
                throw .reasonMissing(item: item.id.name)
            }
            settle(index, .skipped(reason: reason))
        case OfferAnswer.run.rawValue where item.cell != nil && !item.demand.isGate:
            released.insert(index)
            phase = .running
        case OfferAnswer.continue.rawValue where item.cell != nil && !item.demand.isGate:
            released.insert(index)
            isContinuing = true
            phase = .running
        default: settle(index, .answered(word: answered.answer))
        }
    }

    private mutating func take(_ decided: FailureDecided, at index: Int) throws(RunError) {
        guard decided.item == plan.items[index].id else { throw .unknownItem(decided.item.name) }
        switch decided.decision {
        case .retry:
            outcomes[index] = nil
            released.insert(index)
            phase = .running
        case .skip:
            guard let reason = decided.reason, !reason.isEmpty else {
                throw .reasonMissing(item: decided.item.name)
            }
            settle(index, .skipped(reason: reason))
        case .stop:
            phase = .ending(outcomes[index]?.isKnownFailure == true ? .failed : .stopped)
        }
    }

    private mutating func settle(_ index: Int, _ outcome: ItemOutcome) {
        outcomes[index] = outcome
        switch outcome {
        case .unknown where mayRepeat(index):
            outcomes[index] = nil
            released.insert(index)
            phase = .running
        case .failed, .unknown:
            isContinuing = false
            phase = .waitingAtFailure(index)
        default:
            phase = .running
            advance()
        }
    }

    /// True for a cell whose author declared it safe to repeat; once only, so that a cell which brings its session
    /// down does not do so for ever.
    private func mayRepeat(_ index: Int) -> Bool {
        guard let effect = plan.items[index].cell?.attributes.effect, effect != .once else { return false }
        return attempts[index] < 2
    }

    /// Moves past what is settled and what the plan passes over.
    private mutating func advance() {
        while position < plan.items.count {
            if plan.items[position].demand.isNotPlanned {
                outcomes[position] = .notPlanned
            } else if outcomes[position] == nil, !applies(position) {
                outcomes[position] = .doesNotApply
            }
            guard outcomes[position] != nil else { return }
            position += 1
        }
    }

    /// False for an item of a choice that was answered otherwise, or that does not apply itself.
    private func applies(_ index: Int) -> Bool {
        guard let condition = plan.items[index].item.place.condition,
            let gate = plan.index(of: condition.gate)
        else { return true }
        return outcomes[gate] == .answered(word: condition.answer)
    }

    private func index(of id: ItemID, for event: RunEvent.Body) throws(RunError) -> Int {
        guard let index = plan.index(of: id) else { throw .unknownItem(id.name) }
        return index
    }

    private func unexpected(_ event: RunEvent.Body) -> RunError {
        .unexpected(event: event.kind, while: phase.description)
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
        switch plan.items[index].demand {
        case .gate(let demand): demand.answers.map(\.word)
        case .confirm, .run:
            [
                OfferAnswer.run.rawValue, OfferAnswer.continue.rawValue, GateAnswer.skip.word,
                GateAnswer.stop.word,
            ]
        case .notPlanned: []
        }
    }
}

extension ItemOutcome {
    /// True when the cell itself failed; what a person stopped, and what nobody saw end, did not.
    fileprivate var isKnownFailure: Bool {
        if case .failed(let end) = self { end != .stopped } else { false }
    }
}

extension Demand {
    fileprivate var isGate: Bool {
        if case .gate = self { true } else { false }
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
        case .waitingAtFailure: "the run waits at its failure"
        case .ending: "the run is being ended"
        case .ended(let outcome): "the run has ended: \(outcome.rawValue)"
        }
    }
}
