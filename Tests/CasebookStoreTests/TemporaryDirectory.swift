import CasebookDocument
import CasebookRun
import CasebookStore
import Foundation

/// A directory that is removed at the end of its test.
final class TemporaryDirectory {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "casebook-tests-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func store() throws -> RecordStore { try RecordStore(at: "\(path)/store", access: .writing) }

    var database: String { "\(path)/store/record.sqlite" }
}

/// Facts for tests.
enum Sample {
    static let alice = Person(login: "alice", claimedName: nil)
    static let run = RunID(text: "01kaj0000000000000aa")

    static func start(_ run: RunID = run, runbook: String = "restore") -> RunEvent {
        RunEvent(
            time: time(0),
            .runStarted(
                RunStarted(
                    run: run,
                    runbook: runbook,
                    title: "Restore",
                    path: "restore.md",
                    directory: "/srv",
                    snapshot: Array("# Restore\n".utf8),
                    digest: "ab",
                    gitCommit: nil,
                    gitDirty: nil,
                    host: "db1",
                    person: alice,
                    toolVersion: "0.1.0",
                    mode: .unattended,
                    environment: "staging",
                    parameters: [.init(name: "DB", value: "a", origin: .given)],
                    target: nil,
                    escalation: "dba on call"
                )
            )
        )
    }

    static func time(_ seconds: Int64) -> Timestamp {
        Timestamp(nanoseconds: 1_790_000_000_000_000_000 + seconds * 1_000_000_000)
    }

    static func cell(_ number: Int) -> [RunEvent] {
        let item = ItemID("steps-\(number)")
        let second = Int64(number)
        let line = Array("line \(number)\n".utf8)
        return [
            RunEvent(time: time(second), .cellStarted(CellStarted(item: item, attempt: 1, session: "bash"))),
            RunEvent(
                time: time(second),
                .outputStored(
                    OutputStored(
                        item: item,
                        attempt: 1,
                        output: StoredOutput(place: .inline(line), byteCount: line.count)
                    )
                )
            ),
            RunEvent(
                time: time(second),
                .attemptEnded(
                    AttemptEnded(
                        item: item,
                        attempt: 1,
                        end: .exited(status: 0),
                        notes: [],
                        survivors: [],
                        state: nil
                    )
                )
            ),
            RunEvent(time: time(second), .cellEnded(CellEnded(item: item, outcome: .succeeded))),
        ]
    }

    static func end(_ outcome: RunOutcome = .succeeded) -> RunEvent {
        RunEvent(time: time(100), .runEnded(RunEnded(outcome: outcome)))
    }
}
