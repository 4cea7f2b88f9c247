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
        /// None of these words starts an argument.
        case noArgument(startsWith: [String])
        /// One of these words stands in an argument.
        case mention(of: [String])
        /// It is put into the background and left running there.
        case leftRunning
        /// No other command runs it.
        case typed
        /// Nothing is fed into it by a pipe, a redirection or a here-document.
        case noInput
        /// It is neither in the background nor ended by `timeout`.
        case unbounded
        /// It is a program with commands of its own, and one of these is among its first three words.
        case subcommand([String])
        /// None of these is among the first three words of a program with commands of its own.
        case noSubcommand([String])
        /// An address or a path in its words ends with a part that begins or ends with one of these.
        case address([String])
        /// One of these is its last word, and no other stands before it but two.
        case lastWord([String])
        /// One of these is the first of its words that is no option.
        case firstWord([String])
        /// It is none of these programs.
        case notOf([String])
        /// It is a script, and one of these words is in its name.
        case named([String])
        /// It is a script, and these words stand in its name, one after the other.
        case namedPair([[String]])
        /// One of these options has this value.
        case value(of: [String], String)
        /// The word behind one of these options is empty.
        case emptyValue(of: [String])
        /// One of these commands starts the pipeline that feeds it.
        case pipedFrom([String])
        /// Another command's output is its first word that is no option.
        case substituted
        /// A substitution in its words fetches something from the net.
        case fetched
        /// What it is fed stands nowhere in the cell.
        case fedUnknown
        /// The word behind one of these is a variable and nothing else.
        case variable(of: [String])
        /// It is given no program but what is fed to it: `python -`.
        case programFed
        /// The command that it runs inside is a shell for a person, or it names none.
        case innerShell
        /// The command that it runs inside is none that is known to need no person.
        case innerUnknown
        /// It names no command to run inside.
        case noInnerCommand
        /// It does not decide whether a loop goes on.
        case noLoopTest
    }

    /// Where a person types after the command.
    enum Destination: Sendable {
        /// A shell on another machine, in a container or of another user.
        case shell
        /// The prompt of a language or a program.
        case console
    }

    /// One of the words behind the name.
    private struct Word: Sendable {
        /// `*` at its end or its start stands for anything.
        let pattern: String
        /// Other words may stand before it.
        let isAnywhere: Bool
    }

    /// The name of the command; `*` at its end stands for anything.
    let name: String
    /// Its subcommands, in order.
    private let words: [Word]
    let conditions: [Condition]
    /// What it is, for "because": `deletes objects of the cluster`.
    let because: String
    /// Nil for a command after which a person is where they were.
    let leadsTo: Destination?

    /// - `command`: `kubectl delete`, `mkfs*`; in `aws ... delete-*` other words may stand in the place of `...`.
    init(
        _ command: String,
        _ conditions: [Condition] = [],
        _ because: String,
        leadsTo: Destination? = nil
    ) {
        let parts = command.split(separator: " ").map(String.init)
        name = parts.first ?? ""
        words = parts.indices.dropFirst().filter { parts[$0] != "..." }
            .map { Word(pattern: parts[$0], isAnywhere: parts[$0 - 1] == "...") }
        self.conditions = conditions
        self.because = because
        self.leadsTo = leadsTo
    }
}

extension CommandRule {
    /// The row of a server, for one that a cell leaves running behind it: `serve &`.
    var leftRunning: CommandRule {
        let conditions = conditions.map { condition -> Condition in
            if case .unbounded = condition { .leftRunning } else { condition }
        }
        return CommandRule(self, conditions, "is left running")
    }

    private init(_ other: CommandRule, _ conditions: [Condition], _ because: String) {
        name = other.name
        words = other.words
        self.conditions = conditions
        self.because = because
        leadsTo = nil
    }
}

extension CommandRule.Condition {
    /// True when it is about the words that are no options.
    fileprivate var countsOperands: Bool {
        if case .operands = self { true } else { false }
    }
}

