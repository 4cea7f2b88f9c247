import CasebookDocument
import CasebookRun

extension MarkdownReport {
    /// What only people can write: marked, empty, and never invented.
    var prompts: [String] {
        [
            prompt("Summary", "two or three sentences: what happened, and how it ended"),
            prompt("Impact", "who was affected, how many, for how long, in exact numbers"),
            prompt("Detection", "how and by whom it was noticed, and what would have halved the time"),
            prompt("Trigger", "what set it off, and what led up to it"),
            prompt(
                "Contributing factors",
                "more than one: what made it possible, worse, or longer; what softened it"
            ),
            prompt("What went well", nil),
            prompt("What did not go well", nil),
            prompt("Where we got lucky", nil),
            prompt("Lessons", "what we know now that we did not know before"),
            followUps,
            improvements,
            prompt("Communication", "what was said inside and outside, when, and by whom"),
            signOff,
        ]
    }

    private func prompt(_ title: String, _ advice: String?) -> String {
        "## \(title)\n\n*For people\(advice.map { ": \($0)" } ?? "").*"
    }

    private var followUps: String {
        let found = report.notes.compactMap(\.followUp).map { MarkdownText.plain($0) }
        let rows = found.map { [$0, "", "", "", "", ""] }
        let empty = [["", "", "", "", "", ""]]
        return prompt(
            "Follow-ups",
            "owner, priority and date for each; notes that began with `TODO:` stand here already"
        )
            + "\n\n"
            + table(["Action", "Type", "Owner", "Priority", "Ticket", "Due"], rows.isEmpty ? empty : rows)
    }

    /// Seeded with the steps that did not go as written.
    private var improvements: String {
        var lines: [String] = []
        for step in summary.steps {
            let name = MarkdownText.code(step.item.name)
            if case .skipped = step.state {
                lines.append("- \(name) was skipped: is it needed, is it clear?")
            }
            if step.attempts.count > 1 {
                lines.append("- \(name) took \(step.attempts.count) attempts: can it check first, or wait?")
            }
            if step.state.isTrouble {
                lines.append("- \(name) ended as \(step.state.word): what should the runbook say here?")
            }
        }
        let seeds = lines.isEmpty ? "" : "\n\n" + lines.joined(separator: "\n")
        return prompt("Runbook improvements", "what to change in the runbook, by whom") + seeds
    }

    private var signOff: String {
        prompt("Sign-off", "state: draft, in review, reviewed, closed") + "\n\n"
            + table(["Name", "Role", "State", "Date"], [["", "", "", ""]])
    }
}
