package import CasebookDocument
package import CasebookRun

/// One line of the timeline.
package struct TimelineRow: Hashable, Sendable {
    package let time: Timestamp
    package let item: ItemID?
    /// What happened, in our own words.
    package let event: String
    /// Words of cells or people that belong to it.
    package let detail: String?
    /// A person, or what did it.
    package let who: String
    /// The number of the event in the record.
    package let sequence: Int

    /// Saves of the document and stored outputs have no line of their own.
    static func rows(of events: [RunEvent]) -> [TimelineRow] {
        events.enumerated().compactMap { index, event in
            guard let text = Text(event.body) else { return nil }
            return TimelineRow(
                time: event.time,
                item: text.item,
                event: text.event,
                detail: text.detail,
                who: text.who,
                sequence: index + 1
            )
        }
    }

    private struct Text {
        let item: ItemID?
        let event: String
        let detail: String?
        let who: String

        private init(_ event: String, item: ItemID? = nil, detail: String? = nil, who: String = "casebook") {
            self.item = item
            self.event = event
            self.detail = detail
            self.who = who
        }

        init?(_ body: RunEvent.Body) {
            switch body {
            case .runStarted(let fact):
                self.init("run started, \(fact.mode.rawValue)", who: fact.person.label)
            case .gateOpened(let fact): self.init("asked", item: fact.item)
            case .gateAnswered(let fact):
                self.init(
                    fact.isInAdvance ? "answered in advance" : "answered",
                    item: fact.item,
                    detail: fact.note.map { "\(fact.answer): \($0)" } ?? fact.answer,
                    who: fact.person.label
                )
            case .cellStarted(let fact):
                self.init("attempt \(fact.attempt) started", item: fact.item, who: fact.session)
            case .attemptEnded(let fact):
                let end = fact.end?.phrase ?? "unknown: nobody saw it end"
                self.init("attempt \(fact.attempt) ended", item: fact.item, detail: end)
            case .backgroundReady(let fact):
                self.init(
                    "attempt \(fact.attempt) ready",
                    item: fact.item,
                    detail: "it goes on in the background"
                )
            case .backgroundEnded(let fact):
                let detail = fact.end?.phrase ?? "stopped with the run"
                self.init("attempt \(fact.attempt) ended", item: fact.item, detail: detail)
            case .artifactStored(let fact):
                self.init("file kept", item: fact.item, detail: fact.path)
            case .cellEnded(let fact):
                let state = ItemState(fact.outcome)
                if case .answered = state { return nil }
                self.init(state.word, item: fact.item)
            case .failureDecided(let fact):
                self.init(
                    "decided to \(fact.decision.rawValue)",
                    item: fact.item,
                    detail: fact.reason,
                    who: fact.person.label
                )
            case .rollbackStarted(let fact):
                let left = fact.remaining.map(\.name).joined(separator: ", ")
                self.init(
                    "rollback started",
                    detail: left.isEmpty ? nil : "to undo by hand: \(left)",
                    who: fact.person?.label ?? "casebook"
                )
            case .outputChecked(let fact):
                guard !fact.problems.isEmpty else { return nil }
                self.init("not as expected", item: fact.item, detail: fact.problems.joined(separator: "; "))
            case .retryPlanned(let fact):
                let delay = Duration.milliseconds(fact.delayMilliseconds)
                self.init(
                    "attempt \(fact.attempt) planned",
                    item: fact.item,
                    detail: delay > .zero ? "after \(delay.words)" : nil
                )
            case .valueLost(let fact):
                self.init("a secret value is gone", detail: "`\(fact.name)`, which is in no record")
            case .passedOver(let fact):
                self.init("not reached", item: fact.item, detail: "`\(fact.condition)` does not hold")
            case .sessionRestored(let fact):
                let lost = fact.lost.isEmpty ? nil : "lost: \(fact.lost.joined(separator: ", "))"
                self.init("session restored", detail: lost, who: fact.session)
            case .documentMerged(let fact): self.init("document merged", detail: fact.path)
            case .documentFailed(let fact): self.init("document not written", detail: fact.reason)
            case .noteTaken(let fact): self.init("note", detail: fact.text, who: fact.person.label)
            case .paused(let fact): self.init("paused", detail: fact.reason)
            case .resumed(let fact):
                self.init("resumed, \(fact.mode.rawValue)", detail: "on \(fact.host)", who: fact.person.label)
            case .superseded(let fact): self.init("superseded", detail: fact.by.text)
            case .runEnded(let fact): self.init("run ended", detail: fact.outcome.rawValue)
            case .outputStored, .valueGiven, .documentSaved: return nil
            }
        }
    }
}
