package import CasebookRun
import Foundation
import GRDB

/// What recomputing the chain of a run found.
package struct Verification: Hashable, Sendable {
    /// The first thing that does not hold.
    package struct Fault: Hashable, Sendable {
        package enum Reason: Hashable, Sendable {
            /// A number in the row of events is left out.
            case eventMissing
            /// The bytes of a part are not those that its digest was taken of.
            case partChanged(name: String)
            /// A side file is gone.
            case fileMissing(name: String)
            /// An output has not as many bytes as its event says.
            case sizeDiffers(name: String)
            /// Kind, time, order or the list of parts is not what the hash was taken of.
            case hashDiffers
            /// The listing of the run says something else than its events.
            case listingDiffers
        }

        package let sequence: Int
        package let kind: String?
        package let reason: Reason
    }

    /// The events that hold, up to the fault.
    package let eventCount: Int
    /// Parts that were taken out; their digests hold.
    package let removedPartCount: Int
    /// The hash of the last event that holds.
    package let head: Digest
    package let fault: Fault?

    /// True when every event holds.
    ///
    /// It says nothing about a record that was rewritten as a whole: for that, compare ``head`` with one
    /// that was kept elsewhere.
    package var isConsistent: Bool { fault == nil }
}

extension RecordStore {
    /// Recomputes the chain of a run from its parts, side files included.
    package func verify(_ run: RunID) throws(StoreError) -> Verification {
        try throwing("verify") {
            try queue.inDatabase { database in
                // One transaction, so that a run which goes on meanwhile is seen as it stood at one moment.
                var result: Verification?
                try database.inTransaction(.deferred) {
                    guard let row = try ListingReader.row(of: run.text, in: database) else {
                        throw StoreError.unknownRun(prefix: run.text)
                    }
                    var verifier = Verifier(store: self, listing: row.listing)
                    try EventReader(database: database, row: row.row).forEach { try verifier.take($0) }
                    result = verifier.finish()
                    return .commit
                }
                guard let result else { throw StoreError.unknownRun(prefix: run.text) }
                return result
            }
        }
    }
}

/// Follows the chain event by event, up to the first fault.
private struct Verifier {
    let store: RecordStore
    let listing: RunListing
    private let chain: Chain
    private static let sizeSuffix = ".byteCount"
    private var previous = Digest.none
    private var count = 0
    private var removed = 0
    private var fault: Verification.Fault?
    private var refold: RunListing?

    init(store: RecordStore, listing: RunListing) {
        self.store = store
        self.listing = listing
        chain = Chain(run: listing.run, format: listing.format)
    }

    mutating func take(_ event: SealedEvent) throws {
        guard fault == nil else { return }
        if let reason = try reason(event) {
            let isMissing = reason == .eventMissing
            fault = .init(
                sequence: isMissing ? count + 1 : event.sequence,
                kind: isMissing ? nil : event.kind,
                reason: reason
            )
            return
        }
        count += 1
        previous = event.hash
        removed += event.parts.filter { $0.part.content == .removed }.count
        fold(event)
    }

    func finish() -> Verification {
        var fault = fault
        if fault == nil, listing.eventCount > count {
            fault = .init(sequence: count + 1, kind: nil, reason: .eventMissing)
        } else if fault == nil, refold.map({ $0 != listing }) ?? true {
            fault = .init(sequence: count, kind: nil, reason: .listingDiffers)
        }
        return Verification(eventCount: count, removedPartCount: removed, head: previous, fault: fault)
    }

    private func reason(_ event: SealedEvent) throws -> Verification.Fault.Reason? {
        guard event.sequence == count + 1 else { return .eventMissing }
        var sizes: [String: Int] = [:]
        for part in event.parts {
            if let reason = try reason(part, &sizes[part.part.name]) { return reason }
        }
        let hash = chain.hash(
            sequence: event.sequence,
            kind: event.kind,
            time: event.time,
            previous: previous,
            parts: event.parts
        )
        guard hash == event.hash else { return .hashDiffers }
        for part in event.parts {
            guard case .bytes(let count) = part.part.content, part.part.name.hasSuffix(Self.sizeSuffix) else {
                continue
            }
            let name = String(part.part.name.dropLast(Self.sizeSuffix.count))
            // Nothing is known about the size of an output that was removed or lost.
            guard let size = sizes[name] else { continue }
            if count != Array(String(size).utf8) { return .sizeDiffers(name: name) }
        }
        return nil
    }

    /// - Parameter size: set to how many bytes the part has.
    private func reason(_ part: SealedPart, _ size: inout Int?) throws -> Verification.Fault.Reason? {
        switch part.part.content {
        case .removed: return nil
        case .bytes(let bytes):
            size = bytes.count
            let holds = Digest.part(salt: part.salt, bytes: bytes) == part.digest
            return holds ? nil : .partChanged(name: part.part.name)
        case .file(let name):
            var pieces: [Digest] = []
            var byteCount = 0
            do throws(StoreError) {
                try store.readSideFile(name) {
                    byteCount += $0.count
                    pieces.append(.piece(salt: part.salt, bytes: $0))
                }
            } catch .outputMissing {
                return .fileMissing(name: name)
            }
            size = byteCount
            let holds = Digest.sideFile(salt: part.salt, pieces: pieces) == part.digest
            return holds ? nil : .partChanged(name: part.part.name)
        }
    }

    /// Builds the listing anew, to compare it with the stored one.
    private mutating func fold(_ event: SealedEvent) {
        // An event that cannot be read (removed parts, a newer kind) still counts: its hash holds.
        let body = (try? RecordedEvent(event, of: listing.run))?.event?.body
        if case .runStarted(let fact) = body, event.sequence == 1 {
            refold = RunListing(fact, at: event.time)
        }
        refold?.apply(body, at: event.time, hash: event.hash)
    }
}
