import CasebookDocument
import CasebookEngine
import CasebookRun
import CasebookStore
import CasebookTerminal

/// Everything that is found out before a run starts; nothing of it has an effect.
struct RunPreparation {
    let command: RunCommand
    /// The document as it stands, with what earlier runs left in it.
    let found: [UInt8]
    /// Read from the cleared bytes: what runs.
    let runbook: Runbook
    let plan: RunPlan
    let parameters: ParameterResolution
    let mode: RunMode
    /// The document's absolute path.
    let path: String
    let git: GitState

    /// - Throws: a ``Problem`` that says everything that is wrong at once.
    init(_ command: RunCommand) throws {
        self.command = command
        path = Path.absolute(command.file)
        found = try Self.read(command.file)
        let source = SourceText(name: command.file, bytes: found)
        let original = Runbook.read(source)
        try Self.show(original)
        let cleared = source.cleared().bytes
        runbook = cleared == found ? original : Runbook.read(SourceText(name: command.file, bytes: cleared))
        plan = RunPlan(runbook)
        guard plan.hasSteps else {
            throw Problem(
                .usage, "`\(command.file)` has no step to run: no cell and no manual step was found",
                advice: ["`casebook outline \(command.file)` shows what Casebook sees"])
        }
        let plan = plan
        let name = command.file
        mode = command.dryRun
            ? .unattended : try command.answers.mode(whatWouldRun: PlanText(plan, sourceName: name).lines)
        parameters = try Self.resolve(command, runbook, asking: mode == .interactive)
        git = GitState.of(path)
        try checkAnswers()
        try checkStatus()
        try checkProtection()
    }

    /// What makes two runs runs of the same runbook.
    var identity: String { runbook.metadata.id ?? git.identity ?? path }

    /// The absolute directory in which sessions start: the document's own.
    var directory: String { Path.directory(of: path) }
}

// MARK: - Checks

extension RunPreparation {
    private static func read(_ file: String) throws -> [UInt8] {
        try RunbookFile.bytes(file)
    }

    /// Prints the diagnostics and refuses a document with errors.
    private static func show(_ runbook: Runbook) throws {
        let stream = OutputStream.standardError
        let printer = DiagnosticPrinter(style: TextStyle(isEnabled: stream.isTerminal && Caller.wantsColour))
        for diagnostic in runbook.diagnostics {
            stream.write(printer.text(of: diagnostic, in: runbook.source))
        }
        guard runbook.hasErrors else { return }
        let count = runbook.diagnostics.count { $0.severity == .error }
        throw Problem(
            .usage, "`\(runbook.source.name)` has \(Wording.count(count, "error")): nothing was run",
            advice: [EscalationAdvice.line(runbook.metadata)].compactMap(\.self))
    }

    private static func resolve(
        _ command: RunCommand,
        _ runbook: Runbook,
        asking: Bool
    ) throws -> ParameterResolution {
        var given = command.parameter.map { (name: $0.name, value: $0.value) }
        func resolution() -> ParameterResolution {
            ParameterResolution(
                runbook.metadata, given: given, environmentName: command.environment, variable: Caller.variable)
        }
        var resolved = resolution()
        if asking, resolved.problems.count == resolved.missing.count {
            for parameter in resolved.missing {
                guard let value = ParameterPrompt.value(of: parameter) else { break }
                given.append((parameter.name, value))
            }
            resolved = resolution()
        }
        guard resolved.problems.isEmpty else {
            throw Problem(
                .usage, "the run was not started: \(Wording.count(resolved.problems.count, "parameter problem"))",
                advice: resolved.problems.map(\.sentence))
        }
        return resolved
    }

    /// An answer to a gate that does not exist is a mistake that would otherwise be noticed at the gate.
    private func checkAnswers() throws {
        try AdvanceAnswers.check(command.answers.advanceAnswers, against: plan, sourceName: command.file)
    }

    private func checkStatus() throws {
        guard let status = runbook.metadata.status, status != .active else { return }
        guard mode == .unattended, !command.allowStatus, !command.dryRun else {
            OutputStream.standardError.line("warning: this runbook is \(status.rawValue)")
            return
        }
        throw Problem(
            .usage, "`\(command.file)` is \(status.rawValue) and does not run unattended",
            advice: ["run it from a terminal, or allow it with `--allow-status`"])
    }

    private func checkProtection() throws {
        guard let name = command.environment, !command.dryRun,
            runbook.metadata.environments.first(where: { $0.name == name })?.isProtected == true
        else { return }
        let typed = switch mode {
        case .unattended: command.confirmEnvironment
        case .interactive: command.confirmEnvironment ?? ParameterPrompt.line("`\(name)` is protected; type its name to start: ")
        }
        guard typed == name else {
            throw Problem(
                .usage, "environment `\(name)` is protected and its name was not typed: nothing was run",
                advice: ["unattended, give `--confirm-environment \(name)`"])
        }
    }
}

/// Names whom to call.
enum EscalationAdvice {
    static func line(_ metadata: Metadata) -> String? { line(metadata.escalation) }

    static func line(_ contact: String?) -> String? { contact.map { "escalation contact: \($0)" } }
}
