import CasebookDocument
import CasebookEngine
import CasebookRun
import CasebookSimulation
import Synchronization

/// A run in memory: the true machine and runner over a scripted host, a memory journal and a clock turned by hand.
struct RunnerProbe {
    let runbook: Runbook
    var mode = RunMode.unattended
    var script: @Sendable (String, CellRequest) -> ScriptedSessionHost.Reply = { _, _ in .init() }
    var answers: [PersonAnswer] = []
    var whenAsked: @Sendable (String) -> Void = { _ in }
    var advanceAnswers: [String: PersonAnswer] = [:]
    var secrets: [String: String] = [:]
    var file: MemoryDocumentFile?
    var clockStep = Duration.milliseconds(10)
    var artifacts = MemoryArtifactFiles()
    /// True for a person who wants to stop while the first session is opened.
    var stopsWhileOpening = false
    let journal = MemoryJournal()
    let log = EventLog()

    init(_ runbook: Runbook) { self.runbook = runbook }

    init(_ builder: RunbookBuilder) { runbook = builder.runbook }

    init(markdown: String) {
        runbook = Runbook.read(SourceText(name: "test.md", bytes: Array(markdown.utf8)))
    }

    struct Result {
        let stop: RunStop
        let host: ScriptedSessionHost
        let approver: ScriptedApprover
        let outcomes: [ItemOutcome?]
    }

    /// The words for what went wrong with the document's file.
    static func sentence(of error: DocumentFileError) -> String {
        if case .readOnly(let path) = error { "`\(path)` is read-only" } else { "another error" }
    }

    static let person = Person(login: "ann", claimedName: nil)

    /// Starts a run, or goes on with what the journal holds.
    func run(opening more: [RunEvent.Body] = []) async throws -> Result {
        let plan = RunPlan(runbook)
        var machine = RunMachine(plan)
        var blocks = DocumentBlocks(picturesIn: file?.picturesFolder ?? "")
        for event in journal.events {
            try machine.apply(event.body)
            blocks.apply(event.body, plan: plan, text: Self.text)
        }
        let isNew = journal.events.isEmpty
        let stopper = Stopper()
        let host = ScriptedSessionHost(opening: { stopper.stop() }, script)
        let approver = ScriptedApprover(answers, whenAsked: whenAsked)
        let setup = RunSetup(
            runbook: runbook,
            directory: "/",
            variables: [:],
            secrets: secrets,
            limits: RunLimits(cell: nil, run: nil),
            advanceAnswers: advanceAnswers,
            document: file.map { ($0, isNew ? $0.bytes : nil) },
            machine: machine,
            blocks: blocks
        )
        let surroundings = Surroundings(
            journal: journal,
            host: host,
            approver: mode == .interactive ? approver : nil,
            observer: log,
            clock: ManualClock(start: Timestamp(nanoseconds: 0), step: clockStep),
            person: Self.person,
            artifacts: artifacts,
            fileSentence: Self.sentence(of:),
            spellSecret: { _ in [] }
        )
        let runner = Runner(setup, surroundings)
        if stopsWhileOpening { stopper.runner.withLock { $0 = runner } }
        let opening: RunEvent.Body =
            isNew
            ? .runStarted(.sample(mode)) : .resumed(Resumed(person: Self.person, host: "host", mode: mode))
        let stop = try await runner.run(opening: [opening] + more)
        return await Result(stop: stop, host: host, approver: approver, outcomes: runner.outcomes)
    }

    private final class Stopper: Sendable {
        let runner = Mutex<Runner?>(nil)
        func stop() { runner.withLock { $0 }?.stop() }
    }

    private static func text(_ item: ItemID, _ output: StoredOutput) -> [UInt8] {
        guard case .inline(let bytes) = output.place else { return [] }
        var excerpt = OutputExcerpt(.standard)
        bytes.withUnsafeBytes { excerpt.append($0) }
        return excerpt.text()
    }
}
