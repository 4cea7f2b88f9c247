package import CasebookDocument
package import CasebookRun

/// Gives the text of an output as a terminal would have shown it, already cut to an excerpt.
package protocol ReportOutputs {
    /// - Returns: nil when there is none to show.
    func settledText(of item: ItemID, attempt: Int) -> [UInt8]?
}

/// What the record says about its own soundness.
package struct ReportIntegrity: Hashable, Sendable {
    /// The hash of the last event, in hexadecimal.
    package let head: String
    /// What verification found, in a phrase: `consistent, not anchored`; nil when it was not asked.
    package let verdict: String?

    package init(head: String, verdict: String?) {
        self.head = head
        self.verdict = verdict
    }
}

/// The facts of an incident report, from which every format is rendered.
package struct Report: Sendable {
    package let summary: RunSummary
    package let runbook: Runbook?
    package let timeline: [TimelineRow]
    package let deviations: [Deviation]
    package let notes: [Note]
    package let integrity: ReportIntegrity
    /// The people who resumed the run, with the time.
    package let resumptions: [(time: Timestamp, fact: Resumed)]

    /// A note that somebody took during the run.
    package struct Note: Hashable, Sendable {
        package let time: Timestamp
        package let text: String
        package let person: Person

        /// What is to be done, for a note that begins with `TODO:`.
        package var followUp: String? {
            guard text.hasPrefix("TODO:") else { return nil }
            return String(text.dropFirst(5).drop { $0 == " " })
        }
    }

    /// - Returns: nil when the first event is not the start of a run.
    package init?(events: [RunEvent], runbook: Runbook?, integrity: ReportIntegrity) {
        guard let summary = RunSummary(events: events, runbook: runbook) else { return nil }
        self.summary = summary
        self.runbook = runbook
        self.integrity = integrity
        timeline = TimelineRow.rows(of: events)
        deviations = Deviation.all(in: events, summary)
        notes = events.compactMap { event in
            guard case .noteTaken(let fact) = event.body else { return nil }
            return Note(time: event.time, text: fact.text, person: fact.person)
        }
        resumptions = events.compactMap { event in
            guard case .resumed(let fact) = event.body else { return nil }
            return (event.time, fact)
        }
    }
}
