import CasebookRun
import Glibc

/// A file descriptor that is closed once, when its owner goes.
struct Descriptor: ~Copyable {
    let number: Int32

    init(taking number: Int32) { self.number = number }

    deinit { Glibc.close(number) }

    /// Opens a path; close-on-exec is always set.
    init(opening path: String, flags: Int32) throws(SessionError) {
        let number = Glibc.open(path, flags | O_CLOEXEC)
        guard number >= 0 else { throw .system(operation: "open \(path)", errno: errno) }
        self.number = number
    }
}

/// Reads a whole file; nil when it cannot be read, is none, or is larger than wanted.
func readFile(_ path: String, atMost most: Int = .max) -> [UInt8]? {
    // A cell may have put anything in its place: a FIFO must not hold the reader up.
    let file = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { Glibc.close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    let size = min(Int(status.st_size), most)
    var count = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
        while count < size, let base = buffer.baseAddress {
            // The buffer has `size` bytes and `count` never passes it.
            let part = Glibc.read(file, base + count, size - count)
            if part < 0, errno == EINTR { continue }
            if part <= 0 { break }
            count += part
        }
        initialized = count
    }
    return bytes
}

/// Writes a new file that only its owner reads.
func writeFile(_ bytes: [UInt8], to path: String) throws(SessionError) {
    let file = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .system(operation: "create \(path)", errno: errno) }
    defer { Glibc.close(file) }
    var written = 0
    while written < bytes.count {
        let part = bytes.withUnsafeBytes { buffer in
            // Within the buffer: `written` is below its count.
            Glibc.write(file, buffer.baseAddress.map { $0 + written }, buffer.count - written)
        }
        if part < 0, errno == EINTR { continue }
        guard part > 0 else { throw .system(operation: "write \(path)", errno: errno) }
        written += part
    }
}

/// The absolute directory in which a process stands; nil when it has gone or that cannot be read.
func workingDirectory(of process: pid_t) -> String? {
    var path = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/\(process)/cwd", &path, path.count)
    guard count > 0, count < path.count else { return nil }
    return String(validating: path[..<count], as: UTF8.self)
}

/// Whether a process has children, ended ones that it has not waited for included; true when that cannot be read.
func hasChildren(_ process: pid_t) -> Bool {
    let file = Glibc.open("/proc/\(process)/task/\(process)/children", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return true }
    defer { Glibc.close(file) }
    var first: UInt8 = 0
    return read(file, &first, 1) != 0
}
