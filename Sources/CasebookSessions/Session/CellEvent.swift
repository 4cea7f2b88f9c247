/// A report of a driver over the event channel, one line each.
enum CellEvent: Equatable {
    /// The interpreter is up and waits for its first message.
    case ready
    /// The message of that number has ended; a signal when one ended it.
    case ended(number: Int, status: Int32, signal: Int32)
    /// The same, and the interpreter replaces itself: `ready` follows.
    case replaced(number: Int, status: Int32, signal: Int32)

    /// Reads one line; nil when a driver did not write it.
    init?(line: Substring) {
        let parts = line.split(separator: " ")
        let numbers = parts.dropFirst().compactMap { Int32($0) }
        switch (parts.first, numbers.count) {
        case ("R", 0): self = .ready
        case ("E", 3): self = .ended(number: Int(numbers[0]), status: numbers[1], signal: numbers[2])
        case ("X", 3): self = .replaced(number: Int(numbers[0]), status: numbers[1], signal: numbers[2])
        default: return nil
        }
    }
}
