/// Blanks that are words: names of what somebody has to choose, and values that only stand for one.
///
/// Extend by a row and its test.
extension BlankFinder {
    /// The end of a word that stands for something else; nil when it does not.
    func standIn(at start: Int) -> Int? {
        let before = start > 0 ? code[start - 1] : .lineFeed
        guard !before.isLetter, !before.isDigit, before < 0x80, !"-_$\\".utf8.contains(before) else {
            return nil
        }
        if before == UInt8(ascii: "{"), start > 1, code[start - 2] == UInt8(ascii: "$") { return nil }
        if let end = explainedWord(at: start) { return end }
        let word = code[start...].prefix {
            $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
        }
        let end = word.endIndex
        if let value = emptyValue(at: start) { return value }
        guard word.count <= 80, end == code.count || code[end] != UInt8(ascii: "=") else { return nil }
        if word.elementsEqual("path".utf8), code[end...].starts(with: "/to/".utf8),
            before != UInt8(ascii: "/")
        {
            return endOfPath(from: end)
        }
        // Most words are told by their signs: each of these rules wants a hyphen, capitals or a `=` before it.
        let isJoined = word.contains { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
        let mayBeCapitals = word.first.map { $0 >= 0x41 && $0 <= 0x5A } == true
        guard isShell, isJoined || mayBeCapitals || before == UInt8(ascii: "=") else { return nil }
        let text = String(decoding: word, as: UTF8.self)
        if isJoined, isSome(text) || isNumbered(text) || isOwnName(text, at: start) || isMine(text, at: start)
        {
            return end
        }
        if context[start] == .code {
            if let prose = prose(text, at: start) { return prose }
            if isOptionName(text, at: start) || isNamedPart(text, at: start) { return end }
        }
        return nil
    }

    /// `/path/to/x`, wherever it stands in a path.
    func pathTo(at start: Int) -> Int? {
        guard code[start...].starts(with: "/path/to".utf8) else { return nil }
        let end = start + "/path/to".utf8.count
        return end == code.count || !Self.isNameByte(code[end]) ? endOfPath(from: end) : nil
    }

    /// `[[NAME::x]]`, `[[name]]`: a template of a site, where a test has a blank after the brackets.
    func doubleBracket(at start: Int) -> Int? {
        guard code[start...].starts(with: "[[".utf8), start == 0 || !Self.isNameByte(code[start - 1]) else {
            return nil
        }
        let name = code[(start + 2)...].prefix { Self.isNameByte($0) }.prefix(80)
        guard let first = name.first, first.isLetter, code[name.endIndex...].starts(with: "]]".utf8) else {
            return nil
        }
        let isQuoted = context[start] != .code
        return isShell || isQuoted || ByteSearch.range(of: "::", in: name) != nil
            ? name.endIndex + 2 : nil
    }

    /// `{comma separated list}`: words in braces; a group of commands has blanks inside its braces.
    func braces(at start: Int) -> Int? {
        guard isShell, context[start] == .code else { return nil }
        let before = start > 0 ? code[start - 1] : .lineFeed
        guard before.isBlank || "=/,:\n".utf8.contains(before) else { return nil }
        let words = code[(start + 1)...].prefix(80).prefix {
            $0.isLetter || $0.isDigit || $0 == .space || "-_'".utf8.contains($0)
        }
        guard let first = words.first, let last = words.last, first.isLetter, !last.isBlank,
            words.contains(.space),
            words.endIndex < code.count, code[words.endIndex] == UInt8(ascii: "}")
        else { return nil }
        return words.endIndex + 1
    }

    /// `[this|that]`: one of them; a test has blanks around its bars.
    func choice(at start: Int) -> Int? {
        guard isShell, context[start] == .code else { return nil }
        let words = code[(start + 1)...].prefix(120).prefix {
            Self.isNameByte($0) || $0 == UInt8(ascii: "|") || $0 == UInt8(ascii: "/")
        }
        guard let first = words.first, let last = words.last, words.contains(UInt8(ascii: "|")),
            first != UInt8(ascii: "|"), last != UInt8(ascii: "|"), words.endIndex < code.count,
            code[words.endIndex] == UInt8(ascii: "]")
        else { return nil }
        return words.endIndex + 1
    }

    /// `${db-instance-name}`: to a shell the value of `db`, else `instance-name`.
    func hyphened(at start: Int) -> Int? {
        guard isShell, code[start...].starts(with: "${".utf8) else { return nil }
        let name = code[(start + 2)...].prefix(80).prefix { Self.isNameByte($0) && $0 != UInt8(ascii: ".") }
        let variable = name.prefix { $0 != UInt8(ascii: "-") }
        guard variable.count < name.count, variable.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }),
            !variable.isEmpty,
            name.endIndex < code.count, code[name.endIndex] == UInt8(ascii: "}"),
            code[name.endIndex - 1] != UInt8(ascii: "-"),
            !names.contains(String(decoding: variable, as: UTF8.self))
        else { return nil }
        return name.endIndex + 1
    }

    /// The names before a `=` and after `read` or `for`, as far as they are small letters.
    static func names(setIn code: [UInt8]) -> Set<String> {
        var names: Set<String> = []
        for index in code.indices where code[index] == UInt8(ascii: "=") || code[index].isBlank {
            let name = code[max(0, index - 40)..<index].reversed().prefix { $0 >= 0x61 && $0 <= 0x7A }
            let word = String(decoding: name.reversed(), as: UTF8.self)
            if code[index] == UInt8(ascii: "=") {
                names.insert(word)
            } else if word == "read" || word == "for" {
                let next = code[(index + 1)...].prefix(40).prefix { $0 >= 0x61 && $0 <= 0x7A }
                names.insert(String(decoding: next, as: UTF8.self))
            }
        }
        return names
    }

    private func endOfPath(from end: Int) -> Int {
        code[end...].prefix { !$0.isBlank && !"\n\"'`;|&<>)$:,".utf8.contains($0) }.endIndex
    }

    static func isNameByte(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte >= 0x80 || "-_.:".utf8.contains(byte)
    }
}

