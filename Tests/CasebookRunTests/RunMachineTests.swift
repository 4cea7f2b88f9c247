import CasebookDocument
import CasebookRun
import CasebookSimulation
import Testing

@Suite struct RunMachineTests {
    private let person = Person(login: "ann", claimedName: nil)

    private func machine(_ builder: RunbookBuilder, _ mode: RunMode) throws -> RunMachine {
        var machine = RunMachine(RunPlan(builder.runbook))
        try machine.apply(.runStarted(.sample(mode)))
        return machine
    }

    private func start(_ name: String, attempt: Int = 1) -> RunEvent.Body {
        .cellStarted(CellStarted(item: ItemID(name), attempt: attempt, session: "bash"))
    }

    private func end(_ name: String, _ end: CellEnd?, state: SavedState? = nil) -> RunEvent.Body {
        .attemptEnded(
            AttemptEnded(item: ItemID(name), attempt: 1, end: end, notes: [], survivors: [], state: state)
        )
    }

    private func settled(_ name: String, _ outcome: ItemOutcome) -> RunEvent.Body {
        .cellEnded(CellEnded(item: ItemID(name), outcome: outcome))
    }

    private func opened(_ name: String) -> RunEvent.Body {
        .gateOpened(GateOpened(item: ItemID(name), text: ""))
    }

    private func answered(
        _ name: String,
        _ answer: String,
        note: String? = nil,
        inAdvance: Bool = false
    ) -> RunEvent.Body {
        .gateAnswered(
            GateAnswered(
                item: ItemID(name),
                answer: answer,
                note: note,
                person: person,
                isInAdvance: inAdvance
            )
        )
    }

    private func decided(_ name: String, _ decision: FailureDecided.Decision, _ reason: String? = nil)
        -> RunEvent.Body
    {
        .failureDecided(
            FailureDecided(item: ItemID(name), decision: decision, reason: reason, person: person)
        )
    }

    // MARK: Going forward

    @Test func `an unattended run starts one cell after the other and ends succeeded`() throws {
        var machine = try machine(RunbookBuilder().cell("a").cell("b"), .unattended)
        #expect(machine.decide() == .startCell(0, attempt: 1))
        try machine.apply(start("a"))
        #expect(machine.decide() == .markUnknown(0))
        try machine.apply(end("a", .exited(status: 0)))
        #expect(machine.decide() == .settle(0, .succeeded))
        try machine.apply(settled("a", .succeeded))
        #expect(machine.decide() == .startCell(1, attempt: 1))
        try machine.apply(start("b"))
        try machine.apply(end("b", .exited(status: 0)))
        try machine.apply(settled("b", .succeeded))
        #expect(machine.decide() == .end(.succeeded))
        try machine.apply(.runEnded(RunEnded(outcome: .succeeded)))
        #expect(machine.decide() == .rest(.succeeded))
    }

    @Test func `an interactive run asks before each cell, until a person says continue`() throws {
        var machine = try machine(
            RunbookBuilder().cell("a").cell("b").checkpoint("c").cell("d"),
            .interactive
        )
        #expect(machine.decide() == .openGate(0))
        try machine.apply(opened("a"))
        #expect(machine.decide() == .awaitAnswer(0))
        try machine.apply(answered("a", "continue"))
        #expect(machine.decide() == .startCell(0, attempt: 1))
        for name in ["a", "b"] {
            try machine.apply(start(name))
            try machine.apply(end(name, .exited(status: 0)))
            try machine.apply(settled(name, .succeeded))
        }
        #expect(machine.decide() == .openGate(2))
        try machine.apply(opened("c"))
        try machine.apply(answered("c", "proceed"))
        #expect(machine.decide() == .openGate(3), "a gate ends what `continue` allowed")
    }

    @Test func `a cell that wants a person's word is asked about in an unattended run too`() throws {
        var machine = try machine(
            RunbookBuilder().cell("a", handling: .confirm(because: "it deletes")),
            .unattended
        )
        #expect(machine.decide() == .openGate(0))
        try machine.apply(opened("a"))
        try machine.apply(answered("a", "run"))
        #expect(machine.decide() == .startCell(0, attempt: 1))
    }

