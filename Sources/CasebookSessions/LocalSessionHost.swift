package import CasebookRun
import Glibc
import Synchronization

/// Runs cells in live interpreters on this machine.
///
/// Each session has a thread that waits for its interpreter, and a supervisor process that owns everything
/// the interpreter starts: when this process dies, in whatever way, so do they.
package final class LocalSessionHost: SessionHost {
    private let runID: String
    private let temporaryDirectory: String?
    private let sessions = Mutex<[String: Session]>([:])

    /// - Parameters:
    ///   - runID: is `CASEBOOK_RUN` in the environment of every child.
    ///   - temporaryDirectory: where private directories are made; nil for `XDG_RUNTIME_DIR`, `/dev/shm`,
    ///     `TMPDIR` or `/tmp`, the first that can be written.
    package init(runID: String, temporaryDirectory: String?) throws(SessionError) {
        if let temporaryDirectory, access(temporaryDirectory, W_OK | X_OK) != 0 {
            throw .system(operation: "write to \(temporaryDirectory)", errno: errno)
        }
        self.runID = runID
        self.temporaryDirectory = temporaryDirectory
    }

    deinit {
        for session in sessions.withLock({ $0.values.map { $0 } }) { session.abandon() }
    }

    package func open(_ specification: SessionSpecification) async throws(SessionError) -> [String] {
        let session = try Session(
            specification,
            runID: runID,
            temporaryDirectory: temporaryDirectory
        )
        let previous = sessions.withLock { sessions in
            let previous = sessions[specification.name]
            sessions[specification.name] = session
            return previous
        }
        if let previous { _ = await previous.close() }
        return try await session.open()
    }

    package func start(
        _ request: CellRequest,
        output: any OutputReceiver,
        ended: @escaping @Sendable (Result<CellReport, SessionError>) -> Void
    ) {
        guard let session = sessions.withLock({ $0[request.session] }) else {
            return ended(.failure(.unknown(request.session)))
        }
        session.start(request, output: output, ended: ended)
    }

    package func interrupt() {
        for session in sessions.withLock({ $0.values.map { $0 } })
        where !session.specification.isBackground { session.interrupt(with: SIGINT) }
    }

    package func end(session name: String) async -> [String] {
        guard let session = sessions.withLock({ $0.removeValue(forKey: name) }) else { return [] }
        session.interrupt(with: SIGTERM)
        return await session.close()
    }

    package func close() async -> [String] {
        let open = sessions.withLock { sessions in
            defer { sessions = [:] }
            return sessions.values.map { $0 }
        }
        var survivors: [String] = []
        for session in open { survivors += await session.close() }
        return survivors
    }
}

extension SessionError {
    fileprivate static func unknown(_ session: String) -> SessionError {
        .system(operation: "find the session \(session)", errno: ENOENT)
    }
}
