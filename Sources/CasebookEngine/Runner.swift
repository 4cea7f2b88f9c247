import CasebookDocument
package import CasebookRun
import Synchronization

/// Carries out one run: asks the machine what comes next, writes it down, does it.
package actor Runner {
    let runbook: Runbook
    let surroundings: Surroundings
    let sessions: SessionOpener
    nonisolated let wish = Mutex(Wish.goOn)
    var machine: RunMachine
    private var blocks: DocumentBlocks
    private(set) var saver: DocumentSaver?
    /// Why the document could not be saved the last time; the same reason is told and recorded once.
    private var saveFailure: DocumentFileError?
    var mask: SecretMask
    var secrets: [[UInt8]]
    /// The names of secrets whose values are too short to be masked.
    var shortSecrets: [String]
    /// What the cells whose attempt is over will give, when they have succeeded.
    var pendingValues: [ItemID: [ValueGiven]] = [:]
    /// The values that secret cells gave; they are kept nowhere else.
    var secretValues: [String: String] = [:]
    /// Events that happened and are written with the next ones, before anything else is done.
    private var pending: [RunEvent] = []
    /// The cells that are ready and go on, and the one that is being started.
    var background: [ItemID: BackgroundCell] = [:]
    /// The background cell that the run waits for.
    nonisolated let starting = Mutex<BackgroundCell?>(nil)
    /// The output of the last attempt, when something is expected of it.
    var lastOutput: (item: ItemID, output: OutputPump.Checked?)?
    private var advanceAnswers: [String: PersonAnswer]
    /// The gate that was open when this process took the run over: an answer to it is not one in advance.
    private let openAtStart: ItemID?
    let limits: RunLimits
    var startedAt: Timestamp?

    package init(_ setup: RunSetup, _ surroundings: Surroundings) {
        runbook = setup.runbook
        machine = setup.machine
        if case .waitingAtGate(let index) = setup.machine.phase {
            openAtStart = setup.machine.plan.items[index].id
        } else {
            openAtStart = nil
        }
        blocks = setup.blocks
        advanceAnswers = setup.advanceAnswers
        limits = setup.limits
        let values = setup.secrets.mapValues { Array($0.utf8) }
        secrets = Array(values.values)
        shortSecrets = values.filter { SecretMask.isTooShort($0.value) }.keys.sorted()
        mask = SecretMask(secrets: secrets, spelledBy: surroundings.spellSecret)
        sessions = SessionOpener(setup, host: surroundings.host)
        saver = setup.document.map {
            DocumentSaver(runbook: setup.runbook, file: $0.file, found: $0.found)
        }
        self.surroundings = surroundings
    }

    /// What people want of a run while it goes on.
    enum Wish {
        case goOn
        /// Let the running cell end, then pause.
        case pause
        /// Stop the running cell, and start no other.
        case stop
    }
}

// MARK: - From outside

extension Runner {
    /// Stops the cell that runs; between cells, the run pauses.
    ///
    /// Callable at any time.
    package nonisolated func stop() {
        wish.withLock { $0 = .stop }
        surroundings.host.interrupt()
        starting.withLock { $0?.interrupt() }
    }

    /// Lets the running cell end and pauses then.
    ///
    /// Callable at any time.
    package nonisolated func pause() {
        wish.withLock { if case .goOn = $0 { $0 = .pause } }
    }

    /// True when a person wants the running cell stopped, and no other started.
    var wantsToStop: Bool { wish.withLock { if case .stop = $0 { true } else { false } } }

    /// Begins or continues the run with the events that open it, and goes on until it ends or has to wait.
    ///
    /// - Throws: ``EngineError`` when Casebook could not do its own work; what happened before is in the record.
    package func run(opening events: [RunEvent.Body]) async throws(EngineError) -> RunStop {
        startedAt = surroundings.clock.now()
        let result: Result<RunStop, EngineError>
        do throws(EngineError) {
            for event in events { try note(event) }
            for name in machine.values.secretNames { try note(.valueLost(ValueLost(name: name))) }
            let stop = try await drive()
            if try await stopBackground() { try save() }
            result = .success(stop)
        } catch {
            result = .failure(error)
        }
        for process in await surroundings.host.close() {
            surroundings.observer.warn(.stillAlive(nil, processes: [process]))
        }
        return try result.get()
    }

    /// What became of each item so far.
    package var outcomes: [ItemOutcome?] { machine.outcomes }