// MARK: - Words

extension BlankFinder {
    /// A word that the text before the cell says to replace.
    private func explainedWord(at start: Int) -> Int? {
        for word in explained where code[start...].starts(with: word.utf8) {
            let end = start + word.utf8.count
            let next = end < code.count ? code[end] : .lineFeed
            let isLonger = next.isLetter || next.isDigit || "_-".utf8.contains(next)
            if !isLonger, next != UInt8(ascii: "=") { return end }
        }
        return nil
    }

    /// `some-environment`, `our-some-app`.
    private func isSome(_ text: String) -> Bool {
        guard text.hasPrefix("some-") || text.holds("-some-") else { return false }
        return text.count > 6 && text.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" }
    }

    /// `web-N`: no object of Kubernetes has a capital in its name.
    private func isNumbered(_ text: String) -> Bool {
        guard text.hasSuffix("-N"), text.count > 3 else { return false }
        return text.dropLast().allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" }
    }

    /// `CLUSTER_NAME=cluster-name`: a value that only says what it is.
    private func isOwnName(_ text: String, at start: Int) -> Bool {
        // One word, as in `CLUSTER=cluster`, may be the real name.
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }),
            !text.utf8.contains(where: { $0 >= 0x41 && $0 <= 0x5A }),
            let name = assigned(at: start)
        else { return false }
        return name != text && name.lowercased() == text.replacing("-", with: "_")
    }

    /// `KEY=my-secret-key`, `--password my-password`.
    private func isMine(_ text: String, at start: Int) -> Bool {
        guard text.hasPrefix("my") else { return false }
        let parts = text.split { "-_".contains($0) }
        guard parts.count > 1, parts.first == "my", let last = parts.last,
            ["key", "secret", "password", "passwd", "profile", "id"].contains(last),
            last != "secret" || parts.count > 2
        else { return false }
        if isValue(at: start) { return true }
        return ["--password", "--secret", "--profile", "--secret-key", "--access-key"].contains(
            wordBefore(start)
        )
    }

    /// `--namespace NAMESPACE`, `-n NAMESPACE`, `--cluster=CLUSTER`.
    private func isOptionName(_ text: String, at start: Int) -> Bool {
        guard isCapitals(text), text.count > 3 else { return false }
        let option = wordBefore(start)
        if option.hasPrefix("--") {
            let name = option.dropFirst(2).uppercased().replacing("-", with: "_")
            return !name.isEmpty && (name == text || text.hasSuffix("_" + name) || name.hasSuffix("_" + text))
        }
        let known: Set<String> = [
            "NAMESPACE", "NAME", "USER", "USERNAME", "HOST", "HOSTNAME", "PORT", "PASSWORD", "FILE", "REGION",
        ]
        return option.count == 2 && option.hasPrefix("-") && known.contains(text)
            && option.dropFirst().uppercased() == text.prefix(1)
    }

    /// `POD_NAME`, `localhost:APP_PORT`, `ing/INGRESS_NAME`, where no variable is meant.
    private func isNamedPart(_ text: String, at start: Int) -> Bool {
        guard isCapitals(text),
            ["_NAME", "_ID", "_HOST", "_PORT", "_IP", "_ADDRESS", "_NAMESPACE", "_URL"].contains(
                where: text.hasSuffix
            )
        else { return false }
        let before = start > 0 ? code[start - 1] : .lineFeed
        guard before.isBlank || "/:@".utf8.contains(before) else { return false }
        let line = code[lineStart(start)..<start]
        guard line.contains(where: { !$0.isBlank }) else { return false }
        return !line.split(whereSeparator: { $0.isBlank || ";|&(".utf8.contains($0) }).contains {
            Self.namesVariables.contains(String(decoding: $0, as: UTF8.self))
        }
    }

    private static let namesVariables: Set<String> = [
        "export", "unset", "printenv", "read", "declare", "local", "typeset", "readonly", "env", "set", "gh",
        "grep",
        "egrep", "rg", "sed", "awk", "jq", "envsubst", "heroku", "test", "[", "[[", "for", "-e", "--env",
        "-v",
        "--build-arg", "echo", "printf", "doppler", "vault", "op", "case", "psql", "mysql",
    ]

    /// `X=Enter a valid name`: what a person would be asked, and no command with a variable before it.
    private func prose(_ text: String, at start: Int) -> Int? {
        guard start > 0, code[start - 1] == UInt8(ascii: "="), assigned(at: start) != nil,
            [
                "Enter", "Insert", "Replace", "Please", "Provide", "Specify", "Choose", "Your", "Type", "A",
                "The",
            ].contains(text)
        else { return nil }
        let rest = code[start...].prefix(400).prefix { $0 != .lineFeed }
        let words = rest.split(whereSeparator: \.isBlank)
        guard words.count > 2,
            words.allSatisfy({ $0.allSatisfy { $0.isLetter || $0.isDigit || ",.'()-_".utf8.contains($0) } })
        else { return nil }
        return rest.endIndex
    }

    /// `URL=https://` and `ADDRESS=0x`: a value that only begins.
    private func emptyValue(at start: Int) -> Int? {
        guard isValue(at: start) else { return nil }
        for text in ["https://", "http://", "0x"] where code[start...].starts(with: text.utf8) {
            let end = start + text.utf8.count
            if end == code.count || code[end].isBlank || "\n\"';".utf8.contains(code[end]) { return end }
        }
        return nil
    }
}

