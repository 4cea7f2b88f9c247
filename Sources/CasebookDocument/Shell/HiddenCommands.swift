/// Finds commands in the words of programs that no table knows: `retry 3 rm x`, `tmux send-keys "rm x"`.
///
/// Only what destroys counts, and only by a row of its own: this can make a cell ask, and nothing else.
enum HiddenCommands {
    /// The commands in the words of a command that may run them.
    static func found(in command: ShellCommand, _ setting: ShellCommand.Setting) -> [ShellCommand] {
        let isOpen = mayRun(command)
        // What it is known to run is read as a command of its own.
        let end = command.innerWords?.startIndex ?? command.words.endIndex
        guard isOpen || command.words.contains(where: \.isCodeOption) else { return [] }
        var found: [ShellCommand] = []
        var isCode = false
        var isText = false
        for (index, word) in command.words[..<end].enumerated().dropFirst() {
            defer {
                isCode = codeOptions.contains(word)
                isText = textOptions.contains(word)
            }
            guard found.isEmpty else { break }
            if word.holdsWhitespace {
                if isOpen && !isText || isCode || word.isCodeOption {
                    found += self.found(inText: word, setting)
                }
            } else if isOpen, !isText {
                let rest = command.words[index...].prefix(longest)
                if isName(word), let inner = destructive(rest, setting) { found.append(inner) }
            }
        }
        return found
    }

    /// The commands in words that hold blanks, whatever stands around them: `--scripts=rm x`, `{system("rm " $1)}`.
    static func found(
        inTexts words: some Sequence<String>,
        _ setting: ShellCommand.Setting
    ) -> [ShellCommand] {
        words.lazy.filter(\.holdsWhitespace).prefix(8).flatMap {
            found(inText: $0, setting)
        }
    }

    private static func found(inText text: String, _ setting: ShellCommand.Setting) -> [ShellCommand] {
        // `-S"rm x"`
        let text = text.hasPrefix("-") && !text.hasPrefix("--") ? text.dropFirst(2) : text[...]
        for part in text.utf8.split(whereSeparator: signs.contains) {
            let words = Substring(part).split(maxSplits: longest, whereSeparator: \.isWhitespace).map(
                String.init
            )
            guard words.count > 1 || part.last?.isBlank == true else { continue }
            if let command = destructive(words[...], setting) { return [command] }
        }
        return []
    }

    /// What words run when it destroys something.
    private static func destructive(
        _ words: ArraySlice<String>,
        _ setting: ShellCommand.Setting
    ) -> ShellCommand? {
        var setting = setting
        setting.isNested = true
        var rest = words
        // `ssh host rm x` and `sh -c 'rm x'` in the words of another program.
        for _ in 0..<4 {
            let command = ShellCommand(words: Array(ShellWrappers.removed(from: rest, &setting)), setting)
            if CommandTable.destructive.ownRule(for: command) != nil { return command }
            if let code = command.innerCode {
                rest = code.split(maxSplits: longest, whereSeparator: \.isWhitespace).map(String.init)[...]
            } else if let inner = command.innerWords {
                rest = inner
            } else {
                return nil
            }
        }
        return nil
    }

    /// True for a word that may begin a command.
    private static func isName(_ word: String) -> Bool {
        let name =
            word.holds(UInt8(ascii: "/")) ? word.split(separator: "/").last.map(String.init) ?? word : word
        return CommandTable.destructive.knows(name) || ShellWrappers.knows(name)
            || ShellCommand.shells.contains(name) || name == "ssh"
    }

    /// True for a program that may run its words: one that no table knows, or that is known to.
    private static func mayRun(_ command: ShellCommand) -> Bool {
        let name = command.name
        if interpreters.contains(name) {
            let options = ["-e", "-c", "-r", "-E"]
            return name.hasSuffix("awk") || command.words.contains(where: options.contains)
        }
        if carriers.contains(name) {
            return command.operands().prefix(5).contains { verbs.contains($0) }
        }
        if runners.contains(name) { return true }
        return !CommandTable.plainTools.contains(name) && !installers.contains(name)
            && !CommandTable.onlyLooks(command) && !CommandTable.destructive.knows(name)
            && !CommandTable.byHand.knows(name) && !CommandTable.isPlain([name])
            && !command.words.contains("--help")
    }

    private static let longest = 40
    private static let signs = Set(";|&\n\"'`[]{}(),=\\".utf8)

    fileprivate static let codeOptions: Set<String> = [
        "--command", "--commands", "--scripts", "--script", "--parameters", "--args", "--cmd", "--exec", "-a",
        "--shell-command", "--inline", "--remote-command", "-c",
    ]

    /// Options whose value is a text for people.
    private static let textOptions: Set<String> = [
        "-m", "--message", "--title", "--body", "--description", "--text", "--comment", "--reason", "--name",
        "--subject", "--summary", "--label", "--tag", "--notes",
    ]

    private static let interpreters: Set<String> = [
        "python", "python2", "python3", "perl", "ruby", "node", "php", "awk", "gawk",
    ]

    private static let runners: Set<String> = [
        "tmux", "screen", "pdsh", "clush", "pssh", "salt", "sshpass", "env",
        "ansible",
    ]

    /// Programs with rows of their own that run other commands after one of these words.
    private static let carriers: Set<String> = [
        "docker", "docker-compose", "podman", "nerdctl", "crictl", "kubectl", "oc", "lxc", "vagrant",
        "minikube",
        "multipass", "gcloud", "aws", "az", "heroku", "knife", "ip",
    ]

    private static let verbs: Set<String> = [
        "exec", "run", "ssh", "rsh", "debug", "send-command", "run-command", "execute-command",
    ]

    /// Programs whose words are names of packages or of commands to read about.
    private static let installers: Set<String> = [
        "apt", "apt-get", "apt-cache", "aptitude", "yum", "dnf", "apk", "brew", "pip", "pip3", "npm", "pnpm",
        "yarn",
        "pacman", "zypper", "snap", "choco", "cargo", "go", "gem", "conda", "nix-env", "dpkg", "rpm", "port",
        "pkg",
        "man", "which", "type", "whereis", "command", "apropos", "tldr", "hash", "gh", "glab", "git",
        "shellcheck",
        "complete", "kill",
    ]
}

extension String {
    /// True when one of its characters is white space.
    fileprivate var holdsWhitespace: Bool {
        guard isASCII else { return contains(where: \.isWhitespace) }
        return withBytes { $0.contains { $0 == .space || $0 >= 0x09 && $0 <= 0x0D } }
    }

    /// True for an option that holds code behind its sign: `--command=rm x`.
    fileprivate var isCodeOption: Bool {
        guard utf8.first == UInt8(ascii: "-"), hasPrefix("-") else { return false }
        return HiddenCommands.codeOptions.contains(String(prefix { $0 != "=" }))
    }
}
