import CasebookRun
import Glibc

/// The places in a session's private directory, whose name nobody can guess.
///
/// Made by the host, removed by the session's supervisor, whatever ends the host.
struct PrivateDirectory: Sendable {
    let path: String

    /// Where the driver file stands; the interpreter starts below it.
    var driver: String { path + "/driver" }
    /// Wakes the interpreter: the number of the next message.
    var control: String { path + "/control" }
    /// The interpreter's own reports: ready, ended, replaced.
    var event: String { path + "/event" }
    /// Standard output and standard error of every cell.
    var output: String { path + "/output" }

    /// The message that the interpreter reads next.
    var message: String { path + "/message" }
    /// What the interpreter wrote about its state after the last message.
    var state: String { path + "/state" }

    /// All that stands in it before the driver is written.
    var files: [String] { [control, event, output, message, state] }

    /// Makes the directory and its FIFOs in the first of the usual places that can be written.
    static func make(in given: String?) throws(SessionError) -> PrivateDirectory {
        var failure: Int32 = ENOENT
        for place in places(given) {
            let path = "\(place)/casebook-\(randomName())"
            guard mkdir(path, 0o700) == 0 else {
                failure = errno
                continue
            }
            let directory = PrivateDirectory(path: path)
            guard mkdir(directory.driver, 0o700) == 0 else {
                throw .system(operation: "create \(directory.driver)", errno: errno)
            }
            for fifo in [directory.control, directory.event, directory.output] {
                guard mkfifo(fifo, 0o600) == 0 else {
                    throw .system(operation: "create \(fifo)", errno: errno)
                }
            }
            // Made here, so that no umask of a cell decides who may read it.
            for file in [directory.message, directory.state] { try writeFile([], to: file) }
            return directory
        }
        throw .system(operation: "create a private directory", errno: failure)
    }

    /// Memory first: what is written for each cell must not wait for a disk.
    private static func places(_ given: String?) -> [String] {
        if let given { return [given] }
        let places = [environment("XDG_RUNTIME_DIR"), "/dev/shm", environment("TMPDIR"), "/tmp"]
        return places.filter { $0.hasPrefix("/") }
    }

    private static func environment(_ name: String) -> String {
        guard let value = getenv(name) else { return "" }
        return String(cString: value)
    }

    private static func randomName() -> String {
        var generator = SystemRandomNumberGenerator()
        let parts = [generator.next(), generator.next()] as [UInt64]
        return parts.map { part in
            let digits = String(part, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
