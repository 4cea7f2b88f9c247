import CasebookRun
import Crypto
import Glibc
import Synchronization

/// Takes the output of one attempt: up to 256 KiB in memory, more in a side file of its own.
///
/// Memory stays bounded whatever comes. A write error does not end the cell: the spool counts on, takes the
/// file away and says that the output is lost.
final class RecordSpool: OutputSpool {
    static let inlineBytesMax = 256 * 1024

    private let run: RunID
    private let layout: StoreLayout
    private let state = Mutex(State.memory([]))
    private let byteCount = Mutex(0)

    private enum State: Sendable {
        case memory([UInt8])
        case file(SideFileWriter)
        case lost(reason: String)
        case finished(StoredOutput)
    }

    init(run: RunID, layout: StoreLayout) {
        self.run = run
        self.layout = layout
    }

    deinit {
        // Nobody asked for the output: no event will name the file.
        state.withLock { state in
            if case .file(let writer) = state { writer.discard() }
        }
    }

    func receive(_ bytes: UnsafeRawBufferPointer) {
        byteCount.withLock { $0 += bytes.count }
        state.withLock { state in
            switch state {
            case .memory(var held):
                // The array is taken out of the state before it grows, or growing would copy it.
                state = .memory([])
                if held.count + bytes.count <= Self.inlineBytesMax {
                    held.append(contentsOf: bytes)
                    state = .memory(held)
                } else {
                    state = startFile(held, bytes)
                }
            case .file(let writer): writer.append(bytes)
            case .lost, .finished: break
            }
        }
    }

    func finish() -> StoredOutput {
        let count = byteCount.withLock { $0 }
        return state.withLock { state in
            let place: StoredOutput.Place =
                switch state {
                case .memory(let bytes): .inline(bytes)
                case .file(let writer): writer.finish()
                case .lost(let reason): .lost(reason: reason)
                case .finished(let output): output.place
                }
            let output = StoredOutput(place: place, byteCount: count)
            state = .finished(output)
            return output
        }
    }

    private func startFile(_ held: [UInt8], _ bytes: UnsafeRawBufferPointer) -> State {
        do throws(SystemFailure) {
            let writer = try SideFileWriter(run: run, layout: layout)
            held.withUnsafeBytes { writer.append($0) }
            writer.append(bytes)
            return .file(writer)
        } catch {
            return .lost(reason: error.sentence)
        }
    }
}

extension SystemFailure {
    /// What failed, in words for the record: `write: No space left on device`.
    var sentence: String { "\(operation): \(String(cString: strerror(errno)))" }
}
