import CasebookDocument
import Glibc
import Synchronization

/// Reads the lines that a person types, one at a time, and can be told to give up waiting.
package final class LineReader: Sendable {
    private let descriptor: Int32
    /// Written to when waiting is to end; both ends live as long as the process.
    private let wakeReader: Int32
    private let wakeWriter: Int32
    private let buffered = Mutex<[UInt8]>([])
    private let wait = Mutex(Wait())

    private struct Wait {
        var isGoingOn = false
        /// Nobody will type any more: every further wait ends at once.
        var isOver = false
    }

    package init(descriptor: Int32) {
        self.descriptor = descriptor
        var ends: [Int32] = [-1, -1]
        _ = pipe(&ends)
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        wakeReader = ends[0]
        wakeWriter = ends[1]
    }

    /// Ends the wait of `readLine`, now and whenever one begins. Callable at any time.
    package func cancel() {
        wait.withLock { wait in
            wait.isOver = true
            wake()
        }
    }

    /// Ends the wait that is going on; a later question is put all the same. Callable at any time.
    package func cancelWait() {
        wait.withLock { wait in
            if wait.isGoingOn { wake() }
        }
    }

    private func wake() {
        var byte: UInt8 = 1
        _ = write(wakeWriter, &byte, 1)
    }

    /// The next line without its ending; nil at the end of input or when cancelled.
    package func readLine() async -> String? {
        await withCheckedContinuation { continuation in
            Self.onThread { continuation.resume(returning: self.oneLine()) }
        }
    }

    private func oneLine() -> String? {
        let isOver = wait.withLock { wait in
            wait.isGoingOn = !wait.isOver
            return wait.isOver
        }
        if isOver { return nil }
        defer {
            wait.withLock { wait in
                wait.isGoingOn = false
                // A wake-up that came with the answer must not end the next wait.
                var byte: UInt8 = 0
                while read(wakeReader, &byte, 1) == 1 {}
            }
        }
        return waitForLine()
    }

    private func waitForLine() -> String? {
        while true {
            if let line = takeLine() { return line }
            var watched = [
                pollfd(fd: wakeReader, events: Int16(POLLIN), revents: 0),
                pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&watched, 2, -1) >= 0 || errno == EINTR else { return nil }
            if watched[0].revents != 0 { return nil }
            guard watched[1].revents == 0 || readMore() else { return nil }
        }
    }

    private func takeLine() -> String? {
        buffered.withLock { bytes in
            guard let end = bytes.firstIndex(of: .lineFeed) else { return nil }
            let line = String(decoding: bytes[..<end], as: UTF8.self)
            bytes.removeFirst(end + 1)
            return line
        }
    }

    /// False at the end of input: a last line that was not ended was not meant to be sent.
    private func readMore() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &chunk, chunk.count)
        if count < 0, errno == EINTR || errno == EAGAIN { return true }
        guard count > 0 else { return false }
        buffered.withLock { $0.append(contentsOf: chunk.prefix(count)) }
        return true
    }

    /// Waiting for a person would hold up a thread that other tasks share; it gets one of its own.
    private static func onThread(_ work: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Work(work))
        var thread = pthread_t()
        let status = pthread_create(
            &thread, nil,
            { argument in
                // The pointer is the retained box made right above, taken back exactly once.
                argument.map { Unmanaged<Work>.fromOpaque($0).takeRetainedValue().run() }
                return nil
            },
            box.toOpaque()
        )
        if status == 0 {
            pthread_detach(thread)
        } else {
            box.takeRetainedValue().run()
        }
    }

    private final class Work: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }
}
