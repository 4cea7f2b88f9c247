import CasebookDocument
import CasebookRun
import CasebookTerminal
import Logging

/// Passes everything on to the screen, and logs it for whoever looks for a fault.
///
/// Silent unless CASEBOOK_LOG names a level (`debug`, `trace`); then lines go to standard error.
struct EventLogger: RunObserver {
    private let screen: any RunObserver
    private let logger: Logger

    /// - Returns: the screen itself when no log is wanted.
    static func around(_ screen: any RunObserver, run: RunID) -> any RunObserver {
        guard var logger = logger() else { return screen }
        logger[metadataKey: "run"] = "\(run)"
        return EventLogger(screen: screen, logger: logger)
    }

    /// Nil when no log is wanted.
    static func logger() -> Logger? {
        guard let name = Caller.variable("CASEBOOK_LOG"), let level = Logger.Level(rawValue: name) else {
            return nil
        }
        var logger = Logger(label: "casebook", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = level
        return logger
    }

    func observe(_ event: RunEvent) {
        logger.debug(
            "event recorded",
            metadata: ["kind": "\(event.body.kind)", "time": "\(event.time.rfc3339)"]
        )
        screen.observe(event)
    }

    func liveOutput(of cell: Cell) -> (any OutputReceiver)? { screen.liveOutput(of: cell) }

    func lendTerminal(to cell: Cell) -> CellTerminal { screen.lendTerminal(to: cell) }

    func takeTerminalBack() { screen.takeTerminalBack() }

    func warn(_ warning: RunWarning) {
        logger.warning("the person was warned", metadata: ["warning": "\(WarningSentence.of(warning))"])
        screen.warn(warning)
    }
}