extension CommandRule {
    func matches(_ given: ShellCommand) -> Bool {
        guard Self.fits(given.name, name) else { return false }
        guard !words.isEmpty || conditions.contains(where: \.countsOperands) else {
            return conditions.allSatisfy { Self.holds($0, given, []) }
        }
        // Subcommands may stand behind options: `kubectl -n shop delete pod`.
        var operands = given.operands(valueOptions: Self.valueOptions(of: given.name))[...]
        for word in words {
            let place = word.isAnywhere ? operands : operands.prefix(1)
            guard let index = place.firstIndex(where: { Self.fits($0, word.pattern) }) else { return false }
            operands = operands[(index + 1)...]
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
        case .noArgument(let starts):
            !given.words.dropFirst().contains { word in
                starts.contains { word.hasPrefix($0) }
            }
        case .mention(let parts):
            given.words.dropFirst().contains { word in
                parts.contains { word.holds($0) }
            }
        case .leftRunning: given.setting.isDetached && !given.setting.isNested
        case .typed: !given.setting.isNested
        case .noInput: !given.hasInput
        case .unbounded: !given.setting.isDetached && !given.setting.isBounded
        case .subcommand(let words): subcommand(of: given, among: words) != nil
        case .noSubcommand(let words): subcommand(of: given, among: words) == nil
        case .address(let words): given.words.dropFirst().contains { isAddress($0, endingLike: words) }
        case .lastWord(let words):
            takesCommands(given) && given.operands().count <= 3
                && given.operands().last.map(words.contains) ?? false
        case .value(let options, let value):
            given.words.indices.contains { index in
                options.contains { option in
                    isOption(given.words[index], option) && given.words.dropFirst(index + 1).first == value
                        || given.words[index] == option + value || given.words[index] == "\(option)=\(value)"
                }
            }
        case .pipedFrom(let names): given.setting.pipedFrom.map(names.contains) ?? false
        case .substituted:
            given.operands().first.map { $0.hasPrefix("$()") || $0.hasPrefix("<()") } ?? false
        case .fetched: given.setting.fetches
        case .fedUnknown: given.setting.isFedUnknown
        case .variable(let options): isVariable(given, behind: options)
        case .programFed: given.operands().first.map { ["-", "/dev/stdin"].contains($0) } ?? true
        case .firstWord(let words):
            takesCommands(given) && firstOperand(of: given).contains(where: words.contains)
        case .notOf(let names): !names.contains(given.name)
        case .named(let words): wordsOfScript(given).contains(where: words.contains)
        case .emptyValue(let options):
            given.words.indices.contains { index in
                options.contains { option in
                    given.words[index] == option && given.words.dropFirst(index + 1).first?.isEmpty == true
                        || given.words[index] == "\(option)="
                }
            }
        case .namedPair(let pairs):
            zip(wordsOfScript(given), wordsOfScript(given).dropFirst()).contains { pairs.contains([$0, $1]) }
        case .innerShell: opensInnerShell(given)
        case .innerUnknown: given.innerWords.map { !CommandTable.isPlain($0) } ?? false
        case .noInnerCommand: given.innerWords == nil && !given.words.contains("--")
        case .noLoopTest: !given.setting.isLoopTest
        }
    }

    /// The words in the name of a script; none for another command.
    private static func wordsOfScript(_ given: ShellCommand) -> [String] {
        guard given.words.first.map({ $0.contains("/") || $0.hasSuffix(".sh") }) ?? false else { return [] }
        return HeadingWords(given.name.replacing("_", with: " ").replacing("-", with: " ")).words
    }

    /// True for `eval "$X"`, `bash -c "{}"`.
    private static func isVariable(_ given: ShellCommand, behind options: [String]) -> Bool {
        guard let index = given.words.firstIndex(where: options.contains), index + 1 < given.words.count
        else {
            return false
        }
        let word = given.words[index + 1]
        if word == "{}" { return true }
        guard word.first == "$", word.count > 1, options != ["eval"] || index + 2 == given.words.count else {
            return false
        }
        return word.dropFirst().allSatisfy { $0.isLetter || $0.isNumber || "_{}".contains($0) }
    }

    /// True for `https://host/api/cluster/upgrade?force=1` and *upgrade*.
    private static func isAddress(_ word: String, endingLike names: [String]) -> Bool {
        guard word.contains("/") else { return false }
        let path = word.prefix { $0 != "?" && $0 != "#" }
        guard let last = path.split(separator: "/").last?.lowercased() else { return false }
        return names.contains { last.hasPrefix($0) || last.hasSuffix($0) }
    }

    /// True for an option, also at the end of a cluster: `-sX`.
    private static func isOption(_ word: String, _ option: String) -> Bool {
        if word == option { return true }
        guard option.utf8.count == 2, word.hasPrefix("-"), !word.hasPrefix("--") else { return false }
        return word.utf8.last == option.utf8.last
    }

    /// The word that tells a program what to do, among its first three that are no options; `*` at an end stands for anything.
    private static func subcommand(of given: ShellCommand, among patterns: [String]) -> String? {
        guard takesCommands(given) else { return nil }
        return given.operands(valueOptions: valueOptions(of: given.name)).prefix(3)
            .first { word in patterns.contains { fits(word, $0) } }
    }

