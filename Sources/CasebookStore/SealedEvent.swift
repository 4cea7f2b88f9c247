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
    mutating func seal(_ event: RunEvent) throws -> SealedEvent {
        let drafts = try PartEncoder.parts(of: event.body.fact)
        let salts = Random.bytes(drafts.count * 16)
        let parts = drafts.enumerated().map { index, draft in
            if let seal = draft.seal {
                return SealedPart(part: draft.part, salt: seal.salt, digest: seal.digest)
            }
            let salt = Array(salts[index * 16..<index * 16 + 16])
            guard case .bytes(let bytes) = draft.part.content else {
                preconditionFailure("only a side file brings its own digest")
            }
            return SealedPart(part: draft.part, salt: salt, digest: .part(salt: salt, bytes: bytes))
        }
        let sequence = eventCount + 1
        let hash = Chain(run: run, format: format).hash(
            sequence: sequence,
            kind: event.body.kind,
            time: event.time,
            previous: head,
            parts: parts.map { ($0.part.name, $0.digest) }
        )
        apply(event.body, at: event.time, hash: hash)
        return SealedEvent(
            sequence: sequence,
            kind: event.body.kind,
            time: event.time,
            hash: hash,
            parts: parts
        )
    }
}
