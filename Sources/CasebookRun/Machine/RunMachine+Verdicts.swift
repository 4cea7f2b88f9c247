package import CasebookDocument

// MARK: - What became of an attempt

extension RunMachine {
    /// What is done about an attempt that is over: it is checked, tried again, or settled.
    func next(after attempt: Attempt) -> RunAction {
        let attributes = plan.items[attempt.index].cell?.attributes ?? CellAttributes()
        if attempt.hasSucceeded(attributes) {
            if !attributes.expectations.isEmpty, !attempt.isOutputChecked {
                return .checkOutput(attempt.index)
            }
            if let check = attributes.check.flatMap({ plan.index(of: ItemID($0)) }), !attempt.isCellChecked {
                guard let reason = reasonNotToRun(plan.items[check]) else {
                    return .startCell(check, attempt: attempts[check] + 1)
                }
                let problem = "its check `\(plan.items[check].id)` could not run: \(reason)"
                return .settle(attempt.index, .failed(.unexpected(problems: [problem])))
            }
        }
        let outcome = verdict(on: attempt, attributes)
        if let delay = delayBeforeRetry(of: attempt, attributes, outcome) {
            return .planRetry(attempt.index, attempt: attempts[attempt.index] + 1, after: delay)
        }
        return .settle(attempt.index, outcome)
    }

    /// The item that a check is about to decide about, when it is one.
    package func subject(ofCheck index: Int) -> ItemID? {
        if case .attemptOver(let attempt) = phase, attempt.index != index {
            return plan.items[attempt.index].id
        }
        if case .running = phase, rollback == nil, position < plan.items.count,
            pendingCheck(of: position) == index
        {
            return plan.items[position].id
        }
        // The next attempt of the check itself.
        guard let checked, checked.index != index else { return nil }
        return plan.items[checked.index].id
    }

    private func verdict(on attempt: Attempt, _ attributes: CellAttributes) -> ItemOutcome {
        if attempt.hasSucceeded(attributes) { return .succeeded }
        let ready = attempt.isReady ? CellEnd.unexpected(problems: attempt.problems) : nil
        guard let seen = attempt.end ?? ready else { return .unknown }
        let isStatusRight =
            if case .exited(let status) = seen { attributes.successStatuses.contains(status) } else { false }
        let end = isStatusRight ? .unexpected(problems: attempt.problems) : seen
        // What a person stopped was not found to be unnecessary: they decide.
        if !attributes.isRequired, end != .stopped { return .failedWithWarning(end) }
        return .failed(end)
    }

    /// How long to wait before the next attempt; nil when there is none.
    ///
    /// A cell that was stopped by its time limit, or that nobody saw end, may have done half of its work.
    private func delayBeforeRetry(of attempt: Attempt, _ attributes: CellAttributes, _ outcome: ItemOutcome)
        -> Duration?
    {
        let tried = retried[attempt.index] ?? 0
        guard tried < attributes.retries, outcome != .succeeded else { return nil }
        switch attempt.end {
        case .stopped?: return nil
        case nil where attempt.isReady: break
        case .timedOut?, nil: guard attributes.effect != .once else { return nil }
        case .exited?, .killed?, .sessionLost?, .unexpected?: break
        }
        var delay = attributes.delay ?? .zero
        for _ in 0..<tried where delay < Self.delayMax { delay *= attributes.backoff }
        return min(delay, Self.delayMax)
    }

    private static let delayMax = Duration.seconds(3600)
}

extension RunMachine.Attempt {
    /// True when its status is one that its author takes for success and nothing was found to be wrong.
    func hasSucceeded(_ attributes: CellAttributes) -> Bool {
        if isReady, end == nil { return problems.isEmpty }
        guard case .exited(let status)? = end else { return false }
        return attributes.successStatuses.contains(status) && problems.isEmpty
    }
}

extension ItemOutcome {
    /// True when the cell itself failed; what a person stopped, and what nobody saw end, did not.
    var isKnownFailure: Bool {
        if case .failed(let end) = self { end != .stopped } else { false }
    }
}

extension Demand {
    var isGate: Bool {
        if case .gate = self { true } else { false }
    }
}

extension ItemOutcome? {
    /// What a condition reads as `name.outcome`.
    var word: String {
        switch self {
        case .succeeded?: "succeeded"
        case .failed(.timedOut)?, .failedWithWarning(.timedOut)?: "timed-out"
        case .failed?, .failedWithWarning?: "failed"
        case .unknown?: "unknown"
        case .ignored?: "ignored"
        case .skipped?: "skipped"
        case .answered(let word)?: word
        case .doesNotApply?, .notPlanned?, nil: "not-run"
        }
    }
}
