import CasebookDocument
import CasebookRun
import CasebookStore
import CasebookTerminal

/// `run --dry-run`: says what would run, and runs nothing.
struct DryRun {
    private let command: RunCommand
    private let document: RunDocument

    init(_ command: RunCommand, _ document: RunDocument) {
        self.command = command
        self.document = document
    }

    /// Shows the plan, writes the copy that was asked for, and then says what would keep the run from starting.
    func run() throws -> ExitStatus {
        let runbook = document.runbook
        let plan = RunPlan(runbook)
        let out = OutputStream.standardOutput
        out.line("\(runbook.title): nothing is run")
        for line in PlanText(plan, sourceName: command.file).lines { out.line(line) }
        if !plan.hasSteps { out.line("no step to run was found") }
        if let output = command.output { try write(runbook, to: output) }
        try document.checkRunnable(.interactive)
        showMissing(runbook)
        return .succeeded
    }

    private func write(_ runbook: Runbook, to output: String) throws {
        let target = try RunTarget.copy(to: output, of: runbook, at: Path.absolute(command.file))
        var blocks: [ItemID: WrittenBlock] = [:]
        for cell in runbook.cells { blocks[cell.id] = .output(marks: ["not-run"], text: []) }
        let bytes = try DocumentWriter(runbook).bytes(with: blocks)
        try DocumentFileError.inWords { () throws(DocumentFileError) in try target.file.replace(with: bytes) }
        OutputStream.standardOutput.line("written: \(target.file.path)")
    }

    private func showMissing(_ runbook: Runbook) {
        let directory = Path.directory(of: Path.absolute(command.file))
        let reader = ParameterReader(directory: directory, mode: .unattended, limit: .zero)
        let parameters = ParameterResolution(
            runbook.metadata,
            openVariables: runbook.openVariables + runbook.blankNames,
            given: command.parameter.map { (name: $0.name, value: $0.value) },
            environmentName: command.environment,
            source: { parameter, source in
                if case .command = source { return .later }
                return reader.value(of: parameter, from: source)
            }
        )
        for problem in parameters.problems {
            OutputStream.standardError.line("warning: the run would not start: \(problem.sentence)")
        }
    }
}
