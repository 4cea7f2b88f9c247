import CasebookRun
import Foundation
import GRDB

/// Writes events of one run: all or none.
struct RunWriter {
    let store: RecordStore

    /// - Parameter known: where this process believes the run to stand; nil for a run that is not there yet.
    /// - Returns: where it stands afterwards.
    /// - Throws: ``StoreError/continuedElsewhere`` when the run stands elsewhere.
    func append(
        _ events: [RunEvent],
        of run: RunID,
        after known: RunJournal.Known?
    ) throws -> RunJournal.Known {
        let before = try known?.listing ?? newListing(events, run)
        var after = before
        // All that can be worked out is, before the database is locked for other processes.
        let sealed = try events.map { try after.seal($0) }
        var row = known?.row
        try store.queue.inTransaction(.immediate) { database in
            if let row {
                try update(after, from: before, row: row, in: database)
            } else {
                row = try insert(after, in: database)
            }
            if let row { try insert(sealed, row: row, in: database) }
            return .commit
        }
        guard let row else { throw StoreError.continuedElsewhere }
        return RunJournal.Known(row: row, listing: after)
    }

    private func newListing(_ events: [RunEvent], _ run: RunID) throws -> RunListing {
        guard let first = events.first, case .runStarted(let fact) = first.body, fact.run == run else {
            throw StoreError.unknownRun(prefix: run.text)
        }
        return RunListing(fact, at: first.time)
    }

    private func insert(_ listing: RunListing, in database: Database) throws -> Int64 {
        let statement = try database.cachedStatement(
            sql: """
                INSERT OR IGNORE INTO run (name, format, runbook, title, path, environment, host, login,
                    claimed_name, mode, digest, started, last_time, last_sequence, head, state, reason, outcome)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        try statement.execute(arguments: [
            listing.run.text, listing.format, listing.runbook, listing.title, listing.path,
            listing.environment, listing.host, listing.person.login, listing.person.claimedName,
            listing.mode.rawValue, listing.digest, listing.started.nanoseconds, listing.lastTime.nanoseconds,
            listing.eventCount, Data(listing.head.bytes), listing.state.rawValue, listing.reason,
            listing.outcome?.rawValue,
        ])
        guard database.changesCount == 1 else { throw StoreError.continuedElsewhere }
        return database.lastInsertedRowID
    }

    private func update(
        _ after: RunListing,
        from before: RunListing,
        row: Int64,
        in database: Database
    ) throws {
        let statement = try database.cachedStatement(
            sql: """
                UPDATE run SET last_time = ?, last_sequence = ?, head = ?, state = ?, reason = ?, outcome = ?
                WHERE id = ? AND last_sequence = ? AND head = ?
                """
        )
        try statement.execute(arguments: [
            after.lastTime.nanoseconds, after.eventCount, Data(after.head.bytes), after.state.rawValue,
            after.reason, after.outcome?.rawValue, row, before.eventCount, Data(before.head.bytes),
        ])
        guard database.changesCount == 1 else { throw StoreError.continuedElsewhere }
    }

    private func insert(_ events: [SealedEvent], row: Int64, in database: Database) throws {
        let event = try database.cachedStatement(
            sql: "INSERT INTO event (run, sequence, kind, time, hash) VALUES (?, ?, ?, ?, ?)"
        )
        let part = try database.cachedStatement(
            sql: """
                INSERT INTO part (run, sequence, position, name, salt, digest, bytes, file)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        for sealed in events {
            try event.execute(arguments: [
                row, sealed.sequence, sealed.kind, sealed.time.nanoseconds, Data(sealed.hash.bytes),
            ])
            for (position, one) in sealed.parts.enumerated() {
                try part.execute(arguments: [
                    row, sealed.sequence, position, one.part.name, Data(one.salt), Data(one.digest.bytes),
                    one.bytes, one.file,
                ])
            }
        }
    }
}

extension SealedPart {
    fileprivate var bytes: Data? {
        if case .bytes(let bytes) = part.content { Data(bytes) } else { nil }
    }

    fileprivate var file: String? {
        if case .file(let name) = part.content { name } else { nil }
    }
}
