/// Words before a command that change how it runs and not what it does.
enum ShellWrappers {
    /// The command behind assignments, keywords and wrappers; a bare `sudo -i` or `sudo su` stays.
    static func removed(
        from words: ArraySlice<String>,
        _ setting: inout ShellCommand.Setting
    ) -> ArraySlice<String> {
        var rest = words
        while let first = rest.first {
            if keywords.contains(first) || isAssignment(first) {
                if first == "while" || first == "until" { setting.isLoopTest = true }
                rest.removeFirst()
                continue
            }
            guard let valueOptions = wrappers[first] else { break }
            if first == "timeout" { setting.isBounded = true }
            var inner = rest.dropFirst()
            while let option = inner.first, option.hasPrefix("-"), option.count > 1 {
                inner.removeFirst()
                if valueOptions.contains(option), !inner.isEmpty { inner.removeFirst() }
            }
            if first == "timeout", !inner.isEmpty { inner.removeFirst() }
            guard !inner.isEmpty else { break }
            rest = inner
        }
        return rest
    }

    private static let keywords: Set<String> = [
        "if", "then", "else", "elif", "while", "until", "do", "!", "{", "}", "time",
    ]

    /// Each wrapper with its options that take the next word.
    private static let wrappers: [String: Set<String>] = [
        "sudo": ["-u", "-g", "-h", "-p", "-C", "-T", "-U", "-r", "-t"],
        "doas": ["-u"],
        "env": ["-u", "-C"],
        "nohup": [],
        "exec": ["-a"],
        "command": [],
        "nice": ["-n"],
        "ionice": ["-c", "-n"],
        "timeout": ["-s", "-k"],
        "setsid": [],
        "stdbuf": ["-o", "-e", "-i"],
        "xargs": ["-n", "-I", "-P", "-d", "-L"],
    ]

    private static func isAssignment(_ word: String) -> Bool {
        guard let equals = word.utf8.firstIndex(of: UInt8(ascii: "=")) else { return false }
        return AttributeValue.isVariable(String(word[..<equals]))
    }
}
