import CasebookDocument

// MARK: - Shell

extension Lint {
    /// Commands after an `exit`: they look as if they ran.
    static func exits(in runbook: Runbook) -> [Diagnostic] {
        runbook.cells.compactMap { cell in
            guard let interpreter = cell.interpreter, interpreter.syntax == .shell, isRun(cell),
                let exit = EarlyExit(in: cell.code)
            else { return nil }
            let place = CodePlace(code: cell.code, firstLine: cell.codeLine, in: runbook.source)
            return Diagnostic(
                .warning,
                .exitEarly,
                at: place.range(of: exit.range, onLine: exit.line),
                "the cell ends here, and the commands after it never run",
                advice: "put them into a cell of their own, or the `exit` under a condition"
            )
        }
    }

    /// Variables that a cell of the other shell sets: each shell has a session of its own.
    static func splitSessions(in runbook: Runbook) -> [Diagnostic] {
        runbook.splitVariables.map { split in
            let (reader, setter) = (split.reader.language.tag, split.setter.language.tag)
            return Diagnostic(
                .warning,
                .sessionSplit,
                at: opening(of: split.reader, in: runbook),
                "`$\(split.name)` is set by `\(setter.lowercased())` in `\(split.setter.id)`, and "
                    + "`\(reader.lowercased())` is a session of its own that does not see it",
                advice: "use one language for both cells, or make it a parameter"
            )
        }
    }

    /// Bash's own syntax in a cell that a plain `sh` runs.
    static func foreignSyntax(in runbook: Runbook) -> [Diagnostic] {
        runbook.cells.compactMap { cell in
            guard cell.interpreter == .sh, isRun(cell), let syntax = BashSyntax(in: cell.code) else {
                return nil
            }
            let place = CodePlace(code: cell.code, firstLine: cell.codeLine, in: runbook.source)
            return Diagnostic(
                .warning,
                .shellForeign,
                at: place.range(of: syntax.range, onLine: syntax.line),
                "`\(syntax.sign)` is bash's own, and the `sh` that runs the cell may not know it",
                advice: syntax.instead.map { "write `\($0)`, or call the language `bash`" }
                    ?? "call the language `bash`"
            )
        }
    }

    private static func isRun(_ cell: Cell) -> Bool {
        switch cell.handling {
        case .run, .confirm: true
        case .byHand: cell.filling != nil
        case .shown, .undo, .check: false
        }
    }
}
