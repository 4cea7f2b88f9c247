import CasebookDocument
import CasebookLibrary
import CasebookRun
import CasebookStore
import CasebookTerminal

/// Everything that is to be said about one document.
struct DocumentReview {
    let source: SourceText
    /// What reading it says and what the library advises, in document order.
    let diagnostics: [Diagnostic]

    init(_ source: SourceText, today: CalendarDate) {
        let runbook = Runbook.read(source)
        self.source = source
        let found = runbook.diagnostics + Lint.diagnostics(of: runbook, today: today)
        diagnostics = found.enumerated()
            .sorted { left, right in
                (left.element.range?.lowerBound ?? -1, left.offset)
                    < (right.element.range?.lowerBound ?? -1, right.offset)
            }
            .map(\.element)
    }

    func show(on stream: OutputStream) {
        let style = TextStyle(isEnabled: stream.isTerminal && Caller.wantsColour)
        let printer = DiagnosticPrinter(style: style, source: source, knowing: diagnostics)
        for diagnostic in diagnostics { stream.write(printer.text(of: diagnostic)) }
    }

    var records: [DiagnosticRecord] { diagnostics.map { DiagnosticRecord($0, in: source) } }
}
