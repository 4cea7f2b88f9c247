import CasebookDocument
package import CasebookRun

/// What went wrong with a session, in words.
package enum SessionSentence {
    package static func of(_ error: SessionError) -> String {
        switch error {
        case .interpreterNotFound(let interpreter, let tried):
            "`\(interpreter.life == .process ? interpreter.program : interpreter.name)` is not installed: looked for "
                + tried.map { "`\($0)`" }.joined(separator: ", ")
        case .interpreterDidNotStart(let interpreter, let reason):
            "`\(interpreter.name)` did not start: \(reason)"
        case .system(let operation, let errno):
            "\(operation) failed: \(SystemWords.of(errno))"
        case .supervisorLost(let survivors):
            "the process that owns the session has gone; "
                + (survivors.isEmpty
                    ? "what the session had started was stopped"
                    : "these processes of it could not be stopped: " + survivors.joined(separator: ", "))
        }
    }
}
