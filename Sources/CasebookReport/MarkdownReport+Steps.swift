import CasebookDocument
import CasebookRun

extension MarkdownReport {
    /// Every step with its text, its exact command, and what came of it.
    var steps: String {
        let sections = summary.steps.map(section)
        return (["## Steps performed"] + (sections.isEmpty ? ["none"] : sections)).joined(separator: "\n\n")
    }

    private func section(_ step: StepRow) -> String {
        var blocks = ["### \(MarkdownText.plain(step.item.name)): \(step.state.word)"]
        if let source = step.source, let runbook = report.runbook {
            let place = source.place
            let headings = place.headings.map { MarkdownText.plain($0) }.joined(separator: " / ")
            blocks.append("Line \(place.line)" + (headings.isEmpty ? "" : ", under \(headings)"))
            let instruction = MarkdownText.quotation(runbook.source.text(in: place.instruction))
            if !instruction.isEmpty { blocks.append(instruction) }
        }
        blocks += question(step)
        if case .skipped(let reason) = step.state {
            blocks.append(reason.isEmpty ? "Skipped." : "Skipped: \(MarkdownText.plain(reason))")
        }
        if case .cell(let cell) = step.source {
            blocks.append(MarkdownText.fence(cell.language.name, cell.code))
            if let template = cell.template {
                blocks.append("Written with blanks, which were given at the start:")
                blocks.append(MarkdownText.fence(cell.language.name, template))
            }
        }
        for attempt in step.attempts { blocks += self.blocks(of: attempt, step) }
        return blocks.joined(separator: "\n\n")
    }

    private func question(_ step: StepRow) -> [String] {
        guard step.isQuestion else { return [] }
        var blocks: [String] = []
        if let text = step.gateText ?? step.question, !MarkdownText.quotation(text).isEmpty {
            blocks.append(MarkdownText.quotation(text))
        }
        for answer in step.answers {
            let note = answer.note.map { ": \(MarkdownText.plain($0))" } ?? ""
            let who = MarkdownText.plain(answer.person.label)
            let when = answer.isInAdvance ? "\(answer.time.dateAndTime), in advance" : answer.time.dateAndTime
            blocks.append("Answered **\(MarkdownText.plain(answer.word))** by \(who), \(when)\(note)")
        }
        return blocks
    }

    private func blocks(of attempt: StepRow.Attempt, _ step: StepRow) -> [String] {
        let end = MarkdownText.plain(
            attempt.ending ?? (step.state == .started ? "not ended" : "unknown")
        )
        let took = attempt.duration.map { ", \($0.words)" } ?? ""
        var blocks = ["Attempt \(attempt.number), \(attempt.started.dateAndTime): **\(end)**\(took)"]
        for note in attempt.notes { blocks.append("- \(MarkdownText.plain(note))") }
        for survivor in attempt.survivors {
            blocks.append("- still alive: \(MarkdownText.code(survivor))")
        }
        blocks.append(output(of: attempt, step))
        if !attempt.artifacts.isEmpty { blocks.append("Files:\n\n" + files(attempt.artifacts)) }
        return blocks
    }

    private func files(_ artifacts: [ArtifactStored]) -> String {
        table(
            ["File", "Bytes", "SHA-256"],
            artifacts.map { artifact in
                let path = MarkdownText.code(artifact.path)
                if case .lost(let reason) = artifact.content.place {
                    return [path, "not kept: \(MarkdownText.plain(reason))", ""]
                }
                return [path, "\(artifact.content.byteCount)", artifact.digest.map(MarkdownText.code) ?? ""]
            }
        )
    }

    private func output(of attempt: StepRow.Attempt, _ step: StepRow) -> String {
        if case .cell(let cell) = step.source, cell.attributes.isSecret {
            return "Output: secret, not shown."
        }
        guard let stored = attempt.output else { return "Output: none in the record." }
        if case .lost(let reason) = stored.place {
            return "Output: \(stored.byteCount) bytes, lost (\(MarkdownText.plain(reason)))."
        }
        if stored.byteCount == 0 { return "Output: empty." }
        guard let text = outputs.settledText(of: step.item, attempt: attempt.number) else {
            return "Output: \(stored.byteCount) bytes, in the record."
        }
        return """
            <details><summary>Output, \(stored.byteCount) bytes</summary>

            \(MarkdownText.fence("text", text))

            </details>
            """
    }
}
