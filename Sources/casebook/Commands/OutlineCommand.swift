import ArgumentParser
import CasebookDocument
import CasebookTerminal

/// `casebook outline`: shows what Casebook sees in a document, and runs nothing.
struct OutlineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outline",
        abstract: "Show what Casebook sees in a runbook; run nothing."
    )

    @Argument(help: "The runbook.", completion: .file())
    var file: String

    @Flag(help: "Print JSON with stable keys.")
    var json = false

    func run() async throws {
        let runbook = try RunbookFile.read(file)
        let out = OutputStream.standardOutput
        guard !json else { return out.line(try JSONText.of(OutlineJSON(runbook))) }
        out.lines(OutlineText(runbook, sourceName: file).lines)
    }
}
