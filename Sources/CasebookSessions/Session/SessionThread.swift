import CasebookRun
import Glibc

/// What the thread of one session does until the session is closed.
final class SessionThread {
    private let session: Session
    private var live: LiveSession?

    init(_ session: Session) { self.session = session }

    func work() {
        while true {
            guard let job = session.nextJob() else {
                live?.idle(wake: session.wake)
                if live == nil { waitForJob() }
                continue
            }
            switch job {
            case .open(let continuation):
                continuation.resume(returning: open())
            case .run(let request, let output, let ended):
                let result = run(request, output)
                session.cellHasEnded()
                ended(result)
            case .close(let continuation):
                let survivors = live?.close() ?? []
                // The supervisor removes the private directory and ends before anyone hears of it.
                live = nil
                continuation?.resume(returning: survivors)
                return
            }
        }
    }

    private func open() -> Result<[String], SessionError> {
        do throws(SessionError) {
            let live = try LiveSession(session)
            let lost = try live.open()
            self.live = live
            return .success(lost)
        } catch {
            return .failure(error)
        }
    }

    private func run(
        _ request: CellRequest,
        _ output: any OutputReceiver
    ) -> Result<CellReport, SessionError> {
        guard let live else { return .failure(.supervisorLost()) }
        do throws(SessionError) {
            return .success(try live.run(request, output))
        } catch {
            guard case .supervisorLost = error else { return .failure(error) }
            let survivors = live.salvage()
            self.live = nil
            return .failure(.supervisorLost(survivors: survivors))
        }
    }

    private func waitForJob() {
        var wait = pollfd(fd: session.wake, events: Int16(POLLIN), revents: 0)
        _ = poll(&wait, 1, -1)
    }
}
