/// An item that was found and has no identifier yet.
struct Draft: Sendable {
    /// What it is; what is large is indirect, because drafts are sorted and looked through often.
    enum Content: Sendable {
        case cell(DraftedCell, CellHandling)
        indirect case checkpoint(Checkpoint, text: String, isRequired: Bool)
        case step(text: String)
        indirect case task(TaskBox, text: String)
        /// A question that decides what comes after it; the number is the reader's own.
        indirect case choice(Int, text: String, answers: [GateAnswer])
    }

    /// The answer to a choice under which it is reached.
    struct Condition: Hashable, Sendable {
        let choice: Int
        let answer: String
    }

    var content: Content
    let section: Int
    let range: ByteRange
    let line: Int
    let insertion: InsertionPoint?
    /// The author's name and where it stands.
    var name: (text: String, range: ByteRange)?
    /// The block of a cell.
    var block: Int?
    /// What a shell cell does.
    var script: ShellScript?
    var condition: Condition?
    /// How it runs when its blanks have values.
    var filling: BlankFilling?
    /// The variables that its code reads and nothing before it sets.
    var openVariables: [String] = []
    /// The variables that it reads and that a cell before it captures.
    var capturedVariables: [String] = []
    var sharedVariables: [String] = []
    /// The variables that it reads and that a secret cell before it sets.
    var secretVariables: [Cell.SecretVariable] = []
    /// Why a person has to do it when it is an undo.
    var undoByHand: String?

    /// True for a cell that runs when a person says so.
    var asksFirst: Bool {
        if case .confirm? = handling { true } else { false }
    }

    /// What a run does with it when it is a cell.
    var handling: CellHandling? {
        if case .cell(_, let handling) = content { handling } else { nil }
    }

    /// The cell that decides whether it succeeded, or answers it.
    var check: String? {
        switch content {
        case .cell(let cell, _): cell.attributes.check
        case .checkpoint(let checkpoint, _, _): checkpoint.check
        case .step, .choice, .task: nil
        }
    }
}

/// What a cell is, whatever a run does with it.
///
/// A class because every rule looks at it, and a copy would have a part for each of its attributes.
final class DraftedCell: Sendable {
    let language: CellLanguage
    let transcript: Transcript
    /// The line of the document on which the code starts.
    let codeLine: Int
    let attributes: CellAttributes

    init(_ language: CellLanguage, _ transcript: Transcript, codeLine: Int, _ attributes: CellAttributes) {
        self.language = language
        self.transcript = transcript
        self.codeLine = codeLine
        self.attributes = attributes
    }

    /// The same with what is expected of its output.
    func expecting(_ expectation: OutputExpectation) -> DraftedCell {
        var attributes = attributes
        attributes.expectations.append(expectation)
        return DraftedCell(language, transcript, codeLine: codeLine, attributes)
    }
}
