/// What a person can expect of an item, in one word.
package enum ItemKind: String, Hashable, Sendable, CaseIterable {
    /// A cell that runs by itself.
    case automatic
    /// A cell that runs when a person has said so.
    case asksFirst = "asks first"
    /// Something that a person does and answers for.
    case byHand = "by hand"
    /// A question that decides what comes after it, or whether the step applies at all.
    case choice
    /// A `checkpoint` fence.
    case checkpoint
    /// Not part of a run: shown only.
    case shown
    /// Outside the forward order: it undoes something.
    case undo
    /// Runs when another cell has, and decides about it.
    case check
}

extension RunbookItem {
    package var kind: ItemKind {
        switch self {
        case .cell(let cell):
            switch cell.handling {
            case .run: .automatic
            case .confirm: .asksFirst
            case .byHand: .byHand
            case .shown: .shown
            case .undo: .undo
            case .check: .check
            }
        case .gate(let gate):
            switch gate.kind {
            case .checkpoint(let checkpoint): checkpoint.undoes.isEmpty ? .checkpoint : .undo
            case .choice: .choice
            case .manualStep, .task: ConditionalText.isConditional(gate.text) ? .choice : .byHand
            }
        }
    }

    /// Why it is of its kind, as a clause after "because"; nil for a cell that simply runs.
    package var reason: String? {
        switch self {
        case .cell(let cell):
            switch cell.handling {
            case .run: nil
            case .confirm(let reason), .byHand(let reason), .shown(let reason), .undo(let reason),
                .check(let reason):
                reason
            }
        case .gate(let gate):
            switch gate.kind {
            case .checkpoint(let checkpoint): checkpoint.reason
            case .choice: "its answer decides what comes after it"
            case .manualStep:
                kind == .choice ? "it names a condition" : "it holds no command that could be run"
            case .task: kind == .choice ? "it names a condition" : "it is a task to tick"
            }
        }
    }

    /// Its first line: of the code, or of what it asks.
    package var headline: String {
        switch self {
        case .cell(let cell):
            // Most code begins with what is seen; the rest of a long cell is not looked at.
            let line = cell.code.prefix { $0 != .lineFeed }
            if line.first?.isVisible == true, line.allSatisfy({ $0.isVisible || $0.isBlank }) {
                return String(decoding: line, as: UTF8.self)
            }
            return Self.firstLine(of: String(decoding: cell.code, as: UTF8.self))
        case .gate(let gate): return Self.firstLine(of: gate.text)
        }
    }

    private static func firstLine(of text: String) -> String {
        text.split(whereSeparator: \.isNewline).first { !$0.allSatisfy(\.isWhitespace) }.map(String.init)
            ?? ""
    }
}

extension Checkpoint {
    fileprivate var reason: String? {
        if !undoes.isEmpty { return "it undoes " + undoes.map { "`\($0)`" }.joined(separator: ", ") }
        if let check { return "a person answers when `\(check)` fails" }
        return role.map { "it asks for the role \($0)" }
    }
}
