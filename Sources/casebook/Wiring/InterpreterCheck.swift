import CasebookDocument
import CasebookRun
import CasebookSessions
import CasebookTerminal

/// Looks before the start whether the interpreters of a run are installed.
enum InterpreterCheck {
    /// - Parameter outcomes: what became of each item; what is settled needs no interpreter any more.
    /// - Throws: a ``Problem`` that names each missing interpreter with the first cell that wants it.
    static func check(_ plan: RunPlan, outcomes: [ItemOutcome?], sourceName: String) throws {
        var wanted: [Interpreter: Cell] = [:]
        for (item, outcome) in zip(plan.items, outcomes) {
            guard outcome == nil, let cell = item.cell, cell.handling.runs,
                let interpreter = cell.interpreter, !interpreter.program.isEmpty
            else { continue }
            if wanted[interpreter] == nil { wanted[interpreter] = cell }
        }
        let missing = wanted.sorted { $0.value.place.line < $1.value.place.line }.compactMap {
            interpreter,
            cell in
            do throws(SessionError) {
                _ = try InterpreterLookup.find(interpreter, onPath: Caller.variable("PATH"))
                return nil as String?
            } catch {
                return
                    "\(SessionSentence.of(error)); `\(cell.id)` wants it (\(sourceName):\(cell.place.line))"
            }
        }
        guard missing.isEmpty else {
            throw Problem(
                .usage,
                "\(Wording.count(missing.count, "interpreter")) missing: nothing was run",
                advice: missing + ["install what is missing, or put it on PATH"]
            )
        }
    }
}

extension CellHandling {
    var runs: Bool {
        switch self {
        case .run, .confirm, .check: true
        case .byHand, .shown, .undo: false
        }
    }
}
