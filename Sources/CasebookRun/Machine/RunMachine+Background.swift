package import CasebookDocument

/// How a background cell stands after it was ready.
enum BackgroundState: Hashable, Sendable {
    case live
    /// It ended by itself.
    case ended(CellEnd)
    /// It was stopped with the process that ran it.
    case stopped
}

// MARK: - Background cells

extension RunMachine {
    /// The background cells that go on, by their places in the plan.
    package var liveBackground: [Int] { background.filter { $0.value == .live }.keys.sorted() }

    /// The background cells that are not there any more when the run goes on in another process.
    package var lostBackground: [ItemID] {
        background.keys.sorted().filter { index in
            if case .ended = background[index] { false } else { true }
        }
        .map { plan.items[$0].id }
    }

    /// True between the end of an attempt and what becomes of it.
    package var isSettlingAttempt: Bool {
        if case .attemptOver = phase { true } else { false }
    }

    /// What is done about a background cell that is not there any more.
    ///
    /// One that was stopped with a pause is only missed when something is still to come.
    func nextInBackground() -> RunAction? {
        for (index, state) in background.sorted(by: { $0.key < $1.key }) {
            switch state {
            case .live: continue
            case .stopped where position == plan.items.count: continue
            case .stopped where plan.items[index].cell?.attributes.effect != .once:
                return .startCell(index, attempt: attempts[index] + 1)
            case .stopped:
                // No failure of the cell: a person decides.
                return .settle(
                    index,
                    plan.items[index].isRequired
                        ? .unknown : .failedWithWarning(.sessionLost(reason: "it was stopped with the run"))
                )
            case .ended(let end): return .settle(index, outcome(ofEarlyEnd: end, index))
            }
        }
        return nil
    }

    private func outcome(ofEarlyEnd end: CellEnd, _ index: Int) -> ItemOutcome {
        let attributes = plan.items[index].cell?.attributes ?? CellAttributes()
        let end = attributes.endTooEarly(end)
        return attributes.isRequired ? .failed(end) : .failedWithWarning(end)
    }

    mutating func endBackground(_ index: Int, _ end: CellEnd?) {
        background[index] = end.map(BackgroundState.ended) ?? .stopped
    }

    /// The process that ran them has gone, and they with it.
    mutating func loseBackground() {
        for index in liveBackground { background[index] = .stopped }
    }

    /// Starts an item again, also one that the run has passed.
    mutating func runAgain(_ index: Int) {
        released.insert(index)
        phase = index < position ? .waitingToRetry(index, after: .zero) : .running
    }
}

extension CellAttributes {
    /// How a background cell ended that should have gone on: a status that says success is none.
    func endTooEarly(_ end: CellEnd) -> CellEnd {
        guard background != nil, case .exited(let status) = end, successStatuses.contains(status) else {
            return end
        }
        return .unexpected(problems: [
            "it should go on to the end of the run, and ended with status \(status)"
        ])
    }
}
