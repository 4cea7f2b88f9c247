import ArgumentParser
import CasebookDocument
import CasebookLibrary
import CasebookRun
import CasebookStore
import CasebookTerminal

/// `casebook check`: says what is wrong with documents, and runs nothing.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say what is wrong with runbooks, and mend what is certain; run nothing.",
        discussion: """
            Exits with 2 when a document has an error or cannot be read, 0 when there are warnings and advice alone. Every \
            code is explained in docs/reference/diagnostics.md.
            """
    )

    @Argument(help: "Runbooks.", completion: .file())
    var files: [String]

    @Flag(help: "Apply the fixes that are certainly right; every other byte stays.")
    var fix = false

    @Flag(help: "Exit with 2 for warnings too.")
    var strict = false

    @Flag(help: "As a JSON array.")
    var json = false

    func run() async throws {
        var severities: Set<Diagnostic.Severity> = []
        var fixCount = 0
        var records: [DiagnosticRecord] = []
        let today = Self.today
        let outcome = Result {
            try EachFile.of(files) { file in
                var source = SourceText(name: file, bytes: try RunbookFile.bytes(file))
                if fix { source = try mend(source) }
                let review = DocumentReview(source, today: today)
                severities.formUnion(review.diagnostics.map(\.severity))
                fixCount += review.diagnostics.count { !$0.fixes.isEmpty }
                if json { records += review.records } else { review.show(on: .standardOutput) }
            }
        }
        if fixCount > 0, !json { OutputStream.standardOutput.line("`--fix` mends \(fixCount) of these") }
        if json { OutputStream.standardOutput.line(try JSONText.of(records)) }
        try outcome.get()
        if severities.contains(.error) || strict && severities.contains(.warning) {
            throw ExitStatus.usage.exitCode
        }
    }

    /// The document with its certain fixes, written to the disk when there are any.
    private func mend(_ source: SourceText) throws -> SourceText {
        let fixed = source.fixed()
        guard fixed.bytes != source.bytes else { return source }
        try DocumentFileError.inWords { () throws(DocumentFileError) in
            try AtomicDocumentFile(path: source.name).replace(with: fixed.bytes)
        }
        let stream = json ? OutputStream.standardError : .standardOutput
        for applied in fixed.applied {
            stream.line("\(source.name):\(applied.line): fixed: \(applied.title) [\(applied.code.rawValue)]")
        }
        return SourceText(name: source.name, bytes: fixed.bytes)
    }

    /// The day in UTC, against which reviews are held.
    private static var today: CalendarDate {
        guard let today = CalendarDate(SystemClock().now().date) else {
            preconditionFailure("the clock stands between the years 1900 and 9999")
        }
        return today
    }
}
