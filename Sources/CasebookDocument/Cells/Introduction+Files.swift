// MARK: - Files

extension Introduction {
    /// The file whose content the block is: *Create a script `app.py`:*, *Add the following to your `~/.bashrc`:*.
    ///
    /// Code that is an ordinary command and names the file makes it: `cat > app.py <<EOF`.
    func file(with code: [UInt8], isShell: Bool) -> String? {
        writtenFile(in: sentence, code, isShell)
            ?? (text.utf8.count < 300 && text != sentence ? writtenFile(in: text, code, isShell) : nil)
    }

    private func writtenFile(in sentence: String, _ code: [UInt8], _ isShell: Bool) -> String? {
        guard let (name, before) = Self.namedFile(in: sentence) else { return nil }
        let words = HeadingWords(before).words
        let all = HeadingWords(sentence).words
        if all.contains(where: Self.commandWords.contains) { return nil }
        guard isWritten(words, all, isHome: Self.isHomeFile(name)), !isOnlyNamed(name, after: before) else {
            return nil
        }
        let base = name.split(separator: "/").last.map(String.init) ?? name
        if isShell {
            if Self.names(base, in: code) { return nil }
            let start = code.split(separator: .lineFeed).first { $0.contains { !$0.isBlank } } ?? []
            if Self.isData(base), RecordedLine.isKnownCommand(start) { return nil }
        }
        return name
    }

    /// The first file name in the sentence, in code or the name of a shell's own file, with what stands before it.
    private static func namedFile(in sentence: String) -> (name: String, before: String)? {
        guard
            sentence.holds(.backtick)
                || ["rc", "profile", "zshenv"].contains(where: { sentence.holds($0) })
        else { return nil }
        let parts = sentence.parts(at: .backtick)
        var before = ""
        for (index, part) in parts.enumerated() {
            if index % 2 == 1, index + 1 < parts.count, isFileName(part) { return (String(part), before) }
            if index % 2 == 0, mayNameHomeFile(part),
                let home = part.split(whereSeparator: { " ,:/".contains($0) }).first(where: {
                    homeFiles.contains($0.drop { "~/.*_".contains($0) }.lowercased())
                })
            {
                return (
                    String(home),
                    before + (part.firstRange(of: home).map { String(part[..<$0.lowerBound]) } ?? "")
                )
            }
            before += part
        }
        return nil
    }

    /// False for most texts: each of the names has one of these in it.
    private static func mayNameHomeFile(_ text: Substring) -> Bool {
        text.withBytes { bytes in
            bytes.indices.dropFirst().contains { index in
                switch (bytes[index - 1] | 0x20, bytes[index] | 0x20) {
                case (UInt8(ascii: "r"), UInt8(ascii: "c")), (UInt8(ascii: "f"), UInt8(ascii: "i")),
                    (UInt8(ascii: "n"), UInt8(ascii: "v")):
                    true
                default: false
                }
            }
        }
    }

    private func isWritten(_ words: [String], _ all: [String], isHome: Bool) -> Bool {
        guard let verb = words.lastIndex(where: { Self.makes.contains($0) || Self.adds.contains($0) }) else {
            return isHome && all.contains("ensure") && all.contains("following")
        }
        let between = words[(verb + 1)...]
        if changesFile(words) { return true }
        let points = all.indices.contains { index in
            switch all[index] {
            case "following", "below", "content", "contents": true
            // *Update this host to ...* points at a host.
            case "this", "these": index + 1 == all.count || Self.pointed.contains(all[index + 1])
            default: false
            }
        }
        if Self.makes.contains(words[verb]) {
            // *Create the cluster from `cluster.yaml`* makes no file.
            let goal = between.last ?? ""
            let isSaved = ["save", "saving"].contains(words[verb])
            if isSaved {
                return (points || between.contains("script"))
                    && ["as", "to", "in", "into"].contains(where: between.contains)
            }
            guard between.count <= 6, verb == 0 || isHeading || endsText || points else { return false }
            return !between.contains(where: Self.sources.contains)
                || Self.fileNouns.contains(goal)
                    && !between.contains("from")
        }
        return (points || isHome) && between.contains { ["to", "in", "into", "inside"].contains($0) }
    }

