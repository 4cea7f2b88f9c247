import CasebookDocument
import CasebookRun

/// Renders a report as Markdown that can be read as it stands, filled in, and put under version control.
package struct MarkdownReport {
    let report: Report
    let outputs: any ReportOutputs

    package init(_ report: Report, outputs: any ReportOutputs) {
        self.report = report
        self.outputs = outputs
    }

    /// The whole report; ends with a line ending.
    package func render() -> String {
        let sections =
            [
                heading, info, outcome, inputs, approvals, timeline, steps, deviations, checks, responseTimes,
                notes, integrity,
            ] + prompts
        return sections.joined(separator: "\n\n") + "\n"
    }

    var summary: RunSummary { report.summary }
    var start: RunStarted { summary.start }
}

// MARK: - What the record says

extension MarkdownReport {
    private var heading: String {
        """
        # \(MarkdownText.plain(start.title)): \(summary.outcomeWords)

        Incident report of run \(MarkdownText.code(start.run.text)), made by Casebook from the record. State: draft. \
        The parts marked *for people* are empty until somebody writes them.
        """
    }

    private var info: String {
        var rows: [[String]] = [
            ["Run", MarkdownText.code(start.run.text)],
            ["Runbook", MarkdownText.code(start.runbook)],
            ["Document", MarkdownText.code(start.path)],
        ]
        if let version = report.runbook?.metadata.version {
            rows.append(["Version", MarkdownText.plain(version)])
        }
        rows += [
            ["Environment", start.environment.map(MarkdownText.plain) ?? "none"],
            ["Started by", MarkdownText.plain(start.person.label)],
            ["Mode", start.mode.rawValue],
            ["Host", MarkdownText.plain(start.host)],
            ["Started (UTC)", summary.started.rfc3339],
            ["Ended (UTC)", summary.ended?.rfc3339 ?? "not ended"],
            ["Duration", summary.duration.words],
        ]
        for (time, fact) in report.resumptions {
            let who = MarkdownText.plain("\(fact.person.label) on \(fact.host)")
            rows.append(["Resumed", "\(time.rfc3339) by \(who)"])
        }
        rows += [
            ["Outputs written to", start.target.map(MarkdownText.code) ?? "the record alone"],
            ["Escalation", start.escalation.map(MarkdownText.plain) ?? "none named"],
            ["Casebook", MarkdownText.plain(start.toolVersion)],
        ]
        return "## Report info\n\n" + table(["Field", "Value"], rows)
    }

    private var outcome: String {
        var text = "## Outcome\n\n**\(summary.outcomeWords)**"
        switch summary.standing {
        case .paused(let reason): text += " (\(MarkdownText.plain(reason)))"
        case .waitingAtFailure(let item): text += " (at \(MarkdownText.code(item.name)))"
        case .notEnded: text += " (the record has no end of this run)"
        case .ended: break
        }
        let counts = summary.counts.map { ["\($0.word)", "\($0.count)"] }
        text += "\n\n" + (counts.isEmpty ? "The runbook has no steps." : table(["State", "Steps"], counts))
        if let first = summary.steps.first(where: \.state.isTrouble) {
            let ends = first.attempts.last?.end.map { ", \(MarkdownText.plain($0.phrase))" } ?? ""
            text += "\n\nFirst trouble: \(MarkdownText.code(first.item.name)), \(first.state.word)\(ends)."
        }
        return text
    }

    private var inputs: String {
        let rows = start.parameters.map { parameter in
            [
                MarkdownText.code(parameter.name), parameter.value.map(MarkdownText.code) ?? "(secret)",
                parameter.origin.words,
            ]
        }
        return "## Inputs\n\n" + (rows.isEmpty ? "none" : table(["Name", "Value", "Origin"], rows))
    }

    private var approvals: String {
        var rows: [[String]] = []
        for step in summary.steps where step.isQuestion {
            let question = MarkdownText.plain(step.question ?? step.gateText ?? "")
            if step.answers.isEmpty, step.state == .open {
                rows.append([MarkdownText.code(step.item.name), question, "open", "", "", "", ""])
            }
            for answer in step.answers {
                rows.append([
                    MarkdownText.code(step.item.name), question, MarkdownText.plain(answer.word),
                    MarkdownText.plain(answer.person.label), answer.time.dateAndTime,
                    answer.isInAdvance ? "in advance" : answer.waited?.words ?? "",
                    answer.note.map { MarkdownText.plain($0) } ?? "",
                ])
            }
        }
        let head = ["Step", "Question", "Answer", "Who", "Time (UTC)", "Waited", "Note"]
        return "## Approvals and checkpoints\n\n" + (rows.isEmpty ? "none" : table(head, rows))
    }

