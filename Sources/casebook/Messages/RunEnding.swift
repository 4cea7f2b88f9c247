import CasebookDocument
import CasebookEngine
import CasebookRun
import CasebookStore
import CasebookTerminal

/// What is said when the engine lets go of a run: how it stands, and every way on.
struct RunEnding {
    private let launcher: RunLauncher
    private let style: TextStyle
    /// How the run stands now.
    private let machine: RunMachine

    init(_ launcher: RunLauncher, _ machine: RunMachine, style: TextStyle) {
        self.launcher = launcher
        self.machine = machine
        self.style = style
    }

    /// - Parameter unusedAnswers: the gates that were answered in advance and never asked.
    func show(_ stop: RunStop, unusedAnswers: [String]) {
        let out = OutputStream.standardOutput
        let run = launcher.run
        let more = launcher.storeOption
        out.line("")
        switch stop {
        case .ended(let outcome):
            out.line("run \(run) \(colour(outcome)(outcome.rawValue))")
            showWhatIsLeft()
            if [.failed, .rollbackIncomplete].contains(ExitStatus(outcome)) { showContact() }
        case .waitingAtFailure(let item, let outcome):
            out.line("run \(run) \(style.red("waits at its failure")): `\(item)` \(Wording.outcome(outcome))")
            showContact()
            out.line("  go on with `casebook resume \(run)\(more)`, and \(waysOn)")
            if machine.allowedDecisions.contains(.rollback) {
                out.line("  undo what was started with `casebook rollback \(run)\(more)`")
            }
        case .pausedAtGate(let item):
            out.line("run \(run) \(style.yellow("paused")): `\(item)` waits for an answer")
            showQuestion(item)
            out.line(
                "  answer with `casebook decide \(run) \(item) ANSWER\(more)`, then `casebook resume \(run)\(more)`,"
            )
            out.line("  or answer at the terminal: `casebook resume \(run)\(more)`")
        case .paused:
            out.line("run \(run) \(style.yellow("paused"))")
            out.line("  go on with `casebook resume \(run)\(more)`")
        case .stoppedByPerson(let item):
            out.line(
                "run \(run) \(style.yellow("stopped by a person"))\(item.map { " at `\($0)`" } ?? " between two steps")"
            )
            showContact()
            out.line("  go on with `casebook resume \(run)\(more)`")
        }
        out.line(style.dim("  report: casebook report \(run) --format markdown\(more)"))
        if let head = launcher.journal.head { out.line(style.dim("  record: \(head.hexadecimal)")) }
        for gate in unusedAnswers { warn(unused: gate, after: stop) }
    }

    /// A gate that was not reached keeps no answer: a run that goes on asks for it once more.
    private func warn(unused gate: String, after stop: RunStop) {
        let isOver = if case .ended = stop { true } else { false }
        OutputStream.standardError.line(
            "warning: the answer in advance to `\(gate)` was not used"
                + (isOver ? "" : "; give it again to `casebook resume`")
        )
    }

    /// What is asked and what may be answered: whoever reads this may not have the runbook at hand.
    private func showQuestion(_ item: ItemID) {
        guard let index = machine.plan.index(of: item) else { return }
        let out = OutputStream.standardOutput
        switch machine.item(at: index).demand {
        case .gate(let demand):
            for line in demand.text.split(separator: "\n") { out.line("  | \(line)") }
        case .confirm(let reason): out.line("  asks first: \(reason)")
        case .run, .notPlanned: break
        }
        let answers = machine.allowedAnswers(at: index).map { "`\($0)`" }.joined(separator: ", ")
        out.line("  answers: \(answers)")
        showContact()
    }

    /// The options of `resume` that the failure takes: `--retry`, `--skip WHY` or `--stop`.
    private var waysOn: String {
        let options = machine.allowedDecisions.filter { $0 != .rollback }.map { decision in
            decision == .skip || decision == .ignore
                ? "`--\(decision.rawValue) WHY`" : "`--\(decision.rawValue)`"
        }
        return options.dropLast().joined(separator: ", ") + " or " + (options.last ?? "")
    }

    /// After a rollback: the undo cells that did not succeed, and what had none.
    private func showWhatIsLeft() {
        guard let rollback = machine.rollback else { return }
        let out = OutputStream.standardOutput
        for index in rollback.queue {
            switch machine.outcomes[index] {
            case .succeeded, .answered: continue
            case .notPlanned, nil: out.line("  not undone: `\(machine.plan.items[index].id)` was not reached")
            case let outcome?:
                out.line("  not undone: `\(machine.plan.items[index].id)` \(Wording.outcome(outcome))")
            }
        }
        for item in rollback.remaining { out.line("  to undo by hand: `\(item)`") }
    }

    private func showContact() {
        if let line = EscalationAdvice.line(launcher.setup.runbook.metadata.escalation) {
            OutputStream.standardOutput.line("  \(line)")
        }
    }

    private func colour(_ outcome: RunOutcome) -> (String) -> String {
        switch ExitStatus(outcome) {
        case .succeeded: style.green
        case .failed, .toolFailed: style.red
        default: style.yellow
        }
    }
}
