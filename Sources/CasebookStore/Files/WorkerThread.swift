import Glibc
import Synchronization

/// A thread of its own for work that waits for the disk, which no task may do.
final class WorkerThread: Sendable {
    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    private let thread: Mutex<pthread_t?>

    init(_ run: @escaping @Sendable () -> Void) throws(SystemFailure) {
        var thread = pthread_t()
        // The new thread takes over the one reference; when there is none, it is released here.
        let body = Unmanaged.passRetained(Body(run))
        let code = pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            },
            body.toOpaque()
        )
        guard code == 0 else {
            body.release()
            throw SystemFailure(operation: "start a thread", errno: code)
        }
        self.thread = Mutex(thread)
    }

    /// Waits for the end of the work; once is enough.
    func join() {
        let running = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        if let running { pthread_join(running, nil) }
    }
}
