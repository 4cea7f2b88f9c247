import CasebookDocument
import CasebookRun
import CasebookSessions
import CasebookTestSupport
import Glibc
import Synchronization
import Testing

/// Keeps everything a cell printed.
final class Output: OutputReceiver {
    private let bytes = Mutex<[UInt8]>([])

    func receive(_ part: UnsafeRawBufferPointer) { bytes.withLock { $0.append(contentsOf: part) } }

    var all: [UInt8] { bytes.withLock { $0 } }
    var text: String { String(decoding: all, as: UTF8.self) }
}

/// What one cell did.
struct Seen: Equatable {
    var end: CellEnd
    var text: String
}

/// One session of a real host, told what to do in short.
struct SessionProbe {
    let host: LocalSessionHost
    let interpreter: Interpreter
    static let lines = [3, 43, 107]

    /// Opens a session, and closes it when the body has ended, however it does.
    static func with<Result>(
        _ interpreter: Interpreter,
        environment: [String: String] = [:],
        directory: String = "/",
        savedState: SavedState? = nil,
        _ body: (SessionProbe) async throws -> Result
    ) async throws -> Result {
        await Turnstile.sessions.enter()
        do {
            let result = try await open(interpreter, environment, directory, savedState, body)
            await Turnstile.sessions.leave()
            return result
        } catch {
            await Turnstile.sessions.leave()
            throw error
        }
    }

    private static func open<Result>(
        _ interpreter: Interpreter,
        _ environment: [String: String],
        _ directory: String,
        _ savedState: SavedState?,
        _ body: (SessionProbe) async throws -> Result
    ) async throws -> Result {
        let run = "test\(UInt64.random(in: 0 ... .max))"
        let host = try LocalSessionHost(runID: run, temporaryDirectory: nil)
        let probe = SessionProbe(host: host, interpreter: interpreter)
        _ = try await probe.open(environment: environment, directory: directory, savedState: savedState)
        do {
            let result = try await body(probe)
            _ = await host.close()
            let left = try MarkedProcesses(run: run).identifiers
            #expect(left.isEmpty, "processes are left")
            return result
        } catch {
            _ = await host.close()
            throw error
        }
    }

    func open(
        name: String = "main",
        environment: [String: String] = [:],
        directory: String = "/",
        savedState: SavedState? = nil
    ) async throws -> [String] {
        let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        let base = ["PATH": path, "HOME": "/", "LC_ALL": "C.UTF-8"]
        return try await host.open(
            SessionSpecification(
                name: name,
                interpreter: interpreter,
                documentName: "runbooks/restore.md",
                codeLines: SessionProbe.lines,
                directory: directory,
                environment: base.merging(environment) { $1 },
                savedState: savedState
            )
        )
    }

    func report(
        _ code: String,
        line: Int = 3,
        session: String = "main",
        directory: String? = nil,
        timeout: Duration? = .seconds(20),
        secrets: [String] = [],
        variables: [String: String] = [:],
        isCaptured: Bool = false,
        tellsState: Bool = true,
        output: any OutputReceiver
    ) async throws -> CellReport {
        try await host.run(
            CellRequest(
                session: session,
                code: Array(code.utf8),
                codeLine: line,
                directory: directory,
                timeout: timeout,
                secrets: secrets.map { Array($0.utf8) },
                variables: variables,
                isCaptured: isCaptured,
                tellsState: tellsState
            ),
            output: output
        )
    }

    /// Starts a cell without waiting for it.
    func start(
        _ code: String,
        session: String,
        ended: @escaping @Sendable (Result<CellReport, SessionError>) -> Void
    ) {
        let request = CellRequest(
            session: session,
            code: Array(code.utf8),
            codeLine: 3,
            directory: nil,
            timeout: nil,
            secrets: []
        )
        host.start(request, output: Output(), ended: ended)
    }

    func run(
        _ code: String,
        line: Int = 3,
        directory: String? = nil,
        timeout: Duration? = .seconds(20)
    ) async throws -> Seen {
        let output = Output()
        let report = try await report(
            code,
            line: line,
            directory: directory,
            timeout: timeout,
            output: output
        )
        return Seen(end: report.end, text: output.text)
    }
}
