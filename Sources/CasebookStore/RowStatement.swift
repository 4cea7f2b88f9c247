import CasebookRun
import GRDB
import GRDBSQLite

/// One of the few statements that every append runs, bound and stepped through SQLite's own interface.
///
/// GRDB's arguments box every value and copy the bytes into `Data`, which cost a third of an append. The
/// statement itself is prepared and kept by GRDB. Values are bound in the order of the question marks.
struct RowStatement {
    private let statement: OpaquePointer
    private let connection: OpaquePointer
    private var index: Int32 = 0

    /// `SQLITE_TRANSIENT`: SQLite takes a copy before the call returns, so that no pointer outlives it.
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    init(_ sql: String, in database: Database) throws {
        guard let connection = database.sqliteConnection else {
            throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "the connection is closed")
        }
        self.connection = connection
        statement = try database.cachedStatement(sql: sql).sqliteStatement
        // An append that failed may have left it in the middle.
        sqlite3_reset(statement)
    }

    mutating func bind(_ number: Int64) throws {
        index += 1
        try check(sqlite3_bind_int64(statement, index, number))
    }

    mutating func bind(_ number: Int) throws { try bind(Int64(number)) }

    mutating func bind(_ text: String?) throws {
        index += 1
        guard let text else { return try check(sqlite3_bind_null(statement, index)) }
        // A C string also for the empty text, whose address would else be none and mean NULL.
        let count = Int32(text.utf8.count)
        try check(text.withCString { sqlite3_bind_text(statement, index, $0, count, Self.copied) })
    }

    mutating func bind(_ bytes: [UInt8]?) throws {
        index += 1
        guard let bytes else { return try check(sqlite3_bind_null(statement, index)) }
        // Empty bytes are a value; bound by address they could read as NULL, which means removed.
        guard !bytes.isEmpty else { return try check(sqlite3_bind_zeroblob(statement, index, 0)) }
        let code = bytes.withUnsafeBytes {
            sqlite3_bind_blob64(statement, index, $0.baseAddress, UInt64($0.count), Self.copied)
        }
        try check(code)
    }

    /// Runs it with what was bound; the next values start again with the first.
    mutating func run() throws {
        index = 0
        let code = sqlite3_step(statement)
        guard code == SQLITE_DONE else {
            let error = failure(code)
            sqlite3_reset(statement)
            throw error
        }
        sqlite3_reset(statement)
    }

    private func check(_ code: Int32) throws {
        if code != SQLITE_OK { throw failure(code) }
    }

    private func failure(_ code: Int32) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: code),
            message: sqlite3_errmsg(connection).map { String(cString: $0) }
        )
    }
}
