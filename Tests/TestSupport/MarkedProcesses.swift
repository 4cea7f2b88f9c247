import Foundation

/// The processes that carry the mark of one run in their environment, as the kernel lists them.
package struct MarkedProcesses {
    /// Their process identifiers.
    package let identifiers: [String]

    package init(run: String) throws { try self.init(mark: "CASEBOOK_RUN=\(run)") }

    /// Those whose environment holds this entry, `NAME=value`.
    package init(mark: String) throws {
        let mark = Array(mark.utf8)
        identifiers = try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { name in
            guard name.allSatisfy(\.isNumber) else { return false }
            // A process that ended meanwhile, or belongs to somebody else, is not ours.
            let environment = try? Data(contentsOf: URL(filePath: "/proc/\(name)/environ"))
            return (environment ?? Data()).split(separator: 0).contains { Array($0) == mark }
        }
    }
}
