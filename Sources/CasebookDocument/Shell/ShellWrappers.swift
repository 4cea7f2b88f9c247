/// Words before a command that change how it runs and not what it does.
enum ShellWrappers {
    /// The command behind assignments, keywords and wrappers; a bare `sudo -i` or `sudo su` stays.
    static func removed(
        from words: ArraySlice<String>,
        _ setting: inout ShellCommand.Setting
    ) -> ArraySlice<String> {
        var rest = words
        while let first = rest.first, mayStandBefore(first) {
            if keywords.contains(first) || isAssignment(first) {
                if first == "while" || first == "until" { setting.isLoopTest = true }
                rest.removeFirst()
                continue
            }
            if first == "function" {
                rest = rest.dropFirst(2)
                continue
            }
            guard let valueOptions = wrappers[first] else { break }
            // `command -v rm` only looks.
            if first == "command", let option = rest.dropFirst().first, ["-v", "-V"].contains(option) {
                break
            }
            // `runuser -l app -c 'x'` is like `su`.
            if first == "runuser", rest.contains("-c"), !rest.contains("-u"), !rest.contains("--user") {
                break
            }
            if first == "timeout" { setting.isBounded = true }
            var inner = rest.dropFirst()
            var isShell = false
            while let option = inner.first, option.hasPrefix("-"), option.count > 1 || first == "env" {
                inner.removeFirst()
                if first == "sudo", opensShell(option, valueOptions) { isShell = true }
                if takesValue(option, valueOptions), !inner.isEmpty { inner.removeFirst() }
            }
            inner = inner.dropFirst(operandsBefore[first] ?? 0)
            if inner.isEmpty, isShell { return ["sudo", "-i"] }
            guard !inner.isEmpty else { break }
            rest = inner
        }
        return rest
    }

    /// False for most words, which are commands: neither an assignment nor a keyword nor a wrapper.
    private static func mayStandBefore(_ word: String) -> Bool {
        word.holds(UInt8(ascii: "=")) || known.contains(word)
    }

    private static let known = keywords.union(wrappers.keys).union(["function"])

    private static let keywords: Set<String> = [
        "if", "then", "else", "elif", "while", "until", "do", "!", "{", "}", "coproc",
    ]

    /// True for the name of a wrapper.
    static func knows(_ name: String) -> Bool { wrappers[name] != nil }

    /// Each wrapper with its options that take the next word.
    private static let wrappers: [String: Set<String>] = [
        "sudo": [
            "-u", "--user", "-g", "--group", "-h", "--host", "-p", "--prompt", "-C", "--close-from", "-D",
            "--chdir",
            "-R", "--chroot", "-T", "-U", "--other-user", "-r", "--role", "-t", "--type",
        ],
        "doas": ["-u"],
        "gosu": [],
        "su-exec": [],
        "runuser": ["-u", "--user", "-g", "--group"],
        "env": ["-u", "--unset", "-C", "--chdir"],
        "time": ["-f", "--format", "-o", "--output"],
        "flock": ["-w", "--timeout", "-E", "--conflict-exit-code"],
        "parallel": ["-j", "--jobs"],
        "nohup": [],
        "builtin": [],
        "busybox": [],
        "setpriv": ["--reuid", "--regid", "--groups"],
        "chroot": [],
        "nsenter": ["-t", "--target", "-S", "--setuid", "-G", "--setgid"],
        "unshare": [],
        "pkexec": ["--user"],
        "systemd-run": ["-u", "--unit", "-p", "--property", "-E", "--setenv", "-M", "--machine"],
        "systemd-inhibit": [],
        "strace": ["-o", "-e", "-p", "-s", "-u"],
        "ltrace": ["-o", "-e", "-p", "-s", "-u"],
        "taskset": [],
        "chrt": [],
        "numactl": ["-C", "-N", "-m"],
        "cgexec": ["-g"],
        "unbuffer": [],
        "faketime": [],
        "exec": ["-a"],
        "command": [],
        "nice": ["-n", "--adjustment"],
        "ionice": ["-c", "--class", "-n", "--classdata"],
        "timeout": ["-s", "--signal", "-k", "--kill-after"],
        "setsid": [],
        "stdbuf": ["-o", "--output", "-e", "--error", "-i", "--input"],
        "xargs": [
            "-n", "--max-args", "-I", "-P", "--max-procs", "-d", "--delimiter", "-L", "--max-lines", "-s",
            "--max-chars",
            "-E", "-a", "--arg-file",
        ],
    ]

    /// How many words stand between a wrapper's options and the command: a time, a file, a user.
    private static let operandsBefore = [
        "timeout": 1, "flock": 1, "gosu": 1, "su-exec": 1,
        "chroot": 1, "taskset": 1, "chrt": 1, "faketime": 1,
    ]

    /// True for an option of `sudo` that asks for a shell, also in a cluster: `-i`, `-iu`, and not `-uadmin`.
    private static func opensShell(_ option: String, _ valueOptions: Set<String>) -> Bool {
        if option.hasPrefix("--") { return option == "--login" || option == "--shell" }
        return option.dropFirst().prefix { !valueOptions.contains("-\($0)") }.contains {
            $0 == "i" || $0 == "s"
        }
    }

    /// True for an option with the next word as its value, also as the last letter of a cluster: `-nu root`.
    ///
    /// What stands behind the first letter that takes a value is that value: `-uroot`.
    private static func takesValue(_ option: String, _ valueOptions: Set<String>) -> Bool {
        if valueOptions.contains(option) { return true }
        guard !option.hasPrefix("--"), option.utf8.count > 2 else { return false }
        let letters = option.dropFirst()
        return letters.firstIndex { valueOptions.contains("-\($0)") }
            .map { letters.index(after: $0) == letters.endIndex } ?? false
    }

    private static func isAssignment(_ word: String) -> Bool {
        guard let equals = word.utf8.firstIndex(of: UInt8(ascii: "=")) else { return false }
        var name = word[..<equals]
        // `A+=x`, `A[0]=x`
        if name.last == "+" { name = name.dropLast() }
        if name.last == "]", let open = name.firstIndex(of: "[") { name = name[..<open] }
        return AttributeValue.isVariable(String(name))
    }
}
