import CasebookRun
import CasebookStore
import CasebookTerminal

/// Sees to it that one runbook has one live or paused run in its environment.
enum RunExclusion {
    /// Takes the lock, and ends what a dead or failed earlier run left open.
    static func take(
        _ run: RunID,
        of runbook: String,
        environment: String?,
        in store: RecordStore,
        _ options: StoreOptions
    ) throws -> RunLock {
        let lock = try StoreError.inWords { () throws(StoreError) in
            let attempt = try Self.lock(of: runbook, environment, in: store)
            if case .success(let taken) = attempt { try taken.name(run) }
            return attempt
        }.get()
        return lock
    }

    /// The lock of a runbook, or who has it.
    static func lock(
        of runbook: String,
        _ environment: String?,
        in store: RecordStore
    ) throws(StoreError) -> Result<RunLock, Problem> {
        switch try store.lock(runbook: runbook, environment: environment) {
        case .taken(let lock): return .success(lock)
        case .held(let holder):
            let run = holder?.run.map { " as run \($0)" } ?? ""
            let process = holder.map { ", process \($0.process)" } ?? ""
            return .failure(
                Problem(
                    .usage,
                    "this runbook is running now\(run)\(process): nothing was run",
                    advice: ["wait for it, or answer in its terminal"]
                )
            )
        }
    }

    /// Ends what earlier runs of the runbook left waiting at a failure.
    ///
    /// - Throws: a ``Problem`` when one is paused or was cut off: a person decides about that one first.
    static func supersede(
        by run: RunID,
        of runbook: String,
        environment: String?,
        in store: RecordStore,
        _ options: StoreOptions
    ) throws {
        var open = RunFilter()
        open.runbook = runbook
        open.states = [.running, .paused, .waitingAtFailure]
        let runs = try StoreError.inWords { () throws(StoreError) in try store.runs(open) }
            .filter { $0.environment == environment }
        for earlier in runs where earlier.state != .waitingAtFailure {
            let state = earlier.state == .paused ? "is paused" : "was cut off: its process has gone"
            throw Problem(
                .usage,
                "run \(earlier.run) of this runbook \(state): nothing was run",
                advice: [
                    "go on with `casebook resume \(earlier.run)\(options.repeated)`,",
                    "or end it with `casebook resume \(earlier.run) --stop\(options.repeated)`",
                ]
            )
        }
        for earlier in runs {
            let journal = try RecordAccess.journal(of: earlier.run, in: store)
            do throws(JournalError) {
                let event = RunEvent(time: SystemClock().now(), .superseded(Superseded(by: run)))
                try journal.append([event])
            } catch {
                throw error.problem
            }
            OutputStream.standardError.line(
                "warning: run \(earlier.run) was waiting at its failure; it is now superseded by this one"
            )
        }
    }
}
