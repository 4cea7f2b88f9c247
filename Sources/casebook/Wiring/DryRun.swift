import CasebookDocument
import CasebookRun
import CasebookStore
import CasebookTerminal

/// `run --dry-run`: says what would run, and runs nothing.
struct DryRun {
    private let preparation: RunPreparation

    init(_ preparation: RunPreparation) { self.preparation = preparation }

    func run() throws {
        let runbook = preparation.runbook
        OutputStream.standardOutput.line("\(runbook.title): nothing is run")
        for line in PlanText(preparation.plan, sourceName: preparation.command.file).lines {
            OutputStream.standardOutput.line(line)
        }
        guard let output = preparation.command.output else { return }
        let target = try RunTarget.copy(to: output, of: preparation)
        var blocks: [ItemID: WrittenBlock] = [:]
        for cell in runbook.cells { blocks[cell.id] = .output(marks: ["not-run"], text: []) }
        let bytes = try DocumentWriter(runbook).bytes(with: blocks)
        try DocumentFileError.inWords { () throws(DocumentFileError) in try target.file.replace(with: bytes) }
        OutputStream.standardOutput.line("written: \(target.file.path)")
    }
}