    /// True for *Add (or update) `Procfile`* and nothing else.
    var changesFile: Bool {
        guard sentence.holds(.backtick), let (_, before) = Self.namedFile(in: sentence) else { return false }
        return changesFile(HeadingWords(before).words)
    }

    /// True for nothing but verbs before the name of the file: *Add (or update) `Procfile`*.
    private func changesFile(_ words: [String]) -> Bool {
        words.count > 1 && words.contains("or")
            && words.allSatisfy {
                Self.makes.contains($0) || Self.adds.contains($0)
                    || ["or", "edit", "modify", "change", "replace", "the", "a", "file"].contains($0)
            }
    }

    /// True for *(see `users.json`)*, *make sure `x.conf` is readable*, *make `x.sh` executable*.
    private func isOnlyNamed(_ name: String, after before: String) -> Bool {
        let words = HeadingWords(before.ending(60)).words
        if words.last == "see" || words.suffix(2) == ["make", "sure"]
            || words.suffix(3) == ["make", "sure", "that"]
        {
            return true
        }
        guard words.last == "make", let place = sentence.firstRange(of: "`\(name)`") else { return false }
        let after = HeadingWords(sentence[place.upperBound...].start(40)).words.first ?? ""
        return after.hasSuffix("able")
            || ["available", "public", "owned", "belong", "be", "the"].contains(after)
    }

    private static let pointed: Set<String> = [
        "to", "in", "into", "inside", "as", "at", "line", "lines", "snippet", "block", "config",
        "configuration", "code",
        "text", "content", "contents", "entry", "entries", "section", "function", "script", "file", "yaml",
        "manifest",
        "definition", "alias", "aliases", "variable", "variables", "setting", "settings",
    ]

    private var endsText: Bool { sentence.hasSuffix(":") }

    private static let makes: Set<String> = ["create", "creating", "write", "make", "save", "saving"]
    private static let adds: Set<String> = [
        "add", "adding", "append", "put", "paste", "insert", "place", "update", "include",
    ]
    private static let sources: Set<String> = [
        "from", "in", "using", "with", "by", "via", "of", "for", "that", "described", "defined", "to", "and",
    ]
    private static let fileNouns: Set<String> = ["file", "script", "called", "named", "manifest"]
    private static let commandWords: Set<String> = [
        "run", "running", "execute", "executing", "command", "commands",
    ]
    private static let homeFiles: Set<String> = [
        "bashrc", "zshrc", "bash_profile", "zprofile", "zshenv", "profile",
    ]

    private static func isHomeFile(_ name: String) -> Bool {
        homeFiles.contains((name.split(separator: "/").last ?? "").drop { $0 == "." }.lowercased())
    }

    /// `app.py`, `~/.bashrc`, `/etc/hosts`, `Dockerfile`; not `kubectl get pods` and not `example.org`.
    private static func isFileName(_ text: Substring) -> Bool {
        guard text.utf8.count > 2, text.utf8.count < 120,
            text.utf8.allSatisfy({ $0.isLetter || $0.isDigit || "._-/~${}".utf8.contains($0) })
        else { return false }
        let base = text.split(separator: "/").last ?? text
        if ["Dockerfile", "Makefile", "Jenkinsfile", "Vagrantfile", "Procfile"].contains(base) {
            return true
        }
        if base.begins(withSmall: "procfile.") || base.hasPrefix("."), base.count > 2 { return true }
        if isHomeFile(String(text)), text.contains(".") { return true }
        guard let dot = base.lastIndex(of: "."), dot != base.startIndex else {
            return text.hasPrefix("/etc/") || text.hasPrefix("~/.")
        }
        return extensions.contains(String(base[base.index(after: dot)...]))
    }

    /// True for a file that no shell reads.
    private static func isData(_ base: String) -> Bool {
        let shells: Set<Substring> = ["sh", "bash", "zsh", "env", "conf", "cfg", "service", "rules", "txt"]
        guard let dot = base.lastIndex(of: "."), dot != base.startIndex else { return false }
        return !shells.contains(base[base.index(after: dot)...])
    }

