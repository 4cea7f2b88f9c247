import CasebookDocument
import CasebookReport
import CasebookRun

/// A run written by hand: a runbook, its events with a clock turned by hand, and the outputs.
struct Scenario {
    private(set) var events: [RunEvent] = []
    var runbook: Runbook
    var outputs: [String: String] = [:]
    private var now = Timestamp(nanoseconds: 1_795_230_000_000_000_000)

    static let alice = Person(login: "root", claimedName: "alice")
    static let bob = Person(login: "bob", claimedName: nil)

    init(
        _ runbook: Runbook,
        title: String = "Restore the orders database",
        parameters: [ParameterValue] = [],
        gitDirty: Bool? = false
    ) {
        self.runbook = runbook
        add(
            .runStarted(
                RunStarted(
                    run: RunID(text: "01kaj0000000000000aa"),
                    runbook: "ops/restore.md",
                    title: title,
                    path: "restore.md",
                    directory: "/srv",
                    snapshot: runbook.source.bytes,
                    digest: String(repeating: "ab", count: 32),
                    gitCommit: "0fa0406",
                    gitDirty: gitDirty,
                    host: "db1",
                    person: Self.alice,
                    toolVersion: "0.1.0",
                    mode: .interactive,
                    environment: "staging",
                    parameters: parameters,
                    target: "restore.md",
                    escalation: "dba on call, +41 44 000"
                )
            )
        )
    }

    mutating func wait(_ seconds: Double) {
        now = Timestamp(nanoseconds: now.nanoseconds + Int64(seconds * 1_000_000_000))
    }

    mutating func add(_ body: RunEvent.Body) { events.append(RunEvent(time: now, body)) }

    mutating func ask(_ name: String, _ text: String) {
        add(.gateOpened(GateOpened(item: ItemID(name), text: text)))
    }

    mutating func answer(
        _ name: String,
        _ word: String,
        note: String? = nil,
        by person: Person = alice,
        inAdvance: Bool = false
    ) {
        add(
            .gateAnswered(
                GateAnswered(
                    item: ItemID(name),
                    answer: word,
                    note: note,
                    person: person,
                    isInAdvance: inAdvance
                )
            )
        )
    }

    mutating func attempt(
        _ name: String,
        _ number: Int = 1,
        takes seconds: Double,
        _ end: CellEnd?,
        output: String = ""
    ) {
        let item = ItemID(name)
        add(.cellStarted(CellStarted(item: item, attempt: number, session: "bash")))
        wait(seconds)
        let stored = StoredOutput(place: .inline(Array(output.utf8)), byteCount: output.utf8.count)
        add(.outputStored(OutputStored(item: item, attempt: number, output: stored)))
        add(
            .attemptEnded(
                AttemptEnded(item: item, attempt: number, end: end, notes: [], survivors: [], state: nil)
            )
        )
        if !output.isEmpty { outputs["\(name)/\(number)"] = output }
    }

    mutating func end(_ name: String, _ outcome: ItemOutcome) {
        add(.cellEnded(CellEnded(item: ItemID(name), outcome: outcome)))
    }

    mutating func end(_ outcome: RunOutcome) { add(.runEnded(RunEnded(outcome: outcome))) }

    var report: Report? {
        Report(
            events: events,
            runbook: runbook,
            integrity: ReportIntegrity(
                head: String(repeating: "cd", count: 32),
                verdict: "consistent, not anchored"
            )
        )
    }

    func markdown() -> String? {
        report.map { MarkdownReport($0, outputs: Outputs(texts: outputs)).render() }
    }

    private struct Outputs: ReportOutputs {
        let texts: [String: String]

        func settledText(of item: ItemID, attempt: Int) -> [UInt8]? {
            texts["\(item.name)/\(attempt)"].map { Array($0.utf8) }
        }
    }
}

/// A runbook made without a parser: each step is its prose and what it holds.
struct RunbookMaker {
    private var text = "# Restore\n\n"
    private var items: [RunbookItem] = []

    mutating func cell(
        _ name: String,
        _ instruction: String,
        code: String,
        handling: CellHandling = .run,
        change: (inout CellAttributes) -> Void = { _ in }
    ) {
        var attributes = CellAttributes()
        change(&attributes)
        items.append(
            .cell(
                Cell(
                    place: place(name, instruction, "```bash\n\(code)```\n"),
                    language: CellLanguage(tag: "bash", interpreter: .bash),
                    code: Array(code.utf8),
                    codeLine: 1,
                    attributes: attributes,
                    handling: handling,
                    insertion: nil
                )
            )
        )
    }

    mutating func gate(
        _ name: String,
        _ instruction: String,
        _ question: String,
        _ kind: Gate.Kind = .manualStep
    ) {
        items.append(
            .gate(
                Gate(
                    place: place(name, instruction, question + "\n"),
                    kind: kind,
                    text: question,
                    isRequired: true,
                    answers: [.done, .skip, .stop],
                    insertion: nil
                )
            )
        )
    }

    func runbook() -> Runbook {
        Runbook(
            source: SourceText(name: "restore.md", bytes: Array(text.utf8)),
            metadata: Metadata(),
            items: items,
            diagnostics: []
        )
    }

    private mutating func place(_ name: String, _ instruction: String, _ block: String) -> ItemPlace {
        let start = text.utf8.count
        text += instruction + "\n\n"
        let middle = text.utf8.count
        let line = text.split(separator: "\n", omittingEmptySubsequences: false).count
        text += block + "\n"
        return ItemPlace(
            id: ItemID(name),
            isNamed: true,
            headings: ["Steps"],
            range: middle..<text.utf8.count,
            line: line,
            instruction: start..<middle
        )
    }
}
