import CasebookDocument
import CasebookRun

/// One thing that may be typed at a question.
struct AnswerChoice: Hashable, Sendable {
    let word: String

    init(_ word: String) { self.word = word }

    static let pause = AnswerChoice("pause")
    static let help = AnswerChoice("help")

    var needsReason: Bool {
        word == GateAnswer.skip.word || word == FailureDecided.Decision.ignore.rawValue
    }

    /// How it is offered: `skip WHY`.
    var hint: String { needsReason ? "\(word) WHY" : word }

    /// What it does.
    var help: String {
        switch word {
        case "run": "run this cell"
        case "continue": "run this cell and those that follow, up to the next question"
        case "proceed": "the checkpoint holds; go on"
        case "done": "it was done"
        case "does-not-apply": "it does not apply here; go on without it"
        case "skip":
            "go on without it; the reason is recorded, and the run is reported as one with deviations"
        case "retry": "run the cell once more"
        case "ignore": "go on as if it had succeeded; the reason is recorded, and the run has a deviation"
        case "rollback": "undo what was started: the cells with `undoes`, the latest first"
        case "stop": "end the run here"
        case "pause": "leave the run as it is; `casebook resume` goes on, also in another terminal"
        case "help": "show this"
        default: "answer `\(word)`"
        }
    }
}

/// What a typed line means.
enum AnswerLine: Hashable, Sendable {
    case answer(PersonAnswer)
    case pause
    case help
    /// It means nothing, and why.
    case again(String)

    static func read(_ line: String, choices: [AnswerChoice]) -> AnswerLine {
        let words = line.split(maxSplits: 1, omittingEmptySubsequences: true, whereSeparator: \.isWhitespace)
        guard let typed = words.first.map(String.init) else {
            return .again("nothing was answered; type one of the words")
        }
        let rest = words.count > 1 ? String(words[1].trimmed) : ""
        if typed == "?" { return .help }
        let matching = choices.filter { $0.word == typed }
        let candidates =
            matching.isEmpty ? choices.filter { $0.word.hasPrefix(typed.lowercased()) } : matching
        guard let choice = candidates.first else {
            return .again("`\(typed)` is not an answer here; type one of the words")
        }
        guard candidates.count == 1 else {
            return .again(
                "`\(typed)` could be \(candidates.map { "`\($0.word)`" }.joined(separator: " or "))"
            )
        }
        if choice == .pause { return .pause }
        if choice == .help { return .help }
        if choice.needsReason, rest.isEmpty { return .again("say why: `\(choice.word) the reason`") }
        return .answer(PersonAnswer(word: choice.word, note: rest.isEmpty ? nil : rest))
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        let start = drop(while: \.isWhitespace)
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return start.prefix(0) }
        return start[...end]
    }
}
