package import CasebookRun

/// Where one cell or gate of a run stands.
///
/// Every word is a different fact.
package enum ItemState: Hashable, Sendable {
    /// The run did not come to it.
    case notReached
    /// The author has it shown only, or it is outside the forward order.
    case notPlanned
    /// The choice that it belongs to was answered otherwise.
    case doesNotApply
    /// A question to a person that nobody has answered.
    case open
    /// Started, and nothing is known about its end.
    case started
    case succeeded
    case failed(CellEnd)
    /// It failed and was declared unnecessary.
    case failedWithWarning(CellEnd)
    case timedOut
    case stopped
    /// Casebook died while it ran.
    case unknown
    case skipped(reason: String)
    /// It failed or nobody saw it end, and a person went on as if it had succeeded.
    case ignored(reason: String)
    case answered(word: String)

    /// The word that every listing and report uses for it.
    package var word: String {
        switch self {
        case .notReached: "not reached"
        case .notPlanned: "not planned"
        case .doesNotApply: "does not apply"
        case .open: "open"
        case .started: "started"
        case .succeeded: "succeeded"
        case .failed: "failed"
        case .failedWithWarning: "failed, not required"
        case .timedOut: "timed out"
        case .stopped: "stopped"
        case .unknown: "unknown"
        case .skipped: "skipped"
        case .ignored: "ignored"
        case .answered: "answered"
        }
    }

    /// Every word, in the order in which counts are listed.
    static let words = [
        "succeeded", "answered", "failed, not required", "failed", "timed out", "stopped", "unknown",
        "skipped", "ignored",
        "open", "started", "not reached", "not planned",
    ]

    init(_ outcome: ItemOutcome) {
        self =
            switch outcome {
            case .succeeded: .succeeded
            case .failed(let end): Self(failedBy: end)
            case .failedWithWarning(let end): .failedWithWarning(end)
            case .unknown: .unknown
            case .skipped(let reason): .skipped(reason: reason)
            case .ignored(let reason): .ignored(reason: reason)
            case .answered(let word): .answered(word: word)
            case .doesNotApply: .doesNotApply
            case .notPlanned: .notPlanned
            }
    }

    init(failedBy end: CellEnd) {
        self =
            switch end {
            case .timedOut: .timedOut
            case .stopped: .stopped
            default: .failed(end)
            }
    }
}
