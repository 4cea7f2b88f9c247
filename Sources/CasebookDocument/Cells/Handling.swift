/// Decides what a run does with a cell; the first rule that matches, in the order of ``decide()``.
struct Handling {
    let transcript: Transcript
    let language: Language
    let attributes: AttributeSet
    let isClosed: Bool
    let titles: Outline.RoleTitles
    let introduction: Introduction
    /// The cell before, which a recorded session may repeat.
    let previous: Transcript?
    /// A value in the code that only the output before it shows.
    let printedValue: String?

    private(set) var result = CellHandling.run
    /// True for recorded output and examples: what stands around them is a step without them.
    private(set) var isSample = false
    private(set) var blanks: [Blank] = []
    /// What a run would do when each blank had a value; nil when it is not the blanks that stop the cell.
    private(set) var resultWhenFilled: CellHandling?
    private var changeComment: String?
    /// What a shell cell does; nil for another.
    let script: ShellScript?
    /// The blanks of a cell in a language that this version runs.
    let finder: BlankFinder?
    private var commands: [ShellCommand] { script?.commands ?? [] }

    init(
        transcript: Transcript,
        language: Language,
        attributes: AttributeSet,
        isClosed: Bool,
        titles: Outline.RoleTitles,
        introduction: Introduction,
        previous: Transcript?,
        printedValue: String?
    ) {
        self.transcript = transcript
        self.language = language
        self.attributes = attributes
        self.isClosed = isClosed
        self.titles = titles
        self.introduction = introduction
        self.previous = previous
        self.printedValue = printedValue
        let explained = introduction.words(explainedFor: transcript.code)
        switch language.interpreter?.syntax {
        case .shell, .fish:
            let text = ShellText(transcript.code)
            let finder = BlankFinder(text, explained: explained)
            self.finder = finder
            script = ShellScript(text, finder.blanks)
        case let syntax?:
            finder = BlankFinder(transcript.code, syntax, explained: explained)
            script = nil
        // Without an interpreter nobody knows what is code: `a < b and c > d` would be a blank.
        case nil: (finder, script) = (nil, nil)
        }
    }

    mutating func decide() {
        if attributes.flag("blanks") != false, let finder {
            blanks = finder.blanks
            changeComment = finder.changeComment
        }
        let sample = sample
        // A step whose block holds nothing to run stays a step.
        isSample = shown == nil ? sample != nil : holdsOnlyComments && shown == emptyCell && isWritten
        result = shown ?? sample ?? undo ?? byHand ?? confirm ?? .run
        guard case .byHand = result, !blanks.isEmpty else { return }
        var filled = self
        filled.blanks = []
        switch filled.byHand ?? filled.confirm ?? .run {
        case .byHand, .shown, .undo, .check: break
        case .run: resultWhenFilled = .run
        case .confirm(let reason): resultWhenFilled = .confirm(because: reason)
        }
    }
}

extension Handling {
    /// Why a person has to do a cell that undoes others, when it does not run as it stands.
    var undoByHand: String? {
        guard case .undo = result, case .byHand(let reason)? = byHand else { return nil }
        return reason
    }
}

// MARK: - Rules

extension Handling {
    private var shown: CellHandling? {
        if !isClosed, !hasOneCommand { return .shown(because: "its fence is never closed") }
        if attributes.flag("run") == false { return .shown(because: "it says `run=no`") }
        for name in ["excludeFromRunAll", "ignore"] {
            guard let value = attributes.foreign(name), ["true", "yes", "1"].contains(value.lowercased())
            else {
                continue
            }
            return .shown(because: "it says `\(name)=\(value)`")
        }
        if let title = titles.shown { return .shown(because: "it stands under `\(title)`") }
        if let title = titles.describes, SectionRole.isExplanation(title) {
            return .shown(because: "it stands under `\(title)`")
        }
        return holdsOnlyComments ? emptyCell : nil
    }

    /// True for a single command behind its prompt: with it, what stands behind an open fence is told apart.
    private var hasOneCommand: Bool { transcript.hasPrompts && transcript.lines.count == 1 }

    private var holdsOnlyComments: Bool {
        transcript.isEmpty && transcript.byHand == nil && language.interpreter != nil
    }

    /// False for a fence with nothing in it.
    private var isWritten: Bool { transcript.code.contains { !$0.isBlank && $0 != .lineFeed } }

    private var emptyCell: CellHandling { .shown(because: "it holds no command") }

    /// What the block or the text before it shows not to be meant for running; `run=yes` says that it is.
    private var sample: CellHandling? {
        guard attributes.flag("run") != true else { return nil }
        if let reason = transcript.recorded { return .shown(because: reason) }
        if introduction.forbids { return .shown(because: "the text before it says not to") }
        if introduction.announcesOutput && mayBeOutput || introduction.announcesSession && isSession {
            return .shown(because: "it looks like recorded output, as the text before it says")
        }
        if introduction.announcesExample, writtenFile == nil {
            return .shown(because: "it is an example, as the text before it says")
        }
        return nil
    }

