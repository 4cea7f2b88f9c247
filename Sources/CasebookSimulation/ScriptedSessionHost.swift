package import CasebookRun
import Synchronization

/// A session host without processes: each cell's end and output come from a script.
package final class ScriptedSessionHost: SessionHost {
    /// What one cell does.
    package struct Reply: Sendable {
        package var output: [UInt8]
        package var end: CellEnd
        package var state: SavedState?
        package var captured: [UInt8]?
        package var values: [UInt8]

        package init(
            output: [UInt8] = [],
            end: CellEnd = .exited(status: 0),
            state: SavedState? = nil,
            captured: [UInt8]? = [],
            values: [UInt8] = []
        ) {
            self.captured = captured
            self.values = values
            self.output = output
            self.end = end
            self.state = state
        }
    }

    private struct State {
        var ran: [String] = []
        var opened: [SessionSpecification] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let script: @Sendable (String, CellRequest) -> Reply

    /// - Parameter script: called with the code of each cell, as text.
    package init(_ script: @escaping @Sendable (String, CellRequest) -> Reply) {
        self.script = script
    }

    /// The code of every cell that was run, in order.
    package var ran: [String] { state.withLock(\.ran) }
    package var opened: [SessionSpecification] { state.withLock(\.opened) }
    package var isClosed: Bool { state.withLock(\.isClosed) }

    package func open(_ specification: SessionSpecification) async throws(SessionError) -> [String] {
        state.withLock { $0.opened.append(specification) }
        return []
    }

    package func run(
        _ request: CellRequest,
        output: any OutputReceiver
    ) async throws(SessionError) -> CellReport {
        let code = String(decoding: request.code, as: UTF8.self)
        state.withLock { $0.ran.append(code) }
        let reply = script(code, request)
        reply.output.withUnsafeBytes { output.receive($0) }
        return CellReport(
            end: reply.end,
            state: reply.state,
            captured: request.isCaptured ? reply.captured : nil,
            values: reply.values
        )
    }

    package func interrupt() {}

    package func close() async -> [String] {
        state.withLock { $0.isClosed = true }
        return []
    }
}
