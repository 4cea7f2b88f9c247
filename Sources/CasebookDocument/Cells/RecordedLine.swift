/// Recognises lines that stand in blocks of code and cannot be commands: recorded output, addresses, sentences.
///
/// Extend by a row and its test.
enum RecordedLine {
    /// Why no shell was meant to run a line, as a clause after "because"; nil when it may be a command.
    ///
    /// - `next`: the line after it; a lone brace is data only together with it.
    static func reason(_ line: ArraySlice<UInt8>, next: ArraySlice<UInt8>) -> String? {
        let line = trimmed(line)
        if isTableHead(line) { return "it looks like recorded output: it begins with the head of a table" }
        if isData(line, next: trimmed(next)) { return "it is data, and no command" }
        if line.elementsEqual("...".utf8), !isKnownCommand(next) {
            return "it looks like recorded output: it begins with `...`"
        }
        let start = line.prefix(400)
        guard let byte = start.first else { return nil }
        if firstBytes.contains(byte), let row = opening(of: String(decoding: start, as: UTF8.self)) {
            return row.because
        }
        // Requests and sentences begin with a capital; beyond ASCII, a mark may be combined with a blank.
        let isASCII = start.allSatisfy { $0 < 0x80 }
        let mayBeSentence = !isASCII || byte >= 0x41 && byte <= 0x5A
        let text = mayBeSentence ? String(decoding: start, as: UTF8.self) : ""
        let words = text.blankSeparated
        let word = start.prefix { !$0.isBlank }
        let first = isASCII ? String(decoding: word, as: UTF8.self) : words.first ?? ""
        if isASCII ? start[word.endIndex...].allSatisfy(\.isBlank) : words.count == 1 {
            if isAddress(first) { return "it is an address, and no command" }
            if isDirectory(first) { return "it is a directory, and no command" }
        }
        if isCall(line) || isFormula(line) { return "it is a query or a formula, and no command" }
        if isRequest(words) { return "it is a request, and no command" }
        if isTime(line) { return "it looks like recorded output: it begins with a time" }
        if isLabel(first) { return "it looks like recorded output: it begins with `\(short(first))`" }
        return isSentence(words, text) ? "it is a sentence, and no command" : nil
    }

    /// The same for Python, which takes more for code: a name with a colon, a brace, a path of numbers.
    static func pythonReason(_ line: ArraySlice<UInt8>) -> String? {
        let line = trimmed(line)
        let text = String(decoding: line.prefix(400), as: UTF8.self)
        if let row = opening(of: text), row.isPython { return row.because }
        if isTableHead(line) { return "it looks like recorded output: it begins with the head of a table" }
        if isTime(line) { return "it looks like recorded output: it begins with a time" }
        let words = text.split { $0 == " " || $0 == "\t" }.map(String.init)
        return isSentence(words, text) ? "it is a sentence, and no command" : nil
    }

    /// True for `NAME   READY   STATUS`: words in capitals, at least three, some further apart than by one blank.
    static func isTableHead(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count <= 400, let first = line.first, first >= 0x41, first <= 0x5A else { return false }
        var words = 0
        var isWide = false
        var index = line.startIndex
        while index < line.endIndex {
            let word = line[index...].prefix { !$0.isBlank }
            guard word.contains(where: \.isLetter),
                word.allSatisfy({ ($0.isLetter && $0 < 0x60) || $0.isDigit || "-_()/%#.:".utf8.contains($0) })
            else { return false }
            words += 1
            let blanks = line[word.endIndex...].prefix(while: \.isBlank)
            if blanks.count > 1 || blanks.first == .tab { isWide = true }
            index = blanks.endIndex
        }
        return words >= 3 && isWide
    }

    /// True for the marks of a fence, which to a shell are substitutions of nothing.
    static func isFence(_ line: ArraySlice<UInt8>) -> Bool {
        let text = line.drop(while: \.isBlank)
        return text.starts(with: "```".utf8) || text.starts(with: "~~~".utf8)
    }

    /// True for an object or a list in JSON, with comments and gaps or without: code does not begin with a brace and a quote.
    static func isJSON(_ body: [UInt8]) -> Bool {
        let isGap = { (byte: UInt8) in byte.isBlank || byte == .lineFeed || byte == 0x0D }
        let text = body.drop(while: isGap)
        guard let first = text.first, let last = body.last(where: { !isGap($0) }),
            (first == UInt8(ascii: "{") && last == UInt8(ascii: "}"))
                || (first == UInt8(ascii: "[") && last == UInt8(ascii: "]"))
        else { return false }
        var rest = text.dropFirst().drop(while: isGap)
        while rest.starts(with: "//".utf8) || rest.starts(with: "...".utf8) {
            rest = rest.drop { $0 != .lineFeed }.drop(while: isGap)
        }
        return rest.first.map("\"{[}]".utf8.contains) ?? false
    }

