// MARK: - Places

extension RunbookReader {
    /// Where the cells after a command or a sentence are meant for.
    private struct Away {
        /// The section with which it ends; nil when only an `exit` or another place ends it.
        let section: Int?
        let reason: String
        /// It is the console of a language, to which code of other languages is given too.
        var isConsole = false
        /// How many shells deep it is; each `exit` leaves one.
        var depth = 1
    }

    /// Finds the cells that are meant for another machine: those after a command or a sentence that goes there.
    ///
    /// They are for a person, up to an `exit` or to the next heading of that level. What a section such as *Connect* or
    /// *Prerequisites* goes to is where the rest of the document happens.
    mutating func readPlaces() {
        var away: Away?
        for index in drafts.indices {
            let section = drafts[index].section
            if let scope = away?.section, !outline.isInside(section, of: scope) { away = nil }
            switch drafts[index].content {
            case .cell: readPlace(ofCell: index, &away)
            case .step(let text), .task(_, let text):
                guard let name = PlaceText.shellOpened(in: text) else { continue }
                away = Away(section: section, reason: "it comes after `\(name)`, which goes elsewhere")
            case .checkpoint, .choice: break
            }
        }
    }

    private mutating func readPlace(ofCell index: Int, _ away: inout Away?) {
        guard
            case .cell(let language, let transcript, let line, let attributes, let handling) = drafts[index]
                .content,
            let block = drafts[index].block, language.interpreter?.isShell == true || away?.isConsole == true
        else { return }
        let section = drafts[index].section
        switch PlaceText.place(in: textBefore(block)) {
        case .here: away = nil
        case .elsewhere(let words, let isWhole):
            away = Away(section: isWhole ? nil : section, reason: "it is meant for elsewhere: \"\(words)\"")
        case nil: break
        }
        if let away, !attributes.isHere {
            drafts[index].filling = nil
            switch handling {
            case .run, .confirm:
                let handling = CellHandling.byHand(because: away.reason)
                drafts[index].content = .cell(language, transcript, codeLine: line, attributes, handling)
            case .byHand, .shown, .undo, .check: break
            }
        }
        guard language.interpreter?.isShell == true else { return }
        let commands = drafts[index].script?.commands ?? ShellReader.commands(in: transcript.code)
        if transcript.endsWithExit {
            if let depth = away?.depth, depth > 1 { away?.depth = depth - 1 } else { away = nil }
        } else if let command = commands.last(where: PlaceText.opensShell) {
            let depth = away.map(\.depth) ?? 0
            away = Away(
                section: isEntrance(section) ? nil : section,
                reason: "it comes after `\(command.name)`, which goes elsewhere",
                isConsole: PlaceText.opensConsole(command),
                depth: depth + 1
            )
        }
    }

    /// True for a section whose heading says that it only goes to where the work is.
    private func isEntrance(_ section: Int) -> Bool {
        let title = SectionRole.withoutNumber(outline.sections[section].title).title
        return PlaceText.entrances.contains { HeadingWords(title).words.starts(with: $0) }
    }

    /// The paragraph right before a block, among the blocks that stand beside it; empty when there is none.
    ///
    /// A note in between is passed over.
    func textBefore(_ block: Int) -> String {
        guard var before = sibling(before: block) else { return "" }
        if tree.blocks[before].kind == .quote, let further = sibling(before: before) { before = further }
        return tree.blocks[before].kind == .paragraph ? paragraphText(before) : ""
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
        /// - `isWhole`: it is said of the whole document.
        case elsewhere(String, isWhole: Bool)
    }

