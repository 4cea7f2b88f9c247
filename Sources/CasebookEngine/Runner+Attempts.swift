import CasebookDocument
import CasebookRun
import Synchronization

// MARK: - Attempts

extension Runner {
    func runCell(_ index: Int, attempt: Int) async throws(EngineError) {
        guard let cell = machine.plan.items[index].cell else {
            throw .run(.unknownItem(machine.plan.items[index].id.name))
        }
        let savedState = machine.savedStates[cell.sharedSessionName]
        // A background cell begins with the state of its session: that is no restoring, unless something is missing.
        if let lost = try await sessions.openSession(for: cell, from: savedState),
            cell.attributes.background == nil || !lost.isEmpty
        {
            try note(.sessionRestored(SessionRestored(session: cell.sessionName, lost: lost)))
        }
        // An interpreter may take a while to start: nothing begins for one who wants to stop by now.
        guard !wantsToStop else { return }
        let started = CellStarted(
            item: cell.id,
            attempt: attempt,
            session: cell.sessionName,
            checks: machine.subject(ofCheck: index)
        )
        try note(.cellStarted(started))
        try flush()
        guard cell.attributes.background == nil else {
            return try await startInBackground(cell, attempt: attempt)
        }
        let terminal = cell.attributes.usesTerminal ? surroundings.observer.lendTerminal(to: cell) : nil
        defer { if terminal != nil { surroundings.observer.takeTerminalBack() } }
        let screen = terminal.map { Screen(rows: $0.rows, columns: $0.columns) } ?? .standard
        let pump = try makePump(cell, ready: nil, on: screen)
        let report = await report(on: cell, terminal, pump)
        try finished(cell, attempt: attempt, report, pump.finish())
    }

    func makePump(_ cell: Cell, ready: OutputPump.Ready?, on screen: Screen) throws(EngineError) -> OutputPump
    {
        OutputPump(
            cell: cell,
            hiding: reasonToHide(cell),
            mask: mask,
            spool: try makeSpool(),
            live: surroundings.observer.liveOutput(of: cell),
            ready: ready,
            on: screen
        )
    }

    /// Why nobody may see what a cell prints; nil when all may.
    func reasonToHide(_ cell: Cell) -> String? {
        if cell.attributes.isSecret { return "the cell is secret" }
        let code = String(decoding: cell.code, as: UTF8.self)
        return shortSecrets.first { code.contains($0) }
            .map { "the cell uses `\($0)`, whose value is too short to be masked" }
    }

    /// Runs the cell; nil when the host failed under it and nobody knows how far the cell came.
    private func report(
        on cell: Cell,
        _ terminal: CellTerminal?,
        _ pump: OutputPump
    ) async -> CellReport? {
        let request = request(for: cell, on: terminal)
        let result = await withCheckedContinuation { continuation in
            surroundings.host.start(request, output: pump) { continuation.resume(returning: $0) }
            // Who wants to stop may have said so before there was anything to stop.
            if wantsToStop { surroundings.host.interrupt() }
        }
        switch result {
        case .success(let report): return report
        case .failure(let error):
            // The next cell starts it anew, from the state that is saved.
            sessions.forget(cell.sessionName)
            surroundings.observer.warn(.sessionFailed(cell.id, error))
            return nil
        }
    }

    func request(for cell: Cell, on terminal: CellTerminal?) -> CellRequest {
        CellRequest(
            session: cell.sessionName,
            code: cell.code,
            codeLine: cell.codeLine,
            directory: cell.attributes.directory,
            // What a step left half done is undone even when the run's time is over.
            timeout: limits.timeout(
                of: cell,
                startedAt: machine.rollback == nil ? startedAt : nil,
                now: surroundings.clock.now()
            ),
            secrets: secrets,
            mask: mask,
            variables: variables(for: cell),
            isCaptured: cell.attributes.capture != nil,
            terminal: terminal,
            tellsState: reasonToHide(cell) == nil
        )
    }

