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
        var salts = Salts()
        let sealed = try events.map { try after.seal($0, salts: &salts) }
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
        var statement = try RowStatement(
            """
            UPDATE run SET last_time = ?, last_sequence = ?, head = ?, state = ?, reason = ?, outcome = ?
            WHERE id = ? AND last_sequence = ? AND head = ?
            """,
            in: database
        )
        try statement.bind(after.lastTime.nanoseconds)
        try statement.bind(after.eventCount)
        try statement.bind(after.head.bytes)
        try statement.bind(after.state.rawValue)
        try statement.bind(after.reason)
        try statement.bind(after.outcome?.rawValue)
        try statement.bind(row)
        try statement.bind(before.eventCount)
        try statement.bind(before.head.bytes)
        try statement.run()
        guard database.changesCount == 1 else { throw StoreError.continuedElsewhere }
    }

    private func insert(_ events: [SealedEvent], row: Int64, in database: Database) throws {
        var event = try RowStatement(
            "INSERT INTO event (run, sequence, kind, time, hash) VALUES (?, ?, ?, ?, ?)",
            in: database
        )
        var part = try RowStatement(
            """
            INSERT INTO part (run, sequence, position, name, salt, digest, bytes, file)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            in: database
        )
        for sealed in events {
            try event.bind(row)
            try event.bind(sealed.sequence)
            try event.bind(sealed.kind)
            try event.bind(sealed.time.nanoseconds)
            try event.bind(sealed.hash.bytes)
            try event.run()
            for (position, one) in sealed.parts.enumerated() {
                try part.bind(row)
                try part.bind(sealed.sequence)
                try part.bind(position)
                try part.bind(one.part.name)
                try part.bind(one.salt)
                try part.bind(one.digest.bytes)
                try part.bind(one.bytes)
                try part.bind(one.file)
                try part.run()
            }
        }
    }
}

extension SealedPart {
    fileprivate var bytes: [UInt8]? {
        if case .bytes(let bytes) = part.content { bytes } else { nil }
    }

    fileprivate var file: String? {
        if case .file(let name) = part.content { name } else { nil }
    }
}
