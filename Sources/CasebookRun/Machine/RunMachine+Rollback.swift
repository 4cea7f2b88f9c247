import CasebookDocument

// MARK: - Rollback

extension RunMachine {
    /// The undo cells of all that was started, the latest first, and what has none.
    package var undoPlan: UndoPlan { undoPlan(after: nil) }

    /// What is undone without a person's word, which no checkpoint that a person answered is behind of.
    ///
    /// Nil when nothing is: after anything but a known failure, and when a rollback has begun before.
    package var automaticUndoPlan: UndoPlan? {
        guard case .waitingAtFailure(let index) = phase, !hasRolledBack, let outcome = outcomes[index],
            outcome.isKnownFailure, outcome != .failed(.timedOut)
        else { return nil }
        let checkpoint = plan.items.indices.last { index in
            guard case .gate(let gate) = plan.items[index].item, case .checkpoint = gate.kind,
                case .answered? = outcomes[index]
            else { return false }
            return true
        }
        let automatic = undoPlan(after: checkpoint)
        return automatic.undoes.isEmpty ? nil : automatic
    }

    private func undoPlan(after checkpoint: Int?) -> UndoPlan {
        var undoes: [ItemID] = []
        var remaining: [ItemID] = []
        var isCut = false
        for index in started.reversed() {
            let item = plan.items[index]
            // A check changes nothing, and what only looks leaves nothing to undo.
            guard !item.demand.isNotPlanned, item.cell?.attributes.effect != CellEffect.none else { continue }
            let own = plan.undoes(of: item.id).filter { !isUndone($0) }
            if let checkpoint, index < checkpoint {
                isCut = isCut || !own.isEmpty
                continue
            }
            if plan.undoes(of: item.id).isEmpty { remaining.append(item.id) }
            for undo in own where !undoes.contains(undo) { undoes.append(undo) }
        }
        // What nothing binds to a step is for a person to choose: nobody knows what it undoes.
        if mode == .interactive {
            undoes += plan.offeredUndoes.filter { !undoes.contains($0) && !isUndone($0) }
        }
        return UndoPlan(
            undoes: undoes,
            remaining: remaining,
            stopsAt: isCut ? checkpoint.map { plan.items[$0].id } : nil
        )
    }

    private func isUndone(_ undo: ItemID) -> Bool {
        switch plan.index(of: undo).flatMap({ outcomes[$0] }) {
        case .succeeded, .answered: true
        default: false
        }
    }

    /// What may be decided about the failure that the run waits at.
    package var allowedDecisions: [FailureDecided.Decision] {
        if rollback != nil { return [.retry, .done, .ignore, .stop] }
        return undoPlan.undoes.isEmpty
            ? [.retry, .skip, .ignore, .stop] : [.retry, .skip, .ignore, .rollback, .stop]
    }

    func nextUndo(_ rollback: Rollback) -> RunAction {
        guard rollback.next < rollback.queue.count else {
            return .end(rollback.isIncomplete ? .rollbackIncomplete : .rolledBack)
        }
        let index = rollback.queue[rollback.next]
        switch item(at: index).demand {
        case .gate: return .openGate(index)
        case .confirm where !released.contains(index): return .openGate(index)
        case _ where mode == .interactive && !isContinuing && !released.contains(index):
            return .openGate(index)
        default: return .startCell(index, attempt: attempts[index] + 1)
        }
    }

    /// A failing undo does not stop the others: a person decides about it, and where nobody is, it is left behind.
    ///
    /// One that was stopped, or that nobody saw end, is for a person in any case: half of it may be done.
    mutating func settleUndo(_ index: Int, _ outcome: ItemOutcome) {
        switch outcome {
        case .unknown where mayRepeat(index):
            outcomes[index] = nil
            released.insert(index)
            phase = .running
            return
        case .failed(let end) where mode == .unattended && end != .stopped: rollback?.isIncomplete = true
        case .failed, .unknown:
            isContinuing = false
            phase = .waitingAtFailure(index)
            return
        case .skipped, .ignored, .doesNotApply, .failedWithWarning: rollback?.isIncomplete = true
        case .succeeded, .answered, .notPlanned: break
        }
        rollback?.next += 1
        phase = .running
        // Behind a checkpoint that a person answered, a person goes on.
        if let done = rollback, let failure = done.failure, done.next == done.queue.count {
            rollback = nil
            phase = .waitingAtFailure(failure)
        }
    }
}
