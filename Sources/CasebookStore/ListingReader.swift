import CasebookRun
import Foundation
import GRDB

/// Reads the table of runs.
enum ListingReader {
    private static let columns = """
        SELECT id, name, format, runbook, title, path, environment, host, login, claimed_name, mode, digest,
            started, last_time, last_sequence, head, state, reason, outcome FROM run
        """

    static func row(of run: String, in database: Database) throws -> (row: Int64, listing: RunListing)? {
        let statement = try database.cachedStatement(sql: "\(columns) WHERE name = ?")
        return try Row.fetchOne(statement, arguments: [run]).map { ($0[0], RunListing($0)) }
    }

    static func listings(_ filter: RunFilter, in database: Database) throws -> [RunListing] {
        let (conditions, arguments) = filter.conditions
        var sql = columns
        if !conditions.isEmpty { sql += " WHERE \(conditions.joined(separator: " AND "))" }
        // An identifier begins with its time, so that its order is that of the starts.
        sql += " ORDER BY name DESC"
        if let countMax = filter.countMax { sql += " LIMIT \(countMax)" }
        var listings: [RunListing] = []
        let rows = try Row.fetchCursor(database, sql: sql, arguments: arguments)
        while let row = try rows.next() { listings.append(RunListing(row)) }
        return listings
    }

    static func names(
        beginningWith prefix: String,
        countMax: Int,
        in database: Database
    ) throws -> [RunID] {
        let names = try String.fetchAll(
            database,
            sql: "SELECT name FROM run WHERE substr(name, 1, ?) = ? ORDER BY name DESC LIMIT ?",
            arguments: [prefix.count, prefix, countMax]
        )
        return names.map { RunID(text: $0) }
    }
}

extension RunListing {
    fileprivate init(_ row: Row) {
        self.init(
            run: RunID(text: row[1]),
            format: row[2],
            runbook: row[3],
            title: row[4],
            path: row[5],
            environment: row[6],
            host: row[7],
            person: Person(login: row[8], claimedName: row[9]),
            mode: RunMode(rawValue: row[10]) ?? .interactive,
            digest: row[11],
            started: Timestamp(nanoseconds: row[12]),
            lastTime: Timestamp(nanoseconds: row[13]),
            eventCount: row[14],
            head: Digest(bytes: [UInt8](row[15] as Data)),
            state: State(rawValue: row[16]) ?? .running,
            reason: row[17],
            outcome: (row[18] as String?).flatMap { RunOutcome(rawValue: $0) }
        )
    }
}

extension RunFilter {
    fileprivate var conditions: ([String], StatementArguments) {
        var conditions: [String] = []
        var arguments = StatementArguments()
        func add(_ condition: String, _ value: some DatabaseValueConvertible) {
            conditions.append(condition)
            arguments += [value]
        }
        func add(_ column: String, oneOf values: [String]) {
            conditions.append("\(column) IN (\(values.map { _ in "?" }.joined(separator: ", ")))")
            arguments += StatementArguments(values)
        }
        if let runbook { add("runbook = ?", runbook) }
        if let environment { add("environment = ?", environment) }
        if let login { add("login = ?", login) }
        if let since { add("started >= ?", since.nanoseconds) }
        if let before { add("started < ?", before.nanoseconds) }
        if let states { add("state", oneOf: states.map(\.rawValue)) }
        if let outcomes { add("outcome", oneOf: outcomes.map(\.rawValue)) }
        return (conditions, arguments)
    }
}
