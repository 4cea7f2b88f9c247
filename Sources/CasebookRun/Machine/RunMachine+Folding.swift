import CasebookDocument

// MARK: - Folding

extension RunMachine {
    /// Takes one event that happened.
    ///
    /// - Throws: ``RunError`` when it cannot follow what came before; the state is then as it was.
    package mutating func apply(_ event: RunEvent.Body) throws(RunError) {
        switch (event, phase) {
        case (.runStarted(let started), .notStarted):
            mode = started.mode
            for parameter in started.parameters { values.know(parameter.name, parameter.value) }
            values.know("environment", started.environment)
            phase = .running
            advance()
        case (_, .notStarted):
            throw unexpected(event)
        case (.documentSaved, _), (.documentMerged, _), (.documentFailed, _), (.noteTaken, _),
            (.sessionRestored, _), (.artifactStored, _):
            break
        case (.superseded, .running), (.superseded, .waitingAtFailure), (.superseded, .cellRunning),
            (.superseded, .waitingAtGate), (.superseded, .attemptOver), (.superseded, .ending),
            (.superseded, .waitingToRetry):
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
            loseBackground()
            for index in plan.items.indices where attempts[index] > 0 {
                if plan.items[index].cell?.attributes.isSecret == true { goneSecrets.insert(index) }
            }
        case (.gateOpened(let opened), .running):
            let index = try index(of: opened.item, for: event)
            isContinuing = false
            phase = .waitingAtGate(index)
        case (.gateAnswered(let answered), .waitingAtGate(let index)):
            try take(answered, at: index)
        case (.passedOver(let passed), .running):
            settle(try index(of: passed.item, for: event), .doesNotApply)
        case (.cellStarted(let started), .running), (.cellStarted(let started), .waitingToRetry):
            let index = try index(of: started.item, for: event)
            if case .running = phase, pendingCheck(of: position) == index {
                checked = Attempt(index: position)
            }
            start(index, started)
        case (.cellStarted(let started), .attemptOver(let attempt)):
            guard started.checks == plan.items[attempt.index].id else { throw unexpected(event) }
            let index = try index(of: started.item, for: event)
            checked = attempt
            start(index, started)
        case (.valueLost(let lost), _):
            values.lose(lost.name)
        case (.valueGiven(let given), .attemptOver):
            _ = try index(of: given.item, for: event)
            values.give(given.name, given.value, isExported: given.isExported == true)
        case (.outputStored(let stored), .cellRunning):
            _ = try index(of: stored.item, for: event)
        case (.outputStored(let stored), _):
            guard background[try index(of: stored.item, for: event)] == .live else { throw unexpected(event) }
        case (.backgroundReady(let ready), .cellRunning(let running)):
            guard try index(of: ready.item, for: event) == running else { throw unexpected(event) }
            background[running] = .live
            phase = .attemptOver(Attempt(index: running, isReady: true))
        case (.backgroundEnded(let ended), _):
            let index = try index(of: ended.item, for: event)
            guard background[index] == .live else { throw unexpected(event) }
            endBackground(index, ended.end)
        case (.attemptEnded(let ended), .cellRunning):
            let index = try index(of: ended.item, for: event)
            if let state = ended.state, let cell = plan.items[index].cell {
                savedStates[cell.sessionName] = state
            }
            // A session that died comes back from its state before the cell.
            if case .exited? = ended.end, let cell = plan.items[index].cell, cell.attributes.background == nil
            {
                values.settle(session: cell.sessionName)
            }
            var attempt = Attempt(index: index, end: ended.end)
            if let end = ended.end,
                case .unexpected(let problems)? = plan.items[index].cell?.attributes.endTooEarly(end)
            {
                attempt.problems = problems
            }
            phase = .attemptOver(attempt)
        case (.outputChecked(let verdict), .attemptOver(var attempt)):
            _ = try index(of: verdict.item, for: event)
            attempt.problems += verdict.problems
            attempt.isOutputChecked = true
            phase = .attemptOver(attempt)
        case (.retryPlanned(let planned), .attemptOver):
            let index = try index(of: planned.item, for: event)
            retried[index, default: 0] += 1
            phase = .waitingToRetry(index, after: .milliseconds(planned.delayMilliseconds))
        case (.cellEnded(let ended), .attemptOver):
            let index = try index(of: ended.item, for: event)
            if let attempt = checked, attempt.index != index {
                decide(attempt, by: index, ended.outcome)
            } else {
                settle(index, ended.outcome)
            }
        case (.cellEnded(let ended), .running):
            let index = try index(of: ended.item, for: event)
            guard let state = background[index], state != .live else { throw unexpected(event) }
            settle(index, ended.outcome)
        case (.failureDecided(let decided), .waitingAtFailure(let index)):
            try take(decided, at: index)
        case (.rollbackStarted(let started), .running), (.rollbackStarted(let started), .waitingAtFailure),
            (.rollbackStarted(let started), .waitingAtGate), (.rollbackStarted(let started), .waitingToRetry),
            (.rollbackStarted(let started), .attemptOver):
            guard rollback == nil else { throw unexpected(event) }
            var queue: [Int] = []
            for id in started.undoes { queue.append(try index(of: id, for: event)) }
            checked = nil
            rollback = Rollback(queue: queue, remaining: started.remaining)
            hasRolledBack = true
            if started.stopsAt != nil, case .waitingAtFailure(let index) = phase { rollback?.failure = index }
            isContinuing = false
            phase = .running
        case (.runEnded(let ended), _):
            phase = .ended(ended.outcome)
        default:
            throw unexpected(event)
        }
    }

