import Foundation
import Testing

/// A folder of its own for one test, with a record in it; removed when the test lets go of it.
///
/// The test fails then when something of what ran here is left: a process, or a file where sessions keep theirs.
package final class Workspace: Sendable {
    /// The folder's canonical path; it has a space in it, as people's folders do.
    package let path: String

    package init() throws {
        let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
        path = "\(base)/casebook test \(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        runtime = "\(base)/casebook runtime \(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            atPath: runtime,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
    }

    deinit {
        let left = leftovers(within: 20)
        if !left.isEmpty { Issue.record("left behind: \(left.joined(separator: ", "))") }
        // A folder that cannot be removed does no harm to the test that is over.
        try? FileManager.default.removeItem(atPath: runtime)
        // A folder that cannot be removed does no harm to the test that is over.
        try? FileManager.default.removeItem(atPath: path)
    }

    package var store: String { "\(path)/store" }

    /// Where sessions keep their files.
    private let runtime: String

    /// The processes and the files of sessions that are still there, after a while for those that are about to go.
    package func leftovers(within seconds: Double) -> [String] {
        let end = Date().addingTimeInterval(seconds)
        while true {
            let found = (try? present()) ?? ["what it is cannot be said"]
            guard !found.isEmpty, Date() < end else { return found }
            // Nothing tells when somebody else's processes have gone: they are looked for again.
            usleep(20_000)
        }
    }

    private func present() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: runtime)
            + MarkedProcesses(mark: "CASEBOOK_STORE=\(store)").identifiers.map { "process \($0)" }
    }

    @discardableResult
    package func write(_ name: String, _ text: String) throws -> String {
        try write(name, Array(text.utf8))
    }

    @discardableResult
    package func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
        return "\(path)/\(name)"
    }

    package func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
    }

    package func text(_ name: String) throws -> String {
        String(decoding: try bytes(name), as: UTF8.self)
    }

    package func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: "\(path)/\(name)")
    }

    /// Runs the built `casebook` in this folder, with this folder's record and nothing of the caller's setup.
    package func casebook(
        _ arguments: String...,
        input: String = "",
        environment: [String: String] = [:]
    ) throws -> CommandResult {
        try casebook(arguments, input: input, environment: environment)
    }

    package func casebook(
        _ arguments: [String],
        input: String = "",
        environment: [String: String] = [:]
    ) throws -> CommandResult {
        try command(BuiltBinary.path, arguments, input: input, environment: environment)
    }

    /// Runs a program as the built `casebook` is run.
    ///
    /// - Parameter folder: where it starts; this folder when nil.
    package func command(
        _ program: String,
        _ arguments: [String],
        input: String = "",
        environment: [String: String] = [:],
        in folder: String? = nil
    ) throws -> CommandResult {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder ?? path)
        process.environment = baseEnvironment.merging(environment) { $1 }
        let id = UUID().uuidString
        let files = ["in", "out", "err"].map { "\(path)/.\($0)-\(id)" }
        try Data(input.utf8).write(to: URL(fileURLWithPath: files[0]))
        for file in files.dropFirst() { try Data().write(to: URL(fileURLWithPath: file)) }
        process.standardInput = FileHandle(forReadingAtPath: files[0])
        process.standardOutput = FileHandle(forWritingAtPath: files[1])
        process.standardError = FileHandle(forWritingAtPath: files[2])
        try process.run()
        process.waitUntilExit()
        let texts = try files.dropFirst().map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
        for file in files { try FileManager.default.removeItem(atPath: file) }
        let isSignal = process.terminationReason == .uncaughtSignal
        return CommandResult(
            status: isSignal ? 128 + process.terminationStatus : process.terminationStatus,
            output: String(decoding: texts[0], as: UTF8.self),
            errors: String(decoding: texts[1], as: UTF8.self)
        )
    }

    /// The environment of every command: as little as a cell needs.
    package var baseEnvironment: [String: String] {
        [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
            "HOME": path,
            "LANG": "C.UTF-8",
            "CASEBOOK_STORE": store,
            "XDG_RUNTIME_DIR": runtime,
        ]
    }
}

/// What came of one command.
package struct CommandResult: Sendable {
    /// The exit status; 128 and more for a signal, as shells say it.
    package let status: Int32
    package let output: String
    package let errors: String

    package init(status: Int32, output: String, errors: String) {
        self.status = status
        self.output = output
        self.errors = errors
    }

    /// Both streams, for messages of failing tests.
    package var all: String { "exit \(status)\n\(output)\n\(errors)" }
}
