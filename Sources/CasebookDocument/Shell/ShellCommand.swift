/// One simple command of a shell cell: its words, and what is around it.
struct ShellCommand: Hashable, Sendable {
    /// What is around a command.
    struct Setting: Hashable, Sendable {
        /// A pipe, a redirection or a here-document feeds it.
        var hasInput = false
        /// The first command of its pipeline, when it is not the first itself.
        var pipedFrom: String?
        /// It runs in the background.
        var isDetached = false
        /// `timeout` ends it.
        var isBounded = false
        /// It decides whether a loop goes on: `while read line`.
        var isLoopTest = false
        /// A substitution in its words fetches something from the net: `eval "$(curl …)"`.
        var fetches = false
        /// What it is fed stands nowhere in the cell: `< file`, `cat file |`.
        var isFedUnknown = false
        /// A here-document feeds it.
        var hasDocument = false
        /// What it prints goes to the end of a file below `/etc`.
        var addsToSystem = false
        /// Another command runs it: it stands after `ssh host`, in `bash -c '…'`, or in `$(…)`.
        var isNested = false
    }

    /// Words without their quotes; assignments, redirections and wrappers such as `sudo` are left out.
    let words: [String]
    /// The first word without its directory; `k` is what people call `kubectl`.
    let name: String
    let setting: Setting

    init(words: [String], _ setting: Setting) {
        self.setting = setting
        let first = words.first ?? ""
        let last =
            first.utf8.contains(UInt8(ascii: "/")) ? first.split(separator: "/").last.map(String.init) : first
        name = last == "k" ? "kubectl" : last ?? first
        self.words = Self.withoutGlobalOptions(words, of: name)
    }

    var hasInput: Bool { setting.hasInput }

    /// The verb right behind the program: `docker compose -f a.yaml exec` is read as `docker compose exec`.
    private static func withoutGlobalOptions(_ words: [String], of name: String) -> [String] {
        guard carriers.contains(name), let values = globalOptions[name] else { return words }
        var rest = words[...].dropFirst(1)
        var kept = Array(words.prefix(1))
        while let word = rest.first {
            if word == "compose", name == "docker" {
                kept.append(word)
                rest.removeFirst()
            } else if word.hasPrefix("-"), word.count > 1, word != "--" {
                rest = rest.dropFirst(values.contains(word) ? 2 : 1)
            } else {
                break
            }
        }
        return kept + rest
    }

    /// Programs whose own options may stand before the verb, with those that take the next word.
    private static let globalOptions: [String: Set<String>] = {
        let kubernetes = CommandRule.valueOptions(of: "kubectl")
        let containers: Set<String> = [
            "-H", "--host", "--context", "-c", "--config", "-l", "--log-level", "--url",
        ]
        let compose: Set<String> = [
            "-f", "--file", "-p", "--project-name", "--env-file", "--profile", "--ansi",
        ]
        return [
            "kubectl": kubernetes, "oc": kubernetes, "docker": containers.union(compose),
            "docker-compose": compose,
            "podman": containers, "nerdctl": containers.union(["-n", "--namespace"]),
        ]
    }()

    /// The same in the background.
    var detached: ShellCommand {
        var setting = setting
        setting.isDetached = true
        return ShellCommand(words: words, setting)
    }
}

extension ShellCommand {
    /// The words after the name that are no options.
    func operands(valueOptions: Set<String> = []) -> [String] {
        var operands: [String] = []
        var isValue = false
        for word in words.dropFirst() {
            if isValue {
                isValue = false
            } else if word.isOption {
                isValue = valueOptions.contains(word)
            } else {
                operands.append(word)
            }
        }
        return operands
    }

    /// True when an option is given: a long one with or without value, or a letter in a cluster such as
    /// `-it`.
    func has(option: String) -> Bool {
        // What stands behind `--` are another command's words.
        for word in words.dropFirst() where word.utf8.first == UInt8(ascii: "-") && word.hasPrefix("-") {
            if word == "--" { return false }
            if word == option || word.utf8.starts(with: option.utf8) && word.hasPrefix(option + "=") {
                return true
            }
            if option.count == 2, let letter = option.last, letter.isLetter, hasInCluster(word, letter) {
                return true
            }
        }
        return false
    }
}

extension ShellCommand {
    /// True for a letter among the options of a cluster, before the value of one: `-it`, and no `-w` in `-nweb`.
    private func hasInCluster(_ word: String, _ letter: Character) -> Bool {
        let letters = word.dropFirst()
        guard !word.hasPrefix("--"), letters.utf8.count <= 12,
            letters.allSatisfy({ $0.isLetter || $0.isNumber }), letters.count(where: \.isLetter) <= 4,
            // A signal: `kill -ALRM`.
            name != "kill" || !letters.allSatisfy(\.isUppercase) || letters.count == 1
        else { return false }
        let values = CommandRule.valueOptions(of: name)
        for other in letters {
            if other == letter { return true }
            if values.contains("-\(other)") { return false }
        }
        return false
    }
}

// MARK: - Commands in commands

extension ShellCommand {
    /// False for most programs: none of their words is a command or code.
    var mayCarry: Bool { Self.carriers.contains(name) }

    private static let carriers: Set<String> = shells.union(launchers.keys).union(runners.keys).union(
        globalOptions.keys
    )
    .union([
        "su", "runuser", "script", "eval", "sg", "trap", "ansible", "ssh", "find", "source", ".", "at",
        "batch",
    ])

