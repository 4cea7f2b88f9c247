package import CasebookDocument
package import CasebookRun

/// Asks the person at the terminal, step by step.
///
/// An empty line, an unknown word or an ambiguous abbreviation never answers anything: the question is put again.
package actor TerminalApprover: Approver {
    private let runbook: Runbook
    private let reader: LineReader
    private let style: TextStyle
    private let out: OutputStream
    private let numbers: [ItemID: Int]

    package init(runbook: Runbook, reader: LineReader, style: TextStyle, out: OutputStream) {
        self.runbook = runbook
        self.reader = reader
        self.style = style
        self.out = out
        numbers = Dictionary(
            runbook.items.enumerated().map { ($1.id, $0 + 1) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    package func answer(_ question: RunQuestion) async -> PersonAnswer? {
        // Before it is shown: from then on Ctrl-C means this question.
        reader.beginQuestion()
        show(question)
        let choices = Self.choices(of: question)
        while true {
            out.line(style.dim(choices.map(\.hint).joined(separator: "   ")))
            out.write(style.bold("> "))
            guard let line = await reader.readLine() else {
                out.write("\n")
                return nil
            }
            switch AnswerLine.read(line, choices: choices) {
            case .answer(let answer): return answer
            case .pause: return nil
            case .help: showHelp(choices)
            case .again(let why): out.line(style.yellow(why))
            }
        }
    }
}

// MARK: - Showing

extension TerminalApprover {
    private func show(_ question: RunQuestion) {
        switch question {
        case .offer(let cell, _):
            header(cell.place)
            prose(cell.place.instruction)
            code(of: cell)
        case .gate(let item, let because, _):
            header(item.item.place)
            prose(item.item.place.instruction)
            if case .gate(let demand) = item.demand { out.line(indent(VisibleText.of(demand.text))) }
            if let cell = item.cell { code(of: cell) }
            if let because { out.line(style.yellow("  asks first: \(because)")) }
        case .failure(let cell, let outcome, _):
            out.line("")
            out.line(style.red("✗ \(cell.id) \(Wording.outcome(outcome))"))
            if let contact = runbook.metadata.escalation { out.line("  escalation contact: \(contact)") }
        }
    }

    private func header(_ place: ItemPlace) {
        let number = "\(numbers[place.id] ?? 0)/\(runbook.items.count)"
        let path = place.headings.isEmpty ? "" : "  " + place.headings.joined(separator: " › ")
        out.line("")
        out.line(
            style.bold("── \(number) \(place.id)")
                + style.dim("\(path)  \(runbook.source.name):\(place.line)")
        )
    }

    private func prose(_ range: ByteRange) {
        let text = runbook.source.text(in: range)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let shown = lines.drop(while: \.isBlank).reversed().drop(while: \.isBlank).reversed()
        if !shown.isEmpty { out.line(VisibleText.of(shown.joined(separator: "\n"))) }
    }

    private func code(of cell: Cell) {
        let text = String(decoding: cell.code, as: UTF8.self)
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(
            text.hasSuffix("\n") ? 1 : 0
        ) {
            out.line("    " + style.blue(VisibleText.of(String(line))))
        }
    }

    private func indent(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }.joined(
            separator: "\n"
        )
    }

    private func showHelp(_ choices: [AnswerChoice]) {
        for choice in choices { out.line("  \(choice.word): \(choice.help)") }
        out.line("  A word may be shortened while it is unique. What follows it is recorded as a note.")
    }

    /// What may be typed, in the order in which it is offered.
    static func choices(of question: RunQuestion) -> [AnswerChoice] {
        let words: [String]
        switch question {
        case .offer(_, let allowed), .gate(_, _, let allowed), .failure(_, _, let allowed): words = allowed
        }
        return words.map(AnswerChoice.init) + [.pause, .help]
    }
}

extension Substring {
    fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
