import GRDB

extension RecordStore {
    /// Forbids the database to grow by more than some pages, so that a test meets a real full disk of SQLite's.
    package func limitPages(toCurrentPlus pages: Int) throws(StoreError) {
        try throwing("limit the pages") {
            try queue.inDatabase { database in
                let count = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
                _ = try Int.fetchOne(database, sql: "PRAGMA max_page_count = \(count + pages)")
            }
        }
    }
}