    /// The place that a paragraph names in its first words; nil when it names none.
    static func place(in text: String) -> Place? {
        let words = HeadingWords(text.start(120)).words
        guard let first = words.first else { return nil }
        let start = words.prefix(7)
        if ["on", "from", "back"].contains(first), start.contains(where: hereWords.contains) { return .here }
        if text.ends(with: ":"), let role = trailingRole(of: text) { return .elsewhere(role, isWhole: false) }
        let second = words.dropFirst().first ?? ""
        let isPlaced =
            ["on", "in", "inside", "within", "from"].contains(first)
            && (articles.contains(second) || nouns.contains(second))
        let isEntered = entries.contains { words.starts(with: $0) }
        if let goal = goal(of: words) {
            return .elsewhere(
                goal.joined(separator: " "),
                isWhole: words.prefix(12).contains(where: wholes.contains)
            )
        }
        guard isPlaced || isEntered, start.contains(where: nouns.contains) || isEntered && first == "ssh",
            !start.contains(where: hereWords.contains)
        else { return nil }
        return .elsewhere(start.joined(separator: " "), isWhole: false)
    }

    /// The name of the command in backticks that leaves a person elsewhere: *Log in as the other user (`su - x`)*.
    static func shellOpened(in text: String) -> String? {
        let words = HeadingWords(text.start(60)).words
        guard goings.contains(where: { words.starts(with: $0) }) else { return nil }
        let parts = text.split(separator: "`", omittingEmptySubsequences: false)
        for index in parts.indices where index % 2 == 1 && index + 1 < parts.count && !parts[index].isEmpty {
            guard parts[index].contains(" ") else { continue }
            if let command = ShellReader.commands(in: Array(parts[index].utf8)).last(where: opensShell) {
                return command.name
            }
        }
        return nil
    }

    /// *on primary* at the end of *See what it says on primary:*; a role, and no node or pod that a command names.
    private static func trailingRole(of text: String) -> String? {
        let words = HeadingWords(text.ending(40)).words.suffix(3)
        guard let last = words.last, roles.contains(last), let on = words.lastIndex(of: "on") else {
            return nil
        }
        return words[on...].joined(separator: " ")
    }

    private static let roles: Set<String> = [
        "primary", "primaries", "replica", "replicas", "standby", "standbys", "secondary", "secondaries",
        "master",
        "masters", "leader", "follower", "followers", "bastion", "jumphost", "jumpbox",
    ]

    /// What follows *on* in *Run this on the primary node* or *The commands must be run on each worker*.
    private static func goal(of words: [String]) -> ArraySlice<String>? {
        let isOrder = ["run", "execute", "perform"].contains(words.first)
        let isAboutCommands =
            ["the", "these", "all"].contains(words.first)
            && words.prefix(6).contains { $0.hasPrefix("command") }
            && words.contains { $0 == "run" || $0 == "executed" }
        guard isOrder || isAboutCommands else { return nil }
        for index in words.indices where ["on", "in", "from", "inside", "within"].contains(words[index]) {
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
        CommandTable.changesPlace.rule(for: command) != nil
    }

    /// True for a command that leaves a person at the prompt of a language or a program.
    static func opensConsole(_ command: ShellCommand) -> Bool {
        CommandTable.changesPlace.rule(for: command)?.leadsTo == .console
    }

    /// Headings of sections that only go to where the work is.
    static let entrances: [[String]] = [
        ["prerequisite"], ["prerequisites"], ["before", "you", "begin"], ["before", "you", "start"],
        ["getting", "started"], ["connect"], ["connecting"], ["connection"], ["access"], ["accessing"],
        ["log", "in"],
        ["login"], ["logging", "in"], ["sign", "in"], ["ssh"],
    ]

    /// First words of a step that goes somewhere.
    private static let goings: [[String]] = [
        ["log", "in"], ["log", "into"], ["log", "on"], ["login"], ["connect"], ["ssh"], ["exec"], ["open"],
        ["switch"],
        ["become"], ["enter"], ["start", "a", "session"], ["start", "a", "shell"], ["sign", "in"],
        ["get", "a", "shell"],
        ["jump"], ["attach"], ["now", "ssh"], ["first", "ssh"],
    ]

    /// Words for a document as a whole, as in *the commands in this guide*.
    private static let wholes: Set<String> = [
        "lab", "guide", "document", "page", "tutorial", "runbook", "article", "playbook", "following",
    ]

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
