import CasebookRun
import Glibc

/// What the process that called us gave us: environment, user, host, terminal.
enum Caller {
    /// A variable of the environment; nil when it is unset or empty.
    static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The whole environment.
    static var variables: [String: String] {
        var variables: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            let text = String(cString: entry)
            if let equals = text.firstIndex(of: "=") {
                variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            next += 1
        }
        return variables
    }

    static var wantsColour: Bool { variable("NO_COLOR") == nil && variable("TERM") != "dumb" }

    static var hasTerminalInput: Bool { isatty(STDIN_FILENO) == 1 }

    static func person(claimedName: String?) -> Person {
        Person(login: login, claimedName: claimedName)
    }

    static var host: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    static var workingDirectory: String {
        guard let path = getcwd(nil, 0) else { return "/" }
        defer { free(path) }
        return String(cString: path)
    }

    private static var login: String {
        // Reads the system's user table; the entry belongs to the C library and is copied at once.
        if let entry = getpwuid(getuid()), let name = entry.pointee.pw_name { return String(cString: name) }
        return "uid \(getuid())"
    }
}

/// The system's clock.
struct SystemClock: WallClock {
    func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    func wait(for duration: Duration) async {
        // A task that was cancelled waits for nothing.
        try? await Task.sleep(for: duration)
    }
}