// MARK: - What precedes

extension BlankFinder {
    /// True right after `=`, also in quotes.
    private func isValue(at start: Int) -> Bool {
        var index = start
        if index > 0, "\"'".utf8.contains(code[index - 1]) { index -= 1 }
        return index > 0 && code[index - 1] == UInt8(ascii: "=")
    }

    /// The variable to which a statement gives what stands here; nil elsewhere.
    private func assigned(at start: Int) -> String? {
        guard isValue(at: start) else { return nil }
        var end = start - 1
        if code[end] != UInt8(ascii: "=") { end -= 1 }
        var first = end
        while first > 0, end - first < 80,
            code[first - 1].isLetter || code[first - 1].isDigit || code[first - 1] == UInt8(ascii: "_")
        {
            first -= 1
        }
        let name = String(decoding: code[first..<end], as: UTF8.self)
        guard AttributeValue.isVariable(name) else { return nil }
        let line = code[lineStart(first)..<first].drop(while: \.isBlank)
        return line.isEmpty || line.last == UInt8(ascii: ";") || line.starts(with: "export ".utf8)
            ? name : nil
    }

    /// The word before the blank or the `=` before an offset.
    private func wordBefore(_ start: Int) -> String {
        guard start > 1, code[start - 1].isBlank || code[start - 1] == UInt8(ascii: "=") else { return "" }
        let before = code[max(0, start - 80)..<(start - 1)]
        return String(
            decoding: before.reversed().prefix { !$0.isBlank && $0 != .lineFeed }.reversed(),
            as: UTF8.self
        )
    }

