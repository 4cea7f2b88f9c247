extension Parameter {
    /// What is wrong with a value for this parameter, in words that name both; nil when it is right.
    ///
    /// The value of a secret is never named.
    package func problem(with value: String) -> String? {
        let found = kind == .secret ? "its value" : "`\(value)`"
        let subject = "parameter `\(name)`: \(found)"
        switch kind {
        case .integer where Int(value) == nil: return "\(subject) is no whole number"
        case .number where Double(value)?.isFinite != true: return "\(subject) is no number"
        case .boolean where !["true", "false"].contains(value):
            return "\(subject) is neither `true` nor `false`"
        case .file where value.isEmpty: return "\(subject) is no path"
        default: break
        }
        if value.unicodeScalars.contains("\0") { return "\(subject) holds a NUL byte" }
        if !allowed.isEmpty, !allowed.contains(value) {
            return "\(subject) is none of " + allowed.map { "`\($0)`" }.joined(separator: ", ")
        }
        if let number = Double(value) {
            if let minimum, number < minimum { return "\(subject) is less than \(Self.text(minimum))" }
            if let maximum, number > maximum { return "\(subject) is more than \(Self.text(maximum))" }
        } else if minimum != nil || maximum != nil {
            return "\(subject) is no number"
        }
        if let pattern, !Self.matches(value, pattern) { return "\(subject) does not match `\(pattern)`" }
        return nil
    }

    /// A pattern that is no regular expression was refused when it was declared; here it matches nothing.
    private static func matches(_ value: String, _ pattern: String) -> Bool {
        guard value.utf8.count <= 4096 else { return false }
        return TextPattern(pattern)?.matchWhole(value) == .found
    }

    private static func text(_ number: Double) -> String {
        Int(exactly: number).map(String.init) ?? String(number)
    }
}

/// The names that parameters and variables of environments may have.
package enum VariableName {
    /// What is wrong with a name, after the name itself; nil when a cell can have it.
    package static func problem(with name: String) -> String? {
        guard AttributeValue.isVariable(name) else {
            return "is no variable name: use letters, digits and `_`, and no digit first"
        }
        if steering.contains(name) || steeringPrefixes.contains(where: name.hasPrefix) {
            return "steers a shell or a loader and cannot be set by a runbook"
        }
        return nil
    }

    /// True for a name that may be given from a session of one language to those of others.
    ///
    /// zsh and fish have variables of their own under ordinary words, which cannot be set or mean something else.
    package static func isShared(_ name: String) -> Bool {
        problem(with: name) == nil && !ShellVariables.isStandardOfZsh(name) && !ofOtherShells.contains(name)
            && !name.hasPrefix("fish_")
    }

    /// Variables of fish (`fish(1)`, special variables) and of bash and dash that only these set.
    private static let ofOtherShells: Set<String> = [
        "DIRSTACK", "FUNCNAME", "GROUPS", "HISTCMD", "LINENO", "OPTIND", "PIPESTATUS", "RANDOM", "SECONDS",
        "SHLVL",
        "SRANDOM", "argv", "history", "hostname", "pipestatus", "status", "status_generation", "umask",
        "version",
    ]

    /// Variables that change what a shell, an interpreter or a loader does before any cell runs.
    private static let steering: Set<String> = [
        "BASHOPTS", "BASH_ENV", "CDPATH", "ENV", "GLOBIGNORE", "HOME", "IFS", "NODE_OPTIONS", "PATH",
        "PERL5LIB",
        "PERL5OPT", "PROMPT_COMMAND", "PS1", "PS2", "PS4", "RUBYLIB", "RUBYOPT", "SHELL", "SHELLOPTS",
        "ZDOTDIR",
        "EUID", "PPID", "PWD", "OLDPWD", "UID", "_",
    ]

    private static let steeringPrefixes = ["BASH_", "CASEBOOK_", "DYLD_", "LD_", "PYTHON"]
}