    private var timeline: String {
        let rows = report.timeline.map { row in
            [
                row.time.dateAndTime, row.item.map { MarkdownText.code($0.name) } ?? "",
                row.event + (row.detail.map { ": \(MarkdownText.plain($0))" } ?? ""),
                MarkdownText.plain(row.who), "event \(row.sequence)",
            ]
        }
        return "## Timeline\n\n" + table(["Time (UTC)", "Step", "Event", "Who/What", "Evidence"], rows)
    }

    private var deviations: String {
        let rows = report.deviations.map { deviation in
            [
                deviation.item.map { MarkdownText.code($0.name) } ?? "", deviation.what,
                deviation.why.map { MarkdownText.plain($0) } ?? "",
                deviation.who.map { MarkdownText.plain($0) } ?? "",
            ]
        }
        return "## Deviations\n\n" + (rows.isEmpty ? "none" : table(["Step", "What", "Why", "Who"], rows))
    }

    private var checks: String {
        var rows: [[String]] = []
        for step in summary.steps {
            guard case .cell(let cell) = step.source else { continue }
            let expected = cell.attributes.successStatuses.sorted().map(String.init).joined(separator: ", ")
            for attempt in step.attempts {
                let isMet =
                    if case .exited(let status) = attempt.end {
                        cell.attributes.successStatuses.contains(status)
                    } else { false }
                let found = [attempt.end?.phrase ?? "unknown"] + attempt.problems
                rows.append([
                    MarkdownText.code(step.item.name), "\(attempt.number)",
                    "exit status \(expected)"
                        + (cell.attributes.expectations.isEmpty ? "" : ", the expected output"),
                    MarkdownText.plain(found.joined(separator: "; ")),
                    isMet && attempt.problems.isEmpty ? "met" : "not met",
                ])
            }
        }
        let head = ["Step", "Attempt", "Expected", "Found", "Verdict"]
        return "## Checks\n\n" + (rows.isEmpty ? "none" : table(head, rows))
    }

    private var responseTimes: String {
        let first = summary.firstAction.map { $0.since(summary.started).words } ?? "nothing was done"
        let isMarked = summary.steps.contains { step in
            if case .cell(let cell)? = step.source { cell.attributes.mitigates } else { false }
        }
        let mitigation =
            summary.mitigated.map { $0.since(summary.started).words }
            ?? (isMarked ? "not reached" : "no step is marked as the mitigation")
        return "## Response times\n\n"
            + table(
                ["From the start of the run", "Time"],
                [
                    ["First action", first],
                    ["Mitigation", mitigation],
                    ["Verification", "no step is marked as the verification"],
                    [summary.ended == nil ? "Last event" : "End", summary.duration.words],
                    ["Of this, cells were running", summary.running.words],
                    ["Of this, waiting for people", summary.waiting.words],
                ]
            )
    }

    private var notes: String {
        let lines = report.notes.map { note in
            "- \(note.time.dateAndTime), \(MarkdownText.plain(note.person.label)): \(MarkdownText.plain(note.text))"
        }
        return "## Notes\n\n" + (lines.isEmpty ? "none" : lines.joined(separator: "\n"))
    }

    private var integrity: String {
        let commit = start.gitCommit.map { commit in
            MarkdownText.code(commit) + (start.gitDirty == true ? ", with changes that are not in it" : "")
        }
        let rows = [
            ["SHA-256 of the runbook as it was read", MarkdownText.code(start.digest)],
            ["Git commit", commit ?? "none"],
            ["Events", "\(summary.eventCount)"],
            ["Head of the chain", MarkdownText.code(report.integrity.head)],
            ["Verification", report.integrity.verdict.map { MarkdownText.plain($0) } ?? "not asked"],
        ]
        return """
            ## Integrity

            \(table(["Fact", "Value"], rows))

            Every event carries the hash of the one before. `casebook verify \(start.run.text)` recomputes them from the \
            record; the head above must come out.
            """
    }

    /// A table of cells that are already safe.
    func table(_ head: [String], _ rows: [[String]]) -> String {
        let lines = [head, head.map { _ in "---" }] + rows
        return lines.map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
    }
}

extension ParameterValue.Origin {
    fileprivate var words: String {
        switch self {
        case .given: "given"
        case .environment: "the environment"
        case .variable: "a variable"
        case .file: "a file"
        case .command: "a command of the runbook"
        case .declaredDefault: "default"
        case .prompted: "asked for"
        }
    }
}

extension ItemState {
    /// True for what a reader of a report looks at first.
    var isTrouble: Bool {
        switch self {
        case .failed, .timedOut, .unknown, .stopped: true
        default: false
        }
    }
}

extension StepRow {
    /// What the runbook says at this gate; nil for a cell.
    var gateText: String? {
        if case .gate(let gate) = source { gate.text } else { nil }
    }

    /// True for gates, and for cells that ask a person or that a person does.
    var isQuestion: Bool {
        switch source {
        case .gate: true
        case .cell(let cell):
            switch cell.handling {
            case .confirm, .byHand: true
            case .run, .shown, .undo, .check: answers.contains { $0.word != "run" }
            }
        case nil: question != nil
        }
    }
}
