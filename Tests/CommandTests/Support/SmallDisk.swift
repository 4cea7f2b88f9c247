import CasebookTestSupport
import Foundation

/// A real file system of a few kilobytes in a workspace, in memory; taken away when the test lets go of it.
final class SmallDisk {
    let path: String

    /// - Returns: nil, after a loud word, when this user may not mount one.
    init?(in workspace: Workspace, kilobytes: Int) throws {
        path = "\(workspace.path)/disk"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        guard try Self.run(["mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k", "casebook-test", path]) == 0 else {
            Skipped.say("no small file system can be mounted here, so full disks were not tried")
            return nil
        }
    }

    deinit {
        // What cannot be unmounted would only keep the folder from being removed.
        _ = try? Self.run(["umount", "-l", path])
    }

    private static func run(_ words: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
