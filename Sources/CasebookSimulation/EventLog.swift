package import CasebookDocument
package import CasebookRun
import Synchronization

/// An observer that keeps everything it saw.
package final class EventLog: RunObserver {
    private struct State {
        var events: [RunEvent] = []
        var warnings: [RunWarning] = []
        var live: [UInt8] = []
    }

    private final class Receiver: OutputReceiver {
        let take: @Sendable ([UInt8]) -> Void

        init(_ take: @escaping @Sendable ([UInt8]) -> Void) { self.take = take }

        func receive(_ bytes: UnsafeRawBufferPointer) { take(Array(bytes)) }
    }

    private let state = Mutex(State())

    package init() {}

    package var events: [RunEvent] { state.withLock(\.events) }
    package var kinds: [String] { events.map(\.body.kind) }
    package var warnings: [RunWarning] { state.withLock(\.warnings) }
    /// What a screen would have shown of outputs.
    package var live: String { String(decoding: state.withLock(\.live), as: UTF8.self) }

    package func observe(_ event: RunEvent) { state.withLock { $0.events.append(event) } }

    package func warn(_ warning: RunWarning) { state.withLock { $0.warnings.append(warning) } }

    package func lendTerminal(to cell: Cell) -> CellTerminal { .unattended }

    package func takeTerminalBack() {}

    package func liveOutput(of cell: Cell) -> (any OutputReceiver)? {
        Receiver { bytes in self.state.withLock { $0.live += bytes } }
    }
}