    /// True for a line that begins with the name of a command that many know, or with a path to a program.
    static func isKnownCommand(_ line: ArraySlice<UInt8>) -> Bool {
        let word = String(decoding: trimmed(line).prefix { !$0.isBlank }.prefix(60), as: UTF8.self)
        return CommandTable.wellKnown.contains(word) || otherCommands.contains(word) || word.hasPrefix("./")
    }

    private static let otherCommands: Set<String> = [
        "ansible", "ansible-playbook", "awk", "brew", "bundle", "cargo", "consul", "crictl", "dig", "echo",
        "eksctl",
        "env", "flux", "go", "gsutil", "head", "istioctl", "jq", "k", "kops", "kustomize", "make", "minikube",
        "mongosh", "netstat", "node", "nomad", "npm", "npx", "nslookup", "openssl", "ping", "pip", "pip3",
        "pipenv",
        "rake", "redis-cli", "rsync", "scp", "source", "ssh-keygen", "tee", "terraform", "time", "touch",
        "vault",
        "velero", "virtctl", "yarn",
    ]
}

// MARK: - Rows

extension RecordedLine {
    private struct Opening {
        let starts: [String]
        let because: String
        /// True when it is no Python either.
        let isPython: Bool
    }

    /// The row that fits a line; most lines are told apart by their first byte.
    private static func opening(of text: String) -> Opening? {
        guard let first = text.utf8.first, firstBytes.contains(first) else { return nil }
        return openings.first { $0.starts.contains(where: text.hasPrefix) }
    }

    private static let firstBytes = Set(openings.flatMap { $0.starts.compactMap(\.utf8.first) })

    /// What `curl -v` prints: `*` is no command, and nobody reads a file `HTTP/1.1` or writes one called `GET`.
    private static let traces = [
        "* ", "< HTTP/", "> HTTP/", "> GET /", "> POST /", "> PUT /", "> HEAD /", "> PATCH /", "> DELETE /",
        "> Host: ", "> User-Agent: ", "> Accept: ",
    ]

    /// True for a line with which the output of the commands before it begins.
    static func startsOutput(_ line: ArraySlice<UInt8>) -> Bool {
        if isTableHead(line) { return true }
        guard let first = line.first, "*<>".utf8.contains(first) else { return false }
        return traces.contains { line.starts(with: $0.utf8) } && !line.starts(with: "* )".utf8)
    }

    private static let openings: [Opening] = [
        .init(starts: ["```", "~~~"], because: "it shows Markdown", isPython: true),
        .init(starts: ["-----BEGIN "], because: "it is a key or a certificate", isPython: true),
        .init(
            starts: ["Traceback (most recent call last)"],
            because: "it looks like recorded output: it begins with `Traceback`",
            isPython: true
        ),
        .init(
            starts: ["├", "└", "│", "┌", "╭", "╰", "┏", "+--", "| ", "|--", "HTTP/1", "HTTP/2"],
            because: "it looks like recorded output",
            isPython: true
        ),
        .init(
            starts: [
                "[INFO] ", "[WARN", "[ERROR] ", "[DEBUG] ", "time=\"20", "time=20", "ts=20", "level=info ",
                "level=error ", "level=warn",
            ],
            because: "it looks like recorded output: it begins with a line of a log",
            isPython: false
        ),
        .init(starts: ["* * ", "*/"], because: "it is data, and no command", isPython: false),
        .init(starts: traces, because: "it looks like recorded output", isPython: false),
        .init(starts: ["/*"], because: "it is a comment, and no command", isPython: true),
        .init(starts: ["<?xml", "<!DOCTYPE", "<!--"], because: "it is data, and no command", isPython: true),
    ]

    /// `{` and `[` before `"`: JSON; `{` alone begins a group of commands as well.
    private static func isData(_ line: ArraySlice<UInt8>, next: ArraySlice<UInt8>) -> Bool {
        guard let first = line.first, "{[".utf8.contains(first) else { return false }
        let rest = line.dropFirst().drop(while: \.isBlank)
        let second =
            rest.isEmpty
            ? next.first : line.count > 1 && rest.startIndex == line.startIndex + 1 ? rest.first : nil
        return second.map { first == UInt8(ascii: "{") ? $0 == UInt8(ascii: "\"") : "{\"".utf8.contains($0) }
            ?? false
    }

