import CasebookDocument
import CasebookEngine
import CasebookRun
import CasebookStore
import CasebookTerminal

extension RunLauncher {
    /// Goes on with a run where its record says that it stands.
    static func resume(_ command: ResumeRequest) async throws -> ExitStatus {
        let store = try RecordAccess.openExisting(command.store.directory)
        let listing = try RecordAccess.find(command.run, in: store)
        let lock = try takeLock(of: listing, in: store)
        defer { lock.release() }
        let recorded = try RecordedRun(listing.run, in: store)
        return try await EscalationAdvice.naming(recorded.started.escalation) {
            try await resume(command, listing, recorded, in: store)
        }
    }

    private static func resume(
        _ command: ResumeRequest,
        _ listing: RunListing,
        _ recorded: RecordedRun,
        in store: RecordStore
    ) async throws -> ExitStatus {
        if case .ended(let outcome) = recorded.machine.phase {
            throw Problem(
                .usage,
                "run \(listing.run) has ended: \(outcome.rawValue)",
                advice: ["`casebook run \(ShellWord.quoted(listing.path))` starts a new one"]
            )
        }
        let mode = try resumeMode(command, recorded)
        if !command.stops {
            try InterpreterCheck.check(
                recorded.machine.plan,
                outcomes: recorded.machine.outcomes,
                sourceName: recorded.started.path
            )
        }
        try AdvanceAnswers.check(
            command.answers.advanceAnswers,
            against: recorded.machine.plan,
            standing: recorded.machine,
            sourceName: recorded.started.path,
            mode: mode,
            open: recorded.openGate
        )
        let person = Caller.person(claimedName: command.answers.claimedName)
        // Ending a run takes no secret.
        let secrets = command.stops ? [:] : try recorded.askForSecrets(command, mode: mode)
        let mask = SecretMask(secrets.values)
        for item in recorded.itemsToldWithSecrets(mask) {
            OutputStream.standardError.line(
                "warning: the note to `\(item)` holds a secret of this run; the record and its reports show it"
            )
        }
        let opening = try ResumeEvents(command, recorded, by: person, mode: mode, mask: mask).events
        let launcher = RunLauncher(
            run: listing.run,
            setup: recorded.setup(mode: mode, secrets: secrets, answers: command.answers.advanceAnswers),
            journal: try RecordAccess.journal(of: listing.run, in: store),
            mode: mode,
            person: person,
            storeOption: command.store.repeated
        )
        OutputStream.standardOutput.line(
            "\(recorded.started.title)  run \(listing.run), resumed \(mode.rawValue)"
        )
        for item in recorded.machine.lostBackground where !command.stops {
            OutputStream.standardOutput.line(
                "  `\(item)`, which went on in the background, is not there any more"
            )
        }
        return try await launcher.launch(opening: opening)
    }

    static func takeLock(of listing: RunListing, in store: RecordStore) throws -> RunLock {
        try StoreError.inWords { () throws(StoreError) in
            let attempt = try RunExclusion.lock(of: listing.runbook, listing.environment, in: store)
            if case .success(let lock) = attempt { try lock.name(listing.run) }
            return attempt
        }.get()
    }

    private static func resumeMode(_ command: ResumeRequest, _ recorded: RecordedRun) throws -> RunMode {
        // Ending a run asks nobody anything.
        if command.stops { return .unattended }
        return try command.answers.mode(whatWouldRun: recorded.remaining)
    }
}

/// The events with which a resumed run begins.
struct ResumeEvents {
    private(set) var events: [RunEvent.Body]

    /// - Throws: a ``Problem`` when the decision on the command line does not fit where the run stands.
    init(
        _ command: ResumeRequest,
        _ recorded: RecordedRun,
        by person: Person,
        mode: RunMode,
        mask: SecretMask
    ) throws {
        events = [.resumed(Resumed(person: person, host: Caller.host, mode: mode))]
        var machine = recorded.machine
        do throws(RunError) {
            try machine.apply(events[0])
            while let body = Self.leftOver(machine) {
                try machine.apply(body)
                events.append(body)
            }
            if let body = try Self.decision(command, machine, person, mask) { events.append(body) }
        } catch {
            throw error.problem
        }
    }

    /// What the process that died could not write any more.
    private static func leftOver(_ machine: RunMachine) -> RunEvent.Body? {
        switch machine.decide() {
        case .markUnknown(let index):
            let item = machine.plan.items[index].id
            return .attemptEnded(
                AttemptEnded(
                    item: item,
                    attempt: machine.attempts[index],
                    end: nil,
                    notes: [],
                    survivors: [],
                    state: nil
                )
            )
        case .settle(let index, let outcome):
            return .cellEnded(CellEnded(item: machine.plan.items[index].id, outcome: outcome))
        default: return nil
        }
    }

    private static func decision(
        _ command: ResumeRequest,
        _ machine: RunMachine,
        _ person: Person,
        _ mask: SecretMask
    ) throws(RunError) -> RunEvent.Body? {
        guard let decision = command.decision else { return nil }
        switch (decision, machine.phase) {
        case (.rollback, _) where machine.rollback == nil:
            let plan = machine.undoPlan
            guard !plan.undoes.isEmpty else { throw .nothingToUndo(remaining: plan.remaining.map(\.name)) }
            return .rollbackStarted(RollbackStarted(plan, by: person))
        // A rollback that was cut off or paused goes on.
        case (.rollback, .running), (.rollback, .waitingToRetry), (.rollback, .attemptOver): return nil
        case (_, .waitingAtFailure(let index)):
            let (word, reason) = decision.asDecided
            return .failureDecided(
                FailureDecided(
                    item: machine.plan.items[index].id,
                    decision: word,
                    reason: reason.map(mask.masking),
                    person: person
                )
            )
        case (.skip, .waitingAtGate(let index)), (.stop, .waitingAtGate(let index)):
            let (word, reason) = decision.asDecided
            let answered = GateAnswered(
                item: machine.plan.items[index].id,
                answer: word.rawValue,
                note: reason.map(mask.masking),
                person: person,
                isInAdvance: false
            )
            var copy = machine
            try copy.apply(.gateAnswered(answered))
            return .gateAnswered(answered)
        case (.stop, .running), (.stop, .waitingToRetry), (.stop, .attemptOver):
            return .runEnded(RunEnded(outcome: machine.rollback == nil ? .stopped : .rollbackIncomplete))
        default:
            throw .decisionTooEarly(decision.option, while: machine.phase.description)
        }
    }
}

extension ResumeRequest.Decision {
    /// The decision as the record has it, and why.
    fileprivate var asDecided: (word: FailureDecided.Decision, reason: String?) {
        switch self {
        case .retry: (.retry, nil)
        case .skip(let reason): (.skip, reason)
        case .ignore(let reason): (.ignore, reason)
        case .done: (.done, nil)
        case .rollback: (.rollback, nil)
        case .stop: (.stop, nil)
        }
    }
}
