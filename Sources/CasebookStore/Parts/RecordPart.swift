/// One property of an event's facts, as the record holds it.
package struct RecordPart: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        case bytes([UInt8])
        /// The bytes stand in a file beside the database.
        case file(name: String)
        /// It was taken out of the record; its digest is still in the chain.
        case removed
    }

    package let name: String
    package let content: Content

    package init(name: String, content: Content) {
        self.name = name
        self.content = content
    }
}

/// A part with what the chain knows about it.
package struct SealedPart: Hashable, Sendable {
    package let part: RecordPart
    package let salt: [UInt8]
    package let digest: Digest
}

/// Why facts could not be turned into parts or back.
enum PartError: Error {
    /// The part is not there and its property is not optional.
    case missing(String)
    /// The part does not hold what its property needs.
    case unreadable(String)

    var sentence: String {
        switch self {
        case .missing(let name): "its part `\(name)` is missing"
        case .unreadable(let name): "its part `\(name)` does not hold what it should"
        }
    }
}
