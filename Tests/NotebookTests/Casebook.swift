import Foundation

/// The binary that was built beside these tests.
enum Casebook {
    /// What a command printed, and how it ended.
    struct Result {
        let status: Int32
        let output: [UInt8]
        let errors: String
    }

    /// The test bundle lies in the build directory, and so does the binary.
    static var path: URL {
        get throws {
            let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            return URL(filePath: bundle).deletingLastPathComponent().appending(path: "casebook")
        }
    }

    /// Runs a command to its end, with nothing on standard input.
    static func run(_ arguments: [String], in folder: URL, input: [UInt8] = []) throws -> Result {
        let process = Process()
        process.executableURL = try path
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = environment

        // Files, not pipes: nothing can fill up, and nothing has to be read meanwhile.
        let scratch = FileManager.default.temporaryDirectory.appending(path: "casebook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { removeScratch(scratch) }
        let files = try ["input", "output", "errors"].map { name in
            let file = scratch.appending(path: name)
            try Data(name == "input" ? input : []).write(to: file)
            return file
        }
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try process.run()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus,
            output: Array(try Data(contentsOf: files[1])),
            errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self)
        )
    }

    /// Processes that carry the mark of one run in their environment, as the kernel lists them.
    static func processes(markedWith run: String) throws -> [String] {
        let mark = Array("CASEBOOK_RUN=\(run)".utf8)
        return try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { name in
            guard name.allSatisfy(\.isNumber) else { return false }
            // A process that ended meanwhile, or belongs to somebody else, is not ours.
            guard let data = try? Data(contentsOf: URL(filePath: "/proc/\(name)/environ")) else {
                return false
            }
            return data.split(separator: 0).contains { Array($0) == mark }
        }
    }

    /// The tests' environment without what steers Casebook.
    private static var environment: [String: String] {
        ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("CASEBOOK_") }
    }

    private static func removeScratch(_ folder: URL) {
        // What cannot be removed stays in the temporary directory; no test depends on it.
        try? FileManager.default.removeItem(at: folder)
    }
}
