package import CasebookRun

/// The words for facts that several screens show.
package enum Wording {
    /// What became of an item, in one word or two, with its reason.
    package static func outcome(_ outcome: ItemOutcome) -> String {
        switch outcome {
        case .succeeded: "succeeded"
        case .failed(.timedOut): "timed out"
        case .failed(.stopped): "stopped by a person"
        case .failed(let end): "failed: \(end.phrase)"
        case .failedWithWarning(let end): "failed, not required: \(end.phrase)"
        case .unknown: "unknown: it was started and nobody saw it end"
        case .skipped(let reason): "skipped: \(reason)"
        case .ignored(let reason): "ignored: \(reason)"
        case .answered(let word): "answered: \(word)"
        case .doesNotApply: "does not apply"
        case .notPlanned: "not part of the run"
        }
    }

    /// `1 step`, `2 steps`.
    package static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
