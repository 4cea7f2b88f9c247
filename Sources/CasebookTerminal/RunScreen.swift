package import CasebookDocument
package import CasebookRun
import Synchronization

/// Shows a run while it goes on: each step, its output as it comes, and how it ended.
package final class RunScreen: RunObserver {
    private let runbook: Runbook
    private let style: TextStyle
    private let out: OutputStream
    private let problems: OutputStream
    private let numbers: [ItemID: Int]
    private let startTimes = Mutex<[ItemID: Timestamp]>([:])
    /// The item whose heading was shown last.
    private let shown = Mutex<ItemID?>(nil)
    private let live: LiveOutput
    private let keyboard: Int32?
    /// How the terminal was set before a cell was given it.
    private let lent = Mutex<TerminalMode?>(nil)

    /// - Parameter keyboard: the descriptor of the terminal at which a person runs it; nil when nobody does.
    package init(
        runbook: Runbook,
        style: TextStyle,
        out: OutputStream,
        problems: OutputStream,
        keyboard: Int32?
    ) {
        self.keyboard = keyboard
        self.runbook = runbook
        self.style = style
        self.out = out
        self.problems = problems
        live = LiveOutput(out)
        numbers = Dictionary(
            runbook.items.enumerated().map { ($1.id, $0 + 1) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    package func lendTerminal(to cell: Cell) -> CellTerminal {
        guard let keyboard, let mode = TerminalMode(of: keyboard) else { return .unattended }
        mode.makeRaw()
        lent.withLock { $0 = mode }
        return CellTerminal(rows: mode.rows, columns: mode.columns, keyboard: keyboard)
    }

    package func takeTerminalBack() {
        lent.withLock { mode in
            mode?.restore()
            mode = nil
        }
    }

    package func liveOutput(of cell: Cell) -> (any OutputReceiver)? { live }

    package func observe(_ event: RunEvent) {
        switch event.body {
        case .cellStarted(let started):
            startTimes.withLock { $0[started.item] = event.time }
            live.begin()
            shown.withLock { $0 = started.item }
            out.line(
                heading(of: started.item)
                    + (started.attempt > 1 ? style.dim(" attempt \(started.attempt)") : "")
            )
        case .cellEnded(let ended):
            live.endLine()
            let begun = startTimes.withLock { $0.removeValue(forKey: ended.item) }
            let name = shown.withLock { $0 == ended.item ? nil : ended.item.name }
            out.line(result(of: ended.outcome, after: begun.map(event.time.since), name))
        case .attemptEnded(let ended):
            live.endLine()
            for note in ended.notes { out.line(style.dim("  \(VisibleText.onOneLine(note))")) }
        case .backgroundReady:
            live.endLine()
            out.line(style.dim("  ready; it goes on in the background"))
        case .backgroundEnded(let ended):
            live.endLine()
            let how = ended.end.map { "ended: \($0.phrase)" } ?? "stopped with the run"
            out.line(style.dim("  \(ended.item), in the background, \(how)"))
        case .artifactStored(let stored):
            if case .lost = stored.content.place { break }
            live.endLine()
            out.line(
                style.dim("  kept \(VisibleText.onOneLine(stored.path)), \(stored.content.byteCount) bytes")
            )
        case .outputChecked(let checked):
            for problem in checked.problems { out.line("  \(style.red("≠")) \(problem)") }
            for line in checked.difference?.split(separator: "\n") ?? [] { out.line("    \(line)") }
        case .retryPlanned(let planned):
            let delay = Duration.milliseconds(planned.delayMilliseconds)
            let when = delay > .zero ? " in \(delay.words)" : ""
            out.line("  \(style.yellow("↻")) tried again\(when): attempt \(planned.attempt)")
        case .rollbackStarted(let rollback):
            out.line("")
            out.line(style.bold("rolling back: \(rollback.undoes.count) to undo"))
            if let checkpoint = rollback.stopsAt {
                out.line(
                    style.yellow(
                        "  a person answered `\(checkpoint)`: what was done before it is left to one"
                    )
                )
            }
            for item in rollback.remaining { out.line(style.yellow("  undo by hand: \(item)")) }
        case .passedOver(let passed):
            out.line(heading(of: passed.item))
            out.line("  \(style.dim("-")) not reached: `\(passed.condition)` does not hold")
        case .gateAnswered(let answered):
            show(answered)
        case .sessionRestored(let restored):
            out.line(style.dim("  session \(restored.session) started again from its saved state"))
            for lost in restored.lost { out.line(style.yellow("  not restored: \(lost)")) }
        default: break
        }
    }

    package func warn(_ warning: RunWarning) {
        live.endLine()
        problems.line(style.yellow("warning: ") + WarningSentence.of(warning))
    }

    private func show(_ answered: GateAnswered) {
        guard ![OfferAnswer.run.rawValue, OfferAnswer.continue.rawValue].contains(answered.answer) else {
            return
        }
        let advance = answered.isInAdvance ? " (answered in advance)" : ""
        let note = answered.note.map { ": \($0)" } ?? ""
        if answered.isInAdvance { out.line(heading(of: answered.item)) }
        out.line("  \(style.blue("●")) \(answered.answer) by \(answered.person.label)\(advance)\(note)")
    }

    /// `▶ 3/7 steps-3  restore.md:43`.
    private func heading(of id: ItemID) -> String {
        let number = numbers[id] ?? 0
        let line = number > 0 ? ":\(runbook.items[number - 1].place.line)" : ""
        return "\(style.blue("▶")) \(style.bold("\(number)/\(runbook.items.count) \(id)"))"
            + style.dim("  \(runbook.source.name)\(line)")
    }

    /// - `name`: of an item whose heading is not the last one above.
    private func result(of outcome: ItemOutcome, after time: Duration?, _ name: String?) -> String {
        let words =
            (name.map { "\($0): " } ?? "") + Wording.outcome(outcome) + (time.map { " in \($0.words)" } ?? "")
        return switch outcome {
        case .succeeded: "  \(style.green("✓")) \(words)"
        case .failedWithWarning: "  \(style.yellow("!")) \(words)"
        case .failed, .unknown: "  \(style.red("✗")) \(words)"
        case .ignored: "  \(style.yellow("!")) \(words)"
        case .skipped, .answered, .doesNotApply, .notPlanned: "  \(style.dim("-")) \(words)"
        }
    }
}

/// Passes a cell's output on, and knows whether its last line was ended.
private final class LiveOutput: OutputReceiver {
    private let out: OutputStream
    /// The session's thread writes while the engine waits; both look at it.
    private let isInsideLine = Mutex(false)

    init(_ out: OutputStream) { self.out = out }

    func begin() { isInsideLine.withLock { $0 = false } }

    func receive(_ bytes: UnsafeRawBufferPointer) {
        guard let last = bytes.last else { return }
        out.write(bytes)
        isInsideLine.withLock { $0 = last != .lineFeed }
    }

    func endLine() {
        let wasInside = isInsideLine.withLock { isInside in
            defer { isInside = false }
            return isInside
        }
        if wasInside { out.write("\n") }
    }
}
