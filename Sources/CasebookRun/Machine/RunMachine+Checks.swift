import CasebookDocument

// MARK: - Checkpoints that a cell may answer, or that undo something

extension RunMachine {
    /// A gate with what it asks for now: one that undoes something has its turn in a rollback, and one whose check
    /// failed says so.
    func gate(_ item: PlannedItem, at index: Int) -> PlannedItem {
        guard case .gate(let gate) = item.item else { return item }
        if item.demand.isNotPlanned {
            return rollback == nil ? item : item.demanding(.gate(GateDemand(gate)))
        }
        guard let check = item.checkpoint?.check else { return item }
        let why =
            unansweredChecks[index]
            ?? reasonNotToCheck(check).map { "Its check `\(check)` could not run: \($0)" }
        return item.demanding(.gate(GateDemand(gate, because: why)))
    }

    /// The cell that is to answer a checkpoint before a person is asked; nil when there is none, or it has failed.
    func pendingCheck(of index: Int) -> Int? {
        guard rollback == nil, index < plan.items.count, unansweredChecks[index] == nil,
            let name = plan.items[index].checkpoint?.check,
            reasonNotToCheck(name) == nil
        else { return nil }
        return plan.index(of: ItemID(name))
    }

    private func reasonNotToCheck(_ name: String) -> String? {
        guard let index = plan.index(of: ItemID(name)) else { return "there is no such cell" }
        return reasonNotToRun(plan.items[index])
    }

    /// Takes the verdict of a check on a checkpoint: it is answered, or a person is asked.
    mutating func decide(checkpoint index: Int, by check: Int, _ outcome: ItemOutcome) {
        let name = plan.items[check].id
        switch outcome {
        case .succeeded:
            phase = .attemptOver(Attempt(index: index, end: .exited(status: 0)))
            return
        case .unknown where mayRepeat(check): break
        case .unknown: unansweredChecks[index] = "Nobody saw its check `\(name)` end"
        case .failed(let end), .failedWithWarning(let end):
            unansweredChecks[index] = "Its check `\(name)` failed: \(end.phrase)"
        case .ignored, .skipped, .answered, .doesNotApply, .notPlanned:
            unansweredChecks[index] = "Its check `\(name)` failed"
        }
        phase = .running
    }
}
