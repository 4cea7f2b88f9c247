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
            guard let lock = try store.lock(runbook: runbook, environment: environment, for: run) else {
                let holder = try store.lockHolder(runbook: runbook, environment: environment)
                let who = holder.map { " as run \($0.run), process \($0.process)" } ?? ""
                throw Problem(
                    .usage, "this runbook is running now\(who): nothing was run",
                    advice: ["wait for it, or see `casebook show\(options.repeated)`"])
            }
            try supersede(by: run, of: runbook, environment, in: store, options)
            return lock
        } catch let error as StoreError {
            throw error.problem
        }
    }

    private static func supersede(
        by run: RunID,
        of runbook: String,
        _ environment: String?,
        in store: RecordStore,
        _ options: StoreOptions
    ) throws {
        for earlier in try store.openRuns(runbook: runbook, environment: environment) {
            if earlier.state == .paused {
                throw Problem(
                    .usage, "run \(earlier.run) of this runbook is paused: nothing was run",
                    advice: [
                        "go on with `casebook resume \(earlier.run)\(options.repeated)`,",
                        "or end it with `casebook resume \(earlier.run) --stop\(options.repeated)`",
                    ])
            }
            let journal = try store.continueJournal(of: earlier.run)
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