    private static func firstOperand(of given: ShellCommand) -> [String] {
        Array(given.operands(valueOptions: valueOptions(of: given.name)).prefix(1))
    }

    /// False for tools whose words are names of files, hosts or texts.
    static func takesCommands(_ given: ShellCommand) -> Bool {
        // A sentence begins with a capital letter; `$KUBECTL` is a program all the same.
        beginsLikeProgram(given.name)
            && !CommandTable.plainTools.contains(given.name)
    }

    private static func beginsLikeProgram(_ name: String) -> Bool {
        guard name.isASCII else { return name.first.map { $0.isLowercase || $0 == "$" } ?? false }
        return name.utf8.first.map { $0.isLetter && $0 > 0x60 || $0 == UInt8(ascii: "$") } ?? false
    }

    private static let windowsShells: Set<String> = [
        "cmd", "cmd.exe", "powershell", "powershell.exe", "pwsh",
    ]

    private static func opensInnerShell(_ given: ShellCommand) -> Bool {
        guard let inner = given.innerWords, let program = inner.first else { return true }
        let name = program.split(separator: "/").last.map(String.init) ?? program
        return (ShellCommand.shells.contains(name) || windowsShells.contains(name))
            && inner.dropFirst().allSatisfy { $0 == "-l" || $0 == "-i" || $0 == "--login" }
            || name == "su"
    }

    private static func fits(_ word: String, _ pattern: String) -> Bool {
        let isStart = pattern.utf8.last == UInt8(ascii: "*")
        let isEnd = pattern.utf8.first == UInt8(ascii: "*")
        guard isStart || isEnd else { return word == pattern }
        guard word.isASCII else {
            return isStart ? word.hasPrefix(pattern.dropLast()) : word.hasSuffix(pattern.dropFirst())
        }
        return isStart
            ? word.utf8.starts(with: pattern.utf8.dropLast())
            : word.utf8.suffix(pattern.utf8.count - 1).elementsEqual(pattern.utf8.dropFirst())
    }

    /// Options that take the next word, where that word could be taken for a subcommand or a host.
    static func valueOptions(of name: String) -> Set<String> { valueOptionsByName[name] ?? [] }

    private static let valueOptionsByName: [String: Set<String>] = {
        let kubernetes: Set<String> = [
            "-n", "--namespace", "--context", "--kubeconfig", "-c", "--container", "-l", "-f", "--cluster",
            "--as", "--token", "--user", "-v", "-s", "--server",
            "-o", "--output", "--image", "--field-selector", "--selector", "--request-timeout",
        ]
        return [
            "kubectl": kubernetes, "oc": kubernetes, "helm": ["-n", "--namespace", "--kube-context"],
            "docker": ["-u", "-w", "-e", "-H", "--host", "--context", "-c"],
            "git": ["-C", "-c"],
            "systemctl": ["-H", "-M"],
            "aws": ["--profile", "--region", "--output"],
            "ssh": [
                "-i", "-p", "-l", "-o", "-F", "-J", "-L", "-R", "-D", "-b", "-c", "-E", "-e", "-I", "-m",
                "-O",
                "-Q", "-S", "-W", "-w",
            ],
            "psql": ["-h", "-p", "-U", "-d", "-v"], "mysql": ["-h", "-P", "-u", "-D"],
            "redis-cli": ["-h", "-p", "-a", "-n", "-u", "--user", "--pass"],
            "etcdctl": ["--endpoints", "--cacert", "--cert", "--key", "--user", "--command-timeout"],
            "terraform": [], "tmux": ["-L", "-S", "-f", "-c", "-t", "-s", "-n"],
        ]
    }()
}

extension CommandRule {
    /// The command as the cell spells it: the name of the rule, with `*` filled in.
    func spelling(in given: ShellCommand) -> String {
        for case .subcommand(let words) in conditions {
            if let word = Self.subcommand(of: given, among: words) { return "\(given.name) \(word)" }
        }
        for case .firstWord in conditions where name == "*" {
            return ([given.name] + Self.firstOperand(of: given)).joined(separator: " ")
        }
        for case .lastWord in conditions {
            return ([given.name] + given.operands().suffix(1)).joined(separator: " ")
        }
        return ([name] + words.map(\.pattern)).map { pattern in
            guard pattern.hasSuffix("*") else { return pattern }
            return pattern == "*" ? given.name : given.words.first { Self.fits($0, pattern) } ?? given.name
        }
        .joined(separator: " ")
    }
}