    private mutating func take(_ answered: GateAnswered, at index: Int) throws(RunError) {
        let item = item(at: index)
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
        case GateAnswer.stop.word: phase = .ending(rollback == nil ? .stopped : .rollbackIncomplete)
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
        default:
            if case .gate(let gate) = item.item, case .checkpoint(let checkpoint) = gate.kind,
                checkpoint.choices.contains(answered.answer)
            {
                values.give(item.id.name, answered.answer)
            }
            // What a person did is there to be undone, like what a cell did.
            if answered.answer == GateAnswer.done.word, rollback == nil { noteStart(of: index) }
            settle(index, .answered(word: answered.answer))
        }
    }

    private mutating func take(_ decided: FailureDecided, at index: Int) throws(RunError) {
        guard decided.item == plan.items[index].id else { throw .unknownItem(decided.item.name) }
        switch decided.decision {
        case .retry:
            outcomes[index] = nil
            retried[index] = nil
            runAgain(index)
        case .skip:
            guard let reason = decided.reason, !reason.isEmpty else {
                throw .reasonMissing(item: decided.item.name)
            }
            settle(index, .skipped(reason: reason))
        case .ignore:
            guard let reason = decided.reason, !reason.isEmpty else {
                throw .reasonMissing(item: decided.item.name)
            }
            settle(index, .ignored(reason: reason))
        case .done where rollback != nil: settle(index, .answered(word: GateAnswer.done.word))
        // A rollback begins with an event of its own, which names the undo cells.
        case .done, .rollback:
            throw .decisionNotTaken(item: decided.item.name, allowed: allowedDecisions.map(\.rawValue))
        case .stop where rollback != nil: phase = .ending(.rollbackIncomplete)
        case .stop:
            phase = .ending(outcomes[index]?.isKnownFailure == true ? .failed : .stopped)
        }
    }

    private mutating func start(_ index: Int, _ started: CellStarted) {
        released.remove(index)
        background[index] = nil
        goneSecrets.remove(index)
        noteStart(of: index)
        values.offer()
        attempts[index] = started.attempt
        phase = .cellRunning(index)
    }

    private mutating func noteStart(of index: Int) {
        // Most items start once: nobody looks for those.
        if attempts[index] > 0 { started.removeAll { $0 == index } }
        started.append(index)
    }

    /// Takes the verdict of a check; one that nobody saw end and that may be repeated runs again.
    private mutating func decide(_ attempt: Attempt, by check: Int, _ outcome: ItemOutcome) {
        checked = nil
        retried[check] = nil
        guard plan.items[attempt.index].cell != nil else {
            return decide(checkpoint: attempt.index, by: check, outcome)
        }
        var attempt = attempt
        switch outcome {
        case .unknown where mayRepeat(check): break
        case .succeeded: attempt.isCellChecked = true
        // What nobody knows of the check, nobody knows of the cell; and what a person stopped is for a person.
        case .unknown:
            attempt.end = nil
            attempt.isReady = false
        case .failed(.stopped), .failedWithWarning(.stopped): attempt.end = .stopped
        default:
            attempt.isCellChecked = true
            attempt.problems.append("its check `\(plan.items[check].id)` failed")
        }
        phase = .attemptOver(attempt)
    }

    private mutating func settle(_ index: Int, _ outcome: ItemOutcome) {
        outcomes[index] = outcome
        // One that was stopped just after it was ready is still missed.
        if outcome != .succeeded, background[index] != .live { background[index] = nil }
        if rollback != nil { return settleUndo(index, outcome) }
        switch outcome {
        case .unknown where mayRepeat(index):
            outcomes[index] = nil
            runAgain(index)
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
    func mayRepeat(_ index: Int) -> Bool {
        guard let effect = plan.items[index].cell?.attributes.effect, effect != .once else { return false }
        return attempts[index] < 2
    }

    /// Moves past what is settled and what the plan passes over.
    mutating func advance() {
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
