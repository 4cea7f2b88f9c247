package import CasebookDocument

/// One thing that happened in a run, and when.
///
/// A run is the list of its events, appended in order; screen, document, report and history are folds of it.
package struct RunEvent: Hashable, Sendable {
    package let time: Timestamp
    package let body: Body

    package init(time: Timestamp, _ body: Body) {
        self.time = time
        self.body = body
    }

    package enum Body: Hashable, Sendable {
        case runStarted(RunStarted)
        case gateOpened(GateOpened)
        case gateAnswered(GateAnswered)
        case cellStarted(CellStarted)
        case outputStored(OutputStored)
        case attemptEnded(AttemptEnded)
        case backgroundReady(BackgroundReady)
        case backgroundEnded(BackgroundEnded)
        case artifactStored(ArtifactStored)
        case valueGiven(ValueGiven)
        case valueLost(ValueLost)
        case outputChecked(OutputChecked)
        case retryPlanned(RetryPlanned)
        case passedOver(PassedOver)
        case cellEnded(CellEnded)
        case failureDecided(FailureDecided)
        case rollbackStarted(RollbackStarted)
        case sessionRestored(SessionRestored)
        case documentSaved(DocumentSaved)
        case documentMerged(DocumentMerged)
        case documentFailed(DocumentFailed)
        case noteTaken(NoteTaken)
        case paused(Paused)
        case resumed(Resumed)
        case superseded(Superseded)
        case runEnded(RunEnded)
    }
}

/// The facts of one kind of event.
///
/// Each top-level property is a part of the payload in the record.
package protocol RunFact: Hashable, Sendable, Codable {
    /// The kind's name in the record; never changed once released.
    static var kind: String { get }
}

/// Who did something, as the operating system and the person themselves say it.
package struct Person: Hashable, Sendable, Codable {
    /// The operating system's login.
    package let login: String
    /// The name given with `--as`: a claim, printed as one.
    package let claimedName: String?

    package init(login: String, claimedName: String?) {
        self.login = login
        self.claimedName = claimedName
    }

    /// `alice (login root)` when a name was claimed, else the login.
    package var label: String {
        guard let claimedName, claimedName != login else { return login }
        return "\(claimedName) (login \(login))"
    }
}

/// A parameter's value and where it came from.
package struct ParameterValue: Hashable, Sendable, Codable {
    package enum Origin: String, Hashable, Sendable, Codable {
        case given
        case environment
        case variable
        case file
        case command
        case declaredDefault = "default"
        case prompted
    }

    package let name: String
    /// Nil for a secret: its value is never stored.
    package let value: String?
    package let origin: Origin

    package init(name: String, value: String?, origin: Origin) {
        self.name = name
        self.value = value
        self.origin = origin
    }
}

/// How a run takes its answers.
package enum RunMode: String, Hashable, Sendable, Codable {
    case interactive
    case unattended
}

package struct RunStarted: RunFact {
    package static let kind = "run-started"
    /// The format of this run's events.
    package var format = 1
    package var run: RunID
    /// What makes two runs runs of the same runbook.
    package var runbook: String
    package var title: String
    /// The document's path as it was given.
    package var path: String
    /// The absolute directory in which sessions start.
    package var directory: String
    /// The bytes that were read, without what earlier runs left: `clear(bytes)`.
    package var snapshot: [UInt8]
    /// SHA-256 of the snapshot, in hexadecimal.
    package var digest: String
    package var gitCommit: String?
    /// True when the working tree differed from that commit.
    package var gitDirty: Bool?
    package var host: String
    package var person: Person
    package var toolVersion: String
    package var mode: RunMode
    package var environment: String?
    package var parameters: [ParameterValue]
    /// Where the outputs go: a path, or nil for the record alone.
    package var target: String?
    package var escalation: String?
    /// The variables that cells read and that were not set when the run started.
    package var unset: [String]
    /// The blanks of cells that had a value when the run started.
    package var filled: [String]

    package init(
        run: RunID,
        runbook: String,
        title: String,
        path: String,
        directory: String,
        snapshot: [UInt8],
        digest: String,
        gitCommit: String?,
        gitDirty: Bool?,
        host: String,
        person: Person,
        toolVersion: String,
        mode: RunMode,
        environment: String?,
        parameters: [ParameterValue],
        target: String?,
        escalation: String?,
        unset: [String] = [],
        filled: [String] = []
    ) {
        self.run = run
        self.runbook = runbook
        self.title = title
        self.path = path
        self.directory = directory
        self.snapshot = snapshot
        self.digest = digest
        self.gitCommit = gitCommit
        self.gitDirty = gitDirty
        self.host = host
        self.person = person
        self.toolVersion = toolVersion
        self.mode = mode
        self.environment = environment
        self.parameters = parameters
        self.target = target
        self.escalation = escalation
        self.unset = unset
        self.filled = filled
    }
}

