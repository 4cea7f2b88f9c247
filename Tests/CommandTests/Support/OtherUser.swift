import CasebookTestSupport
import Foundation

/// Runs commands as somebody who may not write into a workspace.
///
/// Root may write everywhere, so a test that runs as root gives its commands to another user.
struct OtherUser {
    private let workspace: Workspace
    private let prefix: [String]
    /// A folder that this user may write.
    let writable: String

    /// - Returns: nil, after a loud word, when there is no way to be somebody else.
    init?(readOnly workspace: Workspace) throws {
        self.workspace = workspace
        writable = "\(workspace.path)/writable"
        try FileManager.default.createDirectory(atPath: writable, withIntermediateDirectories: false)
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: writable)
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: workspace.path)
        prefix = geteuid() == 0 ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : []
        guard try prefix.isEmpty || command(["test", "-x", BuiltBinary.path]).status == 0 else {
            Skipped.say("nobody but root can start the built binary, so read-only folders were not tried")
            return nil
        }
    }

    func casebook(_ arguments: String...) throws -> CommandResult {
        try command([BuiltBinary.path] + arguments)
    }

    private func command(_ words: [String]) throws -> CommandResult {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = prefix + words
        process.currentDirectoryURL = URL(fileURLWithPath: workspace.path)
        process.environment = workspace.baseEnvironment
        process.standardInput = FileHandle.nullDevice
        let files = try ["out", "err"].map { name in
            let path = "\(writable)/.\(name)-\(UUID().uuidString)"
            try Data().write(to: URL(fileURLWithPath: path))
            return path
        }
        process.standardOutput = FileHandle(forWritingAtPath: files[0])
        process.standardError = FileHandle(forWritingAtPath: files[1])
        try process.run()
        process.waitUntilExit()
        let texts = try files.map { String(decoding: try Data(contentsOf: URL(fileURLWithPath: $0)), as: UTF8.self) }
        return CommandResult(status: process.terminationStatus, output: texts[0], errors: texts[1])
    }
}

/// Says loudly what a test could not try on this machine.
enum Skipped {
    static func say(_ what: String) { Loud.say("\n*** NOT TESTED: \(what) ***\n") }
}

/// What whoever runs the tests should read even when they pass.
enum Loud {
    static func say(_ what: String) { FileHandle.standardError.write(Data("\(what)\n".utf8)) }
}
