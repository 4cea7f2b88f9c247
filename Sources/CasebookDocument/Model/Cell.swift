/// A fenced block whose language has an interpreter.
package struct Cell: Hashable, Sendable {
    /// A variable that a secret cell sets: its value is kept nowhere but in the session.
    package struct SecretVariable: Hashable, Sendable {
        package let name: String
        /// The line of the secret cell.
        package let line: Int
    }

    package let place: ItemPlace
    package let language: CellLanguage
    /// The code with the container's prefix, prompts and recorded output taken away; lines end in LF.
    package private(set) var code: [UInt8]
    /// The line of the document on which the code starts, counted from 1.
    package let codeLine: Int
    package let attributes: CellAttributes
    package private(set) var handling: CellHandling
    /// How it runs when its blanks have values; nil when they cannot have any, or when it was filled.
    package private(set) var filling: BlankFilling?
    /// The code with its blanks, when it was filled.
    package private(set) var template: [UInt8]?
    /// The shell variables that it reads and that nothing in the runbook sets before it.
    package private(set) var openVariables: [String]
    /// The variables that it reads and that a cell before it captures: without their values it does not run.
    package let capturedVariables: [String]
    /// The variables that it reads and that only a session of another language exports.
    package let sharedVariables: [String]
    /// The variables that it reads and that a secret cell before it in its session sets.
    package let secretVariables: [SecretVariable]
    /// Why a person has to do it in a rollback; nil for an undo that runs as it stands.
    package let undoByHand: String?
    /// Where its output goes; nil when the fence is unclosed or its range does not agree with the bytes.
    package let insertion: InsertionPoint?

    package init(
        place: ItemPlace,
        language: CellLanguage,
        code: [UInt8],
        codeLine: Int,
        attributes: CellAttributes,
        handling: CellHandling,
        filling: BlankFilling? = nil,
        openVariables: [String] = [],
        capturedVariables: [String] = [],
        sharedVariables: [String] = [],
        secretVariables: [SecretVariable] = [],
        undoByHand: String? = nil,
        insertion: InsertionPoint?
    ) {
        self.place = place
        self.language = language
        self.code = code
        self.codeLine = codeLine
        self.attributes = attributes
        self.handling = handling
        self.filling = filling
        self.openVariables = openVariables
        self.capturedVariables = capturedVariables
        self.sharedVariables = sharedVariables
        self.secretVariables = secretVariables
        self.undoByHand = undoByHand
        self.insertion = insertion
    }
}

extension Cell {
    package var id: ItemID { place.id }

    /// True for a cell outside the forward order because of a heading such as *Rollback*, and not *Troubleshooting*.
    package var standsUnderRollback: Bool {
        guard case .undo = handling else { return false }
        return place.headings.contains(where: SectionRole.isRollback)
    }

    /// The code as its author wrote it, whether it was filled or not.
    package var writtenCode: [UInt8] { template ?? code }

    func without(openVariables known: Set<String>) -> Cell {
        var cell = self
        cell.openVariables.removeAll(where: known.contains)
        return cell
    }

    func filled(by filling: BlankFilling) -> Cell {
        var cell = self
        cell.template = code
        cell.code = filling.code
        cell.handling = filling.handling
        cell.filling = nil
        return cell
    }

    /// What runs it; nil for a cell that is done by hand because nothing here runs its language.
    package var interpreter: Interpreter? { language.interpreter }
}

/// What a run does with a cell when it reaches it.
package enum CellHandling: Hashable, Sendable {
    /// Runs it.
    case run
    /// Asks a person first; an unattended run pauses.
    case confirm(because: String)
    /// A person does it elsewhere and says so; Casebook never runs it.
    case byHand(because: String)
    /// Shown and passed over: `run=no`, or a section of examples.
    case shown(because: String)
    /// Outside the forward order: the undo of other cells, or under a heading such as Rollback.
    case undo(because: String)
    /// Run after another cell, to decide whether that one succeeded, and at no other time.
    case check(because: String)
}

/// Whether a cell may be repeated.
package enum CellEffect: String, Hashable, Sendable, Codable, CaseIterable {
    /// It only looks.
    case none
    /// Doing it twice is the same as doing it once.
    case repeatable
    /// Never repeated without a person's word.
    case once
}

/// How much of a cell's output the document shows.
package enum OutputExtent: Hashable, Sendable {
    /// The first 200 and the last 50 lines, at most 16 KiB.
    case standard
    case full
    case none
    /// The first and last lines of this many in all.
    case lines(Int)
}

/// How a cell goes on beside the steps that follow it.
package struct Background: Hashable, Sendable {
    /// What it prints when it is ready; nil when it is ready at once.
    package var ready: OutputExpectation?

    package init(ready: OutputExpectation?) { self.ready = ready }
}

/// The attributes of one cell, as far as this version acts on them.
package struct CellAttributes: Hashable, Sendable {
    /// The cell's process tree is stopped after this time; nil means the run's own limit.
    package var timeout: Duration?
    /// The exit statuses that count as success.
    package var successStatuses = Self.zero
    /// False when a failure is a warning only.
    package var isRequired = true
    /// Whether a person is asked first, as its author said; nil when the author did not say.
    package var confirm: Bool?
    package var effect = CellEffect.once
    package var output = OutputExtent.standard
    /// True when it runs on a terminal of its own.
    package var usesTerminal = false
    /// The session it runs in; nil means the interpreter's own.
    package var session: String?
    /// The directory it starts in, relative to the document's; nil means where the session stands.
    package var directory: String?
    /// Its output is not shown and not stored.
    package var isSecret = false
    /// It runs on this machine, whatever the cells and the prose before it say.
    package var isHere = false
    /// The cells that this one undoes.
    package var undoes: [String] = []
    /// How often it is tried again after a known failure.
    package var retries = 0
    /// The time before it is tried again; nil for none.
    package var delay: Duration?
    /// The factor by which that time grows.
    package var backoff = 1
    /// What its settled output must look like.
    package var expectations: [OutputExpectation] = []
    /// The cell that decides whether it succeeded.
    package var check: String?
    /// The variable that its standard output becomes for every later cell.
    package var capture: String?
    /// What must be so for it to be reached; nil when it always is.
    package var when: Condition?
    /// Nil for a cell that the run waits for.
    package var background: Background?
    /// The patterns of the files that are collected into the record after it.
    package var artifacts: [String] = []
    /// The impact of the incident ends here.
    package var mitigates = false

    package init() {}

    /// Shared: most cells have no other.
    private static let zero: Set<Int32> = [0]
}
