import CasebookDocument
import CasebookRun
import CasebookSimulation
import CasebookStore
import GRDB
import Testing

@Suite("parts")
struct PartTests {
    @Test("facts of every kind come back as they were", arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func roundTrip(seed: UInt64) throws {
        let directory = try TemporaryDirectory()
        let store = try directory.store()
        var maker = FactMaker(generator: SeededGenerator(seed: seed))
        var events = [Sample.start()]
        for index in 0..<260 {
            events.append(RunEvent(time: Sample.time(Int64(index)), maker.body(index % 26)))
        }
        // An end in the middle: the record goes on all the same.
        try store.journal(of: Sample.run).append(events)
        let read = try store.events(of: Sample.run)
        for (index, event) in events.enumerated() where read[index] != event {
            Issue.record("seed \(seed), event \(index): wrote \(event), read \(read[index])")
        }
        #expect(read.count == events.count, "seed \(seed)")
        #expect(Set(events.map(\.body.kind)).count == 26, "every kind was tried")
        #expect(try store.verify(Sample.run).isConsistent, "seed \(seed)")
    }

    /// What is done to the parts of the events of a cell, and why its event then cannot be read.
    static let damages: [(sql: String, sequence: Int, reason: String)] = [
        ("DELETE FROM part WHERE sequence = 2 AND name = 'item'", 2, "its part `item` is missing"),
        (
            "UPDATE part SET bytes = CAST('many' AS BLOB) WHERE sequence = 2 AND name = 'attempt'", 2,
            "its part `attempt` does not hold what it should"
        ),
        (
            "UPDATE part SET bytes = CAST('{\"fell\":1}' AS BLOB) WHERE sequence = 4 AND name = 'end'", 4,
            "its part `end` does not hold what it should"
        ),
        (
            "UPDATE part SET bytes = CAST('asleep' AS BLOB) WHERE sequence = 1 AND name = 'mode'", 1,
            "its part `mode` does not hold what it should"
        ),
    ]

    @Test("an event that cannot be read says in words why", arguments: damages)
    func unreadable(row: (sql: String, sequence: Int, reason: String)) throws {
        let directory = try TemporaryDirectory()
        let store = try directory.store()
        let events = [Sample.start()] + Sample.cell(1)
        try store.journal(of: Sample.run).append(events)
        try DatabaseQueue(path: directory.database).write { try $0.execute(sql: row.sql) }
        let error = StoreError.unreadableEvent(
            run: Sample.run,
            sequence: row.sequence,
            kind: events[row.sequence - 1].body.kind,
            reason: row.reason
        )
        #expect(throws: error) { try store.events(of: Sample.run) }
    }

    @Test("a text stands in its part as its own bytes, not as JSON")
    func plainText() throws {
        let directory = try TemporaryDirectory()
        let store = try directory.store()
        try store.journal(of: Sample.run).append([Sample.start()])
        let parts = try store.recordedEvents(of: Sample.run)[0].parts
        let texts = parts.map { part in
            guard case .bytes(let bytes) = part.part.content else { return "\(part.part.name): not bytes" }
            return "\(part.part.name): \(String(decoding: bytes, as: UTF8.self))"
        }
        #expect(
            texts == [
                "format: 1", "run: 01kaj0000000000000aa", "runbook: restore", "title: Restore",
                "path: restore.md",
                "directory: /srv", "snapshot: # Restore\n", "digest: ab", "host: db1",
                #"person: {"login":"alice"}"#, "toolVersion: 0.1.0", "mode: unattended",
                "environment: staging", #"parameters: [{"name":"DB","origin":"given","value":"a"}]"#,
                "escalation: dba on call",
            ]
        )
    }
}