    @Test func `cells that are shown only are passed over`() throws {
        let builder = RunbookBuilder().cell("a", handling: .shown(because: "run=no")).cell("b")
            .cell("c", handling: .undo(because: "Rollback"))
        var machine = try machine(builder, .unattended)
        #expect(machine.decide() == .startCell(1, attempt: 1))
        try machine.apply(start("b"))
        try machine.apply(end("b", .exited(status: 0)))
        try machine.apply(settled("b", .succeeded))
        #expect(machine.outcomes == [.notPlanned, .succeeded, .notPlanned])
        #expect(machine.decide() == .end(.succeeded))
    }

    // MARK: How cells end

    struct Verdict: CustomTestStringConvertible, Sendable {
        let end: CellEnd?
        let isRequired: Bool
        let outcome: ItemOutcome
        var testDescription: String { "\(String(describing: end)), required \(isRequired)" }
    }

    @Test(arguments: [
        Verdict(end: .exited(status: 0), isRequired: true, outcome: .succeeded),
        Verdict(end: .exited(status: 3), isRequired: true, outcome: .succeeded),
        Verdict(end: .exited(status: 1), isRequired: true, outcome: .failed(.exited(status: 1))),
        Verdict(end: .exited(status: 1), isRequired: false, outcome: .failedWithWarning(.exited(status: 1))),
        Verdict(end: .killed(signal: 9), isRequired: true, outcome: .failed(.killed(signal: 9))),
        Verdict(end: .timedOut, isRequired: true, outcome: .failed(.timedOut)),
        Verdict(end: .timedOut, isRequired: false, outcome: .failedWithWarning(.timedOut)),
        // What a person stopped is for a person to decide about, required or not.
        Verdict(end: .stopped, isRequired: false, outcome: .failed(.stopped)),
        // Nobody saw it end: never assumed to have done anything.
        Verdict(end: nil, isRequired: false, outcome: .unknown),
    ])
    func `an attempt is judged by how it ended`(_ example: Verdict) throws {
        let builder = RunbookBuilder().cell("a") {
            $0.isRequired = example.isRequired
            $0.successStatuses = [0, 3]
        }
        var machine = try machine(builder, .unattended)
        try machine.apply(start("a"))
        try machine.apply(end("a", example.end))
        #expect(machine.decide() == .settle(0, example.outcome))
    }

    @Test func `a failed cell waits for a decision; a retry is a new attempt`() throws {
        var machine = try machine(RunbookBuilder().cell("a"), .unattended)
        try machine.apply(start("a"))
        try machine.apply(end("a", .exited(status: 1)))
        try machine.apply(settled("a", .failed(.exited(status: 1))))
        #expect(machine.decide() == .awaitFailureDecision(0))
        try machine.apply(decided("a", .retry))
        #expect(machine.decide() == .startCell(0, attempt: 2))
    }

    @Test(arguments: [CellEffect.none, .repeatable])
    func `an unknown cell that is safe to repeat is repeated once by itself`(effect: CellEffect) throws {
        var machine = try machine(RunbookBuilder().cell("a") { $0.effect = effect }, .unattended)
        try machine.apply(start("a"))
        try machine.apply(end("a", nil))
        try machine.apply(settled("a", .unknown))
        #expect(machine.decide() == .startCell(0, attempt: 2))
        try machine.apply(start("a", attempt: 2))
        try machine.apply(end("a", nil))
        try machine.apply(settled("a", .unknown))
        #expect(machine.decide() == .awaitFailureDecision(0))
    }

    @Test func `a skipped failure is a deviation, and needs its reason`() throws {
        var machine = try machine(RunbookBuilder().cell("a"), .unattended)
        try machine.apply(start("a"))
        try machine.apply(end("a", nil))
        try machine.apply(settled("a", .unknown))
        #expect(throws: RunError.reasonMissing(item: "a")) { try machine.apply(decided("a", .skip)) }
        try machine.apply(decided("a", .skip, "done by hand"))
        #expect(machine.decide() == .end(.completedWithDeviations))
    }

    @Test func `stopping at a failure ends the run as failed, at a gate as stopped`() throws {
        var failing = try machine(RunbookBuilder().cell("a"), .unattended)
        try failing.apply(start("a"))
        try failing.apply(end("a", .timedOut))
        try failing.apply(settled("a", .failed(.timedOut)))
        try failing.apply(decided("a", .stop))
        #expect(failing.decide() == .end(.failed))

        var waiting = try machine(RunbookBuilder().checkpoint("c"), .unattended)
        try waiting.apply(opened("c"))
        try waiting.apply(answered("c", "stop"))
        #expect(waiting.decide() == .end(.stopped))
    }

