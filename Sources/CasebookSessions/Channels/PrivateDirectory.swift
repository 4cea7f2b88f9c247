import CasebookRun
import Glibc

/// The places in a session's private directory, whose name nobody can guess.
///
/// Made by the host when the session's supervisor is there, and removed by that, whatever ends the host.
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

    /// The folder for what a cell draws: PNG files named 1, 2 and so on.
    var pictures: String { path + "/pictures" }

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

    /// What the last cell drew, in order; a picture that is too large, and those behind it, are left out.
    ///
    /// - Returns: the pictures, and whether all of them could be taken.
    func takePictures() -> (pictures: [[UInt8]], isWhole: Bool) {
        var pictures: [[UInt8]] = []
        while true {
            let file = "\(self.pictures)/\(pictures.count + 1)"
            guard let bytes = readFile(file, atMost: Self.pictureMax + 1) else { return (pictures, true) }
            unlink(file)
            guard bytes.count <= Self.pictureMax else { return (pictures, false) }
            pictures.append(bytes)
        }
    }

    private static let pictureMax = 16 << 20

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

    /// Where it can stand, the best place first; nothing is there yet.
    static func candidates(in given: String?) -> [PrivateDirectory] {
        let memory = given == nil ? ["/dev/shm", environment("XDG_RUNTIME_DIR")] : []
        return places(given).map { place in
            PrivateDirectory(path: "\(place)/casebook-\(randomName())", isInMemory: memory.contains(place))
        }
    }

    /// Makes it, with its FIFOs.
    ///
    /// Called when its supervisor is there already: whatever happens to this process, that removes it.
    func create() throws(SessionError) {
        guard mkdir(path, 0o700) == 0 else {
            throw .system(operation: "create a private directory", errno: errno)
        }
        try fill()
    }

    private func fill() throws(SessionError) {
        for folder in [driver, pictures] {
            guard mkdir(folder, 0o700) == 0 else {
                throw .system(operation: "create \(folder)", errno: errno)
            }
        }
        for fifo in [control, event, output, capture] {
            guard mkfifo(fifo, 0o600) == 0 else {
                throw .system(operation: "create \(fifo)", errno: errno)
            }
        }
        // Made here, so that no umask of a cell decides who may read it.
        for file in [message, state, values] { try writeFile([], to: file) }
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
