import CasebookRun
import Crypto

/// The canonical bytes of an event, over which its hash is taken.
///
/// The exact layout is in `docs/internals/record.md`. It holds the digests of the parts and not the parts,
/// so that one can be removed later and the chain still holds.
struct Chain: Sendable {
    let run: RunID
    let format: Int

    /// The hash of one event, which the next one carries on.
    func hash(
        sequence: Int,
        kind: String,
        time: Timestamp,
        previous: Digest,
        parts: [SealedPart]
    ) -> Digest {
        var bytes = CanonicalBytes()
        bytes.append("casebook-event")
        bytes.append(Int64(format))
        bytes.append(run.text)
        bytes.append(Int64(sequence))
        bytes.append(kind)
        bytes.append(time.nanoseconds)
        bytes.append(previous.bytes)
        bytes.append(Int64(parts.count))
        for part in parts {
            bytes.append(part.part.name)
            bytes.append(part.digest.bytes)
        }
        return .sha256(bytes.bytes)
    }
}

/// Bytes in which every field has one reading: numbers in eight bytes, texts after their length.
private struct CanonicalBytes {
    var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(1024) }

    mutating func append(_ number: Int64) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ text: String) {
        append(Int64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    mutating func append(_ field: [UInt8]) {
        append(Int64(field.count))
        bytes.append(contentsOf: field)
    }
}
