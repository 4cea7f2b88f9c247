package import CasebookRun
import Synchronization

/// A clock that goes on by one step with each look, and by hand.
package final class ManualClock: WallClock {
    private let nanoseconds: Mutex<Int64>
    private let step: Int64

    /// - Parameter step: how far each look turns it.
    package init(start: Timestamp, step: Duration) {
        nanoseconds = Mutex(start.nanoseconds)
        self.step = Self.nanoseconds(of: step)
    }

    package func now() -> Timestamp {
        nanoseconds.withLock { nanoseconds in
            defer { nanoseconds += step }
            return Timestamp(nanoseconds: nanoseconds)
        }
    }

    package func advance(by duration: Duration) {
        nanoseconds.withLock { $0 += Self.nanoseconds(of: duration) }
    }

    package func wait(for duration: Duration) async { advance(by: duration) }

    private static func nanoseconds(of duration: Duration) -> Int64 {
        duration.components.seconds * 1_000_000_000 + duration.components.attoseconds / 1_000_000_000
    }
}
