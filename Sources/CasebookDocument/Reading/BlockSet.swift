/// Some of the blocks of a document, each a bit of an array: the rules ask for them far more often than they add one.
struct BlockSet: Sendable {
    private var isMember: [Bool]

    /// An empty set.
    ///
    /// - Parameter count: how many blocks the document has.
    init(count: Int) { isMember = Array(repeating: false, count: count) }

    func contains(_ block: Int) -> Bool { isMember[block] }

    /// Adds a block; false when it was there.
    @discardableResult
    mutating func insert(_ block: Int) -> Bool {
        guard !isMember[block] else { return false }
        isMember[block] = true
        return true
    }

    /// True when one of these blocks is in it.
    func containsAny(of blocks: [Int]) -> Bool { blocks.contains { isMember[$0] } }
}
