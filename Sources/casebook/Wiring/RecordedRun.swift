import CasebookDocument
import CasebookEngine
import CasebookRun
import CasebookStore
import CasebookTerminal

/// A run as its record tells it: the runbook that was read, and where the run stands.
struct RecordedRun {
    let started: RunStarted
    let runbook: Runbook
    let machine: RunMachine
    let blocks: DocumentBlocks
    let events: [RunEvent]

    init(_ run: RunID, in store: RecordStore) throws {
        events = try RecordAccess.events(of: run, in: store)
        guard case .runStarted(let started)? = events.first?.body else {
            throw Problem(
                .toolFailed,
                "run \(run) has no start in the record",
                advice: ["`casebook verify \(run)` says what is wrong"]
            )
        }
        self.started = started
        let runbook = Runbook.read(SourceText(name: started.path, bytes: started.snapshot))
            .filled(started.filled)
        self.runbook = runbook
        var machine = RunMachine(RunPlan(runbook, unset: started.unset))
        let pictures = started.target.map { AtomicDocumentFile(path: $0).picturesFolder }
        var blocks = DocumentBlocks(picturesIn: pictures ?? "")
        let texts = RecordedOutputs(runbook, store)
        do throws(RunError) {
            for event in events {
                try machine.apply(event.body)
                blocks.apply(event.body, plan: machine.plan, text: texts.text)
            }
        } catch {
            throw error.problem.advising("`casebook verify \(run)` says whether the record was changed")
        }
        self.machine = machine
        self.blocks = blocks
    }

    /// The gate that waits for its answer; nil when none does.
    var openGate: ItemID? {
        if case .waitingAtGate(let index) = machine.phase { machine.plan.items[index].id } else { nil }
    }

    /// What has not been done yet, a line for each item.
    var remaining: [String] {
        zip(PlanText(machine.plan, sourceName: started.path).lines, machine.outcomes)
            .filter { $1 == nil }.map(\.0)
    }
}

// MARK: - Going on

extension RecordedRun {
    func setup(mode: RunMode, secrets: [String: String], answers: [String: PersonAnswer]) -> RunSetup {
        var variables = Caller.variables.merging(secrets) { $1 }
        let mask = SecretMask(secrets.values)
        for parameter in started.parameters {
            if let value = parameter.value { variables[parameter.name] = value }
        }
        variables.merge(BlankFilling.variables(for: started.filled, from: variables)) { $1 }
        return RunSetup(
            runbook: runbook,
            directory: started.directory,
            variables: variables,
            secrets: secrets,
            limits: RunLimits(runbook.metadata, mode: mode),
            advanceAnswers: answers,
            document: started.target.map { (AtomicDocumentFile(path: $0), nil) },
            machine: machine,
            blocks: blocks.masked(by: mask)
        )
    }

    /// What the caller's environment says of the run's secrets: all that is known of them outside the run.
    var maskFromEnvironment: SecretMask {
        SecretMask(secretParameters.compactMap(known))
    }

    /// The parameters whose values are in no record: declared ones, and those that nothing declares.
    private var secretParameters: [Parameter] {
        let names = started.parameters.filter { $0.value == nil }.map(\.name)
        return names.map { name in
            runbook.metadata.parameters.first { $0.name == name } ?? Parameter(openVariable: name)
        }
    }

    /// What a secret is without anybody being asked: from where the run had it, so that it is the same one.
    private func known(_ parameter: Parameter) -> String? {
        switch started.parameters.first(where: { $0.name == parameter.name })?.origin {
        case .environment:
            runbook.metadata.environments.first { $0.name == started.environment }?.values[parameter.name]
        case .declaredDefault: parameter.defaultValue
        default:
            if case .variable(let name)? = parameter.source { Caller.variable(name) } else { nil }
        }
    }

    /// The items with a note or a reason that was recorded with a secret in it.
    func itemsToldWithSecrets(_ mask: SecretMask) -> [ItemID] {
        events.compactMap { event in
            let (item, text): (ItemID, String?)
            switch event.body {
            case .gateAnswered(let answered): (item, text) = (answered.item, answered.note)
            case .failureDecided(let decided): (item, text) = (decided.item, decided.reason)
            default: return nil
            }
            return text.map { mask.masking($0) == $0 } ?? true ? nil : item
        }
    }

    /// The secrets of the run, once more: they are in no record.
    func askForSecrets(_ command: ResumeRequest, mode: RunMode) throws -> [String: String] {
        let given = Dictionary(command.parameter.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        let names = started.parameters.filter { $0.value == nil }.map(\.name)
        for name in given.keys.sorted() where !names.contains(name) {
            throw Problem(.usage, "`\(name)` is no secret of this run; its other parameters are kept")
        }
        var secrets: [String: String] = [:]
        let limit = RunLimits(runbook.metadata, mode: mode).cell ?? .seconds(300)
        let reader = ParameterReader(directory: started.directory, mode: mode, limit: limit)
        for parameter in secretParameters {
            var value = given[parameter.name] ?? known(parameter)
            if value == nil, let source = parameter.source {
                switch reader.value(of: parameter, from: source) {
                case .value(let found): value = found
                case .failed(let reason):
                    OutputStream.standardError.line("warning: parameter `\(parameter.name)`: \(reason)")
                case .none, .later: break
                }
            }
            if value == nil, mode == .interactive { value = ParameterPrompt.value(of: parameter) }
            guard let value else {
                throw Problem(
                    .usage,
                    "the secret `\(parameter.name)` is needed again: secrets are never stored",
                    advice: ["give it with `-p \(parameter.name)=VALUE`, or resume at a terminal"]
                )
            }
            if let problem = parameter.rule(brokenBy: value) { throw Problem(.usage, problem.sentence) }
            secrets[parameter.name] = value
        }
        return secrets
    }
}

extension SecretMask {
    init(_ secrets: some Sequence<String>) {
        self.init(secrets: secrets.map { Array($0.utf8) }, spelledBy: SecretSpellings.of)
    }
}

/// Settles stored outputs once more, as the document shows them.
struct RecordedOutputs {
    private let store: RecordStore
    private let extents: [ItemID: OutputExtent]
    private let secretItems: Set<ItemID>

    init(_ runbook: Runbook, _ store: RecordStore) {
        self.store = store
        secretItems = Set(runbook.cells.filter(\.attributes.isSecret).map(\.id))
        extents = Dictionary(
            runbook.cells.map { ($0.id, $0.attributes.output) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The settled text; a phrase in its place when the record no longer has the bytes.
    func text(_ item: ItemID, _ output: StoredOutput) -> [UInt8] {
        if case .lost(let reason) = output.place {
            return secretItems.contains(item) ? [] : Array("[the output was not stored: \(reason)]".utf8)
        }
        var excerpt = OutputExcerpt(extents[item] ?? .standard)
        do throws(StoreError) {
            try store.readOutput(output) { excerpt.append($0) }
        } catch {
            return Array("[the output is missing from the record]".utf8)
        }
        return excerpt.text()
    }
}