    /// How the run stands.
    package var standing: RunMachine { machine }

    /// The gates whose answer in advance was not needed so far, sorted by name.
    package var unusedAnswers: [String] { advanceAnswers.keys.sorted() }
}

// MARK: - The loop

extension Runner {
    private func drive() async throws(EngineError) -> RunStop {
        while true {
            // Between two steps: what is said about an attempt stays together.
            if !machine.isSettlingAttempt { try await noteEndsInBackground() }
            guard let action = machine.decide() else { break }
            switch action {
            case .openGate(let index):
                if let stop = try stopBetweenSteps() { return stop }
                try open(index)
            case .awaitAnswer(let index):
                guard try await takeAnswer(at: index) else {
                    return try paused(at: machine.plan.items[index].id)
                }
            case .startCell(let index, let attempt):
                if let stop = try stopBetweenSteps() { return stop }
                try await runCell(index, attempt: attempt)
            case .passOver(let index):
                let item = machine.plan.items[index].item
                try note(.passedOver(PassedOver(item: item.id, condition: item.when?.text ?? "")))
            case .checkOutput(let index):
                try checkOutput(index)
            case .planRetry(let index, _, let delay) where isOver(after: delay):
                let ended = CellEnded(item: machine.plan.items[index].id, outcome: .failed(.timedOut))
                try note(.cellEnded(ended))
            case .planRetry(let index, let attempt, let delay):
                try await stopInBackground(machine.plan.items[index].id)
                let planned = RetryPlanned(
                    item: machine.plan.items[index].id,
                    attempt: attempt,
                    delayMilliseconds: delay.milliseconds
                )
                try note(.retryPlanned(planned))
                try flush()
            case .awaitRetry(let index, let attempt, let delay):
                await wait(delay)
                if let stop = try stopBetweenSteps() { return stop }
                try await runCell(index, attempt: attempt)
            case .settle(let index, let outcome):
                if outcome != .succeeded { try await stopInBackground(machine.plan.items[index].id) }
                if outcome == .succeeded { try giveValues(of: machine.plan.items[index].id) }
                try note(.cellEnded(CellEnded(item: machine.plan.items[index].id, outcome: outcome)))
                try saveWhenDue()
            case .markUnknown(let index):
                let item = machine.plan.items[index].id
                let ended = AttemptEnded(
                    item: item,
                    attempt: machine.attempts[index],
                    end: nil,
                    notes: [],
                    survivors: [],
                    state: nil
                )
                try note(.attemptEnded(ended))
            case .awaitFailureDecision(let index):
                if let stop = try await failed(index) { return stop }
            case .end(let outcome):
                // One that had ended by itself is a failure still.
                if try await stopBackground() { continue }
                try save()
                try note(.runEnded(RunEnded(outcome: outcome)))
                try flush()
            case .rest(let outcome):
                // The run may have been ended by the very event that opened it here.
                try flush()
                return .ended(outcome)
            }
        }
        throw .run(.unexpected(event: "decide", while: machine.phase.description))
    }

    func stopBetweenSteps() throws(EngineError) -> RunStop? {
        switch wish.withLock({ $0 }) {
        case .goOn: return nil
        case .pause:
            try pauseNow("the terminal went away")
            return .paused
        case .stop:
            try pauseNow("stopped by a person between two steps")
            return .stoppedByPerson(nil)
        }
    }

    /// Waits before another attempt, as long as nobody wants to stop.
    private func wait(_ duration: Duration) async {
        var left = duration
        while left > .zero, wish.withLock({ if case .goOn = $0 { true } else { false } }) {
            await surroundings.clock.wait(for: min(left, .milliseconds(200)))
            left -= .milliseconds(200)
        }
    }

    /// True when the time limit of the whole run does not reach behind a wait.
    private func isOver(after wait: Duration) -> Bool {
        guard let run = limits.run, let startedAt, machine.rollback == nil else { return false }
        return surroundings.clock.now().since(startedAt) + wait >= run
    }

    private func pauseNow(_ reason: String) throws(EngineError) {
        try note(.paused(Paused(reason: reason)))
        try save()
    }

    private func paused(at item: ItemID) throws(EngineError) -> RunStop {
        try pauseNow("gate \(item) is open")
        return .pausedAtGate(item)
    }
}

// MARK: - Gates

