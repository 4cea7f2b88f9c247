import CasebookDocument

/// Names whom to call.
enum EscalationAdvice {
    static func line(_ contact: String?) -> String? { contact.map { "escalation contact: \($0)" } }

    /// Does work for a runbook; whatever stops it names the runbook's contact.
    nonisolated(nonsending) static func naming<Value>(
        _ contact: String?,
        _ work: nonisolated(nonsending) () async throws -> Value
    ) async throws -> Value {
        do {
            return try await work()
        } catch let problem as Problem {
            throw problem.naming(contact)
        }
    }
}

extension Problem {
    /// The same problem with the contact behind its advice.
    func naming(_ contact: String?) -> Problem { advising(EscalationAdvice.line(contact)) }
}