    /// The words of the command that this one runs: behind `--`, or after a container's or an image's name.
    var innerWords: ArraySlice<String>? {
        // What stands behind it are files to `git`.
        if name != "git", let dashes = words.firstIndex(of: "--") {
            let inner = words[(dashes + 1)...]
            return inner.first.map { $0.hasPrefix("-") } ?? true ? nil : inner
        }
        guard mayCarry else { return nil }
        if let verb = Self.launchers[name] {
            var rest = words.dropFirst(verb.isEmpty ? 1 : 2)
            guard verb.isEmpty || words.dropFirst().first == verb else { return nil }
            // The directory.
            if name == "direnv" { rest = rest.dropFirst() }
            while name == "npx", let option = rest.first, option.hasPrefix("-") {
                rest = rest.dropFirst(["-p", "--package"].contains(option) ? 2 : 1)
            }
            return rest.first.map { $0.hasPrefix("-") } ?? true ? nil : rest
        }
        guard let verb = Self.runners[name]?.first(where: { Array(words.dropFirst().prefix($0.count)) == $0 })
        else { return nil }
        // The name of the container, the pod or the image, and then the command.
        var index = 1 + verb.count
        while index < words.count, words[index].hasPrefix("-") {
            let takesValue = !words[index].contains("=") && Self.runnerValues.contains(words[index])
            index += takesValue ? 2 : 1
        }
        index += 1
        return index < words.count && !words[index].hasPrefix("-") ? words[index...] : nil
    }

    /// What a shell or another machine is told to run, as code: `bash -c '…'`, `ssh host …`.
    var innerCode: String? {
        if Self.shells.contains(name) || ["su", "runuser", "script"].contains(name) {
            let option = words.firstIndex {
                $0.hasPrefix("-") && !$0.hasPrefix("--") && $0.hasSuffix("c") || $0.hasPrefix("--command")
            }
            guard let option else { return nil }
            if let equals = words[option].firstIndex(of: "=") {
                return String(words[option][words[option].index(after: equals)...])
            }
            return words[(option + 1)...].first { $0 != "--" }
        }
        if name == "eval" { return words.dropFirst().joined(separator: " ") }
        if name == "sg" { return words.count > 2 ? words.last : nil }
        if name == "trap" { return words.dropFirst().first { !$0.hasPrefix("-") } }
        if name == "ansible" {
            return words.firstIndex { $0 == "-a" || $0 == "--args" }.flatMap {
                $0 + 1 < words.count ? words[$0 + 1] : nil
            }
        }
        guard name == "ssh" else { return nil }
        var rest = words.dropFirst()
        while let first = rest.first, first.hasPrefix("-") {
            rest = rest.dropFirst(CommandRule.valueOptions(of: name).contains(first) ? 2 : 1)
        }
        // Options may stand behind the host: `ssh host -t sudo reboot`.
        rest = rest.dropFirst()
        while let first = rest.first, first.hasPrefix("-") {
            rest = rest.dropFirst(CommandRule.valueOptions(of: name).contains(first) ? 2 : 1)
        }
        return rest.isEmpty ? nil : rest.joined(separator: " ")
    }

    /// The commands that `find` runs on what it found.
    var executed: [ArraySlice<String>] {
        guard name == "find" else { return [] }
        return words.indices.filter { ["-exec", "-execdir", "-ok", "-okdir"].contains(words[$0]) }.prefix(8)
            .map { words[($0 + 1)...].prefix { $0 != ";" && $0 != "+" } }
    }

    /// True for what runs the text that it is fed.
    var readsCode: Bool {
        if ["source", "."].contains(name) { return words.dropFirst().first == "/dev/stdin" }
        return Self.shells.contains(name) || ["ssh", "su", "at", "batch"].contains(name)
    }

    /// Shells, by name.
    static let shells: Set<String> = ["bash", "sh", "zsh", "ash", "dash", "fish", "ksh"]

    private static let runners: [String: [[String]]] = [
        "docker": [["exec"], ["run"], ["container", "exec"], ["container", "run"], ["compose", "exec"]],
        "docker-compose": [["exec"], ["run"]],
        "podman": [["exec"], ["run"], ["container", "exec"], ["container", "run"], ["compose", "exec"]],
        "nerdctl": [["exec"], ["run"], ["container", "exec"], ["container", "run"], ["compose", "exec"]],
        "crictl": [["exec"]],
        "kubectl": [["exec"]],
        "oc": [["exec"], ["rsh"]],
    ]

    /// Programs that only set up what the command after them needs, and the word before it.
    private static let launchers: [String: String] = [
        "bundle": "exec", "poetry": "run", "pipenv": "run", "uv": "run", "npx": "", "dotenv": "",
        "direnv": "exec",
    ]

    /// Options of those that take the next word.
    private static let runnerValues: Set<String> = [
        "-u", "--user", "-w", "--workdir", "-e", "--env", "--env-file", "-v", "--volume", "-p", "--publish",
        "--name",
        "--network", "--net", "-h", "--hostname", "-m", "--memory", "--entrypoint", "-l", "--label",
        "--mount",
        "-n", "--namespace", "-c", "--container", "--platform", "--restart", "--cpus", "--gpus", "--add-host",
    ]
}

extension String {
    /// True for a hyphen and more.
    fileprivate var isOption: Bool {
        guard utf8.first == UInt8(ascii: "-"), let second = utf8.dropFirst().first else { return false }
        // A mark may be combined with the hyphen.
        return second < 0x80 || hasPrefix("-") && count > 1
    }
}
