import CasebookSimulation
import CasebookTestSupport
import Foundation
import Glibc
import Synchronization
import Testing

/// `kill -9` of Casebook, over and over: whatever a cell has started dies with it.
@Suite(.timeLimit(.minutes(20))) struct KillPointTests {
    /// How often; `CASEBOOK_KILLS` changes it.
    private static let kills = ProcessInfo.processInfo.environment["CASEBOOK_KILLS"].flatMap(Int.init) ?? 1000

    /// Children that hide as well as they can: in the background, in sessions of their own, behind a second fork, with
    /// all signals ignored, on a terminal.
    ///
    /// The cells last a little, so that kills come while the children live.
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
        let environment = workspace.baseEnvironment.map { "\($0.key)=\($0.value)" } + [mark]
        // Most of each run is waiting: many go on at once.
        let queue = OperationQueue()
        queue.maxConcurrentOperationCount = 12
        for number in 0..<Self.kills {
            queue.addOperation {
                var generator = SeededGenerator(seed: seed &+ UInt64(number))
                let delay = length * Double.random(in: 0..<1.1, using: &generator)
                let process = Self.start(
                    [
                        BuiltBinary.path, "run", "\(workspace.path)/k.md", "--unattended", "--no-write",
                        "--store",
                        "\(workspace.path)/stores/\(number)",
                    ],
                    environment: environment
                )
                guard process > 0 else {
                    failures.withLock { $0.append("kill \(number): it did not start") }
                    return
                }
                // The moment of the kill is chance itself: nothing is waited for.
                usleep(UInt32(delay / .microseconds(1)))
                if number.isMultiple(of: 50) {
                    let seen = try? MarkedProcesses(mark: mark)  // other looks follow
                    found.withLock { $0 = max($0, seen?.identifiers.count ?? 0) }
                }
                kill(process, SIGKILL)
                waitpid(process, nil, 0)
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

    /// Starts a program that says nothing to anybody; Foundation's own way is not made for so many at once.
    ///
    /// - Returns: its identifier; 0 when it did not start.
    private static func start(_ arguments: [String], environment: [String]) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for number in 0..<Int32(3) {
            posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_RDWR, 0)
        }
        let words = arguments.map { strdup($0) } + [nil]
        let values = environment.map { strdup($0) } + [nil]
        defer { for text in words + values { free(text) } }
        var process: pid_t = 0
        return posix_spawn(&process, arguments[0], &actions, nil, words, values) == 0 ? process : 0
    }
}
