import CasebookRun
import Foundation
import GRDB

/// Reads the events of one run with their parts, in order and one at a time.
struct EventReader {
    let database: Database
    let row: Int64

    func forEach(_ body: (SealedEvent) throws -> Void) throws {
        let events = try Row.fetchCursor(
            try database.cachedStatement(
                sql: "SELECT sequence, kind, time, hash FROM event WHERE run = ? ORDER BY sequence"
            ),
            arguments: [row]
        )
        // The parts come in the order of the events, so that two cursors side by side join them.
        let parts = try Row.fetchCursor(
            try database.cachedStatement(
                sql: """
                    SELECT sequence, name, salt, digest, bytes, file FROM part WHERE run = ?
                    ORDER BY sequence, position
                    """
            ),
            arguments: [row]
        )
        var waiting = try parts.next().map(Part.init)
        while let event = try events.next() {
            let sequence: Int = event[0]
            var own: [SealedPart] = []
            while let part = waiting, part.sequence <= sequence {
                if part.sequence == sequence { own.append(part.sealed) }
                waiting = try parts.next().map(Part.init)
            }
            try body(
                SealedEvent(
                    sequence: sequence,
                    kind: event[1],
                    time: Timestamp(nanoseconds: event[2]),
                    hash: Digest(bytes: [UInt8](event[3] as Data)),
                    parts: own
                )
            )
        }
    }

    private struct Part {
        let sequence: Int
        let sealed: SealedPart

        init(_ row: Row) {
            sequence = row[0]
            let content: RecordPart.Content =
                if let file = row[5] as String? {
                    .file(name: file)
                } else if let bytes = row[4] as Data? {
                    .bytes([UInt8](bytes))
                } else {
                    .removed
                }
            sealed = SealedPart(
                part: RecordPart(name: row[1], content: content),
                salt: [UInt8](row[2] as Data),
                digest: Digest(bytes: [UInt8](row[3] as Data))
            )
        }
    }
}
