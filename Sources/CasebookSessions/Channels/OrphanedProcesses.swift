import Glibc

/// What a session had started when its supervisor went, which nobody owns any more.
///
/// They are found by the session's private directory, which stands in the environment of each, and by their parents.
struct OrphanedProcesses {
    private let mark: [UInt8]

    /// - Parameter directory: the session's private directory.
    init(of directory: String) { mark = Array(directory.utf8) }

    private struct Process {
        let name: String
        let parent: pid_t
        let isMarked: Bool
    }

    /// Stops them: TERM, a second, KILL.
    ///
    /// - Returns: what is still alive, as `PID NAME`.
    func stop() -> [String] {
        var left = found
        for process in left.keys { kill(process, SIGTERM) }
        for process in left.keys { kill(process, SIGCONT) }
        for round in 0..<150 where !left.isEmpty {
            usleep(20_000)
            left = found
            if round >= 50 { for process in left.keys { kill(process, SIGKILL) } }
        }
        return left.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.name)" }
    }

    private var found: [pid_t: Process] {
        var all: [pid_t: Process] = [:]
        guard let folder = opendir("/proc") else { return [:] }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let number = pid_t(name), number != getpid(), let process = process(number) {
                all[number] = process
            }
        }
        var mine = all.filter(\.value.isMarked)
        var count = -1
        while count != mine.count {
            count = mine.count
            for (number, process) in all where mine[process.parent] != nil { mine[number] = process }
        }
        return mine
    }

    /// Nil for a process that has ended.
    private func process(_ number: pid_t) -> Process? {
        // The name stands in brackets and may itself hold brackets: the last one counts.
        let status = contents(of: "/proc/\(number)/stat")
        guard let open = status.firstIndex(of: UInt8(ascii: "(")),
            let close = status.lastIndex(of: UInt8(ascii: ")")), open < close
        else { return nil }
        let words = status[(close + 1)...].split(separator: UInt8(ascii: " "))
        guard words.count > 1, let state = words[0].first, !"ZX".utf8.contains(state),
            let parent = pid_t(String(decoding: words[1], as: UTF8.self))
        else { return nil }
        return Process(
            name: String(decoding: status[(open + 1)..<close], as: UTF8.self),
            parent: parent,
            isMarked: contents(of: "/proc/\(number)/environ").contains(mark)
        )
    }

    /// What the kernel says in a file that has no size of its own.
    private func contents(of path: String) -> [UInt8] {
        let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return [] }
        defer { Glibc.close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        // The environment of a process is no larger than a quarter of its stack.
        while bytes.count < 4 << 20 {
            let count = read(file, &chunk, chunk.count)
            guard count > 0 else { break }
            bytes.append(contentsOf: chunk[..<count])
        }
        return bytes
    }
}
