import CasebookDocument
import CasebookTerminal

/// The document of a new run, read and found to be without errors.
struct RunDocument {
    /// The bytes as they stand, with what earlier runs left in them.
    let found: [UInt8]
    /// Read from the cleared bytes: what runs.
    let runbook: Runbook

    /// Prints what is to be said about the document.
    ///
    /// - Throws: a ``Problem`` when it cannot be read or has errors.
    init(_ file: String) throws {
        found = try RunbookFile.bytes(file)
        let source = SourceText(name: file, bytes: found)
        let original = Runbook.read(source)
        try Self.show(original)
        let cleared = source.cleared().bytes
        runbook = cleared == found ? original : Runbook.read(SourceText(name: file, bytes: cleared))
    }

    private static func show(_ runbook: Runbook) throws {
        let stream = OutputStream.standardError
        let printer = DiagnosticPrinter(style: TextStyle(isEnabled: stream.isTerminal && Caller.wantsColour))
        for diagnostic in runbook.diagnostics {
            stream.write(printer.text(of: diagnostic, in: runbook.source))
        }
        guard runbook.hasErrors else { return }
        let count = runbook.diagnostics.count { $0.severity == .error }
        throw Problem(.usage, "`\(runbook.source.name)` has \(Wording.count(count, "error")): nothing was run")
            .naming(runbook.metadata.escalation)
    }
}
