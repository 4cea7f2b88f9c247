package import CasebookDocument

/// What would make a runbook serve better, beyond what reading it has to say.
///
/// Pure: the same runbook on the same day gets the same advice.
package enum Lint {
    /// The findings, in document order.
    ///
    /// - `today`: the day against which reviews are held.
    package static func diagnostics(of runbook: Runbook, today: CalendarDate) -> [Diagnostic] {
        let found =
            SecretLiterals.diagnostics(of: runbook)
            + destructive(in: runbook)
            + exits(in: runbook)
            + splitSessions(in: runbook)
            + foreignSyntax(in: runbook)
            + timeouts(in: runbook)
            + people(of: runbook)
            + review(of: runbook, today)
        return found.sorted { ($0.range?.lowerBound ?? -1) < ($1.range?.lowerBound ?? -1) }
    }
}

// MARK: - Cells

extension Lint {
    /// Destructive cells that nothing stands before, and that nothing undoes.
    private static func destructive(in runbook: Runbook) -> [Diagnostic] {
        let undone = Set(runbook.cells.flatMap(\.attributes.undoes))
        var found: [Diagnostic] = []
        for item in runbook.items {
            switch item {
            case .gate(let gate):
                // A person looks before what follows; a step by hand is work, and asks nobody to look.
                if case .manualStep = gate.kind { continue }
                return found
            case .cell(let cell):
                guard isForward(cell), cell.attributes.confirm != true, !undone.contains(cell.id.name),
                    let reason = cell.destroys
                else { continue }
                found.append(
                    Diagnostic(
                        .advice,
                        .destructiveUnguarded,
                        at: opening(of: cell, in: runbook),
                        "\(reason), and no checkpoint stands before it",
                        advice:
                            "put a checkpoint before it, write a cell with `undoes=\(cell.id)`, or say `confirm` on it"
                    )
                )
            }
        }
        return found
    }

    /// Cells without a limit of their own, where nobody is there to see that one hangs.
    private static func timeouts(in runbook: Runbook) -> [Diagnostic] {
        guard runbook.metadata.isUnattended, runbook.metadata.defaultTimeout == nil else { return [] }
        return runbook.cells.compactMap { cell in
            switch cell.handling {
            case .run, .confirm, .check: break
            case .byHand, .shown, .undo: return nil
            }
            guard cell.attributes.timeout == nil else { return nil }
            return Diagnostic(
                .advice,
                .timeoutMissing,
                at: opening(of: cell, in: runbook),
                "the runbook is meant to run unattended, and `\(cell.id)` has no `timeout`",
                advice: "say how long it may take: `timeout=10m` here, or `timeout` under `defaults`"
            )
        }
    }

    private static func isForward(_ cell: Cell) -> Bool {
        switch cell.handling {
        case .run, .confirm, .byHand: true
        case .shown, .undo, .check: false
        }
    }

    /// The line that opens the cell.
    static func opening(of cell: Cell, in runbook: Runbook) -> ByteRange {
        let start = cell.place.range.lowerBound
        let line = runbook.source.lineIndex(of: start) + 1
        return start..<max(start, runbook.source.contentRange(ofLine: line).upperBound)
    }
}

// MARK: - People and dates

extension Lint {
    /// A document without steps is no runbook, and nobody has to answer for it.
    private static func people(of runbook: Runbook) -> [Diagnostic] {
        guard !runbook.items.isEmpty else { return [] }
        let metadata = runbook.metadata
        let prose = DocumentProse(runbook.source)
        var found: [Diagnostic] = []
        if metadata.owner == nil, metadata.author == nil, !PeopleTable.names(.owner, in: prose) {
            found.append(
                Diagnostic(
                    .advice,
                    .ownerMissing,
                    at: nil,
                    "the runbook names no owner",
                    advice: "add `owner:` to its front matter"
                )
            )
        }
        if metadata.escalation == nil, !PeopleTable.names(.escalation, in: prose) {
            found.append(
                Diagnostic(
                    .advice,
                    .escalationMissing,
                    at: nil,
                    "the runbook does not say whom to call when it fails",
                    advice: "add `escalation:` to its front matter; every failure message then names it"
                )
            )
        }
        return found
    }

    private static func review(of runbook: Runbook, _ today: CalendarDate) -> [Diagnostic] {
        let metadata = runbook.metadata
        let written = metadata.lastReviewed ?? metadata.lastUpdated
        let key = metadata.lastReviewed == nil ? "last-updated" : "last-reviewed-on"
        let named = metadata.reviewIn.flatMap { text in ReviewPeriod(text).map { (text, $0) } }
        let period = named?.1 ?? .usual
        guard named != nil || !runbook.items.isEmpty, let last = written.flatMap(CalendarDate.init),
            let end = period.end(from: last), end < today
        else { return [] }
        return [
            Diagnostic(
                .advice,
                .reviewOverdue,
                at: metadata.ranges[key],
                "the last review was on \(last.text), and it held for \(named?.0 ?? "a year"), to \(end.text)",
                advice: "read it against the system as it is now, and set the date"
            )
        ]
    }
}