    /// True for code that the announcement of an output may mean: no command that is known and not repeated.
    private var mayBeOutput: Bool {
        guard let first = transcript.firstLine else { return false }
        guard let interpreter = language.interpreter else {
            // A table that the console of a database printed.
            return transcript.lines.contains { $0.starts(with: "+--".utf8) }
        }
        let lines = transcript.lines
        let previousCode = previous?.lines ?? []
        if transcript.hasPrompts { return !lines.isEmpty && lines.isSubset(of: previousCode) }
        if transcript.byHand != nil { return false }
        if lines.count == 1 || !interpreter.isShell {
            if lines.isSubset(of: previousCode) { return true }
        }
        if !interpreter.isShell {
            return !["import ", "from ", "def ", "class "].contains { first.starts(with: $0.utf8) }
        }
        return previousCode.contains(first) || !RecordedLine.isKnownCommand(first)
    }

    /// True for a prompt and what was printed after it.
    private var isSession: Bool {
        transcript.hasPrompts && transcript.code.contains(.lineFeed) && transcript.lines.count == 1
    }

    private var writtenFile: String? {
        introduction.file(with: transcript.code, isShell: language.isShell)
    }

    private var undo: CellHandling? {
        let undone = attributes.names("undoes")
        if !undone.isEmpty {
            return .undo(because: "it undoes " + undone.map { "`\($0)`" }.joined(separator: ", "))
        }
        return titles.undo.map { .undo(because: "it stands under `\($0)`") }
    }

    private var byHand: CellHandling? {
        if let reason = writtenByHand { return .byHand(because: reason) }
        if case .byHand(let name) = language { return .byHand(because: "this version does not run \(name)") }
        if !isClosed { return .byHand(because: "its fence is never closed") }
        if let reason = transcript.byHand { return .byHand(because: reason) }
        if let name = commands.first?.name, let first = name.unicodeScalars.first, !first.isASCII {
            return .byHand(because: "`\(name)` is no command")
        }
        if holdsSharp, !commands.isEmpty, let difference = CommentedWays(in: transcript.code).difference {
            return .byHand(because: "its comments name several \(difference), of which one is meant")
        }
        if commentForbids { return .byHand(because: "a comment in it says not to run it") }
        if waitsForInput, attributes.flag("tty") != true {
            return .byHand(because: "`input()` waits for an answer")
        }
        let isBackground = attributes.flag("background") == true
        if !isBackground, loopsForever { return .byHand(because: "it loops until somebody stops it") }
        if holdsAlternatives { return .byHand(because: "it holds several ways, with *or* between them") }
        if let blank = blanks.first { return .byHand(because: "it has the blank `\(blank.shortText)`") }
        if let changeComment { return .byHand(because: "a comment says to change it: `\(changeComment)`") }
        if let interpreter = language.interpreter,
            let reason = ForeignCode.reason(transcript.code, interpreter.syntax)
        {
            return .byHand(because: reason)
        }
        // On a terminal of its own a person can answer it, and end it.
        if attributes.flag("tty") == true { return nil }
        // What never ends is what belongs there.
        let commands = isBackground ? commands.map(\.detached) : commands
        return CommandTable.byHand.reason(for: commands).map { .byHand(because: $0) }
    }

    /// Why the text before the cell, or its form, says that it cannot run as it stands.
    private var writtenByHand: String? {
        guard attributes.flag("run") != true else { return nil }
        if let file = writtenFile { return "it is the content of `\(file)`" }
        guard language.interpreter != nil else { return nil }
        if introduction.savesScript, transcript.code.starts(with: "#!".utf8) {
            return "it is a script that the text says to save"
        }
        if let value = introduction.exampleValues.first(where: {
            ByteSearch.range(of: $0, in: transcript.code[...]) != nil
        }) {
            return "`\(value)` is a value of an example, as the text before it says"
        }
        if let printedValue { return "`\(printedValue)` is a value that only the output before it shows" }
        if transcript.isScriptWithArguments { return "it is a script that is given arguments" }
        if introduction.asksForLike { return "it is an example, as the text before it says" }
        if let words = introduction.change { return "the text says to change it first: \"\(words)\"" }
        return nil
    }

    /// False for most code: there is no comment in it.
    private var holdsSharp: Bool { transcript.code.contains(UInt8(ascii: "#")) }

