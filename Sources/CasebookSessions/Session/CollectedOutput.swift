import CasebookRun
import Synchronization

/// Keeps the first part of an output in memory.
final class CollectedOutput: OutputReceiver {
    private static let bytesMax = 1 << 16
    private let bytes = Mutex<[UInt8]>([])

    func receive(_ part: UnsafeRawBufferPointer) {
        bytes.withLock { $0.append(contentsOf: part.prefix(max(0, CollectedOutput.bytesMax - $0.count))) }
    }

    var lines: [String] {
        let text = bytes.withLock { String(decoding: $0, as: UTF8.self) }
        return text.split(separator: "\n").map(String.init)
    }
}
