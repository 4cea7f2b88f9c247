import CasebookDocument
import CasebookRun

/// Works out a summary event by event.
struct RunFold {
    private(set) var summary: RunSummary
    private var indexes: [ItemID: Int]
    private var activity = Activity.none
    private var previous: Timestamp?

    /// What the time until the next event is counted as.
    private enum Activity {
        case none
        case running
        case waiting
    }

    init(summary: RunSummary) {
        self.summary = summary
        indexes = Dictionary(
            summary.steps.enumerated().map { ($0.element.item, $0.offset) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    mutating func take(_ event: RunEvent) {
        // A process died here: nobody knows how long the cell ran, and the time until now is not its own.
        if activity == .running, event.body.tellsOfDeath { activity = .none }
        count(event.time)
        summary.eventCount += 1
        summary.lastTime = max(summary.lastTime, event.time)
        switch event.body {
        case .gateOpened(let fact): open(fact, event.time)
        case .gateAnswered(let fact): answer(fact, event.time)
        case .cellStarted(let fact): start(fact, event.time)
        case .outputStored(let fact): changeAttempt(fact.item, fact.attempt) { $0.output = fact.output }
        case .attemptEnded(let fact): endAttempt(fact, event.time)
        case .backgroundReady(let fact):
            activity = .none
            changeAttempt(fact.item, fact.attempt) { $0.ready = event.time }
        case .backgroundEnded(let fact):
            changeAttempt(fact.item, fact.attempt) { attempt in
                attempt.ended = event.time
                attempt.end = fact.end
                attempt.notes = fact.notes
                attempt.survivors = fact.survivors
            }
        case .artifactStored(let fact):
            changeAttempt(fact.item, fact.attempt) { $0.artifacts.append(fact) }
        case .outputChecked(let fact):
            changeAttempt(fact.item, fact.attempt) { attempt in
                attempt.problems = fact.problems
                attempt.difference = fact.difference
            }
        case .retryPlanned: activity = .waiting
        case .passedOver(let fact): change(fact.item) { $0.state = .doesNotApply }
        case .cellEnded(let fact): end(fact, event.time)
        case .failureDecided(let fact): decide(fact, event.time)
        case .rollbackStarted:
            activity = .none
            summary.standing = .notEnded
        case .paused(let fact): pause(fact)
        case .resumed: resume()
        case .runEnded(let fact): endRun(fact, event.time)
        case .superseded: endRun(RunEnded(outcome: .superseded), event.time)
        case .runStarted, .valueGiven, .valueLost, .sessionRestored, .documentSaved, .documentMerged,
            .documentFailed,
            .noteTaken:
            break
        }
    }

    /// A clock that went back counts as no time.
    private mutating func count(_ time: Timestamp) {
        let passed = max(.zero, time.since(previous ?? time))
        switch activity {
        case .running: summary.running += passed
        case .waiting: summary.waiting += passed
        case .none: break
        }
        previous = time
    }

    // MARK: - Gates

    private mutating func open(_ fact: GateOpened, _ time: Timestamp) {
        activity = .waiting
        change(fact.item) {
            $0.question = fact.text
            $0.asked = time
            $0.state = .open
        }
    }

    private mutating func answer(_ fact: GateAnswered, _ time: Timestamp) {
        activity = .none
        noteAction(time)
        change(fact.item) { step in
            let asked = step.state == .open ? step.asked : nil
            step.answers.append(
                .init(
                    word: fact.answer,
                    note: fact.note,
                    person: fact.person,
                    time: time,
                    isInAdvance: fact.isInAdvance,
                    waited: asked.map { max(.zero, time.since($0)) }
                )
            )
            switch fact.answer {
            case GateAnswer.skip.word: step.state = .skipped(reason: fact.note ?? "")
            case GateAnswer.stop.word: step.state = .stopped
            default: step.state = .answered(word: fact.answer)
            }
        }
        if fact.answer == GateAnswer.done.word { noteMitigation(by: fact.item, time) }
        if fact.answer != GateAnswer.stop.word {
            passOver(allThatNeedAnotherAnswerThan: fact.answer, fact.item)
        }
    }

    /// Says of the items of a choice that they do not apply, and of all that hang on them.
    private mutating func passOver(allThatNeedAnotherAnswerThan answer: String?, _ gate: ItemID) {
        for index in summary.steps.indices where summary.steps[index].state == .notReached {
            guard let condition = summary.steps[index].source?.place.condition, condition.gate == gate,
                condition.answer != answer
            else { continue }
            summary.steps[index].state = .doesNotApply
            passOver(allThatNeedAnotherAnswerThan: nil, summary.steps[index].item)
        }
    }

    // MARK: - Cells

    private mutating func start(_ fact: CellStarted, _ time: Timestamp) {
        activity = .running
        noteAction(time)
        summary.standing = .notEnded
        change(fact.item) { step in
            step.state = .started
            step.attempts.append(.init(number: fact.attempt, session: fact.session, started: time))
        }
    }

    private mutating func endAttempt(_ fact: AttemptEnded, _ time: Timestamp) {
        activity = .none
        changeAttempt(fact.item, fact.attempt) { attempt in
            // Nobody saw an unknown attempt end: the time of the event is that of its discovery.
            attempt.ended = fact.end == nil ? nil : time
            attempt.end = fact.end
            attempt.notes = fact.notes
            attempt.survivors = fact.survivors
        }
        guard let end = fact.end else {
            change(fact.item) { $0.state = .unknown }
            waitAtFailure(fact.item)
            return
        }
        // Whether a status is a success is said by the next event.
        if end != .exited(status: 0) { change(fact.item) { $0.state = ItemState(failedBy: end) } }
    }

    private mutating func end(_ fact: CellEnded, _ time: Timestamp) {
        activity = .none
        if fact.outcome == .succeeded { noteMitigation(by: fact.item, time) }
        change(fact.item) { $0.state = ItemState(fact.outcome) }
        switch fact.outcome {
        case .failed, .unknown: waitAtFailure(fact.item)
        default: if case .waitingAtFailure = summary.standing { summary.standing = .notEnded }
        }
    }

    private mutating func decide(_ fact: FailureDecided, _ time: Timestamp) {
        activity = .none
        summary.standing = .notEnded
        change(fact.item) { step in
            step.decisions.append(
                .init(decision: fact.decision, reason: fact.reason, person: fact.person, time: time)
            )
            switch fact.decision {
            case .skip: step.state = .skipped(reason: fact.reason ?? "")
            case .ignore: step.state = .ignored(reason: fact.reason ?? "")
            case .done: step.state = .answered(word: GateAnswer.done.word)
            case .retry, .rollback, .stop: break
            }
        }
    }

    // MARK: - The run

    private mutating func waitAtFailure(_ item: ItemID) {
        activity = .waiting
        summary.standing = .waitingAtFailure(item)
    }

    private mutating func pause(_ fact: Paused) {
        activity = .waiting
        if case .waitingAtFailure = summary.standing { return }
        summary.standing = .paused(reason: fact.reason)
    }

    private mutating func resume() {
        if case .paused = summary.standing { summary.standing = .notEnded }
        let waits = summary.steps.contains { $0.state == .open }
        if case .waitingAtFailure = summary.standing { return }
        activity = waits ? .waiting : .none
    }

    private mutating func endRun(_ fact: RunEnded, _ time: Timestamp) {
        activity = .none
        summary.standing = .ended(fact.outcome)
        summary.ended = time
    }

    private mutating func noteMitigation(by item: ItemID, _ time: Timestamp) {
        guard summary.mitigated == nil, let index = indexes[item],
            case .cell(let cell)? = summary.steps[index].source, cell.attributes.mitigates
        else { return }
        summary.mitigated = time
    }

    private mutating func noteAction(_ time: Timestamp) {
        if summary.firstAction == nil { summary.firstAction = time }
    }

    // MARK: - Access

    private mutating func change(_ item: ItemID, _ body: (inout StepRow) -> Void) {
        let index =
            indexes[item]
            ?? {
                summary.steps.append(StepRow(item: item, source: nil))
                return summary.steps.count - 1
            }()
        indexes[item] = index
        body(&summary.steps[index])
    }

    private mutating func changeAttempt(
        _ item: ItemID,
        _ number: Int,
        _ body: (inout StepRow.Attempt) -> Void
    ) {
        change(item) { step in
            guard let index = step.attempts.lastIndex(where: { $0.number == number }) else { return }
            body(&step.attempts[index])
        }
    }
}

extension RunEvent.Body {
    fileprivate var tellsOfDeath: Bool {
        switch self {
        case .resumed: true
        case .attemptEnded(let fact): fact.end == nil
        default: false
        }
    }
}