extension Runner {
    private func open(_ index: Int) throws(EngineError) {
        let item = machine.item(at: index)
        let text =
            switch item.demand {
            case .gate(let demand): demand.text
            case .confirm(let reason): reason
            case .run, .notPlanned: ""
            }
        try note(.gateOpened(GateOpened(item: item.id, text: text)))
        // A wait is stored, and the document says all that happened, before the question is shown.
        try save()
    }

    /// - Returns: false when nobody answered.
    private func takeAnswer(at index: Int) async throws(EngineError) -> Bool {
        let item = machine.item(at: index)
        if let answer = advanceAnswers.removeValue(forKey: item.id.name) {
            try answered(item, answer, isInAdvance: item.id != openAtStart)
            return true
        }
        guard let approver = surroundings.approver else { return false }
        let allowed = machine.allowedAnswers(at: index)
        guard let answer = await approver.answer(question(about: item, allowed: allowed)) else {
            return false
        }
        try answered(item, answer, isInAdvance: false)
        return true
    }

    private func question(about item: PlannedItem, allowed: [String]) -> RunQuestion {
        switch (item.demand, item.cell) {
        case (.run, let cell?): .offer(cell, allowed: allowed)
        case (.confirm(let reason), _): .gate(item, because: reason, allowed: allowed)
        default: .gate(item, because: nil, allowed: allowed)
        }
    }

    private func answered(_ item: PlannedItem, _ answer: PersonAnswer, isInAdvance: Bool) throws(EngineError)
    {
        let answered = GateAnswered(
            item: item.id,
            answer: answer.word,
            note: answer.note.map(mask.masking),
            person: surroundings.person,
            isInAdvance: isInAdvance
        )
        try note(.gateAnswered(answered))
    }
}

// MARK: - Record and document

extension Runner {
    /// Takes an event into the state; it reaches the record with the next flush.
    func note(_ body: RunEvent.Body, text: [UInt8] = []) throws(EngineError) {
        do throws(RunError) { try machine.apply(body) } catch { throw .run(error) }
        blocks.apply(body, plan: machine.plan) { _, _ in text }
        pending.append(RunEvent(time: surroundings.clock.now(), body))
    }

    /// Writes what happened, for good.
    ///
    /// Nothing is done before it returns.
    func flush() throws(EngineError) {
        guard !pending.isEmpty else { return }
        do throws(JournalError) {
            try surroundings.journal.append(pending)
        } catch {
            keepWhatEnded(after: error)
            throw .journal(error)
        }
        let written = pending
        pending.removeAll(keepingCapacity: true)
        for event in written { surroundings.observer.observe(event) }
    }

    /// When there is no room to start another cell, the end of the one before is written from the reserve.
    private func keepWhatEnded(after error: JournalError) {
        guard case .full = error, case .cellStarted? = pending.last?.body, pending.count > 1 else { return }
        // The first error is the one that is reported; nothing else can be done about this one.
        try? surroundings.journal.append(pending.dropLast())
    }

    func makeSpool() throws(EngineError) -> any OutputSpool {
        do throws(JournalError) { return try surroundings.journal.makeSpool() } catch {
            throw .journal(error)
        }
    }

    private func saveWhenDue() throws(EngineError) {
        guard let saver, saver.isDue(at: surroundings.clock.now()) else { return }
        try save()
    }

    func save() throws(EngineError) {
        try flush()
        guard saver != nil, let result = try writeDocument(), let path = saver?.path else { return }
        switch result {
        case .unchanged:
            return
        case .saved:
            saveFailure = nil
            try note(.documentSaved(DocumentSaved(path: path)))
        case .merged(let leftOut):
            saveFailure = nil
            surroundings.observer.warn(.documentEdited(path: path, leftOut: leftOut))
            try note(.documentMerged(DocumentMerged(path: path, leftOut: leftOut)))
        case .failed(let error):
            guard error != saveFailure else { return }
            saveFailure = error
            surroundings.observer.warn(.documentNotSaved(error))
            let reason = surroundings.fileSentence(error)
            try note(.documentFailed(DocumentFailed(path: path, reason: reason)))
        }
        try flush()
    }

    private func writeDocument() throws(EngineError) -> DocumentSaver.Result? {
        do throws(DocumentError) {
            return try saver?.save(blocks.blocks, at: surroundings.clock.now())
        } catch {
            throw .document(error)
        }
    }
}
