import CasebookDocument
import CasebookRun
import Synchronization

/// A cell that goes on beside the steps that follow it.
final class BackgroundCell: Sendable {
    /// What happened first.
    enum Happening: Sendable {
        case ready
        /// It ended before it was ready.
        case ended
        /// Its time to become ready is over.
        case late
        /// A person wants it stopped.
        case interrupted
    }

    let cell: Cell
    let attempt: Int
    let pump: OutputPump
    private let happenings: AsyncStream<Happening>
    private let teller: AsyncStream<Happening>.Continuation
    /// Holds nothing, and ends with the cell.
    private let life: AsyncStream<Never>
    private let lifeEnd: AsyncStream<Never>.Continuation
    /// What the host tells about its end; nil while it goes on.
    private let report = Mutex<Result<CellReport, SessionError>?>(nil)

    /// - Parameter makePump: makes the pump around what is looked for.
    init(
        _ cell: Cell,
        attempt: Int,
        makePump: (OutputPump.Ready?) throws(EngineError) -> OutputPump
    ) throws(EngineError) {
        self.cell = cell
        self.attempt = attempt
        let (happenings, teller) = AsyncStream.makeStream(of: Happening.self)
        (self.happenings, self.teller) = (happenings, teller)
        (life, lifeEnd) = AsyncStream.makeStream(of: Never.self)
        pump = try makePump(
            cell.attributes.background?.ready.map { sign in (sign, { teller.yield(.ready) }) }
        )
    }

    /// Starts it, and waits until it is ready or something else has happened.
    ///
    /// - Parameter limit: the time that it has to become ready; nil for no limit.
    func start(
        _ request: CellRequest,
        on host: any SessionHost,
        within limit: Duration?,
        _ clock: any WallClock
    ) async -> Happening {
        host.start(request, output: pump) { [self] result in
            report.withLock { $0 = result }
            teller.yield(.ended)
            lifeEnd.finish()
        }
        if cell.attributes.background?.ready == nil { teller.yield(.ready) }
        return await withTaskGroup(of: Void.self) { group in
            if let limit {
                // In the same line as the rest: what has happened before its time was over counts.
                group.addTask { [teller] in
                    await clock.wait(for: limit)
                    if !Task.isCancelled { teller.yield(.late) }
                }
            }
            defer { group.cancelAll() }
            for await happening in happenings { return happening }
            return .interrupted
        }
    }

    /// Makes `start` return; nothing when it has.
    func interrupt() { teller.yield(.interrupted) }

    /// How it ended; nil while it goes on.
    var end: Result<CellReport, SessionError>? { report.withLock { $0 } }

    /// Waits for its end.
    func ended() async -> Result<CellReport, SessionError> {
        for await _ in life {}
        return end ?? .failure(.supervisorLost())
    }
}
