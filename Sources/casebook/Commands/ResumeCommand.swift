import ArgumentParser
import CasebookRun

/// `casebook resume`: goes on with a run that waits.
struct ResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Go on with a run that is paused, waits at its failure, or was cut off."
    )

    @Argument(help: "The run, its beginning is enough; the latest when none is named.")
    var run: String?

    @Flag(help: "Run the cell that failed once more.")
    var retry = false

    @Option(help: ArgumentHelp("Go on without the step that failed or waits.", valueName: "why"))
    var skip: String?

    @Option(
        help: ArgumentHelp("Go on as if the step that failed had succeeded.", valueName: "why")
    )
    var ignore: String?

    @Flag(help: "The undo that failed was done by hand.")
    var done = false

    @Flag(help: "Undo what was started; the same as `casebook rollback`.")
    var rollback = false

    @Flag(help: "End the run here.")
    var stop = false

    @OptionGroup var secrets: SecretOptions
    @OptionGroup var answers: AnswerOptions
    @OptionGroup var store: StoreOptions

    func validate() throws {
        let decisions = [retry, skip != nil, ignore != nil, done, rollback, stop].count { $0 }
        if decisions > 1 {
            throw ValidationError(
                "`--retry`, `--skip`, `--ignore`, `--done`, `--rollback` and `--stop` exclude each other"
            )
        }
        if skip?.isEmpty == true { throw ValidationError("`--skip` needs a reason") }
        if ignore?.isEmpty == true { throw ValidationError("`--ignore` needs a reason") }
    }

    func run() async throws {
        let status = try await RunLauncher.resume(
            ResumeRequest(
                run: run,
                decision: decision,
                parameter: secrets.parameter,
                answers: answers,
                store: store
            )
        )
        throw status.exitCode
    }

    private var decision: ResumeRequest.Decision? {
        if retry { return .retry }
        if let skip { return .skip(because: skip) }
        if let ignore { return .ignore(because: ignore) }
        if done { return .done }
        if rollback { return .rollback }
        return stop ? .stop : nil
    }
}

/// The secrets of a run that goes on.
struct SecretOptions: ParsableArguments {
    @Option(
        name: [.customShort("p"), .long],
        help: ArgumentHelp(
            "A secret's value; secrets are never stored, so they are given again.",
            valueName: "name=value"
        )
    )
    var parameter: [Assignment] = []

    func validate() throws {
        if let twice = parameter.repeatedName { throw ValidationError.parameterRepeated(twice) }
    }
}

/// What is asked of a run that goes on, by whichever command.
struct ResumeRequest {
    /// What is decided about the failure or the gate that it waits at.
    enum Decision {
        case retry
        case skip(because: String)
        case ignore(because: String)
        case done
        case rollback
        case stop

        /// The option that says it.
        var option: String {
            switch self {
            case .retry: "--retry"
            case .skip: "--skip"
            case .ignore: "--ignore"
            case .done: "--done"
            case .rollback: "--rollback"
            case .stop: "--stop"
            }
        }
    }

    let run: String?
    let decision: Decision?
    let parameter: [Assignment]
    let answers: AnswerOptions
    let store: StoreOptions

    var stops: Bool { if case .stop = decision { true } else { false } }
}
