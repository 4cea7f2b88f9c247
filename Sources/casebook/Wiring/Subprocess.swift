import CasebookRun
import Glibc

/// Runs a program of the system for the few bytes that it prints.
enum Subprocess {
    /// What the program printed; nil when it could not be started or failed.
    static func output(of arguments: [String]) -> String? {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        guard let process = spawn(arguments, output: ends[1]) else {
            close(ends[1])
            return nil
        }
        close(ends[1])
        let text = readAll(ends[0])
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return status == 0 ? text : nil
    }

    /// Why a command line gave no text, as a phrase that follows *its command*.
    struct Failure: Error {
        let reason: String
    }

    /// What a command line of `sh` prints, without the line endings at its end.
    ///
    /// - Parameters:
    ///   - isInteractive: true when it may ask the person at the terminal.
    ///   - limit: the time after which it is stopped, with the processes of its group.
    static func text(
        of line: String,
        in directory: String,
        isInteractive: Bool,
        within limit: Duration
    ) -> Result<String, Failure> {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return .failure(Failure(reason: "could not be started")) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        let process = spawn(
            ["/bin/sh", "-c", "cd -- \"$1\" && eval \"$2\"", "sh", directory, line],
            output: ends[1],
            isInteractive: isInteractive
        )
        close(ends[1])
        guard let process else { return .failure(Failure(reason: "could not be started")) }
        // Reading ends when everything that has the pipe has ended: the time limit holds for all of it.
        let isInTime = waitForEnd(of: ends[0], within: limit) { bytes in bytes.count <= SourcedValue.bytesMax
        }
        if isInTime == nil { kill(isInteractive ? process : -process, SIGKILL) }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        guard let bytes = isInTime else {
            return .failure(
                Failure(reason: "took longer than \(limit.words), or printed more than a value holds")
            )
        }
        guard status == 0 else {
            let code = status & 0x7F == 0 ? "exit status \(status >> 8 & 0xFF)" : "a signal"
            return .failure(Failure(reason: "failed with \(code)"))
        }
        guard let text = trimmed(bytes) else { return .failure(Failure(reason: "printed no text")) }
        return .success(text)
    }

    /// A whole file as text, without the line endings at its end; nil when it is larger, or no text.
    static func text(readFrom descriptor: Int32, atMost most: Int) -> String? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while bytes.count <= most {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return trimmed(bytes) }
            bytes.append(contentsOf: chunk.prefix(count))
        }
        return nil
    }

    private static func trimmed(_ bytes: [UInt8]) -> String? {
        var bytes = bytes[...]
        while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
        return bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
    }

    /// What was printed to its end; nil when that took too long or was too much.
    private static func waitForEnd(
        of descriptor: Int32,
        within limit: Duration,
        while isWanted: ([UInt8]) -> Bool
    ) -> [UInt8]? {
        let clock = ContinuousClock()
        let end = clock.now + limit
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while clock.now < end, isWanted(bytes) {
            var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let left = (end - clock.now).milliseconds
            guard poll(&wait, 1, Int32(min(max(left, 1), 1000))) > 0 else { continue }
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return bytes }
            bytes.append(contentsOf: chunk.prefix(count))
        }
        return nil
    }

    /// - Parameter isInteractive: true when it reads from the terminal and tells its errors there; without one it has
    ///   a process group of its own.
    private static func spawn(_ arguments: [String], output: Int32, isInteractive: Bool? = nil) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        if isInteractive == false { posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP)) }
        if isInteractive != true {
            posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        if isInteractive == nil {
            posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        }
        var copies: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for copy in copies { free(copy) } }
        var process: pid_t = 0
        return posix_spawnp(&process, arguments[0], &actions, &attributes, &copies, environ) == 0
            ? process : nil
    }

    private static func readAll(_ descriptor: Int32) -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(contentsOf: chunk.prefix(count))
        }
    }
}
