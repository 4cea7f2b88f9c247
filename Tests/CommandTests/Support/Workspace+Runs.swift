import CasebookTestSupport
import Foundation

extension Workspace {
    /// The latest run's identifier.
    func latestRun() throws -> String {
        String(try casebook("history", "-n", "1").output.prefix { $0 != " " })
    }

    /// Writes a runbook whose front matter names a contact.
    @discardableResult
    func writeRunbook(_ name: String, _ body: String, metadata: String = "") throws -> String {
        try write(name, "---\ntitle: Test\nescalation: \"#oncall\"\n\(metadata)---\n\n\(body)")
    }

    /// The bytes of every file of the record, joined.
    func recordedBytes() throws -> [UInt8] {
        guard let names = FileManager.default.enumerator(atPath: store) else { return [] }
        var bytes: [UInt8] = []
        for case let name as String in names {
            let path = "\(store)/\(name)"
            var isDirectory: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory),
                !isDirectory.boolValue,
                !name.hasSuffix("reserve")
            else { continue }
            bytes += try Data(contentsOf: URL(fileURLWithPath: path))
        }
        return bytes
    }

    /// Waits until a condition holds; false when it does not in time.
    func wait(within seconds: Double = 20, until holds: () throws -> Bool) rethrows -> Bool {
        let end = Date().addingTimeInterval(seconds)
        while try !holds() {
            guard Date() < end else { return false }
            usleep(10_000)
        }
        return true
    }
}

extension Workspace {
    /// Makes the folder `tools` with links to these programs alone, for a PATH that lacks the others.
    func makeTools(_ names: String...) throws {
        try FileManager.default.createDirectory(atPath: "\(path)/tools", withIntermediateDirectories: true)
        for name in names {
            let folder = ["/usr/bin", "/bin", "/usr/local/bin"].first {
                FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
            }
            try FileManager.default.createSymbolicLink(
                atPath: "\(path)/tools/\(name)",
                withDestinationPath: "\(folder ?? "/usr/bin")/\(name)"
            )
        }
    }
}
