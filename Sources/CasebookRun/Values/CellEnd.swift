/// How one attempt at a cell ended, as the session saw it.
package enum CellEnd: Hashable, Sendable, Codable {
    /// The code ended by itself, with this status.
    case exited(status: Int32)
    /// The interpreter was ended by a signal that Casebook did not send.
    case killed(signal: Int32)
    /// The time limit passed and the process tree was stopped.
    case timedOut
    /// A person stopped it.
    case stopped
    /// The interpreter went away in another manner; the text says how.
    case sessionLost(reason: String)
    /// It ended with success, and what it printed or did was not what its author expects.
    ///
    /// Never said by a session: the run says it, from the verdicts in its record.
    case unexpected(problems: [String])
}

extension CellEnd {
    /// How an attempt ended, in words: `exit status 3`, `killed by SIGKILL`.
    package var phrase: String {
        switch self {
        case .exited(let status): "exit status \(status)"
        case .killed(let signal): "killed by \(SignalName.of(signal))"
        case .timedOut: "timed out"
        case .stopped: "stopped by a person"
        case .sessionLost(let reason): "session lost: \(reason)"
        case .unexpected(let problems): "not as expected: \(problems.joined(separator: "; "))"
        }
    }
}

/// What became of a cell or a gate in a run.
///
/// Every word is a different fact.
package enum ItemOutcome: Hashable, Sendable, Codable {
    /// A cell ran and succeeded.
    case succeeded
    /// A cell ran and failed; nobody has decided about it, or the run ended there.
    case failed(CellEnd)
    /// A cell failed and was declared unnecessary (`required=no`).
    case failedWithWarning(CellEnd)
    /// A cell failed or was unknown, and a person went on as if it had succeeded.
    case ignored(reason: String)
    /// Casebook died while the cell ran: nobody knows how far it came.
    case unknown
    /// A person passed it over.
    case skipped(reason: String)
    /// A person answered the gate.
    case answered(word: String)
    /// The choice that it belongs to was answered otherwise.
    case doesNotApply
    /// The author has it shown only, or it is outside the forward order.
    case notPlanned
}
