import Foundation

/// A few large pieces of bytes on their way from one thread to others; the emptied ones go back.
///
/// `@unchecked Sendable`: the condition guards every member.
final class PieceQueue: @unchecked Sendable {
    static let pieceBytes = 1 << 20

    private let condition = NSCondition()
    private let countMax: Int
    private var full: [[UInt8]] = []
    private var takenCount = 0
    private var spare: [[UInt8]] = []
    private var isClosed = false

    init(countMax: Int) { self.countMax = countMax }

    /// Hands a piece over, waiting while there are too many; returns an empty one to fill next.
    func put(_ piece: [UInt8]) -> [UInt8] {
        condition.lock()
        defer { condition.unlock() }
        while full.count >= countMax { condition.wait() }
        full.append(piece)
        condition.broadcast()
        return spare.popLast() ?? Self.emptyPiece()
    }

    /// The next piece with its number from 0, waiting for it; nil after the last.
    func take() -> (number: Int, bytes: [UInt8])? {
        condition.lock()
        defer { condition.unlock() }
        while full.isEmpty, !isClosed { condition.wait() }
        guard !full.isEmpty else { return nil }
        let piece = full.removeFirst()
        condition.broadcast()
        defer { takenCount += 1 }
        return (takenCount, piece)
    }

    /// Gives a piece back that was taken, so that no other memory is needed.
    func recycle(_ piece: consuming [UInt8]) {
        piece.removeAll(keepingCapacity: true)
        condition.lock()
        spare.append(piece)
        condition.unlock()
    }

    /// Says that no piece follows.
    func close() {
        condition.lock()
        isClosed = true
        condition.broadcast()
        condition.unlock()
    }

    static func emptyPiece() -> [UInt8] {
        var piece: [UInt8] = []
        piece.reserveCapacity(pieceBytes)
        return piece
    }
}
