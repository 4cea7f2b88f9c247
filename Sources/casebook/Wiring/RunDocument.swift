import CasebookDocument
import CasebookRun
import CasebookTerminal

/// The document of a new run.
struct RunDocument {
    /// The bytes as they stand, with what earlier runs left in them.
    let found: [UInt8]
    /// Read from the cleared bytes: what runs.
    let runbook: Runbook

    /// Prints what is to be said about the document.
    ///
    /// - Throws: a ``Problem`` when it cannot be read.
    init(_ file: String) throws {
        found = try RunbookFile.bytes(file)
        let source = SourceText(name: file, bytes: found)
        let original = Runbook.read(source)
        Self.show(original)
        let cleared = source.cleared().bytes
        runbook = cleared == found ? original : Runbook.read(SourceText(name: file, bytes: cleared))
    }

    /// Refuses a document that cannot be run as it stands.
    ///
    /// - Throws: a ``Problem`` for errors, and in an unattended run for a fence that is never closed: nobody is there
    ///   to see that its cell and what it swallowed are missing.
    func checkRunnable(_ mode: RunMode) throws {
        let errors = runbook.diagnostics.filter { diagnostic in
            diagnostic.severity == .error || mode == .unattended && diagnostic.code.leavesFenceOpen
        }
        guard !errors.isEmpty else { return }
        throw Problem(
            .usage,
            "`\(runbook.source.name)` has \(Wording.count(errors.count, "error")): nothing was run"
        )
    }

    /// Advice is left to `check`: whoever starts a run cannot follow it now.
    private static func show(_ runbook: Runbook) {
        let stream = OutputStream.standardError
        let style = TextStyle(isEnabled: stream.isTerminal && Caller.wantsColour)
        let printer = DiagnosticPrinter(style: style, source: runbook.source, knowing: runbook.diagnostics)
        for diagnostic in runbook.diagnostics where diagnostic.severity != .advice {
            stream.write(printer.text(of: diagnostic))
        }
    }
}