    /// The start of the line, at most 400 bytes back.
    func lineStart(_ index: Int) -> Int {
        let first = max(0, index - 400)
        return code[first..<index].lastIndex(of: .lineFeed).map { $0 + 1 } ?? first
    }

    private func isCapitals(_ text: String) -> Bool {
        text.utf8.first.map { $0 >= 0x41 && $0 <= 0x5A } == true
            && text.utf8.allSatisfy { ($0 >= 0x41 && $0 <= 0x5A) || $0.isDigit || $0 == UInt8(ascii: "_") }
    }
}

// MARK: - Text

extension BlankFinder {
    /// True inside of a message for people: `echo "Usage: deploy.sh <environment> first"`, not written to a file.
    func isMessage(at index: Int) -> Bool {
        guard isShell, context[index] == .quoted else { return false }
        let line = code[lineStart(index)..<index]
        let command = line.split(whereSeparator: { ";&|{".utf8.contains($0) }).last ?? line
        let start = command.drop(while: \.isBlank)
        guard start.starts(with: "echo ".utf8) || start.starts(with: "printf ".utf8),
            let open = start.firstIndex(where: { "\"'".utf8.contains($0) })
        else { return false }
        let quote = code[open]
        let message = code[(open + 1)...].prefix(2000).prefix { $0 != quote && $0 != .lineFeed }
        guard message.endIndex < code.count, message.endIndex > index, code[message.endIndex] == quote else {
            return false
        }
        let rest = code[(message.endIndex + 1)...].prefix(400).prefix {
            $0 != .lineFeed && $0 != UInt8(ascii: ";")
        }
        if rest.contains(UInt8(ascii: "|"))
            || rest.contains(UInt8(ascii: ">")) && !rest.contains(UInt8(ascii: "&"))
        {
            return false
        }
        let words = message.split(whereSeparator: \.isBlank).count {
            $0.contains(where: \.isLetter) && !$0.contains(UInt8(ascii: "<"))
        }
        return words >= 3 || message.starts(with: "Usage".utf8)
    }

    /// The comment at the end of a line of code that says to change it; nil when there is none.
    var changeComment: String? {
        var index = 0
        while index < code.count {
            guard context[index] == .comment else {
                index += 1
                continue
            }
            let comment = code[index...].prefix { $0 != .lineFeed }
            defer { index = max(index + 1, comment.endIndex) }
            let line = code[lineStart(index)..<index]
            guard line.contains(where: { !$0.isBlank }) else { continue }
            let text = String(decoding: comment.prefix(200), as: UTF8.self)
            let words = " " + HeadingWords(text).words.joined(separator: " ") + " "
            if Self.changes.contains(where: words.contains) {
                return text.count > 60 ? text.prefix(59) + "…" : text
            }
        }
        return nil
    }

    private static let changes = [
        " replace with ", " replace this ", " replace it ", " replace me ", " change this ", " change me ",
        " change it to ", " change to your ", " your own ", " update this ", " edit this ", " set to your ",
        " set this to your ", " adjust to your ", " replace the value ",
    ]
}
