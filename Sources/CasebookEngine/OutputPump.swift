import CasebookDocument
import CasebookRun
import Synchronization

/// Takes the bytes of one attempt from its session and gives them, masked, to record, document and screen.
final class OutputPump: OutputReceiver {
    private struct State {
        var mask: SecretMask
        var excerpt: OutputExcerpt
        /// What a secret cell printed, for masking it from then on.
        var secret: [UInt8] = []
    }

    /// The session calls from its own thread, the engine reads from another after the attempt has ended.
    private let state: Mutex<State>
    private let spool: any OutputSpool
    private let live: (any OutputReceiver)?
    private let isSecret: Bool
    private let hasSecrets: Bool

    init(
        cell: Cell,
        mask: SecretMask,
        spool: any OutputSpool,
        live: (any OutputReceiver)?
    ) {
        isSecret = cell.attributes.isSecret
        hasSecrets = !mask.isEmpty
        state = Mutex(State(mask: mask, excerpt: OutputExcerpt(cell.attributes.output)))
        self.spool = spool
        self.live = isSecret ? nil : live
    }

    func receive(_ bytes: UnsafeRawBufferPointer) {
        if isSecret { return hold(bytes) }
        guard hasSecrets else { return pass(bytes) }
        state.withLock { $0.mask.mask(bytes) }.withUnsafeBytes(pass)
    }

    /// Ends the attempt's output.
    func finish() -> FinishedOutput {
        if hasSecrets, !isSecret { state.withLock { $0.mask.finish() }.withUnsafeBytes(pass) }
        let stored = spool.finish()
        return state.withLock { state in
            guard !isSecret else {
                let lost = StoredOutput(place: .lost(reason: "the cell is secret"), byteCount: 0)
                return FinishedOutput(stored: lost, text: [], secrets: Self.secrets(in: state.secret))
            }
            return FinishedOutput(stored: stored, text: state.excerpt.text(), secrets: [])
        }
    }

    private func pass(_ bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty else { return }
        spool.receive(bytes)
        state.withLock { $0.excerpt.append(bytes) }
        live?.receive(bytes)
    }

    private func hold(_ bytes: UnsafeRawBufferPointer) {
        state.withLock { state in
            state.secret.append(contentsOf: bytes.prefix(Self.secretBytesMax - state.secret.count))
        }
    }

    /// The whole output and each of its lines: either may be printed again.
    private static func secrets(in output: [UInt8]) -> [[UInt8]] {
        let lines = output.split { $0 == .lineFeed || $0 == .carriageReturn }
        let whole = output.reversed().drop { $0 == .lineFeed || $0 == .carriageReturn }.reversed()
        return ([Array(whole)] + lines.map(Array.init)).filter { $0.count >= SecretMask.bytesMin }
    }

    private static let secretBytesMax = 64 << 10
}

/// The output of one attempt when it is over.
struct FinishedOutput {
    let stored: StoredOutput
    /// What the document shows of it.
    let text: [UInt8]
    /// What must be masked from now on.
    let secrets: [[UInt8]]
}
