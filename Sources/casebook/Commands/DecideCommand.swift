import ArgumentParser
import CasebookDocument
import CasebookRun
import CasebookStore
import CasebookTerminal

/// `casebook decide`: records the answer to an open gate, and nothing else.
struct DecideCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide",
        abstract: "Answer the open gate of a paused run; `resume` goes on with it."
    )

    @Argument(help: "The run, its beginning is enough.")
    var run: String

    @Argument(help: "The gate's name.")
    var gate: String

    @Argument(help: "The answer: proceed, done, does-not-apply, skip, stop, or one of the gate's choices.")
    var answer: String

    @Option(help: ArgumentHelp("A note, or the reason of a skip.", valueName: "text"))
    var note: String?

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("Who answers: a claim, recorded beside the login.", valueName: "name")
    )
    var claimedName: String?

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let store = try RecordAccess.openExisting(self.store.directory)
        let listing = try RecordAccess.find(run, in: store)
        // Not in the run's name: nothing is at work on it meanwhile.
        let lock = try StoreError.inWords { () throws(StoreError) in
            try RunExclusion.lock(of: listing.runbook, listing.environment, in: store)
        }.get()
        defer { lock.release() }
        let recorded = try RecordedRun(listing.run, in: store)
        var machine = recorded.machine
        let person = Caller.person(claimedName: claimedName)
        let answered = GateAnswered(
            item: .init(gate),
            answer: answer,
            note: note.map(recorded.maskFromEnvironment.masking),
            person: person,
            isInAdvance: false
        )
        guard case .waitingAtGate(let index) = machine.phase else {
            throw Problem(.usage, "run \(listing.run) waits for no answer: \(machine.phase)")
        }
        let open = machine.plan.items[index].id
        guard open.name == gate else {
            throw Problem(.usage, "gate `\(gate)` is not open; run \(listing.run) waits at `\(open)`")
        }
        do throws(RunError) { try machine.apply(.gateAnswered(answered)) } catch { throw error.problem }
        let journal = try RecordAccess.journal(of: listing.run, in: store)
        do throws(JournalError) {
            try journal.append([RunEvent(time: SystemClock().now(), .gateAnswered(answered))])
        } catch {
            throw error.problem
        }
        let out = OutputStream.standardOutput
        out.line("`\(gate)` of run \(listing.run) answered: \(answer) by \(person.label)")
        out.line("  go on with `casebook resume \(listing.run)\(self.store.repeated)`")
    }
}
