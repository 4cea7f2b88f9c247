import CasebookSimulation
import CasebookTestSupport
import Foundation
import Synchronization
import Testing

/// `kill -9` of Casebook, over and over: whatever a cell has started dies with it.
@Suite(.timeLimit(.minutes(20))) struct KillPointTests {
    /// How often; `CASEBOOK_KILLS` changes it.
    private static let kills = ProcessInfo.processInfo.environment["CASEBOOK_KILLS"].flatMap(Int.init) ?? 1000

    /// Children that hide as well as they can: in the background, in sessions of their own, behind a second fork, with
    /// all signals ignored, on a terminal.
    private static let runbook = """
        # K

        ```bash {#a}
        sleep 300 & setsid sleep 300 & (setsid sh -c 'sleep 300 & sleep 300' &)
        nohup sh -c 'trap "" TERM HUP INT; sleep 300; sleep 300' >/dev/null 2>&1 &
        sleep 0.02
        ```

        ```python {#b}
        import os, subprocess, time
        child = subprocess.Popen(["sleep", "300"], start_new_session=True)
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                os.execlp("sleep", "sleep", "300")
            os._exit(0)
        time.sleep(0.02)
        ```

        ```bash {#c tty}
        sleep 300 & sh -c 'sleep 300' &
        sleep 0.1
        ```

        """

    @Test func `a thousand kills at random moments leave no process alive`() throws {
        let seed =
            ProcessInfo.processInfo.environment["CASEBOOK_TEST_SEED"].flatMap(UInt64.init)
            ?? UInt64.random(in: 0...UInt64(UInt32.max))
        Loud.say("kill points: seed \(seed) (CASEBOOK_TEST_SEED=\(seed) repeats them)")
        let workspace = try Workspace()
        try workspace.write("k.md", Self.runbook)
        let clock = ContinuousClock()
        let length = try clock.measure {
            let whole = try workspace.casebook("run", "k.md", "--unattended", "--no-write")
            try #require(whole.status == 0, "\(whole.all)")
        }
        let mark = "KILL_POINT=\(UUID().uuidString)"
        let found = Mutex(0)
        let failures = Mutex<[String]>([])
        // Most of each run is waiting: many go on at once.
        let queue = OperationQueue()
        queue.maxConcurrentOperationCount = 12
        for number in 0..<Self.kills {
            queue.addOperation {
                var generator = SeededGenerator(seed: seed &+ UInt64(number))
                let delay = length * Double.random(in: 0..<1.1, using: &generator)
                do {
                    let run = try BackgroundRun(
                        [
                            "run", "k.md", "--unattended", "--no-write", "--store",
                            "\(workspace.path)/stores/\(number)",
                        ],
                        in: workspace,
                        environment: ["KILL_POINT": String(mark.dropFirst("KILL_POINT=".count))]
                    )
                    usleep(UInt32(delay / .microseconds(1)))
                    if number.isMultiple(of: 50) {
                        let count = try MarkedProcesses(mark: mark).identifiers.count
                        found.withLock { $0 = max($0, count) }
                    }
                    run.send(SIGKILL)
                    _ = run.wait()
                } catch {
                    failures.withLock { $0.append("kill \(number): \(error)") }
                }
            }
        }
        queue.waitUntilAllOperationsAreFinished()
        #expect(failures.withLock(\.self) == [])
        #expect(found.withLock(\.self) > 2, "the search finds processes while they live; seed \(seed)")
        #expect(
            try workspace.wait(within: 20) { try MarkedProcesses(mark: mark).identifiers.isEmpty },
            "processes are left; seed \(seed)"
        )
    }
}
