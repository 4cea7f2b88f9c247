import CasebookDocument
import CasebookEngine
import CasebookRun
import CasebookStore
import CasebookTerminal

/// What is said when the engine lets go of a run: how it stands, and every way on.
struct RunEnding {
    private let launcher: RunLauncher
    private let style: TextStyle

    init(_ launcher: RunLauncher, style: TextStyle) {
        self.launcher = launcher
        self.style = style
    }

    func show(_ stop: RunStop) {
        let out = OutputStream.standardOutput
        let run = launcher.run
        let more = launcher.storeOption
        out.line("")
        switch stop {
        case .ended(let outcome):
            out.line("run \(run) \(colour(outcome)(outcome.rawValue))")
            if ExitStatus(outcome) == .failed { showContact() }
        case .waitingAtFailure(let item, let outcome):
            out.line("run \(run) \(style.red("waits at its failure")): `\(item)` \(Wording.outcome(outcome))")
            showContact()
            out.line("  go on with `casebook resume \(run)\(more)`, and `--retry`, `--skip WHY` or `--stop`")
        case .pausedAtGate(let item):
            out.line("run \(run) \(style.yellow("paused")): `\(item)` waits for an answer")
            out.line("  answer with `casebook decide \(run) \(item) ANSWER\(more)`, then `casebook resume \(run)\(more)`,")
            out.line("  or answer at the terminal: `casebook resume \(run)\(more)`")
        case .paused:
            out.line("run \(run) \(style.yellow("paused"))")
            out.line("  go on with `casebook resume \(run)\(more)`")
        case .stoppedByPerson(let item):
            out.line("run \(run) \(style.yellow("stopped by a person"))\(item.map { " at `\($0)`" } ?? " between two steps")")
            showContact()
            out.line("  go on with `casebook resume \(run)\(more)`")
        }
        out.line(style.dim("  report: casebook report \(run) --format markdown\(more)"))
        if let head = launcher.journal.head { out.line(style.dim("  record: \(head.hexadecimal)")) }
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