    /// What earlier cells gave and the cell's session does not have yet.
    ///
    /// The value of a secret is in no record: in another process it is gone, and the variable is not set.
    private func variables(for cell: Cell) -> [String: String] {
        machine.values.missing(in: cell.sharedSessionName, isNamed: cell.attributes.session != nil).reduce(
            into: [:]
        ) { variables, missing in
            variables[missing.key] = missing.value ?? secretValues[missing.key]
        }
    }

    /// Reads the values that a cell whose status is a success gives; later cells get them when it has succeeded.
    ///
    /// - Returns: what could not be taken, a phrase each.
    private func readValues(of cell: Cell, attempt: Int, _ report: CellReport) -> [String] {
        pendingValues[cell.id] = nil
        guard case .exited(let status) = report.end, cell.attributes.successStatuses.contains(status) else {
            return []
        }
        let given = CellValues(report.values)
        let captured = cell.attributes.capture.map { CellValues(captured: report.captured, as: $0) }
        let isHidden = reasonToHide(cell) != nil
        let values = given.values + (captured?.values ?? [])
        pendingValues[cell.id] = values.map { value in
            let isSecret = isHidden || mask.masking(value.value) != value.value
            if isSecret { learn(value) }
            let fact = ValueGiven(
                item: cell.id,
                attempt: attempt,
                name: value.name,
                value: isSecret ? nil : value.value
            )
            return fact
        }
        return given.problems + (captured?.problems ?? [])
    }

    /// Gives what a session exports to those of other languages.
    ///
    /// A session that its author named is kept apart from the others: two may hold the same variable on purpose.
    private func giveExported(by cell: Cell, attempt: Int, _ exported: [String: String]) throws(EngineError) {
        guard cell.attributes.session == nil, cell.attributes.background == nil else { return }
        for (name, value) in exported.sorted(by: { $0.key < $1.key })
        where machine.values.isNews(name, value, secret: secretValues[name]) {
            let isHidden = reasonToHide(cell) != nil
            if isHidden { learn(CellValues.Value(name: name, value: value)) }
            let isSecret = isHidden || mask.masking(value) != value
            if isSecret { secretValues[name] = value }
            let given = ValueGiven(
                item: cell.id,
                attempt: attempt,
                name: name,
                value: isSecret ? nil : value,
                isExported: true
            )
            try note(.valueGiven(given))
        }
    }

    /// Masks a secret value from now on; what uses one that is too short is hidden.
    private func learn(_ value: CellValues.Value) {
        secretValues[value.name] = value.value
        let bytes = Array(value.value.utf8)
        secrets.append(bytes)
        if SecretMask.isTooShort(bytes) { shortSecrets.append(value.name) }
        renewMask()
    }

    /// Masks all secrets that are known by now, also in what goes on in the background.
    private func renewMask() {
        mask = SecretMask(secrets: secrets, spelledBy: surroundings.spellSecret)
        for started in background.values { started.pump.learn(mask) }
    }

    /// Gives the values of a cell that has succeeded to later ones.
    func giveValues(of cell: ItemID) throws(EngineError) {
        for given in pendingValues.removeValue(forKey: cell) ?? [] { try note(.valueGiven(given)) }
    }

    func warn(about cell: Cell, _ output: FinishedOutput, _ survivors: [String]) {
        if case .lost(let reason) = output.stored.place, !cell.attributes.isSecret {
            surroundings.observer.warn(.outputLost(cell.id, reason: reason))
        }
        if !survivors.isEmpty { surroundings.observer.warn(.stillAlive(cell.id, processes: survivors)) }
    }

