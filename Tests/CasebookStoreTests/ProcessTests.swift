import CasebookDocument
import CasebookRun
import CasebookSimulation
import CasebookStore
import Foundation
import Testing

@Suite("several processes, and those that die", .timeLimit(.minutes(10)))
struct ProcessTests {
    @Test("nothing that was acknowledged is lost by kill -9", arguments: [1, 2, 3, 4, 5, 6] as [Int])
    func killed(seed: Int) async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, seed = seed as Int] in
            let store = try RecordStore(at: "\(path)/store", access: .writing)
            let journal = try store.journal(of: Sample.run)
            let acknowledged = open("\(path)/acknowledged", O_WRONLY | O_CREAT, 0o600)
            var generator = SeededGenerator(seed: UInt64(seed))
            let delay = UInt32.random(in: 100...60_000, using: &generator)
            Thread.detachNewThread {
                usleep(delay)
                _ = kill(getpid(), SIGKILL)
            }
            try journal.append([Sample.start()])
            var count: UInt32 = 1
            while true {
                withUnsafeBytes(of: count) { _ = pwrite(acknowledged, $0.baseAddress, 4, 0) }
                try journal.append(Sample.cell(Int(count)))
                count += 4
            }
        }
        let data = (try? Data(contentsOf: URL(fileURLWithPath: "\(path)/acknowledged"))) ?? Data()
        let acknowledged = data.reversed().reduce(0) { $0 << 8 | Int($1) }
        let store = try directory.store()
        guard acknowledged > 0 else { return }
        let events = try store.events(of: Sample.run)
        #expect(events.count >= acknowledged, "seed \(seed)")
        #expect(events.count % 4 == 1, "an append is there as a whole or not at all; seed \(seed)")
        #expect(try store.verify(Sample.run).isConsistent, "seed \(seed)")
        try store.journal(of: Sample.run).append([Sample.end(.failed)])
    }

    @Test("two processes that make one record and write at the same time lose nothing")
    func together() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path
        await withTaskGroup(of: Void.self) { group in
            for name in ["01kaa", "01kab"] {
                group.addTask {
                    await #expect(processExitsWith: .success) {
                        [path = path as String, name = name as String] in
                        let store = try RecordStore(at: "\(path)/store", access: .writing)
                        let run = RunID(text: name)
                        let journal = try store.journal(of: run)
                        try journal.append([Sample.start(run)])
                        for number in 1...100 { try journal.append(Sample.cell(number)) }
                    }
                }
            }
        }
        let store = try directory.store()
        for name in ["01kaa", "01kab"] {
            #expect(try store.events(of: RunID(text: name)).count == 401)
            #expect(try store.verify(RunID(text: name)).isConsistent)
        }
    }

    @Test("the lock of a process that was killed is free")
    func lockOfTheDead() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path
        let store = try directory.store()
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let store = try RecordStore(at: "\(path)/store", access: .writing)
            guard case .taken(let lock) = try store.lock(runbook: "a", environment: nil) else { exit(9) }
            try lock.name(Sample.run)
            _ = kill(getpid(), SIGKILL)
        }
        #expect(try store.lockHolder(runbook: "a", environment: nil) == nil)
        guard case .taken = try store.lock(runbook: "a", environment: nil) else {
            Issue.record("the kernel gave the lock back")
            return
        }
    }
}
