package import CasebookRun
import Foundation
import GRDB
import Glibc

/// Which runs a listing shows; nil means any.
package struct RunFilter: Hashable, Sendable {
    package var runbook: String?
    package var environment: String?
    package var states: Set<RunListing.State>?
    package var outcomes: Set<RunOutcome>?
    /// The login of whoever started it.
    package var login: String?
    /// Started at this moment or later.
    package var since: Timestamp?
    /// Started before this moment.
    package var before: Timestamp?
    package var countMax: Int?

    package init() {}
}

/// An event as it stands in the record, of a kind that this version knows or not.
package struct RecordedEvent: Hashable, Sendable {
    package let sequence: Int
    package let kind: String
    package let time: Timestamp
    package let hash: Digest
    package let parts: [SealedPart]
    /// Nil for a kind that this version does not know: written by a newer one.
    package let event: RunEvent?
}

// MARK: - Journals

extension RecordStore {
    /// The journal of a run: a new one, whose first event is its start, or one that is there to be continued.
    package func journal(of run: RunID) throws(StoreError) -> RunJournal {
        let known = try throwing("read a run") {
            try queue.inDatabase { database in
                try ListingReader.row(of: run.text, in: database).map(RunJournal.Known.init)
            }
        }
        return RunJournal(run: run, store: self, known: known)
    }
}

// MARK: - Listings

extension RecordStore {
    /// The runs that a filter lets through, newest first.
    package func runs(_ filter: RunFilter) throws(StoreError) -> [RunListing] {
        try throwing("list the runs") {
            try queue.inDatabase { try ListingReader.listings(filter, in: $0) }
        }
    }

    /// One run; nil when it is not in the record.
    package func listing(of run: RunID) throws(StoreError) -> RunListing? {
        try throwing("read a run") {
            try queue.inDatabase { try ListingReader.row(of: run.text, in: $0)?.listing }
        }
    }

    /// The run that an abbreviated identifier means; without one, the newest.
    ///
    /// - Throws: ``StoreError/ambiguousRun(prefix:candidates:)`` when several begin with these letters.
    package func resolve(_ prefix: String?) throws(StoreError) -> RunID {
        let prefix = prefix ?? ""
        // The letters that Crockford's base 32 leaves out are read as the digits they look like.
        let letters = prefix.lowercased().map { Self.lookAlikes[$0] ?? $0 }
        let found = try throwing("find a run") {
            try queue.inDatabase {
                try ListingReader.names(
                    beginningWith: String(letters),
                    countMax: prefix.isEmpty ? 1 : 10,
                    in: $0
                )
            }
        }
        guard let first = found.first else {
            throw prefix.isEmpty ? .noRuns(path: path) : .unknownRun(prefix: prefix)
        }
        guard found.count == 1 || first.text == String(letters) else {
            throw .ambiguousRun(prefix: prefix, candidates: found)
        }
        return first
    }

    private static let lookAlikes: [Character: Character] = ["o": "0", "i": "1", "l": "1"]

    /// The hash of the last event of a run.
    package func head(of run: RunID) throws(StoreError) -> Digest {
        guard let listing = try listing(of: run) else { throw .unknownRun(prefix: run.text) }
        return listing.head
    }
}

// MARK: - Events

extension RecordStore {
    /// The events of a run in order.
    ///
    /// - Throws: ``StoreError/unknownEvent(run:sequence:kind:)`` for one that a newer version wrote: a run must
    ///   not go on from events that nobody understood. ``recordedEvents(of:)`` gives all to look at.
    package func events(of run: RunID) throws(StoreError) -> [RunEvent] {
        var events: [RunEvent] = []
        try forEachEvent(of: run) { recorded in
            guard let event = recorded.event else {
                throw StoreError.unknownEvent(run: run, sequence: recorded.sequence, kind: recorded.kind)
            }
            events.append(event)
        }
        return events
    }

    /// The events of a run in order, also those of kinds that this version does not know.
    package func recordedEvents(of run: RunID) throws(StoreError) -> [RecordedEvent] {
        var events: [RecordedEvent] = []
        try forEachEvent(of: run) { events.append($0) }
        return events
    }

    private func forEachEvent(of run: RunID, _ body: (RecordedEvent) throws -> Void) throws(StoreError) {
        try throwing("read the events") {
            try queue.inDatabase { database in
                guard let row = try ListingReader.row(of: run.text, in: database) else {
                    throw StoreError.unknownRun(prefix: run.text)
                }
                try EventReader(database: database, row: row.row).forEach { stored in
                    try body(try RecordedEvent(stored, of: run))
                }
            }
        }
    }
}

extension RecordedEvent {
    /// - Throws: ``StoreError/unreadableEvent(run:sequence:kind:reason:)`` when the parts do not fit the kind.
    init(_ stored: SealedEvent, of run: RunID) throws {
        let body: RunEvent.Body?
        do {
            body = try RunEvent.Body(kind: stored.kind, decoding: PartDecoder(parts: stored.parts))
        } catch {
            throw StoreError.unreadableEvent(
                run: run,
                sequence: stored.sequence,
                kind: stored.kind,
                reason: (error as? PartError)?.sentence ?? "its parts do not fit its kind"
            )
        }
        self.init(
            sequence: stored.sequence,
            kind: stored.kind,
            time: stored.time,
            hash: stored.hash,
            parts: stored.parts,
            event: body.map { RunEvent(time: stored.time, $0) }
        )
    }
}

// MARK: - Outputs

extension RecordStore {
    /// Hands out the bytes of an output in pieces, in order; nothing for one that is lost.
    package func readOutput(
        _ output: StoredOutput,
        _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws(StoreError) {
        switch output.place {
        case .lost: return
        case .inline(let bytes): try throwing("read an output") { try bytes.withUnsafeBytes(body) }
        case .file(let name, _, _): try readSideFile(name, body)
        }
    }

    /// Reads a side file piece by piece, as it was hashed.
    func readSideFile(
        _ name: String,
        _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws(StoreError) {
        guard let path = layout.output(named: name) else { throw .outputMissing(path: name) }
        try throwing("read an output") {
            do {
                let file = try Descriptor.open(path, O_RDONLY | O_NOFOLLOW)
                let size = PieceQueue.pieceBytes
                let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
                defer { buffer.deallocate() }
                while true {
                    let count = try file.readFully(into: buffer)
                    if count == 0 { return }
                    try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                }
            } catch let error as SystemFailure {
                throw error.errno == ENOENT ? StoreError.outputMissing(path: path) : .system(error, path)
            }
        }
    }
}