    func finished(
        _ cell: Cell,
        attempt: Int,
        _ report: CellReport?,
        _ output: FinishedOutput
    ) throws(EngineError) {
        // One that is too short would mangle whatever is printed.
        let set = (report?.secrets ?? []).filter { !$0.isEmpty && !SecretMask.isTooShort($0) }
        if !output.secrets.isEmpty || !set.isEmpty {
            secrets += output.secrets + set
            renewMask()
        }
        warn(about: cell, output, report?.survivors ?? [])
        lastOutput = (cell.id, output.checked)
        let stored = OutputStored(item: cell.id, attempt: attempt, output: output.stored)
        try note(.outputStored(stored), text: output.text)
        let problems = report.map { readValues(of: cell, attempt: attempt, $0) }
        var notes = report?.notes ?? []
        if cell.attributes.isSecret, output.checked?.isWhole == false {
            notes.append("only the first 64 KiB that it printed are masked from now on")
        }
        if let report { notes += try keepPictures(of: cell, attempt: attempt, report.pictures) }
        if let report, !cell.attributes.artifacts.isEmpty {
            if let place = report.directory {
                notes += try keepArtifacts(of: cell, attempt: attempt, in: place)
            } else {
                notes.append("no file was looked for: nobody knows where the session stood")
            }
        }
        let ended = AttemptEnded(
            item: cell.id,
            attempt: attempt,
            end: report?.end,
            notes: notes.map(mask.masking),
            survivors: report?.survivors ?? [],
            state: report?.state
        )
        try note(.attemptEnded(ended))
        if let report { try giveExported(by: cell, attempt: attempt, report.exported) }
        // Later cells would run without a value that their author takes for given.
        guard let problems, !problems.isEmpty else { return }
        let checked = OutputChecked(
            item: cell.id,
            attempt: attempt,
            problems: problems.map(mask.masking),
            difference: nil
        )
        try note(.outputChecked(checked))
    }

    /// Holds the output of the attempt that has just ended against what is expected of it.
    ///
    /// After a crash between both nobody has the output any more, and nothing is said to be as expected.
    func checkOutput(_ index: Int) throws(EngineError) {
        guard let cell = machine.plan.items[index].cell else { return }
        var checked = OutputChecked(
            item: cell.id,
            attempt: machine.attempts[index],
            problems: ["its output was lost before it could be compared"],
            difference: nil
        )
        if let (item, output) = lastOutput, item == cell.id, let output {
            let verdict = OutputVerdict(
                cell.attributes.expectations,
                lines: output.lines,
                isWhole: output.isWhole
            )
            checked.problems = verdict.problems.map(mask.masking)
            checked.difference = reasonToHide(cell) == nil ? verdict.difference.map(mask.masking) : nil
        }
        lastOutput = nil
        try note(.outputChecked(checked))
    }

    func failed(_ index: Int) async throws(EngineError) -> RunStop? {
        guard let cell = machine.plan.items[index].cell, let outcome = machine.outcomes[index] else {
            throw .run(.unknownItem(machine.plan.items[index].id.name))
        }
        try save()
        let wasStopped = wish.withLock { wish in
            defer { if case .stop = wish { wish = .goOn } }
            return if case .stop = wish { true } else { false }
        }
        guard let approver = surroundings.approver else {
            if !wasStopped, runbook.metadata.onFailure == .rollback, let plan = machine.automaticUndoPlan {
                try note(.rollbackStarted(RollbackStarted(plan, by: nil)))
                return nil
            }
            return wasStopped ? .stoppedByPerson(cell.id) : .waitingAtFailure(cell.id, outcome)
        }
        guard
            let answer = await approver.answer(
                .failure(cell, outcome, allowed: machine.allowedDecisions.map(\.rawValue))
            ),
            let decision = FailureDecided.Decision(rawValue: answer.word)
        else { return .waitingAtFailure(cell.id, outcome) }
        if decision == .rollback {
            try note(.rollbackStarted(RollbackStarted(machine.undoPlan, by: surroundings.person)))
            return nil
        }
        let decided = FailureDecided(
            item: cell.id,
            decision: decision,
            reason: answer.note.map(mask.masking),
            person: surroundings.person
        )
        try note(.failureDecided(decided))
        return nil
    }
}
