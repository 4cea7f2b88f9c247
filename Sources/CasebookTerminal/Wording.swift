package import CasebookRun

/// The words for facts that several screens show.
package enum Wording {
    /// How an attempt ended: `exit status 3`, `timed out`.
    package static func end(_ end: CellEnd) -> String {
        switch end {
        case .exited(let status): "exit status \(status)"
        case .killed(let signal): "killed by \(SignalName.of(signal))"
        case .timedOut: "timed out"
        case .stopped: "stopped by a person"
        case .sessionLost(let reason): "its session was lost: \(reason)"
        }
    }

    /// What became of an item, in one word or two, with its reason.
    package static func outcome(_ outcome: ItemOutcome) -> String {
        switch outcome {
        case .succeeded: "succeeded"
        case .failed(.timedOut): "timed out"
        case .failed(.stopped): "stopped by a person"
        case .failed(let end): "failed: \(self.end(end))"
        case .failedWithWarning(let end): "failed, not required: \(self.end(end))"
        case .unknown: "unknown: it was started and nobody saw it end"
        case .skipped(let reason): "skipped: \(reason)"
        case .answered(let word): "answered: \(word)"
        case .notPlanned: "not part of the run"
        }
    }

    /// A length of time as people say it: `0.2 s`, `3 min 12 s`, `2 h 5 min`.
    package static func duration(_ duration: Duration) -> String {
        let milliseconds = max(0, duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000)
        let seconds = milliseconds / 1000
        if seconds < 10 { return "\(seconds).\(milliseconds % 1000 / 100) s" }
        if seconds < 60 { return "\(seconds) s" }
        if seconds < 3600 { return "\(seconds / 60) min \(seconds % 60) s" }
        return "\(seconds / 3600) h \(seconds % 3600 / 60) min"
    }

    /// `1 step`, `2 steps`.
    package static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