    // MARK: Gates

    @Test func `a required checkpoint cannot be skipped`() throws {
        var machine = try machine(RunbookBuilder().checkpoint("c"), .unattended)
        try machine.apply(opened("c"))
        #expect(throws: RunError.answerNotTaken(item: "c", answer: "skip", allowed: ["proceed", "stop"])) {
            try machine.apply(answered("c", "skip", note: "no time"))
        }
        #expect(machine.decide() == .awaitAnswer(0), "a refused answer leaves the gate open")
    }

    @Test func `an answer in advance is refused where a role is asked`() throws {
        var machine = try machine(RunbookBuilder().checkpoint("c") { $0.role = "commander" }, .unattended)
        try machine.apply(opened("c"))
        #expect(throws: RunError.advanceAnswerRefused(item: "c", because: "it asks for a role")) {
            try machine.apply(answered("c", "proceed", inAdvance: true))
        }
    }

    @Test func `a second answer, and one before the gate opens, are refused`() throws {
        var machine = try machine(RunbookBuilder().checkpoint("c").cell("d"), .unattended)
        #expect(throws: RunError.self) { try machine.apply(answered("c", "proceed")) }
        try machine.apply(opened("c"))
        try machine.apply(answered("c", "proceed"))
        #expect(throws: RunError.self) { try machine.apply(answered("c", "stop")) }
        #expect(machine.decide() == .startCell(1, attempt: 1))
    }

    // MARK: Outcomes

    @Test func `a run in which everything was skipped has not succeeded`() throws {
        let builder = RunbookBuilder().cell("a") { $0.isRequired = false }
        var machine = try machine(builder, .interactive)
        try machine.apply(opened("a"))
        try machine.apply(answered("a", "skip", note: "not today"))
        #expect(machine.decide() == .end(.completedWithDeviations))
    }

    @Test func `a step that does not apply is no deviation`() throws {
        var machine = try machine(RunbookBuilder().manualStep("a").cell("b"), .unattended)
        try machine.apply(opened("a"))
        try machine.apply(answered("a", "does-not-apply"))
        try machine.apply(start("b"))
        try machine.apply(end("b", .exited(status: 0)))
        try machine.apply(settled("b", .succeeded))
        #expect(machine.decide() == .end(.succeeded))
    }

    @Test func `a failure that is not required ends in success with warnings`() throws {
        var machine = try machine(RunbookBuilder().cell("a") { $0.isRequired = false }, .unattended)
        try machine.apply(start("a"))
        try machine.apply(end("a", .exited(status: 1)))
        try machine.apply(settled("a", .failedWithWarning(.exited(status: 1))))
        #expect(machine.decide() == .end(.succeededWithWarnings))
    }

    // MARK: Events that do not fit

    @Test func `an event that cannot follow is an error and changes nothing`() throws {
        let machine = try machine(RunbookBuilder().cell("a").checkpoint("c"), .unattended)
        let strangers: [RunEvent.Body] = [
            .runStarted(.sample(.unattended)), end("a", .exited(status: 0)), settled("a", .succeeded),
            answered("c", "proceed"), decided("a", .retry), start("nobody"), opened("nobody"),
        ]
        for stranger in strangers {
            var copy = machine
            #expect(throws: RunError.self, "\(stranger.kind)") { try copy.apply(stranger) }
            #expect(copy.decide() == machine.decide(), "\(stranger.kind)")
        }
    }

    @Test func `nothing follows the end but what is said about documents`() throws {
        var machine = try machine(RunbookBuilder().cell("a"), .unattended)
        try machine.apply(.superseded(Superseded(by: RunID(text: "x"))))
        try machine.apply(.documentSaved(DocumentSaved(path: "a.md")))
        #expect(throws: RunError.self) { try machine.apply(start("a")) }
        #expect(machine.decide() == .rest(.superseded))
    }

    @Test func `the latest state of each session is kept for starting it again`() throws {
        var machine = try machine(RunbookBuilder().cell("a").cell("b"), .unattended)
        let state = SavedState(restoreCode: Array("X=1".utf8), lost: [])
        try machine.apply(start("a"))
        try machine.apply(end("a", .exited(status: 0), state: state))
        try machine.apply(settled("a", .succeeded))
        try machine.apply(start("b"))
        try machine.apply(end("b", .exited(status: 0)))
        #expect(machine.savedStates["bash"] == state)
    }
}
