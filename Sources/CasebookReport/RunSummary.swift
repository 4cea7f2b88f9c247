package import CasebookDocument
package import CasebookRun

/// A run at a glance: a fold of its events and of the runbook that it read.
package struct RunSummary: Sendable {
    /// Where the run stands.
    package enum Standing: Hashable, Sendable {
        /// It has not said how it ended: at work, or its process died.
        case notEnded
        case paused(reason: String)
        case waitingAtFailure(ItemID)
        case ended(RunOutcome)
    }

    package private(set) var start: RunStarted
    package private(set) var started: Timestamp
    package internal(set) var lastTime: Timestamp
    package internal(set) var ended: Timestamp?
    package internal(set) var standing = Standing.notEnded
    /// In document order; what the snapshot does not hold comes last.
    package internal(set) var steps: [StepRow]
    /// The time during which a cell ran.
    package internal(set) var running = Duration.zero
    /// The time during which the run waited for people.
    package internal(set) var waiting = Duration.zero
    /// When the first cell was started or the first question answered.
    package internal(set) var firstAction: Timestamp?
    /// When the first step that ends the impact of the incident was done; nil when none was.
    package internal(set) var mitigated: Timestamp?
    package internal(set) var eventCount = 0

    /// - Parameter runbook: as it is read in the snapshot; nil when that cannot be read.
    /// - Returns: nil when the first event is not the start of a run.
    package init?(events: [RunEvent], runbook: Runbook?) {
        guard let first = events.first, case .runStarted(let start) = first.body else { return nil }
        self.start = start
        started = first.time
        lastTime = first.time
        steps = (runbook?.items ?? []).map { StepRow(item: $0.id, source: $0) }
        var fold = RunFold(summary: self)
        for event in events { fold.take(event) }
        self = fold.summary
    }
}

extension RunSummary {
    /// True when a cell was started or a person answered.
    package var didAnything: Bool { firstAction != nil }

    /// The outcome in words.
    ///
    /// A run in which nothing ran and nobody answered is never called succeeded.
    package var outcomeWords: String {
        switch standing {
        case .notEnded: "not ended"
        case .paused: "paused"
        case .waitingAtFailure: "waiting at failure"
        case .ended(.succeeded) where !didAnything, .ended(.succeededWithWarnings) where !didAnything:
            "nothing ran"
        case .ended(let outcome): outcome.rawValue
        }
    }

    /// The time from the start to the end, or to the last event.
    package var duration: Duration { (ended ?? lastTime).since(started) }

    /// How many items stand where; words without any are left out.
    package var counts: [(word: String, count: Int)] {
        ItemState.words.compactMap { word in
            let count = steps.count { $0.state.word == word }
            return count == 0 ? nil : (word, count)
        }
    }
}
