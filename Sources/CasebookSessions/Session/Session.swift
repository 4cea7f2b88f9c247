import CTerminal
import CasebookRun
import Glibc
import Synchronization

/// The mailbox of one session's thread.
///
/// The thread takes one job at a time and resumes its continuation: one hop a cell.
final class Session: Sendable {
    /// What the thread is asked to do.
    enum Job: Sendable {
        case open(CheckedContinuation<Result<[String], SessionError>, Never>)
        case run(CellRequest, any OutputReceiver, @Sendable (Result<CellReport, SessionError>) -> Void)
        case close(CheckedContinuation<[String], Never>?)
    }

    private struct Mail {
        var jobs: [Job] = []
        var isRunning = false
        /// The signal with which the running cell is to be stopped.
        var interruption: Int32?
        var isClosed = false
    }

    let specification: SessionSpecification
    let runID: String
    let temporaryDirectory: String?
    /// Wakes the thread's poll; written by `post` and `interrupt`.
    let wake: Int32
    private let mail = Mutex(Mail())

    init(
        _ specification: SessionSpecification,
        runID: String,
        temporaryDirectory: String?
    ) throws(SessionError) {
        self.specification = specification
        self.runID = runID
        self.temporaryDirectory = temporaryDirectory
        wake = casebook_make_event()
        guard wake >= 0 else { throw .system(operation: "eventfd", errno: errno) }
        // The thread keeps the session alive and gives it back when it ends.
        let kept = Unmanaged.passRetained(self)
        let failure = casebook_start_thread(
            { argument in
                guard let argument else { return }
                let session = Unmanaged<Session>.fromOpaque(argument).takeRetainedValue()
                SessionThread(session).work()
            },
            kept.toOpaque()
        )
        guard failure == 0 else {
            kept.release()
            throw .system(operation: "start a thread", errno: failure)
        }
    }

    deinit { Glibc.close(wake) }

    func open() async throws(SessionError) -> [String] {
        let result = await withCheckedContinuation { post(.open($0)) }
        return try result.get()
    }

    func start(
        _ request: CellRequest,
        output: any OutputReceiver,
        ended: @escaping @Sendable (Result<CellReport, SessionError>) -> Void
    ) {
        post(.run(request, output, ended))
    }

    func close() async -> [String] {
        await withCheckedContinuation { post(.close($0)) }
    }

    /// Ends the session without waiting for it.
    func abandon() { post(.close(nil)) }

    /// Stops the cell that is running; nothing when none is.
    ///
    /// - Parameter signal: what it hears first.
    func interrupt(with signal: Int32) {
        let isNeeded = mail.withLock { mail in
            mail.interruption = mail.isRunning ? signal : nil
            return mail.isRunning
        }
        if isNeeded { ring() }
    }

    private func post(_ job: Job) {
        let isTaken = mail.withLock { mail in
            guard !mail.isClosed else { return false }
            // From here on an interrupt is meant for this cell, although its thread may not have begun.
            if case .run = job { mail.isRunning = true }
            if case .close = job { mail.isClosed = true }
            mail.jobs.append(job)
            return true
        }
        guard isTaken else {
            Session.refuse(job)
            return
        }
        ring()
    }

    private func ring() {
        var one: UInt64 = 1
        _ = write(wake, &one, 8)
    }

    private static func refuse(_ job: Job) {
        switch job {
        case .open(let continuation): continuation.resume(returning: .failure(.supervisorLost()))
        case .run(_, _, let ended): ended(.failure(.supervisorLost()))
        case .close(let continuation): continuation?.resume(returning: [])
        }
    }

    // MARK: - The thread's side

    func nextJob() -> Job? {
        hush()
        return mail.withLock { $0.jobs.isEmpty ? nil : $0.jobs.removeFirst() }
    }

    /// Makes `wake` silent until it is rung again.
    func hush() {
        var count: UInt64 = 0
        _ = read(wake, &count, 8)
    }

    /// The signal of an interrupt, once for each; nil when there was none.
    ///
    /// It may have come before the thread took the cell, and is then not told by `wake`.
    func takeInterrupt() -> Int32? {
        mail.withLock { mail in
            defer { mail.interruption = nil }
            return mail.interruption
        }
    }

    func cellHasEnded() {
        mail.withLock { mail in
            mail.isRunning = false
            mail.interruption = nil
        }
    }
}
