import CasebookDocument
import CasebookRun
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
        for index in 0..<170 {
            events.append(RunEvent(time: Sample.time(Int64(index)), maker.body(index % 17)))
        }
        // An end in the middle: the record goes on all the same.
        try store.journal(of: Sample.run).append(events)
        let read = try store.events(of: Sample.run)
        for (index, event) in events.enumerated() where read[index] != event {
            Issue.record("seed \(seed), event \(index): wrote \(event), read \(read[index])")
        }
        #expect(read.count == events.count, "seed \(seed)")
        #expect(Set(events.map(\.body.kind)).count == 17, "every kind was tried")
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

/// Makes facts of any kind with awkward values.
private struct FactMaker {
    var generator: SeededGenerator

    mutating func body(_ kind: Int) -> RunEvent.Body {
        switch kind {
        case 0:
            guard case .runStarted(var fact) = Sample.start().body else { return .paused(Paused(reason: "")) }
            fact.snapshot = bytes()
            fact.gitDirty = flag() ? flag() : nil
            fact.gitCommit = flag() ? text() : nil
            fact.target = flag() ? text() : nil
            fact.parameters = texts().map {
                ParameterValue(name: $0, value: flag() ? text() : nil, origin: .prompted)
            }
            return .runStarted(fact)
        case 1: return .gateOpened(GateOpened(item: item(), text: text()))
        case 2:
            return .gateAnswered(
                GateAnswered(
                    item: item(),
                    answer: text(),
                    note: maybe(),
                    person: person(),
                    isInAdvance: flag()
                )
            )
        case 3: return .cellStarted(CellStarted(item: item(), attempt: number(), session: text()))
        case 4: return .outputStored(OutputStored(item: item(), attempt: number(), output: output()))
        case 5:
            return .attemptEnded(
                AttemptEnded(
                    item: item(),
                    attempt: number(),
                    end: flag() ? end() : nil,
                    notes: texts(),
                    survivors: texts(),
                    state: flag() ? SavedState(restoreCode: bytes(), lost: texts()) : nil
                )
            )
        case 6: return .cellEnded(CellEnded(item: item(), outcome: outcome()))
        case 7:
            return .failureDecided(
                FailureDecided(
                    item: item(),
                    decision: flag() ? .retry : .skip,
                    reason: maybe(),
                    person: person()
                )
            )
        case 8: return .sessionRestored(SessionRestored(session: text(), lost: texts()))
        case 9: return .documentSaved(DocumentSaved(path: text()))
        case 10: return .documentMerged(DocumentMerged(path: text(), leftOut: texts().map { ItemID($0) }))
        case 11: return .documentFailed(DocumentFailed(path: text(), reason: text()))
        case 12: return .noteTaken(NoteTaken(text: text(), person: person()))
        case 13: return .paused(Paused(reason: text()))
        case 14:
            return .resumed(
                Resumed(person: person(), host: text(), mode: flag() ? .interactive : .unattended)
            )
        case 15: return .superseded(Superseded(by: RunID(text: text())))
        default:
            return .runEnded(
                RunEnded(outcome: RunOutcome.allCases.randomElement(using: &generator) ?? .failed)
            )
        }
    }

    private mutating func flag() -> Bool { Bool.random(using: &generator) }
    private mutating func number() -> Int { Int.random(in: -5...1_000_000, using: &generator) }
    private mutating func maybe() -> String? { flag() ? text() : nil }
    private mutating func item() -> ItemID { ItemID(text()) }
    private mutating func person() -> Person { Person(login: text(), claimedName: maybe()) }

    private mutating func text() -> String {
        let pieces = [
            "", "a", "true", "null", "12", "\"", "\\", "\n", "\0", "é", "👩‍🚒", "[removed]", "{}", "/",
            "\u{202E}",
        ]
        return (0..<Int.random(in: 0...4, using: &generator)).map { _ in
            pieces.randomElement(using: &generator) ?? ""
        }
        .joined()
    }

    private mutating func texts() -> [String] {
        (0..<Int.random(in: 0...3, using: &generator)).map { _ in text() }
    }

    private mutating func bytes() -> [UInt8] {
        (0..<Int.random(in: 0...40, using: &generator)).map { _ in
            UInt8.random(in: 0...255, using: &generator)
        }
    }

    private mutating func end() -> CellEnd {
        let number = Int32.random(in: 0...255, using: &generator)
        let ends: [CellEnd] = [
            .exited(status: number), .killed(signal: number), .timedOut, .stopped,
            .sessionLost(reason: text()),
        ]
        return ends.randomElement(using: &generator) ?? .stopped
    }

    private mutating func outcome() -> ItemOutcome {
        let outcomes: [ItemOutcome] = [
            .succeeded, .failed(end()), .failedWithWarning(end()), .unknown, .skipped(reason: text()),
            .answered(word: text()), .notPlanned,
        ]
        return outcomes.randomElement(using: &generator) ?? .unknown
    }

    private mutating func output() -> StoredOutput {
        let places: [StoredOutput.Place] = [.inline(bytes()), .lost(reason: text())]
        return StoredOutput(
            place: places.randomElement(using: &generator) ?? .inline([]),
            byteCount: number()
        )
    }
}
