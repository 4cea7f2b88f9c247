import GRDB

/// The tables of the record and how they came to be: migrations are only ever added at the end.
enum Schema {
    /// `Case` in ASCII, so that other tools can tell the file's kind.
    static let applicationID = 0x4361_7365

    /// The number of migrations that this version knows; the database's `user_version`.
    static var version: Int { migrations.count }

    static let migrations: [String] = [
        """
        CREATE TABLE run (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            format INTEGER NOT NULL,
            runbook TEXT NOT NULL,
            title TEXT NOT NULL,
            path TEXT NOT NULL,
            environment TEXT,
            host TEXT NOT NULL,
            login TEXT NOT NULL,
            claimed_name TEXT,
            mode TEXT NOT NULL,
            digest TEXT NOT NULL,
            started INTEGER NOT NULL,
            last_time INTEGER NOT NULL,
            last_sequence INTEGER NOT NULL,
            head BLOB NOT NULL,
            state TEXT NOT NULL,
            reason TEXT,
            outcome TEXT
        ) STRICT;
        CREATE INDEX run_of_runbook ON run (runbook, name);
        CREATE TABLE event (
            run INTEGER NOT NULL REFERENCES run,
            sequence INTEGER NOT NULL,
            kind TEXT NOT NULL,
            time INTEGER NOT NULL,
            hash BLOB NOT NULL,
            PRIMARY KEY (run, sequence)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE part (
            run INTEGER NOT NULL REFERENCES run,
            sequence INTEGER NOT NULL,
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            salt BLOB NOT NULL,
            digest BLOB NOT NULL,
            bytes BLOB,
            file TEXT,
            PRIMARY KEY (run, sequence, position)
        ) STRICT, WITHOUT ROWID;
        """
    ]

    /// Brings the tables to the newest form, in the caller's transaction.
    static func migrate(_ database: Database, from version: Int) throws {
        for migration in migrations[version...] { try database.execute(sql: migration) }
        try database.execute(sql: "PRAGMA application_id = \(applicationID)")
        try database.execute(sql: "PRAGMA user_version = \(self.version)")
    }
}
