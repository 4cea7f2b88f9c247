import ArgumentParser
import CasebookTerminal

/// The command line of Casebook.
struct Casebook: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "casebook",
        abstract: "Runs Markdown runbooks, and keeps the record of what was really done.",
        version: Version.text,
        subcommands: [
            RunCommand.self, ResumeCommand.self, StopCommand.self, RollbackCommand.self, DecideCommand.self,
            CheckCommand.self, OutlineCommand.self, ClearCommand.self,
            HistoryCommand.self, ShowCommand.self, ArtifactsCommand.self, ReportCommand.self,
            VerifyCommand.self,
        ]
    )
}

/// The version that `--version` prints and that each record names.
enum Version {
    static let text = "0.1.0"
}

@main
enum Main {
    static func main() async {
        Signals.ignoreBrokenPipes()
        do {
            var command = try Casebook.parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let problem as Problem {
            problem.show(on: .standardError)
            Casebook.exit(withError: problem.status.exitCode)
        } catch {
            exit(afterParsing: error)
        }
    }

    /// Help and version end well; whatever else the parser refuses is wrong usage.
    private static func exit(afterParsing error: any Error) -> Never {
        let code = Casebook.exitCode(for: error)
        let message = Casebook.fullMessage(for: error)
        if code.isSuccess {
            OutputStream.standardOutput.line(message)
        } else if !message.isEmpty {
            OutputStream.standardError.line(message)
        }
        let isUsage = code == .validationFailure
        Casebook.exit(withError: isUsage ? ExitStatus.usage.exitCode : code)
    }
}
