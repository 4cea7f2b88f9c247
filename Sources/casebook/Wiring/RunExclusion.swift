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
        do throws(StoreError) {
            let lock = try lock(of: runbook, environment, in: store).get()
            try lock.name(run)
            try supersede(by: run, of: runbook, environment, in: store, options)
            return lock
        } catch let error as StoreError {
            throw error.problem
        }
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
                    .usage, "this runbook is running now\(run)\(process): nothing was run",
                    advice: ["wait for it, or answer in its terminal"]))
        }
    }

    private static func supersede(
        by run: RunID,
        of runbook: String,
        _ environment: String?,
        in store: RecordStore,
        _ options: StoreOptions
    ) throws {
        var open = RunFilter()
        open.runbook = runbook
        open.states = [.running, .paused, .waitingAtFailure]
        for earlier in try store.runs(open) where earlier.environment == environment {
            if earlier.state == .paused {
                throw Problem(
                    .usage, "run \(earlier.run) of this runbook is paused: nothing was run",
                    advice: [
                        "go on with `casebook resume \(earlier.run)\(options.repeated)`,",
                        "or end it with `casebook resume \(earlier.run) --stop\(options.repeated)`",
                    ])
            }
            let journal = try store.journal(of: earlier.run)
            do throws(JournalError) {
                let event = RunEvent(time: SystemClock().now(), .superseded(Superseded(by: run)))
                try journal.append([event])
            } catch {
                throw error.problem
            }
            let state = earlier.state == .running ? "had died" : "was waiting at its failure"
            OutputStream.standardError.line("warning: run \(earlier.run) \(state); it is now superseded by this one")
        }
    }
}
