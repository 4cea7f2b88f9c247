import ArgumentParser
import CasebookDocument
import CasebookRun
import CasebookStore
import CasebookTerminal

/// `casebook show`: says where a run stands, and what it did.
struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show where a run stands, step by step, or the output of one cell."
    )

    @Argument(help: "The run, its beginning is enough; the latest when none is named.")
    var run: String?

    @Flag(help: "As JSON: the run and its steps.")
    var json = false

    @Option(help: ArgumentHelp("The whole captured output of a cell's last attempt, as bytes.", valueName: "cell"))
    var output: String?

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let store = try RecordAccess.open(self.store.directory, .reading)
        let listing = try RecordAccess.find(run, in: store)
        let recorded = try RecordedRun(listing.run, in: store)
        if let output { return try show(output, of: recorded, in: store) }
        let steps = StepRows(recorded).rows
        if json { return OutputStream.standardOutput.line(try JSONText.of(RunJSON(run: .init(listing), steps: steps))) }
        show(listing, recorded, steps)
    }

    private func show(_ listing: RunListing, _ recorded: RecordedRun, _ steps: [StepRow]) {
        let out = OutputStream.standardOutput
        out.line("\(listing.title)")
        out.line("  run \(listing.run), \(listing.standing)\(listing.reason.map { ": \($0)" } ?? "")")
        out.line("  started \(listing.started.dateAndTime) UTC on \(listing.host) by \(listing.person.label)")
        if let environment = listing.environment { out.line("  environment: \(environment)") }
        for parameter in recorded.started.parameters {
            out.line("  \(parameter.name) = \(parameter.value ?? "****")  (\(parameter.origin.rawValue))")
        }
        let width = steps.map(\.name.count).max() ?? 0
        for step in steps {
            let padding = String(repeating: " ", count: width - step.name.count)
            out.line("  \(step.name)\(padding)  \(step.outcome)\(step.seconds.map { " in \(Wording.duration(.seconds($0)))" } ?? "")")
        }
        if let line = EscalationAdvice.line(recorded.started.escalation), listing.state == .waitingAtFailure {
            out.line("  \(line)")
        }
        out.line("  record: \(listing.head.hexadecimal)")
    }

    private func show(_ cell: String, of recorded: RecordedRun, in store: RecordStore) throws {
        let outputs = recorded.events.compactMap { event in
            if case .outputStored(let stored) = event.body, stored.item.name == cell { stored.output } else { nil }
        }
        guard let last = outputs.last else {
            throw Problem(.usage, "the record has no output of `\(cell)`", advice: ["`casebook show` lists the run's steps"])
        }
        if case .lost(let reason) = last.place { throw Problem(.toolFailed, "the output of `\(cell)` was not stored: \(reason)") }
        try StoreError.inWords { () throws(StoreError) in
            try store.readOutput(last) { OutputStream.standardOutput.write($0) }
        }
    }
}

/// The JSON of `show`; the keys are stable.
struct RunJSON: Encodable {
    let run: RunListingJSON
    let steps: [StepRow]
}

/// One step of a run, for listings.
struct StepRow: Encodable {
    let name: String
    let line: Int
    let outcome: String
    let attempts: Int
    /// How long its attempts took in all; nil when it had none that ended.
    var seconds: Double?
}

/// The steps of a run, folded from its events.
struct StepRows {
    private(set) var rows: [StepRow]

    init(_ recorded: RecordedRun) {
        let machine = recorded.machine
        let items = zip(machine.plan.items, zip(machine.outcomes, machine.attempts))
        rows = items.map { item, facts in
            StepRow(
                name: item.id.name,
                line: item.item.place.line,
                outcome: facts.0.map(Wording.outcome) ?? "not reached",
                attempts: facts.1
            )
        }
        var started: Timestamp?
        for event in recorded.events {
            switch event.body {
            case .cellStarted: started = event.time
            case .attemptEnded(let ended):
                guard let begun = started, let index = machine.plan.index(of: ended.item) else { continue }
                let time = event.time.since(begun).components
                let seconds = Double(time.seconds) + Double(time.attoseconds) / 1e18
                rows[index].seconds = (rows[index].seconds ?? 0) + max(0, seconds)
                started = nil
            default: continue
            }
        }
    }
}