    private static let extensions: Set<String> = [
        "bash", "c", "cfg", "conf", "config", "cnf", "csv", "env", "go", "hcl", "html", "ini", "java", "js",
        "json",
        "lua", "md", "pl", "properties", "ps1", "py", "rb", "rules", "service", "sh", "sql", "tf", "tfvars",
        "toml",
        "ts", "txt", "xml", "yaml", "yml", "zsh",
    ]

    /// True when a line that is no comment holds a name.
    private static func names(_ base: String, in code: [UInt8]) -> Bool {
        let word = Array(base.utf8)
        return code.split(separator: .lineFeed).contains { line in
            line.first { !$0.isBlank } != UInt8(ascii: "#") && ByteSearch.range(of: word, in: line) != nil
        }
    }
}

// MARK: - Scripts

extension Introduction {
    /// True for *Place the script in the root of your clone*: where a file goes that the block is.
    var savesScript: Bool {
        guard text.holds("cript") else { return false }
        return ImperativeText.sentences(of: text.start(400)).contains { sentence in
            let words = HeadingWords(sentence.start(120)).words
            guard let first = words.first, ["place", "save", "put", "store", "copy"].contains(first) else {
                return false
            }
            return words.prefix(4).contains("script")
                && words.contains { ["in", "as", "to", "into", "under"].contains($0) }
        }
    }
}

// MARK: - Changes

extension Introduction {
    /// The sentence that says to change the code before it is run; nil when none does.
    var change: String? {
        guard !text.isEmpty, Self.changing.contains(where: { text.holds($0) }) else { return nil }
        for sentence in text.start(600).split(separator: ".") {
            let words = HeadingWords(sentence).words
            guard
                let first = words.first(where: {
                    $0 != "please" && $0 != "make" && $0 != "sure" && $0 != "to"
                }),
                ["replace", "update", "substitute", "change", "adjust", "customize", "modify"].contains(first)
            else { continue }
            let goals = words.prefix(8)
            if goals.contains(where: {
                ["value", "values", "placeholder", "placeholders", "variables"].contains($0)
            }),
                goals.contains(where: {
                    [
                        "command", "commands", "your", "own", "placeholder", "placeholders", "script",
                        "below", "following", "all",
                    ].contains($0)
                })
            {
                return AttributeValue.trimmed(words.prefix(6).joined(separator: " "))
            }
        }
        return nil
    }

    private static let changing = ["eplace", "pdate", "ubstitute", "hange", "djust", "ustomize", "odify"]

    /// The words that the text says to replace; *replace `a` with `b`* before code with both does it.
    func words(explainedFor code: [UInt8]) -> [String] {
        explained.filter { pair in
            guard let new = pair.new else { return true }
            return ByteSearch.range(of: new, in: code[...]) == nil
        }
        .map(\.word)
    }

    /// The words in code that the text says to replace, or explains: *replace `X`*, *where `X` is ...*.
    ///
    /// - `new`: what the text gives in its place.
    private var explained: [(word: String, new: String?)] {
        guard text.holds(.backtick) else { return [] }
        let start = text.utf8.count > 2000 ? text.prefix(2000) : text[...]
        let parts = start.parts(at: .backtick)
        guard parts.count > 2 else { return [] }
        var found: [(word: String, new: String?)] = []
        for index in stride(from: 1, to: parts.count - 1, by: 2) {
            let name = parts[index]
            guard name.utf8.count > 1, name.utf8.count < 60,
                name.utf8.allSatisfy({ $0.isLetter || $0.isDigit || "_-.".utf8.contains($0) })
            else { continue }
            let before = HeadingWords(parts[index - 1].suffix(40)).words
            let after = HeadingWords(parts[index + 1].prefix(40)).words
            let isReplaced =
                before.suffix(3).contains {
                    ["replace", "replacing", "substitute", "substituting"].contains($0)
                }
                && !before.contains("with")
            let isExplained =
                before.last == "where" && ["is", "are", "stands"].contains(after.first)
                && name.allSatisfy { !$0.isLowercase }
            let new = after == ["with"] || after == ["by"] ? index + 2 : parts.count
            if isReplaced || isExplained {
                found.append((String(name), new < parts.count - 1 ? String(parts[new]) : nil))
            }
        }
        return found
    }
}
