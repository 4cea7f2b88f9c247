/// Recognises where a sentence or a command goes.
enum PlaceText {
    enum Place: Equatable {
        case here
        /// - `isWhole`: it is said of the whole document.
        /// - `isEntered`: the sentence itself goes there: *Log in to the server*.
        case elsewhere(String, isWhole: Bool, isEntered: Bool)
        /// The sentence says to run a command that leaves a person elsewhere.
        case shell(String, isConsole: Bool)

        var isEntered: Bool {
            switch self {
            case .here: false
            case .elsewhere(_, _, let isEntered): isEntered
            case .shell: true
            }
        }
    }

    /// Where a sentence before code goes, in words or with a command in backticks.
    static func goal(of text: String) -> Place? { place(in: text) ?? shellOpened(in: text) }

    /// Where a step leaves a person; what it only does at a place is over with it.
    static func goal(ofStep text: String) -> Place? {
        guard let place = goal(of: text) else { return nil }
        return place == .here || place.isEntered ? place : nil
    }

    /// Where the cells under a heading are meant for: *On the primary*, *SSH to web1*.
    static func place(ofHeading title: String) -> Place? {
        let title = SectionRole.withoutNumber(title).title
        let words = withoutLeading(HeadingWords(title.start(120)).words)
        guard words.count <= 6, let place = place(in: title) else { return nil }
        return place.isEntered && words.first != "ssh" ? nil : place
    }

    /// True for a step that leaves the shell that was opened: *Exit the pod*, *Log out of the server*, ``Type `exit` ``.
    static func leaves(_ text: String) -> Bool {
        let words = withoutLeading(HeadingWords(text.start(60)).words)
        if words.first == "exit" || words.starts(with: ["log", "out"]) || words.first == "logout" {
            return words.count == 1
                || words.dropFirst().prefix(6).contains { leavable.contains($0) || nouns.contains($0) }
        }
        return orders.contains(words.first ?? "") && ["exit", "logout"].contains(words.dropFirst().first)
            && words.count <= 6
    }

    private static let leavable: Set<String> = ["shell", "session", "ssh", "machine", "console", "out"]

    /// The words without *then*, *now*, *please* before them.
    private static func withoutLeading(_ words: [String]) -> [String] {
        var rest = words[...]
        while rest.count > 1, let first = rest.first, leading.contains(first) { rest = rest.dropFirst() }
        if rest.first == "from", let second = rest.dropFirst().first, ["inside", "within"].contains(second) {
            rest = rest.dropFirst()
        }
        return Array(rest)
    }

    private static let leading: Set<String> = [
        "then", "next", "now", "please", "first", "finally", "and", "also", "again", "afterwards",
    ]

    /// The place that a paragraph names in its first words; nil when it names none.
    static func place(in text: String) -> Place? {
        let words = withoutLeading(HeadingWords(text.start(120)).words)
        guard let first = words.first else { return nil }
        let start = words.prefix(7)
        let isBack = first == "back" && ["on", "in", "at", "to"].contains(words.dropFirst().first)
        if first == "on" || first == "from" || isBack, namesHere(start.dropFirst()) {
            return entered(in: words) ?? .here
        }
        if text.ends(with: ":"), let role = trailingRole(of: text) {
            return .elsewhere(role, isWhole: false, isEntered: false)
        }
        if let goal = goal(of: words) {
            return .elsewhere(
                goal.joined(separator: " "),
                isWhole: words.prefix(12).contains(where: wholes.contains),
                isEntered: false
            )
        }
        if let place = entered(in: words[...]) { return place }
        let second = words.dropFirst().first ?? ""
        guard ["on", "in", "inside", "within", "from"].contains(first),
            articles.contains(second) || second == "your" || nouns.contains(second), namesPlace(start),
            !namesHere(start.dropFirst()), !(second == "your" && words.dropFirst(2).first == "host")
        else { return nil }
        return .elsewhere(start.joined(separator: " "), isWhole: false, isEntered: false)
    }

    /// Where words go that begin with *ssh to* or *log in to*, and after *from your laptop* too.
    private static func entered(in words: [String]) -> Place? {
        for index in words.indices.prefix(9) {
            if let place = entered(in: words[index...]) { return place }
        }
        return nil
    }

    private static func entered(in words: ArraySlice<String>) -> Place? {
        guard let first = words.first, entryWords.contains(first),
            let entry = entries.first(where: { words.starts(with: $0) })
        else { return nil }
        let start = words.prefix(7)
        let goal = start.dropFirst(entry.count).prefix { $0 != "from" }
        guard words.first == "ssh" || namesPlace(goal), !goal.isEmpty, !namesHere(goal) else { return nil }
        return .elsewhere(start.joined(separator: " "), isWhole: false, isEntered: true)
    }

    /// True for a place of the person's own: *your laptop*, *the local machine*; *this host* may be any.
    private static func namesHere(_ words: ArraySlice<String>) -> Bool {
        for index in words.indices {
            let next = words.dropFirst(index + 1 - words.startIndex).first ?? ""
            switch words[index] {
            case "laptop", "laptops", "workstation", "localhost": return true
            case "local": return next == "host" || !nouns.contains(next)
            case "your", "my": if ownNouns.contains(next) { return true }
            default: if nouns.contains(words[index]) { return false }
            }
        }
        return false
    }

