import CasebookDocument
package import CasebookRun

/// What a run tells people beside its events, in words.
package enum WarningSentence {
    package static func of(_ warning: RunWarning) -> String {
        switch warning {
        case .documentNotSaved(let error):
            "the document was not saved; the record has everything\n  \(DocumentFileSentence.of(error))"
        case .documentEdited(let path, let leftOut) where leftOut.isEmpty:
            "`\(path)` was edited during the run; the outputs were put into the edited document"
        case .documentEdited(let path, let leftOut):
            "`\(path)` was edited during the run; the record alone has the output of "
                + leftOut.map { "`\($0)`" }.joined(separator: ", ")
        case .outputLost(let item, let reason):
            "the output of `\(item)` could not be stored: \(reason)"
        case .sessionFailed(let item, let error):
            "the session of `\(item)` failed while it ran: \(SessionSentence.of(error))"
        case .stillAlive(let item, let processes):
            "still running\(item.map { " after `\($0)`" } ?? ""): \(processes.joined(separator: ", "))"
        }
    }
}
