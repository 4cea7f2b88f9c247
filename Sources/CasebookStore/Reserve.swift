import Glibc
import Synchronization

/// Space on the disk that is kept for the moment when there is no other.
///
/// It is given back once, so that the end of a run, a failure or a gate can still be written. As long as it is
/// not there again, nothing new is started.
final class Reserve: Sendable {
    static let byteCount = 1 << 20

    private let path: String
    private let isSpent: Mutex<Bool>

    /// Makes the reserve when it is missing and the disk has room for it.
    ///
    /// - Parameter isKept: false when nothing will be written.
    init(path: String, isKept: Bool) {
        self.path = path
        isSpent = Mutex(isKept && !Self.make(path))
    }

    /// True when the reserve is not there: the disk was full and still is.
    var isReleased: Bool { isSpent.withLock { $0 } }

    /// Gives the space back; false when it was given back before.
    func release() -> Bool {
        isSpent.withLock { isSpent in
            guard !isSpent else { return false }
            isSpent = true
            return unlink(path) == 0
        }
    }

    private static func make(_ path: String) -> Bool {
        var status = stat()
        if stat(path, &status) == 0, status.st_size == byteCount { return true }
        do throws(SystemFailure) {
            let file = try Descriptor.open(path, O_RDWR | O_CREAT, mode: StoreLayout.fileMode)
            // Really allocated, not a hole: a sparse file would give nothing back.
            guard posix_fallocate(file.number, 0, off_t(byteCount)) == 0 else {
                _ = unlink(path)
                return false
            }
            try file.setMode(StoreLayout.fileMode)
            return true
        } catch {
            // The record itself works; what cannot be made now is tried again at the next start.
            return false
        }
    }
}
