import CasebookTestSupport
import Foundation

/// A `casebook` that runs beside the test, without a terminal.
final class BackgroundRun {
    private let process = Process()
    private let outputPath: String

    /// - Parameter environment: beside what every command of the workspace gets.
    init(_ arguments: [String], in workspace: Workspace, environment: [String: String] = [:]) throws {
        outputPath = "\(workspace.path)/.background-\(UUID().uuidString)"
        try Data().write(to: URL(fileURLWithPath: outputPath))
        let output = FileHandle(forWritingAtPath: outputPath)
        process.executableURL = URL(fileURLWithPath: BuiltBinary.path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: workspace.path)
        process.environment = workspace.baseEnvironment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
    }

    var identifier: Int32 { process.processIdentifier }

    var isRunning: Bool { process.isRunning }

    /// Everything that it has said so far, errors among it.
    var output: String { (try? String(contentsOfFile: outputPath, encoding: .utf8)) ?? "" }

    /// The run that it has said to be; nil before.
    var run: String? { output.firstMatch(of: /run (01[0-9a-z]{18}),/).map { String($0.1) } }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits for its end and returns its exit status, 128 and more for a signal.
    func wait() -> Int32 {
        process.waitUntilExit()
        let isSignal = process.terminationReason == .uncaughtSignal
        return isSignal ? 128 + process.terminationStatus : process.terminationStatus
    }
}
