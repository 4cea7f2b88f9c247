import CasebookDocument
import CasebookRun
import CasebookStore
import Foundation
import GRDB
import Synchronization
import Testing

@Suite("the store")
struct RecordStoreTests {
    @Test("looking at a record that is not there makes none")
    func absent() throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/none"
        #expect(throws: StoreError.absent(path: path)) { try RecordStore(at: path, access: .reading) }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("a file where the directory should be, and a directory where the database should be")
    func inItsPlace() throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/store"
        try Data().write(to: URL(fileURLWithPath: path))
        #expect(throws: StoreError.notADirectory(path: path)) { try RecordStore(at: path, access: .writing) }
        #expect(throws: StoreError.notADirectory(path: path)) { try RecordStore(at: path, access: .reading) }
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.createDirectory(
            atPath: directory.database,
            withIntermediateDirectories: true
        )
        #expect(throws: StoreError.notPermitted(path: directory.database, operation: "open")) {
            try RecordStore(at: path, access: .writing)
        }
    }

    @Test("a newer record, another program's database and rubbish are told apart")
    func otherDatabases() throws {
        let directory = try TemporaryDirectory()
        _ = try directory.store()
        try DatabaseQueue(path: directory.database).write { try $0.execute(sql: "PRAGMA user_version = 99") }
        #expect(throws: StoreError.newer(path: directory.database, version: 99, known: 1)) {
            try directory.store()
        }
        try DatabaseQueue(path: directory.database).write {
            try $0.execute(sql: "PRAGMA user_version = 1; PRAGMA application_id = 5")
        }
        #expect(throws: StoreError.notARecord(path: directory.database)) { try directory.store() }
        try Data(repeating: 120, count: 9000).write(to: URL(fileURLWithPath: directory.database))
        #expect(throws: StoreError.damaged(path: directory.database, reason: "file is not a database")) {
            try directory.store()
        }
    }

    @Test("listings are newest first and follow the events")
    func listings() throws {
        let directory = try TemporaryDirectory()
        let store = try directory.store()
        let runs = ["01kaa", "01kab", "01kac", "01kad"].map { RunID(text: $0) }
        let item = ItemID("a")
        let ends: [[RunEvent.Body]] = [
            [.runEnded(RunEnded(outcome: .succeeded))],
            [.paused(Paused(reason: "gate `a` is open"))],
            [
                .cellEnded(CellEnded(item: item, outcome: .failed(.timedOut))),
                .paused(Paused(reason: "failed")),
            ],
            [],
        ]
        for (run, bodies) in zip(runs, ends) {
            let events = bodies.map { RunEvent(time: Sample.time(9), $0) }
            try store.journal(of: run).append([Sample.start(run)] + events)
        }
        #expect(try store.runs(RunFilter()).map(\.run) == runs.reversed())
        #expect(try store.runs(RunFilter()).map(\.state) == [.running, .waitingAtFailure, .paused, .ended])
        var filter = RunFilter()
        filter.states = [.paused, .ended]
        #expect(try store.runs(filter).map(\.run) == [runs[1], runs[0]])
        filter.outcomes = [.succeeded]
        #expect(try store.runs(filter).map(\.run) == [runs[0]])
        filter.runbook = "another"
        #expect(try store.runs(filter) == [])
    }

    @Test("a run is found by its first letters while they are its own")
    func resolve() throws {
        let directory = try TemporaryDirectory()
        let store = try directory.store()
        #expect(throws: StoreError.noRuns(path: store.path)) { try store.resolve(nil) }
        for name in ["01kaa", "01kab", "01kb0"] {
            let run = RunID(text: name)
            try store.journal(of: run).append([Sample.start(run)])
        }
        #expect(try store.resolve(nil).text == "01kb0")
        #expect(try store.resolve("01kaa").text == "01kaa")
        #expect(try store.resolve("O1KB").text == "01kb0")
        #expect(throws: StoreError.unknownRun(prefix: "%")) { try store.resolve("%") }
        #expect(
            throws: StoreError.ambiguousRun(
                prefix: "01ka",
                candidates: [RunID(text: "01kab"), RunID(text: "01kaa")]
            )
        ) {
            try store.resolve("01ka")
        }
    }

    @Test("a lock is held once, names its run, and is free again after its release")
    func lock() throws {
        let directory = try TemporaryDirectory()
        let store = try directory.store()
        guard case .taken(let lock) = try store.lock(runbook: "a", environment: "staging") else {
            Issue.record("the lock is free")
            return
        }
        try lock.name(Sample.run)
        guard case .held(let holder) = try directory.store().lock(runbook: "a", environment: "staging") else {
            Issue.record("the lock is held")
            return
        }
        #expect(holder == LockHolder(process: getpid(), run: Sample.run))
        #expect(try store.lockHolder(runbook: "a", environment: "staging") == holder)
        #expect(try store.lockHolder(runbook: "a", environment: "production") == nil)
        guard case .taken = try store.lock(runbook: "a", environment: nil) else {
            Issue.record("another environment is another lock")
            return
        }
        lock.release()
        #expect(try store.lockHolder(runbook: "a", environment: "staging") == nil)
        guard case .taken = try store.lock(runbook: "a", environment: "staging") else {
            Issue.record("a released lock is free")
            return
        }
    }

    @Test("a run that ended after its listing was read is not cut off")
    func endedMeanwhile() throws {
        let directory = try TemporaryDirectory()
        let store = try directory.store()
        let journal = try store.journal(of: Sample.run)
        try journal.append([Sample.start()])
        let early = try #require(try store.listing(of: Sample.run))
        #expect(try store.standing(of: early).state == "cut off")
        try journal.append([Sample.end()])
        let late = try #require(try store.listing(of: Sample.run))
        let standing = try store.standing(of: early)
        #expect(standing.listing == late)
        #expect(standing.words == "succeeded")
    }

    @Test("a run is at work only while the lock is held for it")
    func lockOfAnother() throws {
        let directory = try TemporaryDirectory()
        let store = try directory.store()
        try store.journal(of: Sample.run).append([Sample.start()])
        let listing = try #require(try store.listing(of: Sample.run))
        guard case .taken(let lock) = try store.lock(runbook: "restore", environment: "staging") else {
            Issue.record("the lock is free")
            return
        }
        #expect(try store.standing(of: listing).state == "cut off", "held without a name")
        try lock.name(RunID(text: "01kb0"))
        #expect(try store.standing(of: listing).state == "cut off", "held for another run")
        try lock.name(Sample.run)
        #expect(try store.standing(of: listing).state == "running")
    }

    @Test("whoever looks for the holder of a lock keeps nobody from taking it", .timeLimit(.minutes(10)))
    func looking() async throws {
        let directory = try TemporaryDirectory()
        let store = try directory.store()
        let isDone = Flag()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while !isDone.isSet {
                    _ = try store.lockHolder(runbook: "a", environment: nil)
                    await Task.yield()
                }
            }
            defer { isDone.set() }
            for _ in 0..<500 {
                guard case .taken(let lock) = try store.lock(runbook: "a", environment: nil) else {
                    Issue.record("nobody but a reader has the lock")
                    return
                }
                lock.release()
                await Task.yield()
            }
        }
    }
}

/// A word from one task to another.
private final class Flag: Sendable {
    private let value = Mutex(false)

    var isSet: Bool { value.withLock { $0 } }
    func set() { value.withLock { $0 = true } }
}
