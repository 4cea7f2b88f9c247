import CasebookRun
import Foundation
import GRDB
import Glibc
import Synchronization

/// The record of all runs: a directory with an SQLite database, the side files of large outputs, and locks.
///
/// What it appended is on the disk when it says so (WAL, full synchronisation). Several processes may use
/// one record at a time.
package final class RecordStore: Sendable {
    package enum Access: Hashable, Sendable {
        /// Changes nothing and makes nothing; a record must be there.
        case reading
        /// Makes the record when there is none.
        case writing
    }

    let layout: StoreLayout
    let queue: DatabaseQueue
    let reserve: Reserve

    /// The directory of the record.
    package var path: String { layout.path }

    /// - Parameter path: the directory; made with mode 0700 when it is missing.
    package init(at path: String, access: Access) throws(StoreError) {
        layout = StoreLayout(path: path)
        if access == .writing {
            try layout.create()
            try layout.createDatabaseFile()
        } else if try !layout.exists() {
            throw .absent(path: path)
        }
        reserve = Reserve(path: layout.reserve, isKept: access == .writing)
        queue = try Self.open(layout, access)
    }

    private static func open(_ layout: StoreLayout, _ access: Access) throws(StoreError) -> DatabaseQueue {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.foreignKeysEnabled = false
        configuration.readonly = access == .reading
        return try throwing(layout, "open") {
            let queue = try DatabaseQueue(path: layout.database, configuration: configuration)
            try queue.inDatabase { try prepare($0, layout, access) }
            return queue
        }
    }

    private static func prepare(_ database: Database, _ layout: StoreLayout, _ access: Access) throws {
        var version = 0
        // One look at both: another process may be making the tables at this moment.
        try database.inTransaction(.deferred) {
            version = try checkedVersion(database, layout)
            return .commit
        }
        guard access == .writing else { return }
        // `temp_store` keeps what SQLite sorts out of files that others could read.
        try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY")
        guard version < Schema.version else { return }
        // Two processes cannot change the journal mode at once, whatever the time limit: one at a time.
        let lock = try Descriptor.open(
            "\(layout.locks)/migration",
            O_RDWR | O_CREAT,
            mode: StoreLayout.fileMode
        )
        while flock(lock.number, LOCK_EX) != 0, errno == EINTR {}
        _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
        try database.inTransaction(.immediate) {
            version = try checkedVersion(database, layout)
            if version < Schema.version { try Schema.migrate(database, from: version) }
            return .commit
        }
    }

    /// Reads the version of the tables, 0 for an empty database.
    private static func checkedVersion(_ database: Database, _ layout: StoreLayout) throws -> Int {
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        if version == 0 {
            let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
            guard tables == 0 else { throw StoreError.notARecord(path: layout.database) }
            return 0
        }
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        guard application == Schema.applicationID else { throw StoreError.notARecord(path: layout.database) }
        guard version <= Schema.version else {
            throw StoreError.newer(path: layout.database, version: version, known: Schema.version)
        }
        return version
    }
}

// MARK: - Errors

extension RecordStore {
    /// Runs work on the database; every error becomes one of the record's own.
    func throwing<Value>(_ operation: String, _ work: () throws -> Value) throws(StoreError) -> Value {
        try Self.throwing(layout, operation, work)
    }

    private static func throwing<Value>(
        _ layout: StoreLayout,
        _ operation: String,
        _ work: () throws -> Value
    ) throws(StoreError) -> Value {
        do {
            return try work()
        } catch let error as StoreError {
            throw error
        } catch let error as SystemFailure {
            throw .system(error, layout.path)
        } catch let error as DatabaseError {
            throw StoreError(error, operation: operation, layout: layout)
        } catch {
            let description = "\(type(of: error)): \(error)"
            throw .unexpected(path: layout.database, operation: operation, description: description)
        }
    }
}

extension StoreError {
    init(_ error: DatabaseError, operation: String, layout: StoreLayout) {
        let path = layout.database
        let reason = error.message ?? error.resultCode.description
        self =
            switch error.resultCode {
            case .SQLITE_FULL: .full(path: path)
            // Growing the shared-memory file and quotas report a full disk as a failed write.
            case .SQLITE_IOERR where layout.isDiskFull: .full(path: path)
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged(path: path, reason: reason)
            case .SQLITE_READONLY: .readOnly(path: path)
            case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path: path)
            case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: .notPermitted(path: path, operation: operation)
            default: .database(path: path, operation: operation, reason: reason)
            }
    }
}

extension StoreLayout {
    /// True when nothing can be written any more in the record's file system.
    var isDiskFull: Bool {
        var status = statvfs()
        return statvfs(path, &status) == 0 && status.f_bavail * status.f_frsize < 64 * 1024
    }
}
