import ArgumentParser

/// `casebook rollback`: undoes what a run has started.
struct RollbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Undo what a run that is paused or failed has started.",
        discussion: """
            Runs the cells that say `undoes` of everything that was started, the latest first. What has no such cell is \
            listed, for somebody to undo by hand.
            """
    )

    @Argument(help: "The run, its beginning is enough; the latest when none is named.")
    var run: String?

    @OptionGroup var secrets: SecretOptions
    @OptionGroup var answers: AnswerOptions
    @OptionGroup var store: StoreOptions

    func run() async throws {
        let status = try await RunLauncher.resume(
            ResumeRequest(
                run: run,
                decision: .rollback,
                parameter: secrets.parameter,
                answers: answers,
                store: store
            )
        )
        throw status.exitCode
    }
}
