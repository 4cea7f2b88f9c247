import CasebookRun
import Glibc

/// The places in a session's private directory, whose name nobody can guess.
///
/// Made by the host, removed by the session's supervisor, whatever ends the host.
struct PrivateDirectory: Sendable {
    let path: String
    /// False when what is written here may reach a disk.
    let isInMemory: Bool

    /// Where the driver file stands; the interpreter starts below it.
    var driver: String { path + "/driver" }
    /// Wakes the interpreter: the number of the next message.
    var control: String { path + "/control" }
    /// The interpreter's own reports: ready, ended, replaced.
    var event: String { path + "/event" }
    /// Standard output and standard error of every cell.
    var output: String { path + "/output" }

    /// Standard output of a cell whose output is captured.
    var capture: String { path + "/capture" }
    /// The file that `CASEBOOK_OUTPUT` names: what a cell gives to later ones.
    var values: String { path + "/values" }

    /// The message that the interpreter reads next.
    ///
    /// The file is used again for each: the interpreter opens it only when `control` has given it the number
    /// of a message that is written to its end.
    var message: String { path + "/message" }
    /// What the interpreter wrote about its state after the last message.
    ///
    /// The file is used again, and not cut to its length: the line that ends a dump holds the message's
    /// number, so that what an earlier dump left behind it, or one that was not ended, is taken for nothing.
    var state: String { path + "/state" }
    /// Where a driver writes down what it has to look at before it tells its state.
    private var statePart: String { state + ".part" }

    /// Empties the message and the state, which may hold secrets; on a disk, its blocks are not written over.
    func forget() {
        truncate(message, 0)
        truncate(state, 0)
        truncate(statePart, 0)
        truncate(values, 0)
    }

    /// Makes the file of values anew: a cell may have put something else in its place.
    func renewValues() throws(SessionError) {
        var status = stat()
        if lstat(values, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_nlink == 1 {
            truncate(values, 0)
            return
        }
        // Whatever it is now goes with the directory.
        if unlink(values) != 0 { rename(values, "\(values).\(Self.randomName())") }
        try writeFile([], to: values)
    }

    /// The largest file of values that is read, and one byte more, so that a larger one is told.
    static let valuesMax = (1 << 20) + 1

    /// Makes the directory and its FIFOs in the first of the usual places that can be written.
    static func make(in given: String?) throws(SessionError) -> PrivateDirectory {
        var failure: Int32 = ENOENT
        let memory = given == nil ? ["/dev/shm", environment("XDG_RUNTIME_DIR")] : []
        for place in places(given) {
            let path = "\(place)/casebook-\(randomName())"
            guard mkdir(path, 0o700) == 0 else {
                failure = errno
                continue
            }
            let directory = PrivateDirectory(path: path, isInMemory: memory.contains(place))
            do throws(SessionError) {
                try directory.fill()
                return directory
            } catch {
                directory.remove()
                throw error
            }
        }
        throw .system(operation: "create a private directory", errno: failure)
    }

    private func fill() throws(SessionError) {
        guard mkdir(driver, 0o700) == 0 else {
            throw .system(operation: "create \(driver)", errno: errno)
        }
        for fifo in [control, event, output, capture] {
            guard mkfifo(fifo, 0o600) == 0 else {
                throw .system(operation: "create \(fifo)", errno: errno)
            }
        }
        // Made here, so that no umask of a cell decides who may read it.
        for file in [message, state, values] { try writeFile([], to: file) }
    }

    /// Takes everything away again that stands in it before a driver is written: nobody else would.
    func remove() {
        for path in [control, event, output, capture, message, state, values] { unlink(path) }
        rmdir(driver)
        rmdir(path)
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
