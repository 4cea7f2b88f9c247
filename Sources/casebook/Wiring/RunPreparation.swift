import CasebookDocument
import CasebookEngine
import CasebookRun
import CasebookStore
import CasebookTerminal

/// Everything that is found out before a run starts; nothing of it has an effect.
struct RunPreparation {
    let command: RunCommand
    let document: RunDocument
    let plan: RunPlan
    let parameters: ParameterResolution
    let mode: RunMode
    /// The document's absolute path.
    let path: String
    let git: GitState
    /// The variables that cells read and that nobody has set.
    let unset: [String]
    /// The blanks of cells that somebody gave a value.
    let filled: [String]
    /// The runbook as it runs: with references in the place of the blanks that have a value.
    let runbook: Runbook

    /// - Throws: a ``Problem`` that says everything that is wrong at once.
    init(_ command: RunCommand, _ document: RunDocument) throws {
        self.command = command
        self.document = document
        path = Path.absolute(command.file)
        var plan = RunPlan(document.runbook)
        let name = command.file
        mode = try command.answers.mode(whatWouldRun: PlanText(plan, sourceName: name).lines)
        try document.checkRunnable(mode)
        guard plan.hasSteps else {
            throw Problem(
                .usage,
                "`\(command.file)` has no step to run: no cell and no manual step was found",
                advice: ["`casebook outline \(ShellWord.quoted(command.file))` shows what Casebook sees"]
            )
        }
        let limits = RunLimits(document.runbook.metadata, mode: mode)
        let reader = ParameterReader(
            directory: Path.directory(of: path),
            mode: mode,
            limit: limits.cell ?? .seconds(300)
        )
        parameters = try Self.resolve(command, document.runbook, reader, asking: mode == .interactive)
        filled = document.runbook.blankNames.filter { [parameters] in parameters.variables[$0] != nil }
        runbook = document.runbook.filled(filled)
        unset = Self.openVariables(of: runbook).filter { [parameters] in parameters.variables[$0] == nil }
        plan = RunPlan(runbook, unset: unset)
        self.plan = plan
        git = GitState.of(path)
        try checkAnswers()
        try checkStatus()
        try checkProtection()
    }

    /// What sessions find in their environment.
    var variables: [String: String] {
        Caller.variables.merging(parameters.variables) { $1 }
            .merging(BlankFilling.variables(for: filled, from: parameters.variables)) { $1 }
    }

    /// What makes two runs runs of the same runbook.
    var identity: String { runbook.metadata.id ?? git.identity ?? path }

    /// The absolute directory in which sessions start: the document's own.
    var directory: String { Path.directory(of: path) }
}

// MARK: - Checks

extension RunPreparation {
    /// The variables that cells read, that the runbook does not set, and that the caller's environment lacks.
    private static func openVariables(of runbook: Runbook) -> [String] {
        runbook.openVariables.filter { Caller.variable($0) == nil }
    }

    private static func resolve(
        _ command: RunCommand,
        _ runbook: Runbook,
        _ reader: ParameterReader,
        asking: Bool
    ) throws -> ParameterResolution {
        let open = openVariables(of: runbook)
        var given = command.parameter.map { (name: $0.name, value: $0.value) }
        func resolution() -> ParameterResolution {
            ParameterResolution(
                runbook.metadata,
                openVariables: open + runbook.blankNames.filter { !open.contains($0) },
                given: given,
                environmentName: command.environment,
                source: reader.value
            )
        }
        var resolved = resolution()
        if asking, resolved.problems.count == resolved.missing.count {
            for parameter in resolved.missing {
                guard let value = ParameterPrompt.value(of: parameter) else { break }
                given.append((parameter.name, value))
            }
            // What only cells need that are done by hand anyway is not asked for.
            let filled = runbook.filled(given.map(\.name))
            let needed = Set(filled.cells.filter(\.handling.runs).flatMap(\.openVariables))
            for name in open where needed.contains(name) && !given.contains(where: { $0.name == name }) {
                guard let value = ParameterPrompt.value(ofOpenVariable: name) else { break }
                if !value.isEmpty { given.append((name, value)) }
            }
            resolved = resolution()
        }
        guard resolved.problems.isEmpty else {
            throw Problem(
                .usage,
                "the run was not started: \(Wording.count(resolved.problems.count, "parameter problem"))",
                advice: resolved.problems.map(\.sentence)
            )
        }
        return resolved
    }

    /// An answer to a gate that does not exist is a mistake that would otherwise be noticed at the gate.
    private func checkAnswers() throws {
        try AdvanceAnswers.check(
            command.answers.advanceAnswers,
            against: plan,
            sourceName: command.file,
            mode: mode
        )
    }

    private func checkStatus() throws {
        guard let status = runbook.metadata.status, status != .active else { return }
        guard mode == .unattended, !command.allowStatus else {
            OutputStream.standardError.line("warning: this runbook is \(status.rawValue)")
            return
        }
        throw Problem(
            .usage,
            "`\(command.file)` is \(status.rawValue) and does not run unattended",
            advice: ["run it from a terminal, or allow it with `--allow-status`"]
        )
    }

    private func checkProtection() throws {
        guard let name = command.environment,
            runbook.metadata.environments.first(where: { $0.name == name })?.isProtected == true
        else { return }
        let typed =
            switch mode {
            case .unattended: command.confirmEnvironment
            case .interactive:
                command.confirmEnvironment
                    ?? ParameterPrompt.line("`\(name)` is protected; type its name to start: ")
            }
        guard typed == name else {
            throw Problem(
                .usage,
                "environment `\(name)` is protected and its name was not typed: nothing was run",
                advice: ["unattended, give `--confirm-environment \(name)`"]
            )
        }
    }
}
