// MARK: - Places

extension RunbookReader {
    /// Finds the cells that are meant for another machine: those after a command or a sentence that goes there.
    ///
    /// They are for a person, up to an `exit` or to the next heading of that level.
    mutating func readPlaces() {
        var away: (section: Int, reason: String)?
        for index in drafts.indices {
            guard
                case .cell(let language, let transcript, let line, let attributes, let handling) = drafts[
                    index
                ].content,
                let block = drafts[index].block, language.interpreter != .python
            else { continue }
            let section = drafts[index].section
            if let place = away, !outline.isInside(section, of: place.section) { away = nil }
            switch PlaceText.place(in: textBefore(block)) {
            case .here: away = nil
            case .elsewhere(let words): away = (section, "it is meant for elsewhere: \"\(words)\"")
            case nil: break
            }
            if let away, !attributes.isHere {
                switch handling {
                case .run, .confirm:
                    let handling = CellHandling.byHand(because: away.reason)
                    drafts[index].content = .cell(language, transcript, codeLine: line, attributes, handling)
                case .byHand, .shown, .undo: break
                }
            }
            let commands = ShellReader.commands(in: transcript.code)
            if commands.last.map({ ["exit", "logout"].contains($0.name) }) == true { away = nil }
            if let command = commands.last(where: PlaceText.opensShell) {
                away = (section, "it comes after `\(command.name)`, which goes elsewhere")
            }
        }
    }

    /// The paragraph right before a block, among the blocks that stand beside it; empty when there is none.
    private func textBefore(_ block: Int) -> String {
        guard let before = sibling(before: block), tree.blocks[before].kind == .paragraph else { return "" }
        return paragraphText(before)
    }

    /// The block of the author's that stands right before another one beside it.
    func sibling(before block: Int) -> Int? {
        let parent = tree.blocks[block].parent
        var before = block - 1
        while before > parent ?? -1 {
            while let up = tree.blocks[before].parent, up != parent { before = up }
            guard isOwned(before) else { return before }
            before -= 1
        }
        return nil
    }
}

/// Recognises where a sentence or a command goes.
enum PlaceText {
    enum Place: Equatable {
        case here
        case elsewhere(String)
    }

    /// The place that a paragraph names in its first words; nil when it names none.
    static func place(in text: String) -> Place? {
        let words = HeadingWords(text.prefix(120)).words
        guard let first = words.first else { return nil }
        let start = words.prefix(7)
        if ["on", "from", "back"].contains(first), start.contains(where: hereWords.contains) { return .here }
        let second = words.dropFirst().first ?? ""
        let isPlaced =
            ["on", "in", "inside", "within", "from"].contains(first)
            && (articles.contains(second) || nouns.contains(second))
        let isEntered = entries.contains { words.starts(with: $0) }
        if let goal = goal(of: words) { return .elsewhere(goal.joined(separator: " ")) }
        guard isPlaced || isEntered, start.contains(where: nouns.contains) || isEntered && first == "ssh",
            !start.contains(where: hereWords.contains)
        else { return nil }
        return .elsewhere(start.joined(separator: " "))
    }

    /// What follows *on* in *Run this on the primary node* or *The commands must be run on each worker*.
    private static func goal(of words: [String]) -> ArraySlice<String>? {
        let isOrder = ["run", "execute", "perform"].contains(words.first)
        let isAboutCommands =
            ["the", "these", "all"].contains(words.first)
            && words.prefix(6).contains { $0.hasPrefix("command") }
            && words.contains { $0 == "run" || $0 == "executed" }
        guard isOrder || isAboutCommands else { return nil }
        for index in words.indices where ["on", "from", "inside", "within"].contains(words[index]) {
            let rest = words[index...].prefix(5)
            guard let article = rest.dropFirst().first, articles.contains(article),
                rest.contains(where: nouns.contains), !rest.contains(where: hereWords.contains)
            else { continue }
            return rest
        }
        return nil
    }

    /// True for a command that leaves a person at a prompt somewhere else.
    static func opensShell(_ command: ShellCommand) -> Bool {
        if CommandTable.changesPlace.reason(for: [command]) != nil { return true }
        guard runners.contains(command.name), command.has(option: "-t") || command.has(option: "--tty"),
            !command.hasInput, let last = command.words.last
        else { return false }
        return shells.contains(last.split(separator: "/").last.map(String.init) ?? last)
    }

    private static let runners: Set<String> = ["docker", "podman", "kubectl", "oc", "nerdctl"]
    private static let shells: Set<String> = ["bash", "sh", "zsh", "ash", "fish", "ksh"]
    private static let articles: Set<String> = [
        "the", "a", "an", "each", "every", "all", "any", "one", "both", "another",
    ]
    private static let hereWords: Set<String> = [
        "local", "your", "laptop", "workstation", "localhost", "this",
    ]

    private static let nouns: Set<String> = [
        "node", "nodes", "host", "hosts", "server", "servers", "primary", "replica", "replicas", "standby",
        "bastion",
        "jumphost", "jumpbox", "instance", "instances", "vm", "vms", "pod", "pods", "container", "containers",
        "toolbox", "worker", "workers", "controller", "controllers", "guest",
    ]

    private static let entries: [[String]] = [
        ["ssh", "into"], ["ssh", "to"], ["ssh", "onto"], ["log", "in", "to"], ["log", "into"],
        ["login", "to"],
        ["connect", "to"], ["exec", "into"], ["shell", "into"],
    ]
}
