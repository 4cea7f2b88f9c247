import ArgumentParser
import CasebookEngine
import CasebookRun

/// The exit statuses of every command, decided here and nowhere else.
enum ExitStatus: Int32, CaseIterable {
    case succeeded = 0
    case failed = 1
    case usage = 2
    case paused = 3
    case stopped = 4
    case toolFailed = 5
    case rollbackIncomplete = 6
    case partial = 7

    /// What the reference page says.
    var meaning: String {
        switch self {
        case .succeeded: "succeeded, with warnings too"
        case .failed: "failed, waiting at a failure, or rolled back"
        case .usage: "wrong usage, or an error in the document"
        case .paused: "paused: a gate is open, or the terminal went away"
        case .stopped: "stopped by a person"
        case .toolFailed: "the record or Casebook itself failed"
        case .rollbackIncomplete: "the rollback is incomplete"
        case .partial: "partial, or completed with deviations"
        }
    }

    init(_ stop: RunStop) {
        switch stop {
        case .ended(let outcome): self.init(outcome)
        case .waitingAtFailure: self = .failed
        case .pausedAtGate, .paused: self = .paused
        case .stoppedByPerson: self = .stopped
        }
    }

    init(_ outcome: RunOutcome) {
        switch outcome {
        case .succeeded, .succeededWithWarnings: self = .succeeded
        case .completedWithDeviations, .partial: self = .partial
        case .failed, .superseded, .rolledBack: self = .failed
        case .rollbackIncomplete: self = .rollbackIncomplete
        case .stopped, .abandoned: self = .stopped
        }
    }

    var exitCode: ExitCode { ExitCode(rawValue) }
}
