import CasebookDocument
import CasebookRun
import CasebookStore
import GRDB
import Testing

@Suite("verification")
struct VerificationTests {
    struct Tampering: CustomTestStringConvertible {
        let sql: String
        let sequence: Int
        let reason: Verification.Fault.Reason
        var testDescription: String { sql }
    }

    @Test(
        "a change to the record is named with its event",
        arguments: [
            // The bytes, the salt or the digest of a part.
            Tampering(
                sql: "UPDATE part SET bytes = x'00' WHERE sequence = 3 AND name = 'output'",
                sequence: 3,
                reason: .partChanged(name: "output")
            ),
            Tampering(
                sql: "UPDATE part SET salt = zeroblob(16) WHERE sequence = 2 AND name = 'item'",
                sequence: 2,
                reason: .partChanged(name: "item")
            ),
            Tampering(
                sql:
                    "UPDATE part SET digest = zeroblob(32), bytes = NULL WHERE sequence = 4 AND name = 'end'",
                sequence: 4,
                reason: .hashDiffers
            ),
            // A byte of the salt is none of the contents.
            Tampering(
                sql: """
                    UPDATE part SET bytes = CAST(substr(salt, 16) || bytes AS BLOB), salt = substr(salt, 1, 15)
                    WHERE sequence = 3 AND name = 'output'
                    """,
                sequence: 3,
                reason: .partChanged(name: "output")
            ),
            // The event's own columns.
            Tampering(
                sql: "UPDATE event SET time = time + 1 WHERE sequence = 2",
                sequence: 2,
                reason: .hashDiffers
            ),
            Tampering(
                sql: "UPDATE event SET kind = 'paused' WHERE sequence = 5",
                sequence: 5,
                reason: .hashDiffers
            ),
            Tampering(
                sql: "UPDATE event SET hash = zeroblob(32) WHERE sequence = 1",
                sequence: 1,
                reason: .hashDiffers
            ),
            // Rows taken away, added or in another order.
            Tampering(
                sql: "DELETE FROM part WHERE sequence = 2 AND position = 1",
                sequence: 2,
                reason: .hashDiffers
            ),
            Tampering(sql: "DELETE FROM event WHERE sequence = 3", sequence: 3, reason: .eventMissing),
            Tampering(sql: "DELETE FROM event WHERE sequence = 6", sequence: 6, reason: .eventMissing),
            Tampering(
                sql: """
                    UPDATE event SET sequence = 99 WHERE sequence = 2; UPDATE event SET sequence = 2 WHERE sequence = 5;
                    UPDATE event SET sequence = 5 WHERE sequence = 99
                    """,
                sequence: 2,
                reason: .hashDiffers
            ),
            // The listing, which is a fold of the events.
            Tampering(sql: "UPDATE run SET outcome = 'failed'", sequence: 6, reason: .listingDiffers),
            Tampering(sql: "UPDATE run SET login = 'mallory'", sequence: 6, reason: .listingDiffers),
        ]
    )
    func tampering(_ tampering: Tampering) throws {
        let directory = try TemporaryDirectory()
        let store = try directory.store()
        try store.journal(of: Sample.run).append([Sample.start()] + Sample.cell(1) + [Sample.end()])
        #expect(try store.verify(Sample.run).isConsistent)
        try DatabaseQueue(path: directory.database).write { try $0.execute(sql: tampering.sql) }
        let fault = try store.verify(Sample.run).fault
        #expect(fault?.sequence == tampering.sequence)
        #expect(fault?.reason == tampering.reason)
    }

    @Test("an output that is not as long as its event says is named")
    func size() throws {
        let directory = try TemporaryDirectory()
        let store = try directory.store()
        let output = StoredOutput(place: .inline(Array("five\n".utf8)), byteCount: 6)
        let stored = OutputStored(item: ItemID("a"), attempt: 1, output: output)
        try store.journal(of: Sample.run).append([
            Sample.start(), RunEvent(time: Sample.time(1), .outputStored(stored)),
        ])
        let fault = try store.verify(Sample.run).fault
        #expect(fault?.sequence == 2)
        #expect(fault?.reason == .sizeDiffers(name: "output"))
    }

    @Test("a removed list reads as an empty one, and a removed state as none")
    func removedLists() throws {
        let directory = try TemporaryDirectory()
        let store = try directory.store()
        let ended = AttemptEnded(
            item: ItemID("a"),
            attempt: 1,
            end: .exited(status: 0),
            notes: ["a note"],
            survivors: [],
            state: SavedState(restoreCode: Array("x=1".utf8), lost: ["variable t"])
        )
        try store.journal(of: Sample.run).append([
            Sample.start(), RunEvent(time: Sample.time(1), .attemptEnded(ended)),
        ])
        try DatabaseQueue(path: directory.database).write { database in
            try database.execute(sql: "UPDATE part SET bytes = NULL WHERE name IN ('notes', 'state.lost')")
        }
        #expect(try store.verify(Sample.run).isConsistent)
        let left = AttemptEnded(
            item: ItemID("a"),
            attempt: 1,
            end: .exited(status: 0),
            notes: [],
            survivors: [],
            state: SavedState(restoreCode: Array("x=1".utf8), lost: [])
        )
        #expect(try store.events(of: Sample.run)[1].body == .attemptEnded(left))
    }

    @Test("a removed part leaves the chain whole and the event readable")
    func removal() throws {
        let directory = try TemporaryDirectory()
        let store = try directory.store()
        try store.journal(of: Sample.run).append([Sample.start()] + Sample.cell(1))
        try DatabaseQueue(path: directory.database).write { database in
            try database.execute(sql: "UPDATE part SET bytes = NULL WHERE name IN ('output', 'snapshot')")
        }
        let verification = try store.verify(Sample.run)
        #expect(verification.isConsistent)
        #expect(verification.removedPartCount == 2)
        let events = try store.events(of: Sample.run)
        guard case .outputStored(let fact) = events[2].body else {
            Issue.record("the third event is the output")
            return
        }
        #expect(fact.output == StoredOutput(place: .lost(reason: "[removed]"), byteCount: 7))
    }

    @Test("an event of a newer version is shown and not acted on")
    func newerKind() throws {
        let directory = try TemporaryDirectory()
        let store = try directory.store()
        try store.journal(of: Sample.run).append([Sample.start()] + Sample.cell(1))
        try DatabaseQueue(path: directory.database).write {
            try $0.execute(sql: "UPDATE event SET kind = 'teleported' WHERE sequence = 2")
        }
        let recorded = try store.recordedEvents(of: Sample.run)
        #expect(recorded[1].event == nil)
        #expect(recorded[1].parts.map(\.part.name) == ["item", "attempt", "session"])
        #expect(throws: StoreError.unknownEvent(run: Sample.run, sequence: 2, kind: "teleported")) {
            try store.events(of: Sample.run)
        }
    }
}
