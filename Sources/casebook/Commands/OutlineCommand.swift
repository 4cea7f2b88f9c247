import ArgumentParser
import CasebookDocument
import CasebookRun
import CasebookTerminal

/// `casebook outline`: shows what Casebook sees in a document, and runs nothing.
struct OutlineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outline",
        abstract: "Show what Casebook sees in a runbook; run nothing."
    )

    @Argument(help: "The runbook.", completion: .file())
    var file: String

    func run() async throws {
        let runbook = try RunbookFile.read(file)
        let plan = RunPlan(runbook)
        let out = OutputStream.standardOutput
        out.line(runbook.title)
        for line in PlanText(plan, sourceName: file).lines { out.line(line) }
        if !plan.hasSteps { out.line("no steps found") }
    }
}