    private static let ownNouns: Set<String> = [
        "machine", "computer", "terminal", "desktop", "pc", "mac", "macbook", "dev", "development",
    ]

    /// The place of a whole section: *Run this section on the source server*, *Run the following steps on each node*.
    static func placeOfSection(in text: String) -> String? {
        guard ["run", "execute", "perform"].contains(HeadingWords.first(of: text.start(120))) else {
            return nil
        }
        let words = HeadingWords(text.start(120)).words
        guard
            words.prefix(6).contains(where: ["section", "steps", "procedure", "chapter"].contains),
            let goal = goal(of: words)
        else { return nil }
        return goal.joined(separator: " ")
    }

    /// Machines that a text says need something: *on all storage nodes* in *It is required on all storage nodes*.
    static func machines(in text: String) -> String? {
        guard text.holds("nodes") || text.holds("hosts") || text.holds("machines") || text.holds("servers")
        else { return nil }
        let words = HeadingWords(text.start(1_200)).words
        for (index, word) in words.enumerated() where word == "on" && index > 0 {
            let rest = words[index...].prefix(5)
            guard needs.contains(words[index - 1]), let article = rest.dropFirst().first,
                articles.contains(article), rest.contains(where: manyMachines.contains)
            else { continue }
            return rest.joined(separator: " ")
        }
        return nil
    }

    private static let needs: Set<String> = [
        "required", "available", "needed", "installed", "run", "executed", "performed", "loaded", "enabled",
        "present",
    ]
    private static let manyMachines: Set<String> = [
        "nodes", "hosts", "machines", "servers", "workers", "vms",
    ]

    /// Commands that work on the machine that they are typed on.
    static let machineTools: Set<String> = [
        "apt", "apt-get", "yum", "dnf", "zypper", "apk", "pacman", "rpm", "dpkg", "systemctl", "modprobe",
        "sysctl",
        "mount", "swapoff", "useradd", "groupadd", "hostnamectl", "timedatectl", "ufw", "firewall-cmd",
        "iptables",
        "setenforce", "sed", "swapon", "service",
    ]

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

    /// The command in backticks that leaves a person elsewhere: *Log in as the other user (`su - x`)*, ``Run `ssh web1` ``.
    private static func shellOpened(in text: String) -> Place? {
        guard text.mayHoldCode else { return nil }
        let start = text.start(120)
        let words = withoutLeading(HeadingWords(start).words)
        let parts = text.parts(at: .backtick)
        let isFirst = parts.count > 2 && HeadingWords(parts[0]).words.allSatisfy(leading.contains)
        if isFirst {
            // `ssh web1` opens a shell: that says nothing of what a person does.
            guard let after = parts.dropFirst(2).first.map({ HeadingWords($0.prefix(40)).words.first }),
                after.map(["then", "and", "to", "in", "into", "on", "from"].contains) ?? true
            else { return nil }
        } else if !goings.contains(where: { words.starts(with: $0) }), !orders.contains(words.first ?? "") {
            return nil
        }
        var opened: Place?
        for index in parts.indices.prefix(40)
        where index % 2 == 1 && index + 1 < parts.count && !parts[index].isEmpty {
            if ["exit", "logout"].contains(parts[index]) { opened = nil }
            guard parts[index].contains(" ") else { continue }
            if let command = ShellReader.commands(in: Array(parts[index].utf8)).last(where: opensShell) {
                opened = opened ?? .shell(command.name, isConsole: opensConsole(command))
            }
        }
        return opened
    }

    /// First words of a sentence that orders a command.
    private static let orders: Set<String> = ["run", "execute", "use", "type", "enter", "issue", "do"]

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
            guard let article = rest.dropFirst().first, articles.contains(article) || article == "your",
                namesPlace(rest), !namesHere(rest.dropFirst())
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
    private static let nouns: Set<String> = [
        "node", "nodes", "host", "hosts", "server", "servers", "primary", "replica", "replicas", "standby",
        "bastion",
        "jumphost", "jumpbox", "instance", "instances", "vm", "vms", "pod", "pods", "container", "containers",
        "toolbox", "worker", "workers", "controller", "controllers", "guest",
    ]

    private static let entryWords = Set(entries.compactMap(\.first))

    private static let entries: [[String]] = [
        ["ssh", "into"], ["ssh", "to"], ["ssh", "onto"], ["log", "in", "to"], ["log", "into"],
        ["login", "to"],
        ["connect", "to"], ["exec", "into"], ["shell", "into"], ["ssh", "in", "to"], ["log", "on", "to"],
        ["log", "onto"], ["sign", "in", "to"], ["jump", "to"], ["jump", "onto"], ["attach", "to"],
        ["get", "a", "shell"], ["open", "a", "shell"], ["start", "a", "shell"], ["open", "an", "ssh"],
    ]
}