    /// `sum(rate(x[5m]))`: to a shell a name with a parenthesis begins a function, `name()`, and nothing else.
    private static func isCall(_ line: ArraySlice<UInt8>) -> Bool {
        let name = line.prefix { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") }
        guard name.first?.isLetter == true, line.dropFirst(name.count).first == UInt8(ascii: "(") else {
            return false
        }
        // `for((i=0;i<3;i++)); do`
        if ["for", "while", "until", "if", "elif"].contains(where: { name.elementsEqual($0.utf8) }) {
            return false
        }
        let inside = line[(name.endIndex + 1)...].drop(while: \.isBlank)
        return inside.first.map { $0 != UInt8(ascii: ")") } ?? false
    }

    /// `(a / b) * 100`: what stands behind a group of commands is a pipe, a redirection or another command.
    private static func isFormula(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.first == UInt8(ascii: "("), line.dropFirst().first != UInt8(ascii: "(") else {
            return false
        }
        var depth = 0
        for index in line.indices {
            if line[index] == UInt8(ascii: "(") { depth += 1 }
            if line[index] == UInt8(ascii: ")") { depth -= 1 }
            guard depth == 0 else { continue }
            let rest = line[(index + 1)...].drop(while: \.isBlank)
            return rest.first.map { "*/+-=".utf8.contains($0) } ?? false
        }
        return false
    }

    /// `https://...`, `git+https://...`.
    private static func isAddress(_ word: String) -> Bool {
        guard let mark = word.firstPlace(of: "://") else { return false }
        return !word[..<mark.lowerBound].isEmpty
            && word[..<mark.lowerBound].allSatisfy { $0.isASCII && ($0.isLetter || $0 == "+") }
    }

    private static func isDirectory(_ word: String) -> Bool {
        guard word.hasPrefix("/"), word.count > 1 else { return false }
        return word.hasSuffix("/")
            || ["bin", "sbin", "lib", "lib64", "etc", "log", "logs", "tmp", "data"].contains {
                word.hasSuffix("/" + $0)
            }
    }

    /// `GET /path`, `POST https://...`, `DELETE ${URL}`; GET and POST are programs of Perl, and nobody has them.
    private static func isRequest(_ words: [String]) -> Bool {
        guard words.count > 1, ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"].contains(words[0]) else {
            return false
        }
        return words[1].hasPrefix("/") || words[1].hasPrefix("$") || words[1].hasPrefix("{")
            || words[1].hasPrefix("<") || words[1].contains("://") || words[1].contains("/")
    }

    /// `I1126 17:15:38.1`, `2024-01-02T03:04`, `[2024-01-02 03:04`, `Nov  6 17:15:38`.
    private static func isTime(_ line: ArraySlice<UInt8>) -> Bool {
        guard let start = line.first, start.isDigit || timeStarts.contains(start) else { return false }
        let shape = line.prefix(24).map { $0.isDigit ? UInt8(ascii: "0") : $0 }
        let text = String(decoding: shape, as: UTF8.self)
        let plain = text.hasPrefix("[") ? String(text.dropFirst()) : text
        if plain.hasPrefix("0000-00-00T00:00") || plain.hasPrefix("0000-00-00 00:00")
            || plain.hasPrefix("0000/00/00 00:00")
        {
            return true
        }
        if let first = text.first, "IWEF".contains(first), text.dropFirst().hasPrefix("0000 00:00:00") {
            return true
        }
        guard months.contains(String(text.prefix(3))) else { return false }
        return [" 00 00:00:00", "  0 00:00:00"].contains(where: text.dropFirst(3).hasPrefix)
    }

    private static let months: Set<String> = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// What a time may begin with besides a digit: a bracket, the letter of a level, a month.
    private static let timeStarts = Set("[IWEFJMASOND".utf8)

    /// `Error:`, `Status:`, `apiVersion:`; the word of a command never ends so.
    private static func isLabel(_ word: String) -> Bool {
        guard word.utf8.last == UInt8(ascii: ":"), word.count > 1, word.hasSuffix(":"),
            let first = word.first, first.isLetter
        else {
            return false
        }
        return word.dropLast().allSatisfy { $0.isLetter || $0.isNumber || "_-./".contains($0) }
    }

    /// A capital, at least six words without signs of a shell, and a full stop.
    private static func isSentence(_ words: [String], _ text: String) -> Bool {
        guard words.count >= 6, text.hasSuffix(".") || text.hasSuffix("!"), let first = words.first,
            let initial = first.first, initial.isUppercase,
            !first.contains(where: { "/=.$(".contains($0) }),
            !text.contains(where: { "|<>;$&=".contains($0) })
        else { return false }
        return words.count { word in
            word.allSatisfy { $0.isLetter || "'’,.!?:()\"-".contains($0) } && !word.hasPrefix("-")
        } >= 6
    }

    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = line.drop { $0.isBlank }
        while let last = line.last, last.isBlank || last == 0x0D { line.removeLast() }
        return line
    }

    private static func short(_ word: String) -> String {
        word.count > 40 ? word.prefix(39) + "…" : word
    }
}
