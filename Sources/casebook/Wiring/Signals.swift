import CTerminal
import Glibc

/// Turns the signals that ask Casebook to stop into calls, on a thread of their own.
///
/// Programs that Casebook starts do not inherit this: a handler does not survive `exec`.
enum Signals {
    /// The signal that says that the terminal went away.
    static let terminalLost = SIGHUP

    /// The signal of Ctrl-C.
    static let interrupted = SIGINT

    private static let watched: [Int32] = [SIGINT, SIGTERM, SIGHUP]

    /// A reader that goes away is seen as a failed write, not as a signal.
    static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }

    /// Calls `receive` with each signal from now on.
    static func watch(_ receive: @escaping @Sendable (Int32) -> Void) {
        let descriptor = casebook_watch_signals(watched, Int32(watched.count))
        guard descriptor >= 0 else { return }
        let box = Unmanaged.passRetained(Receiver(descriptor, receive))
        let failure = casebook_start_thread(
            { argument in
                // The box made above; the thread lives as long as the process and keeps it.
                argument.map { Unmanaged<Receiver>.fromOpaque($0).takeRetainedValue().listen() }
            },
            box.toOpaque()
        )
        if failure != 0 { box.release() }
    }

    private final class Receiver: Sendable {
        private let descriptor: Int32
        private let receive: @Sendable (Int32) -> Void

        init(_ descriptor: Int32, _ receive: @escaping @Sendable (Int32) -> Void) {
            self.descriptor = descriptor
            self.receive = receive
        }

        func listen() {
            var number: UInt8 = 0
            while true {
                let count = read(descriptor, &number, 1)
                if count < 0, errno == EINTR { continue }
                guard count == 1 else { return }
                receive(Int32(number))
            }
        }
    }
}
