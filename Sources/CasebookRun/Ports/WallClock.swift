/// Tells the time; a parameter everywhere, so that tests turn it by hand.
package protocol WallClock: Sendable {
    func now() -> Timestamp
}
