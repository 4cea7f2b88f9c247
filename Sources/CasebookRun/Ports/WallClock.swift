/// Tells the time and waits; a parameter everywhere, so that tests turn it by hand.
package protocol WallClock: Sendable {
    func now() -> Timestamp

    /// Returns when the time has passed, or early when the task is cancelled.
    func wait(for duration: Duration) async
}
