/// Finds code whose comments say that only one part of it is meant: running all of it would do everything.
///
/// Extend by a row and its test.
struct CommentedWays {
    /// What the parts differ in, in words: "environments".
    private(set) var difference: String?

    private var systems: [AlternativeTitles.Kind: Set<String>] = [:]
    private var names: [String: Set<String>] = [:]
    private var isCertain: Set<String> = []
    private var numbered = 0

    init(in code: [UInt8]) {
        guard code.contains(UInt8(ascii: "#")) else { return }
        for line in code.split(separator: .lineFeed) {
            guard let comment = Self.comment(in: line) else { continue }
            read(comment)
        }
        if Self.introducesOneCommandTwice(code) {
            difference = "ways"
        } else if systems.values.contains(where: { $0.count > 1 }) {
            difference = "systems"
        } else if numbered > 1 {
            difference = "options"
        } else {
            difference =
                Self.rows.first { names[$0.difference]?.count ?? 0 > 1 && isCertain.contains($0.difference) }?
                .difference
        }
    }

    /// True when comments such as *This creates a cluster without DNS* stand before commands of one name.
    ///
    /// What they say they do is the same thing in another way: `tool create cluster --name=a` and `--name=b`.
    private static func introducesOneCommandTwice(_ code: [UInt8]) -> Bool {
        var introduced: Set<String> = []
        var introduction: String?
        var goesOn = false
        for line in code.split(separator: .lineFeed) {
            let text = line.drop(while: \.isBlank)
            if goesOn {
                goesOn = text.last == UInt8(ascii: "\\")
                continue
            }
            if text.first == UInt8(ascii: "#") {
                let start = String(decoding: text.drop { $0 == UInt8(ascii: "#") }.prefix(60), as: UTF8.self)
                introduction = whatIsDone(by: HeadingWords(start).words)
                continue
            }
            goesOn = text.last == UInt8(ascii: "\\")
            guard let said = introduction else { continue }
            introduction = nil
            let words = text.prefix(200).split(whereSeparator: \.isBlank).prefix(3).map {
                String(decoding: $0, as: UTF8.self)
            }
            guard words.count > 1, words[1].utf8.first?.isLetter == true else { continue }
            let command = words.prefix { !$0.hasPrefix("-") }.joined(separator: " ")
            if !introduced.insert(said + ": " + command).inserted { return true }
        }
        return false
    }

    /// `creates cluster` for *This also creates a cluster ...*; the same for all that says with or without what.
    private static func whatIsDone(by comment: [String]) -> String? {
        switch comment.first {
        case "with", "without": return "with"
        case "this":
            let rest = comment.dropFirst().filter {
                !["also", "a", "an", "the", "will", "would"].contains($0)
            }
            return rest.count > 1 ? rest.prefix(2).joined(separator: " ") : nil
        default: return nil
        }
    }

    /// The text of a short comment, alone on its line or behind a command.
    private static func comment(in line: ArraySlice<UInt8>) -> String? {
        let text = line.drop(while: \.isBlank)
        let mark = UInt8(ascii: "#")
        if text.first == mark {
            guard text.count < 60 else { return nil }
            return String(decoding: text.drop { $0 == mark || $0.isBlank }, as: UTF8.self)
        }
        let end = line.suffix(40)
        guard let index = end.lastIndex(of: mark), index > line.startIndex, line[index - 1].isBlank else {
            return nil
        }
        return String(decoding: end[index...].drop { $0 == mark || $0.isBlank }, as: UTF8.self)
    }

    private mutating func read(_ comment: String) {
        if let kind = AlternativeTitles.kind(of: comment), AlternativeTitles.isNamed(kind), kind != .engine {
            systems[kind, default: []].insert(Naming.slug(comment))
        }
        if AlternativeTitles.isNumbered(comment) { numbered += 1 }
        var words = HeadingWords(comment).words[...]
        while let first = words.first, Self.leading.contains(first) { words.removeFirst() }
        while let last = words.last, Self.filling.contains(last) { words.removeLast() }
        guard words.count == 1, let word = words.first else { return }
        for row in Self.rows {
            guard let index = row.names.firstIndex(where: { $0.contains(word) }) else { continue }
            names[row.difference, default: []].insert(row.names[index][0])
            if index < row.certain { isCertain.insert(row.difference) }
        }
    }

    private struct Row {
        let difference: String
        /// The spellings of each name.
        let names: [[String]]
        /// How many of the first names mean nothing else: `# test` may say what the commands do.
        let certain: Int

        init(_ difference: String, _ list: String, certain: Int? = nil) {
            self.difference = difference
            names = list.split(separator: ",").map {
                $0.split(whereSeparator: \.isWhitespace).map(String.init)
            }
            self.certain = certain ?? names.count
        }
    }

    private static let rows = [
        Row(
            "environments",
            """
            production prod prd, staging stage stg, preproduction preprod, uat, qa, development dev, test testing,
            sandbox, demo, live, local, integration, acceptance
            """,
            certain: 5
        ),
        Row("init systems", "systemd, openrc, sysvinit sysv, upstart, runit, launchd"),
        Row("container engines", "docker, podman, nerdctl"),
        Row("shells", "bash, zsh, fish, powershell"),
    ]

    private static let leading: Set<String> = [
        "for", "on", "in", "using", "with", "via", "the", "if", "when", "under", "against", "your", "you",
        "use",
    ]

    private static let filling: Set<String> = [
        "environment", "env", "cluster", "system", "systems", "server", "servers", "host", "hosts", "only",
        "users",
        "account", "stack", "namespace", "region",
    ]
}
