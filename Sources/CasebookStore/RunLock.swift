package import CasebookRun
import Crypto
import Glibc
import Synchronization

/// Who holds the lock of a runbook.
package struct LockHolder: Hashable, Sendable {
    package let process: Int32
    /// The run that it holds the lock for; nil when it has not said so yet.
    package let run: RunID?

    package init(process: Int32, run: RunID?) {
        self.process = process
        self.run = run
    }
}

/// The right to run one runbook in one environment, held by one process at a time.
///
/// The kernel gives it back when the process ends, however it ends. It is closed in programs started meanwhile.
package final class RunLock: Sendable {
    private let path: String
    private let file: Mutex<Int32?>

    fileprivate init(path: String, descriptor: Int32) {
        self.path = path
        file = Mutex(descriptor)
    }

    deinit { release() }

    /// Says for others to read which run the lock is held for.
    package func name(_ run: RunID) throws(StoreError) {
        let failure = file.withLock { file -> SystemFailure? in
            guard let file else { return nil }
            let text = Array("\(getpid()) \(run.text)\n".utf8)
            let written = text.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) }
            guard written == text.count, ftruncate(file, off_t(text.count)) == 0 else {
                return SystemFailure(operation: "write", errno: errno)
            }
            return nil
        }
        if let failure { throw .system(failure, path) }
    }

    /// Gives the lock back; once is enough.
    package func release() {
        file.withLock { file in
            guard let held = file else { return }
            // Whoever looks now finds no holder; a crash leaves the line, and the kernel's answer decides.
            _ = ftruncate(held, 0)
            _ = close(held)
            file = nil
        }
    }
}

/// What came of asking for a lock.
package enum LockAttempt: Sendable {
    case taken(RunLock)
    /// Another process has it; nil when it has not said who it is.
    case held(by: LockHolder?)
}

extension RecordStore {
    /// Asks for the lock of a runbook in an environment, and waits 50 ms at most.
    package func lock(runbook: String, environment: String?) throws(StoreError) -> LockAttempt {
        let path = lockPath(runbook, environment)
        let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW
        let descriptor = open(path, flags, StoreLayout.fileMode)
        guard descriptor >= 0 else { throw .system(SystemFailure(operation: "open", errno: errno), path) }
        guard Self.takeShortly(descriptor) else {
            let failure = SystemFailure(operation: "lock", errno: errno)
            defer { _ = close(descriptor) }
            guard failure.errno == EWOULDBLOCK else { throw .system(failure, path) }
            return .held(by: Self.readHolder(descriptor))
        }
        let lock = RunLock(path: path, descriptor: descriptor)
        guard fchmod(descriptor, StoreLayout.fileMode) == 0, ftruncate(descriptor, 0) == 0 else {
            throw .system(SystemFailure(operation: "prepare the lock", errno: errno), path)
        }
        let text = Array("\(getpid())\n".utf8)
        _ = text.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
        return .taken(lock)
    }

    /// The process that is running a runbook now; nil when none is.
    package func lockHolder(runbook: String, environment: String?) throws(StoreError) -> LockHolder? {
        let path = lockPath(runbook, environment)
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .system(SystemFailure(operation: "open", errno: errno), path)
        }
        defer { _ = close(descriptor) }
        if flock(descriptor, LOCK_SH | LOCK_NB) == 0 { return nil }
        return Self.readHolder(descriptor)
    }

    /// Asks several times: whoever only looks for the holder has the lock for a moment too.
    private static func takeShortly(_ descriptor: Int32) -> Bool {
        for _ in 0..<10 {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
            guard errno == EWOULDBLOCK || errno == EINTR else { return false }
            usleep(5_000)
        }
        return flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }

    private func lockPath(_ runbook: String, _ environment: String?) -> String {
        let key = Digest.sha256(Array("\(runbook)\0\(environment ?? "")".utf8))
        return "\(layout.locks)/\(key.hexadecimal.prefix(32))"
    }

    private static func readHolder(_ descriptor: Int32) -> LockHolder? {
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = buffer.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { return nil }
        let words = String(decoding: buffer.prefix(count), as: UTF8.self).split { $0 == " " || $0 == "\n" }
        guard let first = words.first, let process = Int32(first) else { return nil }
        return LockHolder(process: process, run: words.count > 1 ? RunID(text: String(words[1])) : nil)
    }
}