    /// True for `# DO NOT RUN` before the code.
    private var commentForbids: Bool {
        // Most code does not begin with a comment.
        guard transcript.code.first(where: { !$0.isBlank && $0 != .lineFeed }) == UInt8(ascii: "#"),
            language.interpreter != nil
        else { return false }
        for line in transcript.code.split(separator: .lineFeed).prefix(8) {
            let text = line.drop(while: \.isBlank)
            guard text.first == UInt8(ascii: "#") else { return false }
            let words = HeadingWords(String(decoding: text.prefix(80), as: UTF8.self)).words
            let forbidding = [["do", "not", "run"], ["don't", "run"], ["never", "run"]]
            guard let start = forbidding.first(where: { words.starts(with: $0) }) else { continue }
            let next = words.dropFirst(start.count).first
            if next == nil || ["this", "it", "these", "in"].contains(next), words.count < start.count + 3 {
                return true
            }
        }
        return false
    }

    /// True for Python that asks whoever runs it.
    private var waitsForInput: Bool {
        guard language.interpreter?.syntax == .python, language.interpreter == .python,
            let call = ByteSearch.range(of: "input(", in: transcript.code[...])
        else { return false }
        guard call.lowerBound > 0 else { return true }
        let before = transcript.code[call.lowerBound - 1]
        return !(before.isLetter || before.isDigit || "_.".utf8.contains(before))
    }

    /// True for `while true` without anything that leaves it.
    private var loopsForever: Bool {
        commands.contains {
            $0.setting.isLoopTest
                && (["true", ":", "sleep"].contains($0.name) || $0.words == ["[", "1", "]"])
        }
            && !commands.contains { ["break", "exit", "return"].contains($0.name) }
    }

    /// True when a line of its own, or a comment, says *or*, or comments say for which case the commands are: running
    /// all of it would do all of them.
    private var holdsAlternatives: Bool {
        guard !commands.isEmpty else { return false }
        var cases = 0
        var hasCode = false
        for line in transcript.code.split(separator: .lineFeed) {
            let text = line.drop(while: \.isBlank)
            if line.count < 40, Self.mayBeAlternative(text),
                ConditionalText.isBareAlternative(String(decoding: line, as: UTF8.self))
            {
                return true
            }
            guard text.first == UInt8(ascii: "#") else {
                hasCode = true
                continue
            }
            let comment = String(decoding: text.drop { $0 == UInt8(ascii: "#") }.prefix(60), as: UTF8.self)
            switch HeadingWords.first(of: comment) {
            case "or", "alternatively": if hasCode { return true }
            case "if": cases += 1
            case "otherwise" where cases > 0: cases += 1
            default: break
            }
        }
        return cases > 1
    }

    /// False for most lines, by the first letter: *or*, *alternatively*, *either*, *instead*.
    private static func mayBeAlternative(_ line: ArraySlice<UInt8>) -> Bool {
        switch line.first(where: { $0.isLetter || $0.isDigit || $0 >= 0x80 }) {
        case let byte? where byte >= 0x80: true
        case let byte?: "oaei".utf8.contains(byte | 0x20)
        case nil: false
        }
    }

    private var confirm: CellHandling? {
        switch attributes.flag("confirm") {
        case true?: return .confirm(because: "it says `confirm`")
        case false?: return nil
        case nil: break
        }
        if attributes.flag("tty") == true, let reason = CommandTable.byHand.reason(for: commands) {
            return .confirm(because: reason)
        }
        if let reason = CommandTable.destruction(by: commands, in: transcript.code, language.interpreter) {
            return .confirm(because: reason)
        }
        if let syntax = foreignSyntax {
            return .confirm(because: "`sh` may read `\(syntax)` otherwise, which is bash's own")
        }
        if holdsCondition { return .confirm(because: "a comment in it names a condition") }
        return script?.isWhole ?? true
            ? nil : .confirm(because: "a quote or a here-document in it has no end")
    }

    /// What a plain `sh` does not refuse and takes for something else, so that a test takes the wrong branch.
    private var foreignSyntax: String? {
        guard language.interpreter == .sh else { return nil }
        if commands.contains(where: { $0.name == "[[" }) { return "[[" }
        guard let finder else { return nil }
        var rest = transcript.code[...]
        let sign = Array("&>".utf8)
        while let found = ByteSearch.range(of: sign, in: rest) {
            if finder.context[found.lowerBound] == .code, found.lowerBound > 0,
                transcript.code[found.lowerBound - 1] != UInt8(ascii: "&"),
                transcript.code[found.lowerBound - 1] != UInt8(ascii: ">")
            {
                return "&>"
            }
            rest = rest[found.upperBound...]
        }
        return nil
    }

    /// True for `# only if it is broken`, alone on its line.
    private var holdsCondition: Bool {
        guard holdsSharp, !commands.isEmpty else { return false }
        return transcript.code.split(separator: .lineFeed).contains { line in
            let text = line.drop(while: \.isBlank)
            guard text.first == UInt8(ascii: "#"), text.count < 200 else { return false }
            let words = HeadingWords(String(decoding: text.prefix(40), as: UTF8.self)).words
            return words.first == "only" && ["if", "when", "run"].contains(words.dropFirst().first)
        }
    }
}
