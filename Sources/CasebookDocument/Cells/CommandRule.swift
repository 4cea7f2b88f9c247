/// One row of a table of commands that a cell must not simply run.
struct CommandRule: Sendable {
    /// What else must hold for the row to match.
    enum Condition: Sendable {
        /// One of these options is given.
        case any([String])
        /// None of these options is given.
        case none([String])
        /// At most so many words beside the options and the command itself.
        case operands(atMost: Int)
        /// One of these words starts an argument.
        case argument(startsWith: [String])
        /// Nothing is fed into it by a pipe, a redirection or a here-document.
        case noInput
        /// It is neither in the background nor ended by `timeout`.
        case unbounded
    }

    /// The command and its subcommands, in order: `kubectl delete`, `git push`; `*` at an end is anything.
    let command: [String]
    let conditions: [Condition]
    /// What it is, for "because": `deletes objects of the cluster`.
    let because: String

    init(_ command: String, _ conditions: [Condition] = [], _ because: String) {
        self.command = command.split(separator: " ").map(String.init)
        self.conditions = conditions
        self.because = because
    }
}

extension CommandRule {
    func matches(_ given: ShellCommand) -> Bool {
        guard let name = command.first, Self.fits(given.name, name) else { return false }
        // Subcommands may stand behind options: `kubectl -n shop delete pod`.
        var operands = given.operands(valueOptions: Self.valueOptions[given.name] ?? [])[...]
        for word in command.dropFirst() {
            let isAnywhere = word.hasSuffix("*")
            if isAnywhere {
                guard let index = operands.firstIndex(where: { Self.fits($0, word) }) else { return false }
                operands = operands[(index + 1)...]
            } else {
                guard let first = operands.popFirst(), Self.fits(first, word) else { return false }
            }
        }
        return conditions.allSatisfy { Self.holds($0, given, operands) }
    }

    private static func holds(
        _ condition: Condition,
        _ given: ShellCommand,
        _ operands: ArraySlice<String>
    ) -> Bool {
        switch condition {
        case .any(let options): options.contains { given.has(option: $0) }
        case .none(let options): !options.contains { given.has(option: $0) }
        case .operands(let limit): operands.count <= limit
        case .argument(let starts):
            given.words.dropFirst().contains { word in
                starts.contains { word.hasPrefix($0) }
            }
        case .noInput: !given.hasInput
        case .unbounded: !given.isDetached && !given.isBounded
        }
    }

    private static func fits(_ word: String, _ pattern: String) -> Bool {
        pattern.hasSuffix("*") ? word.hasPrefix(pattern.dropLast()) : word == pattern
    }

    /// Options that take the next word, where that word could be taken for a subcommand or a host.
    private static let valueOptions: [String: Set<String>] = {
        let kubernetes: Set<String> = [
            "-n", "--namespace", "--context", "--kubeconfig", "-c", "--container", "-l", "-f", "--cluster",
        ]
        return [
            "kubectl": kubernetes, "oc": kubernetes, "helm": ["-n", "--namespace", "--kube-context"],
            "docker": ["-u", "-w", "-e", "-H", "--context"],
            "git": ["-C", "-c"],
            "systemctl": ["-H", "-M"],
            "aws": ["--profile", "--region", "--output"],
            "ssh": [
                "-i", "-p", "-l", "-o", "-F", "-J", "-L", "-R", "-D", "-b", "-c", "-E", "-e", "-I", "-m",
                "-O",
                "-Q", "-S", "-W", "-w",
            ],
            "psql": ["-h", "-p", "-U", "-d", "-v"], "mysql": ["-h", "-P", "-u", "-D"],
            "redis-cli": ["-h", "-p", "-a", "-n"],
            "terraform": [],
        ]
    }()
}

extension CommandRule {
    /// The command as the cell spells it: the name of the rule, with `*` filled in.
    func spelling(in given: ShellCommand) -> String {
        command.map { pattern in
            guard pattern.hasSuffix("*") else { return pattern }
            return given.words.first { Self.fits($0, pattern) } ?? given.name
        }
        .joined(separator: " ")
    }
}
