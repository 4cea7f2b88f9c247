import Glibc

/// Turns the signals that ask Casebook to stop into calls, on a thread of their own.
///
/// `begin` is called before any other thread exists, so that every thread inherits the blocked mask and the
/// signals arrive here alone. Sessions get the default dispositions back when they are started.
enum Signals {
    /// The signal that says that the terminal went away.
    static let terminalLost = SIGHUP

    private static let watched: [Int32] = [SIGINT, SIGTERM, SIGHUP]

    static func block() {
        var set = watchedSet
        pthread_sigmask(SIG_BLOCK, &set, nil)
        // A reader that goes away is seen as a failed write.
        signal(SIGPIPE, SIG_IGN)
    }

    /// Calls `receive` with each signal from now on.
    static func watch(_ receive: @escaping @Sendable (Int32) -> Void) {
        let box = Unmanaged.passRetained(Receiver(receive))
        var thread = pthread_t()
        let status = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                // The box made above; the thread lives as long as the process and keeps it.
                let receiver = Unmanaged<Receiver>.fromOpaque(argument).takeRetainedValue()
                var set = Signals.watchedSet
                var number: Int32 = 0
                while sigwait(&set, &number) == 0 { receiver.receive(number) }
                return nil
            },
            box.toOpaque()
        )
        if status == 0 { pthread_detach(thread) } else { box.release() }
    }

    private static var watchedSet: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in watched { sigaddset(&set, number) }
        return set
    }

    private final class Receiver: Sendable {
        let receive: @Sendable (Int32) -> Void
        init(_ receive: @escaping @Sendable (Int32) -> Void) { self.receive = receive }
    }
}
