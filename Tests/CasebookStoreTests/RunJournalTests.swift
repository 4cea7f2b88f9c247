import CasebookDocument
import CasebookRun
import CasebookSimulation
import CasebookStore
import Foundation
import GRDB
import Testing

@Suite("the journal in the record")
struct RunJournalTests {
    @Test("what was appended is read back in order by another process's store")
    func readsBack() throws {
        let directory = try TemporaryDirectory()
        let written = [Sample.start()] + Sample.cell(1) + Sample.cell(2) + [Sample.end()]
        do {
            let store = try directory.store()
            let journal = try store.journal(of: Sample.run)
            try journal.append([written[0]])
            for event in written.dropFirst() { try journal.append([event]) }
        }
        let store = try RecordStore(at: "\(directory.path)/store", access: .reading)
        #expect(try store.events(of: Sample.run) == written)
        let verification = try store.verify(Sample.run)
        #expect(verification.isConsistent)
        #expect(verification.eventCount == written.count)
        #expect(verification.head == (try store.head(of: Sample.run)))
    }

    @Test("memory and record keep the same events", arguments: [1, 2, 3] as [UInt64])
    func conformance(seed: UInt64) throws {
        let directory = try TemporaryDirectory()
        let memory = MemoryJournal()
        let record = try directory.store().journal(of: Sample.run)
        var generator = SeededGenerator(seed: seed)
        var rest = ([Sample.start()] + (1...20).flatMap(Sample.cell) + [Sample.end()])[...]
        while !rest.isEmpty {
            let batch = Array(rest.prefix(Int.random(in: 1...5, using: &generator)))
            rest = rest.dropFirst(batch.count)
            for journal in [memory, record] as [any Journal] { try journal.append(batch) }
        }
        #expect(try record.storedEvents() == memory.events, "seed \(seed)")
    }

    @Test("a process that stands behind is told that the run was continued elsewhere")
    func continuedElsewhere() throws {
        let directory = try TemporaryDirectory()
        let store = try directory.store()
        let first = try store.journal(of: Sample.run)
        try first.append([Sample.start()])
        let second = try directory.store().journal(of: Sample.run)
        try second.append(Sample.cell(1))
        #expect(throws: JournalError.continuedElsewhere) { try first.append(Sample.cell(1)) }
        #expect(try store.events(of: Sample.run).count == 5)
        #expect(throws: JournalError.continuedElsewhere) {
            try store.journal(of: Sample.run).append([Sample.start()])
            try first.append([Sample.end()])
        }
    }

    @Test("a full database gives the reserve back, starts nothing, and still takes the end")
    func full() throws {
        let directory = try TemporaryDirectory()
        let store = try directory.store()
        let journal = try store.journal(of: Sample.run)
        try journal.append([Sample.start()])
        let reserve = "\(directory.path)/store/reserve"
        #expect(FileManager.default.fileExists(atPath: reserve))
        try store.limitPages(toCurrentPlus: 0)
        let large = RunEvent(
            time: Sample.time(5),
            .noteTaken(NoteTaken(text: String(repeating: "x", count: 100_000), person: Sample.alice))
        )
        #expect(throws: JournalError.full(path: directory.database)) { try journal.append([large]) }
        #expect(!FileManager.default.fileExists(atPath: reserve))
        try store.limitPages(toCurrentPlus: 100)
        #expect(throws: JournalError.full(path: directory.database)) { try journal.append(Sample.cell(1)) }
        try journal.append([Sample.end(.failed)])
        #expect(try store.events(of: Sample.run).count == 2)
        #expect(try store.verify(Sample.run).isConsistent)
        _ = try directory.store()
        #expect(FileManager.default.fileExists(atPath: reserve), "the next open makes the reserve again")
    }

    @Test("every failure of the record has words for the one who writes the journal")
    func words() {
        let run = Sample.run
        let failures: [(StoreError, String)] = [
            (.absent(path: "p"), "it is not there"),
            (.notADirectory(path: "p"), "it is not a directory"),
            (.notPermitted(path: "p", operation: "append"), "not permitted"),
            (.notARecord(path: "p"), "it is not a record of Casebook"),
            (.newer(path: "p", version: 9, known: 1), "it has the newer format 9"),
            (.damaged(path: "p", reason: "malformed"), "damaged: malformed"),
            (.readOnly(path: "p"), "read-only"),
            (.busy(path: "p"), "locked by another process for 10 s"),
            (.database(path: "p", operation: "append", reason: "no memory"), "no memory"),
            (.system(path: "p", operation: "append", errno: EIO), "input/output error (errno 5)"),
            (.noRuns(path: "p"), "it holds no run"),
            (.unknownRun(prefix: "p"), "the record has no such run"),
            (.ambiguousRun(prefix: "p", candidates: [run]), "the record has several such runs"),
            (.outputMissing(path: "p"), "it is missing"),
        ]
        for (error, reason) in failures {
            let expected = JournalError.failed(operation: "append", path: "p", reason: reason)
            #expect(JournalError(error, operation: "append") == expected)
        }
    }

    @Test("every file is the owner's alone, whatever the umask")
    func modes() throws {
        let directory = try TemporaryDirectory()
        let old = umask(0)
        defer { umask(old) }
        let store = try directory.store()
        let journal = try store.journal(of: Sample.run)
        try journal.append([Sample.start()])
        let spool = try journal.makeSpool()
        [UInt8](repeating: 7, count: 400_000).withUnsafeBytes { spool.receive($0) }
        _ = spool.finish()
        guard case .taken(let lock) = try store.lock(runbook: "restore", environment: nil) else {
            Issue.record("the lock is free")
            return
        }
        defer { lock.release() }
        let paths = try FileManager.default.subpathsOfDirectory(atPath: "\(directory.path)/store")
        #expect(paths.contains("record.sqlite-wal"))
        for path in [""] + paths.map({ "/\($0)" }) {
            let full = "\(directory.path)/store\(path)"
            let attributes = try FileManager.default.attributesOfItem(atPath: full)
            let isDirectory = attributes[.type] as? FileAttributeType == .typeDirectory
            #expect(attributes[.posixPermissions] as? Int == (isDirectory ? 0o700 : 0o600), "\(path)")
        }
    }
}

extension RunJournal {
    func storedEvents() throws -> [RunEvent] { try store.events(of: run) }
}
