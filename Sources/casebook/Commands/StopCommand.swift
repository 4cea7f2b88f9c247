import ArgumentParser
import CasebookRun
import CasebookStore
import CasebookTerminal
import Glibc

/// `casebook stop`: ends a run, whether it is at work somewhere or waits.
struct StopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "End a run: one that is at work is stopped first, with all that its cells started.",
        discussion: """
            The cell that runs is stopped as Ctrl-C stops it (INT, then TERM and KILL for its whole process tree). A run that is \
            paused, waits at its failure or was cut off is ended as `casebook resume --stop` ends it.
            """
    )

    @Argument(help: "The run, its beginning is enough; the latest when none is named.")
    var run: String?

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("Who stops it: a claim, recorded beside the login.", valueName: "name")
    )
    var claimedName: String?

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let store = try RecordAccess.openExisting(self.store.directory)
        let listing = try RecordAccess.find(run, in: store)
        try await stopProcess(of: listing, in: store)
        let status = try await RunLauncher.resume(
            ResumeRequest(
                run: listing.run.text,
                decision: .stop,
                parameter: [],
                answers: try AnswerOptions.parse(claimedName.map { ["--as", $0] } ?? []),
                store: self.store
            )
        )
        throw status.exitCode
    }

    /// Asks the process that runs it to stop, and waits until it has gone; nothing when there is none.
    private func stopProcess(of listing: RunListing, in store: RecordStore) async throws {
        guard let holder = try holder(of: listing, in: store) else { return }
        guard kill(holder.process, SIGTERM) == 0 || errno == ESRCH else {
            throw Problem(
                .toolFailed,
                "process \(holder.process), which runs \(listing.run), cannot be stopped: \(SystemWords.of(errno))",
                advice: ["ask \(listing.person.label), who started it"]
            )
        }
        let clock = SystemClock()
        let asked = clock.now()
        while try self.holder(of: listing, in: store) == holder {
            guard clock.now().since(asked) < Self.patience else {
                throw Problem(
                    .toolFailed,
                    "process \(holder.process), which runs \(listing.run), has not ended after \(Self.patience.words)",
                    advice: ["look at it, then stop the run again"]
                )
            }
            await clock.wait(for: .milliseconds(50))
        }
    }

    /// The process that has this run in hand.
    private func holder(of listing: RunListing, in store: RecordStore) throws -> LockHolder? {
        let holder = try StoreError.inWords { () throws(StoreError) in
            try store.lockHolder(runbook: listing.runbook, environment: listing.environment)
        }
        // A damaged lock file must not make this a signal to a whole group.
        guard let holder, holder.run == listing.run, holder.process > 1 else { return nil }
        return holder
    }

    /// TERM, grace and KILL of a cell's processes, and the last save, take less.
    private static let patience = Duration.seconds(60)
}
