import CasebookDocument
import CasebookEngine
import CasebookRun
import CasebookSessions
import CasebookStore
import CasebookTerminal

/// Connects a run with its record, its sessions and its person, and carries it out.
struct RunLauncher {
    let run: RunID
    let setup: RunSetup
    let journal: RunJournal
    let mode: RunMode
    let person: Person
    /// How people are told to name this record in further commands; empty for the usual one.
    let storeOption: String

    /// Carries out the run and says how it stands.
    func launch(opening events: [RunEvent.Body]) async throws -> ExitStatus {
        let out = OutputStream.standardOutput
        let style = TextStyle(isEnabled: out.isTerminal && Caller.wantsColour)
        let reader = LineReader(descriptor: 0)
        let host = try openHost()
        let surroundings = Surroundings(
            journal: journal,
            host: host,
            approver: mode == .interactive
                ? TerminalApprover(runbook: setup.runbook, reader: reader, style: style, out: out) : nil,
            observer: EventLogger.around(
                RunScreen(
                    runbook: setup.runbook,
                    style: style,
                    out: out,
                    problems: .standardError,
                    keyboard: mode == .interactive ? 0 : nil
                ),
                run: run
            ),
            clock: SystemClock(),
            person: person,
            artifacts: LocalArtifactFiles(),
            fileSentence: DocumentFileSentence.of,
            spellSecret: SecretSpellings.of
        )
        let runner = Runner(setup, surroundings)
        Signals.watch { signal in
            // A lost terminal lets the running cell end; whoever waits at a question pauses.
            if signal == Signals.terminalLost { runner.pause() } else { runner.stop() }
            // Ctrl-C in a cell is followed by the question what to do; after the others nobody answers.
            if signal == Signals.interrupted { reader.cancelWait() } else { reader.cancel() }
        }
        do throws(EngineError) {
            let stop = try await runner.run(opening: events)
            RunEnding(self, await runner.standing, style: style).show(
                stop,
                unusedAnswers: await runner.unusedAnswers
            )
            return ExitStatus(stop)
        } catch {
            throw await problem(error, runner)
        }
    }

    private func openHost() throws -> LocalSessionHost {
        do throws(SessionError) {
            return try LocalSessionHost(runID: run.text, temporaryDirectory: nil)
        } catch {
            throw Problem(.toolFailed, SessionSentence.of(error))
        }
    }

    /// What is said when Casebook itself failed: also what was done and what was not, for whoever goes on by hand.
    private func problem(_ error: EngineError, _ runner: Runner) async -> Problem {
        let outcomes = await runner.outcomes
        var advice: [String] = []
        for (item, outcome) in zip(setup.machine.plan.items, outcomes) where outcome != .notPlanned {
            advice.append("\(outcome.map(Wording.outcome) ?? "not reached"): \(item.id)")
        }
        advice.append("go on with `casebook resume \(run)\(storeOption)` when it is mended")
        return error.problem.advisingAll(advice)
    }
}

// MARK: - Starting

extension RunLauncher {
    /// Starts a new run.
    static func start(_ preparation: RunPreparation) async throws -> ExitStatus {
        let command = preparation.command
        try InterpreterCheck.check(
            preparation.plan,
            outcomes: RunMachine(preparation.plan).outcomes,
            sourceName: command.file
        )
        try ToolCheck.check(preparation.runbook.metadata.tools, mode: preparation.mode)
        let store = try RecordAccess.open(command.store.directory, .writing)
        let clock = SystemClock()
        let run = RunID(time: clock.now(), chance: UInt64.random(in: .min ... .max))
        let lock = try RunExclusion.take(
            run,
            of: preparation.identity,
            environment: command.environment,
            in: store,
            command.store
        )
        defer { lock.release() }
        let target = try RunTarget.choose(preparation)
        try RunExclusion.supersede(
            by: run,
            of: preparation.identity,
            environment: command.environment,
            in: store,
            command.store
        )
        let journal = try RecordAccess.journal(of: run, in: store)
        let person = Caller.person(claimedName: command.answers.claimedName)
        let launcher = RunLauncher(
            run: run,
            setup: preparation.setup(writingTo: target),
            journal: journal,
            mode: preparation.mode,
            person: person,
            storeOption: command.store.repeated
        )
        let started = preparation.started(run, by: person, target: target)
        let metadata = preparation.runbook.metadata
        RunHeader.show(
            started,
            limits: RunLimits(metadata, mode: preparation.mode),
            interpreters: metadata.interpreters
        )
        return try await launcher.launch(opening: [.runStarted(started)])
    }
}

extension RunPreparation {
    fileprivate func setup(writingTo target: RunTarget?) -> RunSetup {
        RunSetup(
            runbook: runbook,
            directory: directory,
            variables: variables,
            secrets: parameters.secrets,
            limits: RunLimits(runbook.metadata, mode: mode),
            advanceAnswers: command.answers.advanceAnswers,
            document: target.map { ($0.file, $0.found) },
            machine: RunMachine(plan),
            blocks: DocumentBlocks(picturesIn: target?.file.picturesFolder ?? "")
        )
    }

    fileprivate func started(_ run: RunID, by person: Person, target: RunTarget?) -> RunStarted {
        RunStarted(
            run: run,
            runbook: identity,
            title: runbook.title,
            path: command.file,
            directory: directory,
            snapshot: runbook.source.bytes,
            digest: Digest.sha256(runbook.source.bytes).hexadecimal,
            gitCommit: git.commit,
            gitDirty: git.isDirty,
            host: Caller.host,
            person: person,
            toolVersion: Version.text,
            mode: mode,
            environment: command.environment,
            parameters: parameters.values,
            target: target.map { Path.absolute($0.file.path) },
            escalation: runbook.metadata.escalation,
            unset: unset,
            filled: filled
        )
    }
}
