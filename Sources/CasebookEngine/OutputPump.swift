import CasebookDocument
import CasebookRun
import Synchronization

/// Takes the bytes of one attempt from its session and gives them, masked, to record, document and screen.
final class OutputPump: OutputReceiver {
    /// The settled lines that are held against what is expected.
    typealias Checked = (lines: [String], isWhole: Bool)

    private struct State {
        var mask: SecretMask
        var excerpt: OutputExcerpt
        /// What is held against expectations; nil when there are none.
        var checked: OutputExcerpt?
        /// What a secret cell printed, for masking it from then on.
        var secret: [UInt8] = []
    }

    /// The session calls from its own thread, the engine reads from another after the attempt has ended.
    private let state: Mutex<State>
    private let spool: any OutputSpool
    private let live: (any OutputReceiver)?
    /// True for a cell whose output is itself a secret.
    private let isSecret: Bool
    private let hidden: String?
    private let hasSecrets: Bool
    /// What the settled text is masked with once more: what control sequences cut comes together there.
    private let unusedMask: SecretMask

    /// - `hiding`: why nobody may see it; nil when all may.
    init(
        cell: Cell,
        hiding reason: String?,
        mask: SecretMask,
        spool: any OutputSpool,
        live: (any OutputReceiver)?,
        on screen: Screen
    ) {
        isSecret = cell.attributes.isSecret
        hidden = reason
        hasSecrets = !mask.isEmpty
        unusedMask = mask
        state = Mutex(
            State(
                mask: mask,
                excerpt: OutputExcerpt(cell.attributes.output, on: screen),
                checked: cell.attributes.expectations.isEmpty
                    ? nil : OutputExcerpt(.lines(Self.checkedLinesMax), on: screen)
            )
        )
        self.spool = spool
        self.live = reason == nil ? live : nil
    }

    func receive(_ bytes: UnsafeRawBufferPointer) {
        if hidden != nil { return hold(bytes) }
        guard hasSecrets else { return pass(bytes) }
        state.withLock { $0.mask.mask(bytes) }.withUnsafeBytes(pass)
    }

    /// Ends the attempt's output.
    func finish() -> FinishedOutput {
        if hasSecrets, hidden == nil { state.withLock { $0.mask.finish() }.withUnsafeBytes(pass) }
        return state.withLock { state in
            if let hidden {
                _ = spool.finish()
                let lost = StoredOutput(place: .lost(reason: hidden), byteCount: 0)
                let secrets = isSecret ? Self.secrets(in: state.secret) : []
                let lines = SettledText.lines(of: state.secret)
                let isWhole = state.secret.count < Self.secretBytesMax
                return FinishedOutput(stored: lost, text: [], secrets: secrets, checked: (lines, isWhole))
            }
            let settled = state.excerpt.text()
            let text = masked(settled)
            // What was cut there stands in the bytes as well. A spool that is not finished keeps nothing.
            let stored =
                text == settled
                ? spool.finish()
                : StoredOutput(place: .lost(reason: "control sequences cut a secret in it"), byteCount: 0)
            let checked = state.checked?.keptLines()
            return FinishedOutput(
                stored: stored,
                text: text,
                secrets: [],
                checked: checked.map { checked in
                    (
                        hasSecrets ? checked.lines.map { unusedMask.masking($0) } : checked.lines,
                        checked.isWhole
                    )
                }
            )
        }
    }

    private func masked(_ text: [UInt8]) -> [UInt8] {
        guard hasSecrets else { return text }
        return Array(unusedMask.masking(String(decoding: text, as: UTF8.self)).utf8)
    }

    private func pass(_ bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty else { return }
        spool.receive(bytes)
        state.withLock { state in
            state.excerpt.append(bytes)
            state.checked?.append(bytes)
        }
        live?.receive(bytes)
    }

    private func hold(_ bytes: UnsafeRawBufferPointer) {
        state.withLock { state in
            state.secret.append(contentsOf: bytes.prefix(Self.secretBytesMax - state.secret.count))
        }
    }

    /// The whole output, whose lines are secrets by themselves too.
    private static func secrets(in output: [UInt8]) -> [[UInt8]] {
        let whole = output.reversed().drop { $0 == .lineFeed || $0 == .carriageReturn }.reversed()
        return whole.isEmpty ? [] : [Array(whole)]
    }

    private static let secretBytesMax = 64 << 10
    private static let checkedLinesMax = 1_000_000
}

/// The output of one attempt when it is over.
struct FinishedOutput {
    let stored: StoredOutput
    /// What the document shows of it.
    let text: [UInt8]
    /// What must be masked from now on.
    let secrets: [[UInt8]]
    /// What is held against expectations; nil when there are none.
    let checked: OutputPump.Checked?
}
