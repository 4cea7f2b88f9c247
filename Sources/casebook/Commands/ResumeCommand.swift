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

    @Flag(help: "End the run here.")
    var stop = false

    @Option(
        name: [.customShort("p"), .long],
        help: ArgumentHelp(
            "A secret's value; secrets are never stored, so they are given again.",
            valueName: "name=value"
        )
    )
    var parameter: [Assignment] = []

    @OptionGroup var answers: AnswerOptions
    @OptionGroup var store: StoreOptions

    func validate() throws {
        let decisions = [retry, skip != nil, stop].count { $0 }
        if decisions > 1 { throw ValidationError("`--retry`, `--skip` and `--stop` exclude each other") }
        if skip?.isEmpty == true { throw ValidationError("`--skip` needs a reason") }
        if let twice = parameter.repeatedName { throw ValidationError.parameterRepeated(twice) }
    }

    func run() async throws {
        let status = try await RunLauncher.resume(self)
        throw status.exitCode
    }
}
