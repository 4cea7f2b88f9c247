import ArgumentParser
import CasebookDocument
import CasebookTerminal

/// `casebook check`: says what is wrong with documents, and runs nothing.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say what is wrong with runbooks; run nothing.",
        discussion:
            "Exits with 2 when a document has an error or cannot be read, 0 when there are warnings alone."
    )

    @Argument(help: "Runbooks.", completion: .file())
    var files: [String]

    func run() async throws {
        var hasErrors = false
        let out = OutputStream.standardOutput
        let printer = DiagnosticPrinter(style: TextStyle(isEnabled: out.isTerminal && Caller.wantsColour))
        try EachFile.of(files) { file in
            let runbook = try RunbookFile.read(file)
            for diagnostic in runbook.diagnostics {
                out.write(printer.text(of: diagnostic, in: runbook.source))
            }
            hasErrors = hasErrors || runbook.hasErrors
        }
        if hasErrors { throw ExitStatus.usage.exitCode }
    }
}
