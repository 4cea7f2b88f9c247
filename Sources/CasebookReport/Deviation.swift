package import CasebookDocument
import CasebookRun

/// Something that went another way than the runbook says.
package struct Deviation: Hashable, Sendable {
    package let item: ItemID?
    /// What happened, in a phrase of ours: never with text from cells or people in it.
    package let what: String
    /// The words of whoever did it, or of the system.
    package let why: String?
    /// Who did it.
    package let who: String?

    static func all(in events: [RunEvent], _ summary: RunSummary) -> [Deviation] {
        var found: [Deviation] = []
        if summary.start.gitDirty == true {
            found.append(
                .init(item: nil, what: "the working tree differed from the commit", why: nil, who: nil)
            )
        }
        for event in events { found += deviations(in: event.body) }
        for step in summary.steps { found += deviations(in: step, summary) }
        return found
    }

    private static func deviations(in body: RunEvent.Body) -> [Deviation] {
        switch body {
        case .gateAnswered(let fact):
            var found: [Deviation] = []
            if fact.isInAdvance {
                found.append(
                    .init(
                        item: fact.item,
                        what: "answered in advance",
                        why: fact.note,
                        who: fact.person.label
                    )
                )
            }
            if fact.answer == GateAnswer.skip.word {
                found.append(.init(item: fact.item, what: "skipped", why: fact.note, who: fact.person.label))
            }
            return found
        case .failureDecided(let fact):
            let what =
                switch fact.decision {
                case .retry: "run again after a failure"
                case .skip: "skipped after a failure"
                case .ignore: "its failure was ignored"
                case .done: "undone by hand"
                case .rollback: "rolled back"
                case .stop: "the run was stopped at this failure"
                }
            return [.init(item: fact.item, what: what, why: fact.reason, who: fact.person.label)]
        case .sessionRestored(let fact):
            if fact.lost.isEmpty { return [] }
            let lost = fact.lost.joined(separator: ", ")
            return [
                .init(item: nil, what: "a session was restored without all of its state", why: lost, who: nil)
            ]
        case .documentMerged(let fact):
            let names = fact.leftOut.map(\.name).joined(separator: ", ")
            return [
                .init(
                    item: nil,
                    what: "the document was edited during the run",
                    why: names.isEmpty ? nil : "outputs kept in the record alone: \(names)",
                    who: nil
                )
            ]
        case .documentFailed(let fact):
            return [.init(item: nil, what: "the document could not be written", why: fact.reason, who: nil)]
        default: return []
        }
    }

    private static func deviations(in step: StepRow, _ summary: RunSummary) -> [Deviation] {
        var found: [Deviation] = []
        let decided = step.decisions.count { $0.decision == .retry }
        if step.attempts.count > 1, decided < step.attempts.count - 1 {
            found.append(
                .init(item: step.item, what: "took \(step.attempts.count) attempts", why: nil, who: nil)
            )
        }
        if case .failedWithWarning(let end) = step.state {
            found.append(
                .init(item: step.item, what: "failed, and is not required", why: end.phrase, who: nil)
            )
        }
        if step.state == .unknown {
            found.append(.init(item: step.item, what: "nobody saw it end", why: nil, who: nil))
        }
        for attempt in step.attempts {
            if case .lost(let reason) = attempt.output?.place {
                found.append(.init(item: step.item, what: "its output is lost", why: reason, who: nil))
            }
            if !attempt.survivors.isEmpty {
                let names = attempt.survivors.joined(separator: ", ")
                found.append(
                    .init(item: step.item, what: "processes could not be stopped", why: names, who: nil)
                )
            }
        }
        if step.state == .notReached, summary.ended != nil {
            found.append(.init(item: step.item, what: "not reached", why: nil, who: nil))
        }
        return found
    }
}
