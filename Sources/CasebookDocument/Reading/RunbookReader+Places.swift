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
        let sections = placesOfSections()
        var entered: Set<Int> = []
        for index in drafts.indices {
            let section = drafts[index].section
            if let scope = away?.section, !outline.isInside(section, of: scope) { away = nil }
            if let words = sections[section], entered.insert(section).inserted {
                away = Away(section: section, reason: "it is meant for elsewhere: \"\(words)\"")
            }
            switch drafts[index].content {
            case .cell: readPlace(ofCell: index, &away)
            case .step(let text), .task(_, let text):
                guard let name = PlaceText.shellOpened(in: text) else { continue }
                away = Away(section: section, reason: "it comes after `\(name)`, which goes elsewhere")
            case .checkpoint, .choice: break
            }
        }
    }

    /// Where a section happens, as a note in it says: *Run this section on the source server.*
    private func placesOfSections() -> [Int: String] {
        var places: [Int: String] = [:]
        for (index, section) in outline.sections.enumerated() {
            // What is said of a section is said of those in it.
            if let parent = section.parent, parent > 0 { places[index] = places[parent] }
            for block in topBlocks(of: section) where places[index] == nil && !isOwned(block) {
                let text: String
                switch tree.blocks[block].kind {
                case .paragraph: text = paragraphText(block)
                case .quote:
                    let inner = tree.children(of: block).first { tree.blocks[$0].kind == .paragraph }
                    text = inner.map { Self.withoutAlert(paragraphText($0)) } ?? ""
                case .code(isFenced: true) where isDirective(block):
                    text = String(decoding: tree.blocks[block].content.prefix(400), as: UTF8.self)
                default: continue
                }
                if let words = PlaceText.placeOfSection(in: text) { places[index] = words }
            }
        }
        return places
    }

    /// A text without the `[!NOTE]` before it.
    static func withoutAlert(_ text: String) -> String {
        guard text.hasPrefix("[!"), let close = text.firstIndex(of: "]") else { return text }
        return AttributeValue.trimmed(text[text.index(after: close)...])
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
        } else if transcript.endsWithExit, transcript.lines.count == 1, !attributes.isHere,
            handling == .run || drafts[index].asksFirst
        {
            let handling = CellHandling.byHand(because: "it leaves a shell that a person opened")
            drafts[index].content = .cell(language, transcript, codeLine: line, attributes, handling)
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
        guard isPlaced || isEntered, namesPlace(start) || isEntered && first == "ssh",
            !start.contains(where: hereWords.contains)
        else { return nil }
        return .elsewhere(start.joined(separator: " "), isWhole: false)
    }

    /// The place of a whole section: *Run this section on the source server*, *Run the following steps on each node*.
    static func placeOfSection(in text: String) -> String? {
        let words = HeadingWords(text.start(120)).words
        guard ["run", "execute", "perform"].contains(words.first),
            words.prefix(6).contains(where: ["section", "steps", "procedure", "chapter"].contains),
            let goal = goal(of: words)
        else { return nil }
        return goal.joined(separator: " ")
    }

    /// True for a word that is a place, and for a cluster that is told from the one here.
    private static func namesPlace(_ words: some Collection<String>) -> Bool {
        if words.contains(where: nouns.contains) { return true }
        return zip(words, words.dropFirst()).contains {
            others.contains($0) && ["cluster", "clusters"].contains($1)
        }
    }

    private static let others: Set<String> = [
        "destination", "source", "remote", "other", "old", "secondary", "standby", "downstream", "upstream",
    ]

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
                namesPlace(rest), !rest.contains(where: hereWords.contains)
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
