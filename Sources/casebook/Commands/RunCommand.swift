import ArgumentParser
import CasebookDocument
import CasebookRun

/// `casebook run`: goes through a runbook from its first step.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Go through a runbook, step by step.",
        discussion: """
            On a terminal each step is shown and asked for. Without one, `--unattended` runs to the end, the first \
            open gate or the first failure; nothing answers a gate but a person.
            """
    )

    @Argument(help: "The runbook, a Markdown file.", completion: .file(extensions: ["md", "markdown"]))
    var file: String

    @Option(
        name: [.customShort("p"), .long],
        help: ArgumentHelp(
            "A parameter's value; it reaches cells as an environment variable.",
            valueName: "name=value"
        )
    )
    var parameter: [Assignment] = []

    @Option(help: "The environment to run in, one that the runbook declares.")
    var environment: String?

    @Option(
        help: ArgumentHelp(
            "The name of a protected environment once more, for an unattended run.",
            valueName: "environment"
        )
    )
    var confirmEnvironment: String?

    @OptionGroup var answers: AnswerOptions

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp("Write the outputs to a copy, a file or a directory.", valueName: "path")
    )
    var output: String?

    @Flag(help: "Write the outputs to the record alone.")
    var noWrite = false

    @Flag(
        help: "Run nothing: print what would run; with -o, write the document with a block after each cell."
    )
    var dryRun = false

    @Flag(help: "Run unattended although the runbook is a draft, deprecated or archived.")
    var allowStatus = false

    @OptionGroup var store: StoreOptions

    func validate() throws {
        if output != nil, noWrite { throw ValidationError("`-o` and `--no-write` exclude each other") }
        if let twice = parameter.repeatedName { throw ValidationError.parameterRepeated(twice) }
    }

    func run() async throws {
        let document = try RunDocument(file)
        let status = try await EscalationAdvice.naming(document.runbook.metadata.escalation) {
            if dryRun { return try DryRun(self, document).run() }
            return try await RunLauncher.start(try RunPreparation(self, document))
        }
        throw status.exitCode
    }
}

/// `NAME=VALUE` on the command line.
struct Assignment: ExpressibleByArgument {
    let name: String
    let value: String

    init?(argument: String) {
        guard let equals = argument.firstIndex(of: "="), equals > argument.startIndex else { return nil }
        name = String(argument[..<equals])
        value = String(argument[argument.index(after: equals)...])
    }
}

extension [Assignment] {
    /// The first name that is given a second time; nil when each is given once.
    var repeatedName: String? {
        var seen: Set<String> = []
        return first { !seen.insert($0.name).inserted }?.name
    }
}

extension ValidationError {
    /// Which of the values was meant, nobody knows; none is shown, as it may be a secret.
    static func parameterRepeated(_ name: String) -> ValidationError {
        ValidationError("the parameter `\(name)` is given more than once; give it one value")
    }
}

/// How gates are answered, shared by `run` and `resume`.
struct AnswerOptions: ParsableArguments {
    @Flag(
        help:
            "Run without a person, to the end, the first open gate or the first failure (CASEBOOK_UNATTENDED=1)."
    )
    var unattended = false

    @Option(
        help: ArgumentHelp(
            "An answer given before its gate opens: `drained=proceed` or `drained=proceed:a note`. Recorded as a deviation.",
            valueName: "gate=answer"
        )
    )
    var decide: [Assignment] = []

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("Who answers: a claim, recorded beside the login.", valueName: "name")
    )
    var claimedName: String?

    func validate() throws {
        if let twice = decide.repeatedName {
            throw ValidationError("`--decide` answers `\(twice)` more than once; give it one answer")
        }
    }

    /// The answers by their gates' names.
    var advanceAnswers: [String: PersonAnswer] {
        let pairs = decide.map { assignment in
            let parts = assignment.value.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return (
                assignment.name,
                PersonAnswer(word: String(parts[0]), note: parts.count > 1 ? String(parts[1]) : nil)
            )
        }
        // `validate` has seen that no gate is answered twice.
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    /// How the run takes its answers.
    ///
    /// - Throws: a ``Problem`` when neither a terminal nor `--unattended` says it.
    func mode(whatWouldRun: @autoclosure () -> [String]) throws -> RunMode {
        if unattended || Caller.variable("CASEBOOK_UNATTENDED") == "1" { return .unattended }
        if Caller.hasTerminalInput { return .interactive }
        throw Problem(
            .usage,
            "standard input is not a terminal, and `--unattended` was not given: nothing was run",
            advice: whatWouldRun() + [
                "run it from a terminal to be asked at each step,",
                "or with `--unattended` to run to the end, the first open gate or the first failure",
            ]
        )
    }
}

/// Where the record is.
struct StoreOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The directory of the record (CASEBOOK_STORE; default: $XDG_STATE_HOME/casebook).",
            valueName: "directory"
        ),
        completion: .directory
    )
    var store: String?

    /// What a further command must say to find the same record; empty when nothing.
    var repeated: String { store.map { " --store \(ShellWord.quoted($0))" } ?? "" }

    var directory: String {
        if let path = store ?? Caller.variable("CASEBOOK_STORE") { return path }
        let state = Caller.variable("XDG_STATE_HOME") ?? (Caller.variable("HOME") ?? "/") + "/.local/state"
        return state + "/casebook"
    }
}
