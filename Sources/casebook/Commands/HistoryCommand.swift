import ArgumentParser
import CasebookRun
import CasebookStore
import CasebookTerminal

/// `casebook history`: lists runs, newest first.
struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "List the runs in the record, newest first."
    )

    @Flag(help: "As a JSON array.")
    var json = false

    @Option(
        name: [.customShort("n"), .long],
        help: ArgumentHelp("At most this many.", valueName: "count")
    )
    var limit: Int?

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let store = try RecordAccess.open(self.store.directory, .reading)
        var filter = RunFilter()
        filter.countMax = limit
        let runs = try StoreError.inWords { () throws(StoreError) in
            var runs: [RunStanding] = []
            for listing in try store.runs(filter) { runs.append(try store.standing(of: listing)) }
            return runs
        }
        let out = OutputStream.standardOutput
        if json { return out.line(try JSONText.of(runs.map(RunListingJSON.init))) }
        for run in runs { out.line(Self.line(run)) }
    }

    private static func line(_ standing: RunStanding) -> String {
        let run = standing.listing
        let environment = run.environment.map { " [\($0)]" } ?? ""
        return "\(run.run)  \(run.started.dateAndTime)  \(standing.words)  \(run.title)\(environment)"
    }
}

/// One run in the JSON of `history`; the keys are stable.
struct RunListingJSON: Encodable {
    let run: String
    let title: String
    let runbook: String
    let path: String
    let environment: String?
    /// `running`, `cut off`, `paused`, `waiting at failure` or `ended`.
    let state: String
    let outcome: String?
    let started: String
    let lastEvent: String
    let events: Int
    let host: String
    let login: String
    let claimedName: String?
    let digest: String
    let head: String

    init(_ standing: RunStanding) {
        let listing = standing.listing
        run = listing.run.text
        title = listing.title
        runbook = listing.runbook
        path = listing.path
        environment = listing.environment
        state = standing.state
        outcome = listing.outcome?.rawValue
        started = listing.started.rfc3339
        lastEvent = listing.lastTime.rfc3339
        events = listing.eventCount
        host = listing.host
        login = listing.person.login
        claimedName = listing.person.claimedName
        digest = listing.digest
        head = listing.head.hexadecimal
    }

    private enum CodingKeys: CodingKey {
        case run, title, runbook, path, environment, state, outcome, started, lastEvent, events
        case host, login, claimedName, digest, head
    }

    /// Every key each time, with null for what is not there: whoever reads it need not know which may be missing.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(run, forKey: .run)
        try container.encode(title, forKey: .title)
        try container.encode(runbook, forKey: .runbook)
        try container.encode(path, forKey: .path)
        try container.encode(environment, forKey: .environment)
        try container.encode(state, forKey: .state)
        try container.encode(outcome, forKey: .outcome)
        try container.encode(started, forKey: .started)
        try container.encode(lastEvent, forKey: .lastEvent)
        try container.encode(events, forKey: .events)
        try container.encode(host, forKey: .host)
        try container.encode(login, forKey: .login)
        try container.encode(claimedName, forKey: .claimedName)
        try container.encode(digest, forKey: .digest)
        try container.encode(head, forKey: .head)
    }
}
