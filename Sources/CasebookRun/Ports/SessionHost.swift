package import CasebookDocument

/// Runs code in live interpreters.
///
/// One live interpreter stands behind each session name, so that variables, functions and the working
/// directory carry over from cell to cell. A cell that fails is a value; an error means that the host
/// could not do its work.
package protocol SessionHost: Sendable {
    /// Starts the interpreter of a session. Called once for each name, before its first cell.
    ///
    /// - Returns: what could not be restored from `specification.savedState`; empty when all came back.
    func open(_ specification: SessionSpecification) async throws(SessionError) -> [String]

    /// Starts a cell and does not wait for it.
    ///
    /// When the interpreter dies, the next cell of that session starts it anew from the state saved after the last
    /// one that ended.
    ///
    /// - Parameter ended: called once, after all output has arrived, from any thread.
    func start(
        _ request: CellRequest,
        output: any OutputReceiver,
        ended: @escaping @Sendable (Result<CellReport, SessionError>) -> Void
    )

    /// Stops the cell that was started and has not ended; its end is then ``CellEnd/stopped``.
    ///
    /// Cells of background sessions go on.
    func interrupt()

    /// Ends one session with all its processes, its running cell too, and waits until they are gone.
    ///
    /// - Returns: what is still alive, as `PID NAME`; empty when nothing is.
    func end(session name: String) async -> [String]

    /// Ends every session with all its processes, and waits until they are gone.
    ///
    /// - Returns: what is still alive, as `PID NAME`; empty when nothing is.
    func close() async -> [String]
}

extension SessionHost {
    /// Runs one cell to its end.
    ///
    /// Output arrives at `output`, all of it before this returns.
    package func run(
        _ request: CellRequest,
        output: any OutputReceiver
    ) async throws(SessionError) -> CellReport {
        let result = await withCheckedContinuation { continuation in
            start(request, output: output) { continuation.resume(returning: $0) }
        }
        return try result.get()
    }
}

/// How a session is started.
package struct SessionSpecification: Sendable {
    package let name: String
    package let interpreter: Interpreter
    /// The name that the interpreter's own messages show with line numbers: the runbook's relative path.
    package let documentName: String
    /// The lines of the document on which the cells of this session start.
    package let codeLines: [Int]
    /// The absolute path that it starts in.
    package let directory: String
    package let environment: [String: String]
    package let savedState: SavedState?
    /// True for the session of a background cell, which an interrupt does not stop.
    package let isBackground: Bool
    /// True when its environment holds what must not be left behind in a file.
    package let hasSecrets: Bool

    package init(
        name: String,
        interpreter: Interpreter,
        documentName: String,
        codeLines: [Int],
        directory: String,
        environment: [String: String],
        savedState: SavedState?,
        isBackground: Bool = false,
        hasSecrets: Bool = false
    ) {
        self.hasSecrets = hasSecrets
        self.isBackground = isBackground
        self.name = name
        self.interpreter = interpreter
        self.documentName = documentName
        self.codeLines = codeLines
        self.directory = directory
        self.environment = environment
        self.savedState = savedState
    }
}

/// One cell to run.
package struct CellRequest: Sendable {
    package let session: String
    package let code: [UInt8]
    /// The line of the document on which the code starts; one of the session's `codeLines`.
    package let codeLine: Int
    /// A directory to change to first, relative to where the session was started; nil to stay.
    package let directory: String?
    /// Time awake after which the cell's process tree is stopped; nil for no limit.
    package var timeout: Duration?
    /// Values that must not stand in the saved state.
    package let secrets: [[UInt8]]
    /// Finds them in every spelling.
    package let mask: SecretMask
    /// What the session's environment is given before the cell.
    package let variables: [String: String]
    /// True when standard output is also wanted by itself.
    package let isCaptured: Bool
    /// The terminal that it runs on; nil for a cell that has none.
    package let terminal: CellTerminal?
    /// False for a secret cell: the state after it is not told, nor ever what it set.
    package let tellsState: Bool

    package init(
        session: String,
        code: [UInt8],
        codeLine: Int,
        directory: String?,
        timeout: Duration?,
        secrets: [[UInt8]],
        mask: SecretMask? = nil,
        variables: [String: String] = [:],
        isCaptured: Bool = false,
        terminal: CellTerminal? = nil,
        tellsState: Bool = true
    ) {
        self.tellsState = tellsState
        self.terminal = terminal
        self.variables = variables
        self.isCaptured = isCaptured
        self.session = session
        self.code = code
        self.codeLine = codeLine
        self.directory = directory
        self.timeout = timeout
        self.secrets = secrets
        self.mask = mask ?? SecretMask(secrets: secrets) { _ in [] }
    }
}

/// What the host tells about a cell that ended.
package struct CellReport: Sendable {
    package let end: CellEnd
    /// The session's state after it; nil when it did not change or could not be read.
    package let state: SavedState?
    /// Facts that belong in the record: `the session was started anew`.
    package let notes: [String]
    /// Processes of the cell that could not be stopped, as `PID NAME`.
    package let survivors: [String]
    /// Standard output alone, when it was asked for; nil when it was too large to be kept.
    package let captured: [UInt8]?
    /// What the cell wrote to the file that `CASEBOOK_OUTPUT` names.
    package let values: [UInt8]
    /// What the cell drew, as PNG.
    package let pictures: [[UInt8]]
    /// The exported variables that are not what they were when the session was started.
    package let exported: [String: String]
    /// The values that a secret cell gave its session's variables.
    package let secrets: [[UInt8]]
    /// The absolute directory in which the session stands now, or stood before it died; nil when that is not known.
    package let directory: String?

    package init(
        end: CellEnd,
        state: SavedState?,
        notes: [String] = [],
        survivors: [String] = [],
        captured: [UInt8]? = nil,
        values: [UInt8] = [],
        pictures: [[UInt8]] = [],
        exported: [String: String] = [:],
        secrets: [[UInt8]] = [],
        directory: String? = nil
    ) {
        self.secrets = secrets
        self.pictures = pictures
        self.exported = exported
        self.directory = directory
        self.captured = captured
        self.values = values
        self.end = end
        self.state = state
        self.notes = notes
        self.survivors = survivors
    }
}

/// Takes a cell's output as it comes, in the order in which a terminal would show it.
///
/// Called from one thread at a time, never after `run` has returned for that cell.
package protocol OutputReceiver: AnyObject, Sendable {
    func receive(_ bytes: UnsafeRawBufferPointer)
}

/// Why a session host could not do its work.
package enum SessionError: Error, Hashable, Sendable {
    /// The interpreter is not installed, or not executable.
    case interpreterNotFound(Interpreter, tried: [String])
    /// The interpreter was started and did not come up.
    case interpreterDidNotStart(Interpreter, reason: String)
    /// A system call failed: the operation and the error number.
    case system(operation: String, errno: Int32)
    /// The process that owns the session has gone; what the session had started was stopped, but for these, as
    /// `PID NAME`.
    case supervisorLost(survivors: [String] = [])
}
