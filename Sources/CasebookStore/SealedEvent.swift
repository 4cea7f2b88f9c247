import CasebookRun

/// An event as the record holds it: its parts with their digests, and its place in the chain.
struct SealedEvent: Sendable {
    let sequence: Int
    let kind: String
    let time: Timestamp
    let hash: Digest
    let parts: [SealedPart]
}

extension RunListing {
    /// Seals an event that follows the last one, and counts it.
    mutating func seal(_ event: RunEvent, salts: inout Salts) throws -> SealedEvent {
        let fact = event.body.fact
        let kind = type(of: fact).kind
        let parts = try PartEncoder.parts(of: fact).map { draft in
            if let seal = draft.seal {
                return SealedPart(part: draft.part, salt: seal.salt, digest: seal.digest)
            }
            guard case .bytes(let bytes) = draft.part.content else {
                preconditionFailure("only a side file brings its own digest")
            }
            let salt = salts.next()
            return SealedPart(part: draft.part, salt: salt, digest: .part(salt: salt, bytes: bytes))
        }
        let sequence = eventCount + 1
        let hash = Chain(run: run, format: format).hash(
            sequence: sequence,
            kind: kind,
            time: event.time,
            previous: head,
            parts: parts
        )
        apply(event.body, at: event.time, hash: hash)
        return SealedEvent(
            sequence: sequence,
            kind: kind,
            time: event.time,
            hash: hash,
            parts: parts
        )
    }
}
