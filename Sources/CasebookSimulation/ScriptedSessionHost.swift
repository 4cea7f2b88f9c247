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
        /// True for a cell that goes on until somebody ends its session.
        package var goesOn: Bool
        package var exported: [String: String]
        package var pictures: [[UInt8]]

        package init(
            output: [UInt8] = [],
            end: CellEnd = .exited(status: 0),
            state: SavedState? = nil,
            captured: [UInt8]? = [],
            values: [UInt8] = [],
            goesOn: Bool = false,
            exported: [String: String] = [:],
            pictures: [[UInt8]] = []
        ) {
            self.pictures = pictures
            self.exported = exported
            self.goesOn = goesOn
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
        var ended: [String] = []
        /// The cells that go on until their session is ended.
        var waiting: [String: @Sendable () -> Void] = [:]
    }

    private let state = Mutex(State())
    private let script: @Sendable (String, CellRequest) -> Reply
    /// Called while a session is opened.
    private let opening: @Sendable () -> Void

    /// - Parameter script: called with the code of each cell, as text.
    package init(
        opening: @escaping @Sendable () -> Void = {},
        _ script: @escaping @Sendable (String, CellRequest) -> Reply
    ) {
        self.opening = opening
        self.script = script
    }

    /// The code of every cell that was run, in order.
    package var ran: [String] { state.withLock(\.ran) }
    package var opened: [SessionSpecification] { state.withLock(\.opened) }
    /// The sessions that were ended one by one, in order.
    package var ended: [String] { state.withLock(\.ended) }
    package var isClosed: Bool { state.withLock(\.isClosed) }

    package func open(_ specification: SessionSpecification) async throws(SessionError) -> [String] {
        state.withLock { $0.opened.append(specification) }
        opening()
        return []
    }

    package func start(
        _ request: CellRequest,
        output: any OutputReceiver,
        ended: @escaping @Sendable (Result<CellReport, SessionError>) -> Void
    ) {
        let reply = play(request, output)
        let report = CellReport(reply, for: request)
        guard reply.goesOn else { return ended(.success(report)) }
        state.withLock { $0.waiting[request.session] = { ended(.success(report)) } }
    }

    private func play(_ request: CellRequest, _ output: any OutputReceiver) -> Reply {
        let code = String(decoding: request.code, as: UTF8.self)
        state.withLock { $0.ran.append(code) }
        let reply = script(code, request)
        reply.output.withUnsafeBytes { output.receive($0) }
        return reply
    }

    package func interrupt() {}

    package func end(session name: String) async -> [String] {
        let waiting = state.withLock { state in
            state.ended.append(name)
            return state.waiting.removeValue(forKey: name)
        }
        waiting?()
        return []
    }

    package func close() async -> [String] {
        state.withLock { $0.isClosed = true }
        return []
    }
}

extension CellReport {
    fileprivate init(_ reply: ScriptedSessionHost.Reply, for request: CellRequest) {
        self.init(
            end: reply.end,
            state: reply.state,
            captured: request.isCaptured ? reply.captured : nil,
            values: reply.values,
            pictures: reply.pictures,
            exported: reply.exported,
            directory: "/"
        )
    }
}
