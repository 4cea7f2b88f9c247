import CasebookDocument
import CasebookRun
import Synchronization

/// Takes the bytes of one attempt from its session and gives them, masked, to record, document and screen.
final class OutputPump: OutputReceiver {
    /// The settled lines that are held against what is expected.
    typealias Checked = (lines: [String], isWhole: Bool)
    /// What tells that a background cell is ready, and who wants to know.
    typealias Ready = (sign: OutputExpectation, tell: @Sendable () -> Void)

    private struct State {
        var mask: SecretMask
        /// What the settled text is masked with once more: what control sequences cut comes together there.
        var settledMask: SecretMask
        /// Where the output is shown while it comes; nil when it is not.
        var live: (any OutputReceiver)?
        /// Told that a background cell is ready; nil for another, and once it is.
        var signal: ReadySignal?
        /// True when the document shows nothing of what still comes.
        var isSealed = false
        var excerpt: OutputExcerpt
        /// What is held against expectations; nil when there are none.
        var checked: OutputExcerpt?
        /// What a secret cell printed, for masking it from then on.
        var secret: [UInt8] = []
    }

    /// The session calls from its own thread, the engine reads from another after the attempt has ended.
    private let state: Mutex<State>
    private let spool: any OutputSpool
    /// True for a cell whose output is itself a secret.
    private let isSecret: Bool
    private let hidden: String?

    /// - `hiding`: why nobody may see it; nil when all may.
    /// - `ready`: what is looked for in the bytes as they are, and who is told once it is there.
    init(
        cell: Cell,
        hiding reason: String?,
        mask: SecretMask,
        spool: any OutputSpool,
        live: (any OutputReceiver)?,
        ready: Ready? = nil,
        on screen: Screen
    ) {
        isSecret = cell.attributes.isSecret
        hidden = reason
        state = Mutex(
            State(
                mask: mask,
                settledMask: mask,
                live: reason == nil ? live : nil,
                signal: ready.map { ReadySignal($0.sign, tell: $0.tell) },
                excerpt: OutputExcerpt(cell.attributes.output, on: screen),
                checked: cell.attributes.expectations.isEmpty
                    ? nil : OutputExcerpt(.lines(Self.checkedLinesMax), on: screen)
            )
        )
        self.spool = spool
    }

    func receive(_ bytes: UnsafeRawBufferPointer) {
        lookForSign(in: bytes)
        if hidden != nil { return hold(bytes) }
        guard hasSecrets else { return pass(bytes) }
        state.withLock { $0.mask.mask(bytes) }.withUnsafeBytes(pass)
    }

    private func lookForSign(in bytes: UnsafeRawBufferPointer) {
        guard state.withLock({ $0.signal != nil }) else { return }
        let bytes = Array(bytes)
        state.withLock { if $0.signal?.isFound(in: bytes) == true { $0.signal = nil } }
    }

    /// Shows nothing more of it while it comes; the record and the document get it all the same.
    func goQuiet() { state.withLock { $0.live = nil } }

    /// What comes from now on goes into the record alone: a shell says of what was stopped that it was, with a number.
    func seal() { state.withLock { $0.isSealed = true } }

    /// Masks what has become a secret meanwhile.
    func learn(_ mask: SecretMask) {
        state.withLock { state in
            state.mask.learn(mask)
            state.settledMask = mask
        }
    }

    private var hasSecrets: Bool { state.withLock { !$0.settledMask.isEmpty } }

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
            let mask = state.settledMask
            let text =
                mask.isEmpty
                ? settled : Array(mask.masking(String(decoding: settled, as: UTF8.self)).utf8)
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
                    (mask.isEmpty ? checked.lines : checked.lines.map(mask.masking), checked.isWhole)
                }
            )
        }
    }

    private func pass(_ bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty else { return }
        spool.receive(bytes)
        let live = state.withLock { state in
            if !state.isSealed { state.excerpt.append(bytes) }
            state.checked?.append(bytes)
            return state.live
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
