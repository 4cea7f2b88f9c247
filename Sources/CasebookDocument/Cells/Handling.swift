/// Decides what a run does with a cell; the first rule that matches, in the order of ``decide()``.
struct Handling {
    let transcript: Transcript
    let language: Language
    let attributes: AttributeSet
    let isClosed: Bool
    let outline: Outline
    let section: Int

    private(set) var result = CellHandling.run
    private(set) var blanks: [Blank] = []
    /// The commands of a shell cell; none of another.
    private let commands: [ShellCommand]

    init(
        transcript: Transcript,
        language: Language,
        attributes: AttributeSet,
        isClosed: Bool,
        outline: Outline,
        section: Int
    ) {
        self.transcript = transcript
        self.language = language
        self.attributes = attributes
        self.isClosed = isClosed
        self.outline = outline
        self.section = section
        switch language.interpreter {
        case .bash, .sh: commands = ShellReader.commands(in: transcript.code)
        case .python, nil: commands = []
        }
    }

    mutating func decide() {
        // Without an interpreter nobody knows what is code: `a < b and c > d` would be a blank.
        if attributes.flag("blanks") != false, let interpreter = language.interpreter {
            blanks = BlankFinder.blanks(in: transcript.code, interpreter)
        }
        result = shown ?? undo ?? byHand ?? confirm ?? .run
    }
}

// MARK: - Rules

extension Handling {
    private var shown: CellHandling? {
        if !isClosed { return .shown(because: "its fence is never closed") }
        if attributes.flag("run") == false { return .shown(because: "it says `run=no`") }
        for name in ["excludeFromRunAll", "ignore"] where attributes.foreign(name) == "true" {
            return .shown(because: "it says `\(name)=true`")
        }
        if let title = title(of: .shown) { return .shown(because: "it stands under `\(title)`") }
        if transcript.isEmpty, transcript.byHand == nil, language.interpreter != nil {
            return .shown(because: "it holds no command")
        }
        return nil
    }

    private var undo: CellHandling? {
        let undone = attributes.names("undoes")
        if !undone.isEmpty {
            return .undo(because: "it undoes " + undone.map { "`\($0)`" }.joined(separator: ", "))
        }
        return title(of: .undo).map { .undo(because: "it stands under `\($0)`") }
    }

    private var byHand: CellHandling? {
        if case .byHand(let name) = language { return .byHand(because: "this version does not run \(name)") }
        if let reason = transcript.byHand { return .byHand(because: reason) }
        if let name = commands.first?.name, let first = name.unicodeScalars.first, !first.isASCII {
            return .byHand(because: "`\(name)` is no command")
        }
        if !commands.isEmpty, AlternativeTitles.areNamed(inCommentsOf: transcript.code) {
            return .byHand(because: "its comments name several systems, of which one is meant")
        }
        if holdsAlternatives { return .byHand(because: "it holds several ways, with *or* between them") }
        if let blank = blanks.first { return .byHand(because: "it has the blank `\(blank.shortText)`") }
        return CommandTable.byHand.reason(for: commands).map { .byHand(because: $0) }
    }

    /// True when a line of its own, or a comment, says *or*: running all of it would do all of them.
    private var holdsAlternatives: Bool {
        guard !commands.isEmpty else { return false }
        return transcript.code.split(separator: .lineFeed).contains { line in
            line.count < 40 && ConditionalText.isBareAlternative(String(decoding: line, as: UTF8.self))
        }
    }

    private var confirm: CellHandling? {
        switch attributes.flag("confirm") {
        case true?: return .confirm(because: "it says `confirm`")
        case false?: return nil
        case nil: break
        }
        if let reason = CommandTable.destructive.reason(for: commands) { return .confirm(because: reason) }
        return destructiveSQL.map { .confirm(because: "it holds `\($0)`") }
    }

    private var destructiveSQL: String? {
        CommandTable.destructiveSQL.first { ByteSearch.range(of: $0, inFolded: transcript.code) != nil }
    }

    private func title(of role: SectionRole) -> String? {
        outline.governing(section) { $0 == role }.map { outline.sections[$0].title }
    }
}