package struct GateOpened: RunFact {
    package static let kind = "gate-opened"
    package var item: ItemID
    /// What is asked, as Markdown.
    package var text: String

    package init(item: ItemID, text: String) {
        self.item = item
        self.text = text
    }
}

package struct GateAnswered: RunFact {
    package static let kind = "gate-answered"
    package var item: ItemID
    /// The answer by its name: `proceed`, `done`, `run`, `skip`, `stop`, a choice.
    package var answer: String
    /// A note, or the reason of a skip.
    package var note: String?
    package var person: Person
    /// True when it was given before the gate opened; a deviation.
    package var isInAdvance: Bool

    package init(item: ItemID, answer: String, note: String?, person: Person, isInAdvance: Bool) {
        self.item = item
        self.answer = answer
        self.note = note
        self.person = person
        self.isInAdvance = isInAdvance
    }
}

package struct CellStarted: RunFact {
    package static let kind = "cell-started"
    package var item: ItemID
    /// Counted from 1.
    package var attempt: Int
    package var session: String
    /// The cell that it decides about, when it is a check.
    package var checks: ItemID?

    package init(item: ItemID, attempt: Int, session: String, checks: ItemID? = nil) {
        self.item = item
        self.attempt = attempt
        self.session = session
        self.checks = checks
    }
}

package struct OutputStored: RunFact {
    package static let kind = "output-stored"
    package var item: ItemID
    package var attempt: Int
    package var output: StoredOutput

    package init(item: ItemID, attempt: Int, output: StoredOutput) {
        self.item = item
        self.attempt = attempt
        self.output = output
    }
}

package struct AttemptEnded: RunFact {
    package static let kind = "attempt-ended"
    package var item: ItemID
    package var attempt: Int
    /// Nil when nobody saw it end: it is *unknown*.
    package var end: CellEnd?
    package var notes: [String]
    /// Processes that could not be stopped.
    package var survivors: [String]
    /// The session's state after it, when it changed.
    package var state: SavedState?

    package init(
        item: ItemID,
        attempt: Int,
        end: CellEnd?,
        notes: [String],
        survivors: [String],
        state: SavedState?
    ) {
        self.item = item
        self.attempt = attempt
        self.end = end
        self.notes = notes
        self.survivors = survivors
        self.state = state
    }
}

package struct CellEnded: RunFact {
    package static let kind = "cell-ended"
    package var item: ItemID
    package var outcome: ItemOutcome

    package init(item: ItemID, outcome: ItemOutcome) {
        self.item = item
        self.outcome = outcome
    }
}

package struct SessionRestored: RunFact {
    package static let kind = "session-restored"
    package var session: String
    /// What did not come back.
    package var lost: [String]

    package init(session: String, lost: [String]) {
        self.session = session
        self.lost = lost
    }
}

package struct DocumentSaved: RunFact {
    package static let kind = "document-saved"
    package var path: String

    package init(path: String) { self.path = path }
}

/// The document was edited during the run, and its outputs were put into the edited bytes.
package struct DocumentMerged: RunFact {
    package static let kind = "document-merged"
    package var path: String
    /// The items whose output stays in the record alone: their cell is gone or was changed.
    package var leftOut: [ItemID]

    package init(path: String, leftOut: [ItemID]) {
        self.path = path
        self.leftOut = leftOut
    }
}

package struct DocumentFailed: RunFact {
    package static let kind = "document-failed"
    package var path: String
    package var reason: String

    package init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }
}

package struct NoteTaken: RunFact {
    package static let kind = "note-taken"
    package var text: String
    package var person: Person

    package init(text: String, person: Person) {
        self.text = text
        self.person = person
    }
}

package struct Paused: RunFact {
    package static let kind = "paused"
    /// Why, in a phrase: `gate drained is open`, `the terminal went away`.
    package var reason: String

    package init(reason: String) { self.reason = reason }
}

package struct Resumed: RunFact {
    package static let kind = "resumed"
    package var person: Person
    package var host: String
    package var mode: RunMode

    package init(person: Person, host: String, mode: RunMode) {
        self.person = person
        self.host = host
        self.mode = mode
    }
}

/// A newer run of the same runbook was started while this one was waiting at its failure.
package struct Superseded: RunFact {
    package static let kind = "superseded"
    package var by: RunID

    package init(by: RunID) { self.by = by }
}

package struct RunEnded: RunFact {
    package static let kind = "run-ended"
    package var outcome: RunOutcome

    package init(outcome: RunOutcome) { self.outcome = outcome }
}

/// How a run ended.
package enum RunOutcome: String, Hashable, Sendable, Codable, CaseIterable {
    case succeeded
    case succeededWithWarnings = "succeeded with warnings"
    /// A required step was skipped.
    case completedWithDeviations = "completed with deviations"
    case partial
    case failed
    case stopped
    case abandoned
    case superseded
    /// Every undo of what was started has succeeded.
    case rolledBack = "rolled back"
    case rollbackIncomplete = "rollback incomplete"
}
