import ArgumentParser
import CasebookDocument
import CasebookReport
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

    @Option(
        help: ArgumentHelp("The whole captured output of a cell's last attempt, as bytes.", valueName: "cell")
    )
    var output: String?

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let store = try RecordAccess.open(self.store.directory, .reading)
        let listing = try RecordAccess.find(run, in: store)
        let recorded = try RecordedRun(listing.run, in: store)
        if let output { return try show(output, of: recorded, in: store) }
        guard let summary = RunSummary(events: recorded.events, runbook: recorded.runbook) else {
            throw Problem(.toolFailed, "run \(listing.run) has no start in the record")
        }
        let standing = try StoreError.inWords { () throws(StoreError) in try store.standing(of: listing) }
        if json {
            let run = RunJSON(run: RunListingJSON(standing), steps: summary.steps.map(StepJSON.init))
            return OutputStream.standardOutput.line(try JSONText.of(run))
        }
        show(standing, recorded, summary.steps)
    }

    private func show(_ standing: RunStanding, _ recorded: RecordedRun, _ steps: [StepRow]) {
        let out = OutputStream.standardOutput
        let listing = standing.listing
        out.line("\(listing.title)")
        let reason = standing.isCutOff ? "its process has gone" : listing.reason
        out.line("  run \(listing.run), \(standing.words)\(reason.map { ": \($0)" } ?? "")")
        out.line("  started \(listing.started.dateAndTime) UTC on \(listing.host) by \(listing.person.label)")
        if let environment = listing.environment { out.line("  environment: \(environment)") }
        for parameter in recorded.started.parameters {
            out.line("  \(parameter.name) = \(parameter.value ?? "****")  (\(parameter.origin.rawValue))")
        }
        let width = steps.map(\.item.name.count).max() ?? 0
        for step in steps {
            let padding = String(repeating: " ", count: width - step.item.name.count)
            let detail = step.state.detail.map { ": \($0)" } ?? ""
            let time = step.duration.map { "  \($0.words)" } ?? ""
            out.line("  \(step.item)\(padding)  \(step.state.word)\(detail)\(time)")
        }
        if let line = EscalationAdvice.line(recorded.started.escalation), listing.state == .waitingAtFailure {
            out.line("  \(line)")
        }
        out.line("  record: \(listing.head.hexadecimal)")
    }

    private func show(_ cell: String, of recorded: RecordedRun, in store: RecordStore) throws {
        let outputs = recorded.events.compactMap { event in
            if case .outputStored(let stored) = event.body, stored.item.name == cell {
                stored.output
            } else {
                nil
            }
        }
        guard let last = outputs.last else {
            throw Problem(
                .usage,
                "the record has no output of `\(cell)`",
                advice: ["`casebook show` lists the run's steps"]
            )
        }
        if case .lost(let reason) = last.place {
            throw Problem(.toolFailed, "the output of `\(cell)` was not stored: \(reason)")
        }
        try StoreError.inWords { () throws(StoreError) in
            try store.readOutput(last) { OutputStream.standardOutput.write($0) }
        }
    }
}

/// The JSON of `show`; the keys are stable.
struct RunJSON: Encodable {
    let run: RunListingJSON
    let steps: [StepJSON]
}

/// One step in the JSON of `show`; the keys are stable.
struct StepJSON: Encodable {
    let name: String
    let line: Int?
    let state: String
    let detail: String?
    let attempts: Int
    /// From its first attempt or question to its last; nil when it had none that ended.
    let seconds: Double?

    init(_ row: StepRow) {
        name = row.item.name
        line = row.source?.place.line
        state = row.state.word
        detail = row.state.detail
        attempts = row.attempts.count
        seconds = row.duration.map { time in
            Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        }
    }

    private enum CodingKeys: CodingKey {
        case name, line, state, detail, attempts, seconds
    }

    /// Every key each time, as in ``RunListingJSON``.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(line, forKey: .line)
        try container.encode(state, forKey: .state)
        try container.encode(detail, forKey: .detail)
        try container.encode(attempts, forKey: .attempts)
        try container.encode(seconds, forKey: .seconds)
    }
}

extension ItemState {
    /// What the word leaves out: how it failed, why it was skipped, what was answered.
    var detail: String? {
        switch self {
        case .failed(let end), .failedWithWarning(let end): end.phrase
        case .skipped(let reason): reason
        case .answered(let word): word
        default: nil
        }
    }
}
