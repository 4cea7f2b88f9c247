package import CasebookDocument
package import CasebookRun

/// What a run works with: all that is outside the engine.
package struct Surroundings: Sendable {
    package let journal: any Journal
    package let host: any SessionHost
    /// Nil when nobody is there to ask: the run is unattended.
    package let approver: (any Approver)?
    package let observer: any RunObserver
    package let clock: any WallClock
    package let person: Person
    /// What goes into the record when the document could not be written: the words that people read too.
    package let fileSentence: @Sendable (DocumentFileError) -> String
    package let artifacts: any ArtifactFiles
    /// The spellings in which a secret may be printed.
    package let spellSecret: SecretMask.Speller

    package init(
        journal: any Journal,
        host: any SessionHost,
        approver: (any Approver)?,
        observer: any RunObserver,
        clock: any WallClock,
        person: Person,
        artifacts: any ArtifactFiles,
        fileSentence: @escaping @Sendable (DocumentFileError) -> String,
        spellSecret: @escaping SecretMask.Speller
    ) {
        self.artifacts = artifacts
        self.spellSecret = spellSecret
        self.journal = journal
        self.host = host
        self.approver = approver
        self.observer = observer
        self.clock = clock
        self.person = person
        self.fileSentence = fileSentence
    }
}

/// What one run is about.
package struct RunSetup: Sendable {
    package let runbook: Runbook
    /// The absolute directory in which sessions start.
    package let directory: String
    /// What sessions find in their environment.
    package let variables: [String: String]
    /// The values of secrets, by the names under which cells find them.
    package let secrets: [String: String]
    package let limits: RunLimits
    /// Answers given before their gates opened, by the gates' names.
    package let advanceAnswers: [String: PersonAnswer]
    /// Where outputs are written; nil for the record alone.
    package let document: (file: any DocumentFile, found: [UInt8]?)?
    /// The state that the record gives: fresh for a new run.
    package let machine: RunMachine
    package let blocks: DocumentBlocks

    package init(
        runbook: Runbook,
        directory: String,
        variables: [String: String],
        secrets: [String: String],
        limits: RunLimits,
        advanceAnswers: [String: PersonAnswer],
        document: (file: any DocumentFile, found: [UInt8]?)?,
        machine: RunMachine,
        blocks: DocumentBlocks
    ) {
        self.runbook = runbook
        self.directory = directory
        self.variables = variables
        self.secrets = secrets
        self.limits = limits
        self.advanceAnswers = advanceAnswers
        self.document = document
        self.machine = machine
        self.blocks = blocks
    }
}

/// How long things may take.
package struct RunLimits: Sendable {
    /// For a cell that names no time; nil for no limit.
    package let cell: Duration?
    /// For the whole run; nil for no limit.
    package let run: Duration?

    package init(cell: Duration?, run: Duration?) {
        self.cell = cell
        self.run = run
    }

    /// The limits of a run: what the runbook says, else five minutes a cell and one hour in all when nobody watches.
    package init(_ metadata: Metadata, mode: RunMode) {
        let isUnattended = mode == .unattended
        self.init(
            cell: metadata.defaultTimeout ?? (isUnattended ? .seconds(300) : nil),
            run: metadata.runTimeout ?? (isUnattended ? .seconds(3600) : nil)
        )
    }

    func timeout(of cell: Cell, startedAt: Timestamp?, now: Timestamp) -> Duration? {
        let own = cell.attributes.timeout ?? self.cell
        guard let run, let startedAt else { return own }
        // At least a moment, so that a cell that comes too late is reported as timed out.
        let left = max(run - max(now.since(startedAt), .zero), .milliseconds(1))
        return min(own ?? left, left)
    }
}
