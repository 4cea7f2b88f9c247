// MARK: - Sessions

extension RunbookReader {
    /// Reports cells that share a session with cells of another language: a session is one interpreter.
    mutating func checkSessions() {
        guard !sessions.isEmpty else { return }
        var owners: [String: Interpreter] = [:]
        for draft in drafts {
            guard case .cell(let cell, let handling) = draft.content,
                let interpreter = cell.language.interpreter
            else { continue }
            switch handling {
            case .run, .confirm, .check, .undo: break
            case .byHand, .shown: continue
            }
            let name = cell.attributes.session ?? interpreter.name
            guard let owner = owners[name] else {
                owners[name] = interpreter
                continue
            }
            guard owner != interpreter else { continue }
            let place = sessions.first { $0.line == draft.line } ?? sessions.first { $0.name == name }
            diagnostics.append(
                Diagnostic(
                    .error,
                    .sessionShared,
                    at: place?.range ?? draft.range,
                    "the session `\(name)` runs \(owner.name), and a cell of \(interpreter.name) cannot run in it",
                    advice: "give it a session of its own"
                )
            )
        }
    }
}
