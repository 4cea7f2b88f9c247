import CasebookDocument
import CasebookRun
import Synchronization

// MARK: - Background cells

extension Runner {
    /// Starts a cell that goes on, and waits until it is ready.
    func startInBackground(_ cell: Cell, attempt: Int) async throws(EngineError) {
        let started = try BackgroundCell(cell, attempt: attempt) { ready throws(EngineError) in
            try makePump(cell, ready: ready, on: .standard)
        }
        background[cell.id] = started
        starting.withLock { $0 = started }
        defer { starting.withLock { $0 = nil } }
        var request = request(for: cell, on: nil)
        let limit = request.timeout
        request.timeout = nil
        // Who wants to stop did so before anything was there to hear it.
        if wantsToStop { started.interrupt() }
        let happening = await started.start(request, on: surroundings.host, within: limit, surroundings.clock)
        started.pump.goQuiet()
        if case .ready = happening {
            return try note(.backgroundReady(BackgroundReady(item: cell.id, attempt: attempt)))
        }
        background[cell.id] = nil
        let survivors = await endSession(of: cell)
        var report = outcome(await started.ended(), of: cell)
        switch happening {
        case .late: report = report?.ending(.timedOut, survivors)
        case .interrupted: report = report?.ending(.stopped, survivors)
        case .ended, .ready: break
        }
        try finished(cell, attempt: attempt, report, started.pump.finish())
    }

    /// Notes what has ended by itself since the step before.
    func noteEndsInBackground() async throws(EngineError) {
        for started in background.values.sorted(by: { $0.cell.codeLine < $1.cell.codeLine }) {
            guard let result = started.end else { continue }
            background[started.cell.id] = nil
            let survivors = await endSession(of: started.cell)
            let report = outcome(result, of: started.cell)
            let lost = CellEnd.sessionLost(reason: "nobody saw how it ended")
            try noteEnd(
                of: started,
                report?.end ?? lost,
                report?.notes ?? [],
                survivors + (report?.survivors ?? [])
            )
        }
    }

    /// Stops all that goes on; what had ended by itself is noted as that.
    ///
    /// - Returns: true when there was something.
    @discardableResult
    func stopBackground() async throws(EngineError) -> Bool {
        guard !background.isEmpty else { return false }
        try await noteEndsInBackground()
        for id in background.keys.sorted(by: { $0.name < $1.name }) { try await stopInBackground(id) }
        return true
    }

    /// Stops one that goes on; nothing when it does not.
    func stopInBackground(_ id: ItemID) async throws(EngineError) {
        guard let started = background.removeValue(forKey: id) else { return }
        started.pump.seal()
        let survivors = await endSession(of: started.cell)
        _ = await started.ended()
        try noteEnd(of: started, nil, [], survivors)
    }

    private func noteEnd(
        of started: BackgroundCell,
        _ end: CellEnd?,
        _ notes: [String],
        _ survivors: [String]
    ) throws(EngineError) {
        let output = started.pump.finish()
        warn(about: started.cell, output, survivors)
        let stored = OutputStored(item: started.cell.id, attempt: started.attempt, output: output.stored)
        try note(.outputStored(stored), text: output.text)
        let ended = BackgroundEnded(
            item: started.cell.id,
            attempt: started.attempt,
            end: end,
            notes: notes.map(mask.masking),
            survivors: survivors
        )
        try note(.backgroundEnded(ended))
    }

    private func endSession(of cell: Cell) async -> [String] {
        sessions.forget(cell.sessionName)
        return await surroundings.host.end(session: cell.sessionName)
    }

    private func outcome(_ result: Result<CellReport, SessionError>, of cell: Cell) -> CellReport? {
        switch result {
        case .success(let report): return report
        case .failure(let error):
            surroundings.observer.warn(.sessionFailed(cell.id, error))
            return nil
        }
    }
}

extension CellReport {
    fileprivate func ending(_ end: CellEnd, _ survivors: [String]) -> CellReport {
        CellReport(end: end, state: nil, notes: [], survivors: survivors)
    }
}
