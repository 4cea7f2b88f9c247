/// A place in a cell that somebody has to fill before it can run, such as `<pod>` or `CHANGEME`.
struct Blank: Hashable, Sendable {
    /// The offsets within the code.
    let range: ByteRange
    /// The blank as written.
    let text: String

    /// The blank as a message shows it: at most 60 characters.
    var shortText: String { text.count > 60 ? text.prefix(59) + "…" : text }
}

/// Finds blanks by their shapes.
///
/// A false alarm stops a cell until the author writes `blanks=no`; a missed one runs `kubectl delete pod <pod> -n x`,
/// which is valid shell. So what could be a blank is one, except for what clearly is something else:
/// redirections (`<in >out`, `<<EOF`, `<(cmd)`), comparisons, HTML and XML, named groups of patterns.
/// A comment is passed over, but a `#` in quotes or in a here-document starts none.
struct BlankFinder {
    let code: [UInt8]
    let isShell: Bool
    /// True for Perl, in which `<STDIN>` reads a line.
    let readsWithAngles: Bool
    let context: CodeContext
    /// Where each closing tag, `</name>`, stands last.
    let closings: [String: Int]
    /// Words that the text before the cell says to replace.
    let explained: [String]
    /// The variables of small letters that the cell sets.
    let names: Set<String>
    private(set) var blanks: [Blank] = []

    /// - `explained`: words that the text before the cell says to replace.
    init(_ shell: ShellText, explained: [String]) {
        self.init(shell.code, CodeContext(shell), isShell: true, explained)
    }

    /// - `syntax`: that of a language which is no shell.
    init(_ code: [UInt8], _ syntax: CodeSyntax, explained: [String]) {
        self.init(
            code,
            CodeContext(code, syntax),
            isShell: false,
            explained,
            readsWithAngles: syntax == .perl
        )
    }

    private init(
        _ code: [UInt8],
        _ context: CodeContext,
        isShell: Bool,
        _ explained: [String],
        readsWithAngles: Bool = false
    ) {
        self.readsWithAngles = readsWithAngles
        self.code = code
        self.explained = Array(explained.prefix(20))
        let hasDefaults = ByteSearch.range(of: "${", in: code[...]) != nil
        names = hasDefaults ? Self.names(setIn: code) : []
        self.isShell = isShell
        self.context = context
        closings = Self.closings(in: code)
        findAll()
    }
}

// MARK: - Scanning

extension BlankFinder {
    private mutating func findAll() {
        var index = 0
        while index < code.count {
            if context[index] == .comment {
                index += 1
                continue
            }
            if let end = endOfBlank(at: index) {
                if !isMessage(at: index) {
                    let text = String(decoding: code[index..<end], as: UTF8.self)
                    blanks.append(Blank(range: index..<end, text: text))
                }
                index = end
            } else {
                index += 1
            }
        }
    }

    private func endOfBlank(at index: Int) -> Int? {
        switch code[index] {
        case UInt8(ascii: "<"):
            return template(at: index) ?? doubleAngle(at: index) ?? angle(at: index) ?? openAngle(at: index)
        case UInt8(ascii: "{"): return template(at: index) ?? braces(at: index) ?? bracedName(at: index)
        case UInt8(ascii: "["):
            return bracket(at: index) ?? doubleBracket(at: index) ?? choice(at: index)
                ?? bracketedName(at: index)
        case UInt8(ascii: "/"): return pathTo(at: index)
        case UInt8(ascii: "$"): return hyphened(at: index) ?? workflowExpression(at: index)
        case UInt8(ascii: "@"): return at(index)
        case UInt8(ascii: "&"): return entity(at: index)
        case UInt8(ascii: "\\"): return escapedAngle(at: index)
        case UInt8(ascii: "_"), UInt8(ascii: "%"): return enclosedCapitals(at: index)
        case UInt8(ascii: "."): return ellipsis(at: index)
        case 0xC2, 0xE2: return ellipsis(at: index) ?? quotationMarks(at: index)
        case let byte where byte.isLetter: return word(at: index) ?? standIn(at: index) ?? dotted(at: index)
        case UInt8(ascii: "0"): return standIn(at: index) ?? dotted(at: index)
        case let byte where byte.isDigit: return dotted(at: index)
        default: return nil
        }
    }
}

// MARK: - Shapes

extension BlankFinder {
    /// Markup of site generators that was never rendered: `{{< x >}}`, `{{% x %}}`, `{% x %}`, `<%= x %>`.
    private func template(at start: Int) -> Int? {
        for (open, close) in [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"), ("<%", "%>")]
        where code[start...].starts(with: open.utf8) {
            let line = code[start...].prefix(400).prefix { $0 != .lineFeed }
            return ByteSearch.range(of: close, in: line)?.upperBound
        }
        return nil
    }

    /// `[your bucket]`, `[CLUSTER_NAME]`; not `[ -f x ]`, `[A-Z]` or `array[KEY]`.
    private func bracket(at start: Int) -> Int? {
        let before = start > 0 ? code[start - 1] : .space
        guard !before.isLetter, !before.isDigit, before != UInt8(ascii: "_"), before != UInt8(ascii: "}"),
            let end = code[start...].prefix(80).firstIndex(of: UInt8(ascii: "]")), end > start + 1
        else { return nil }
        let content = code[(start + 1)..<end]
        if content.contains(.lineFeed) { return nil }
        let text = String(decoding: content, as: UTF8.self)
        let lower = text.lowercased()
        if ["your ", "your_", "your-", "insert ", "enter ", "replace ", "fill in"].contains(
            where: lower.hasPrefix
        ) {
            return end + 1
        }
        let isName = content.allSatisfy {
            ($0.isLetter && $0 < 0x60) || $0.isDigit || $0 == UInt8(ascii: "_")
        }
        return isName && content.contains(UInt8(ascii: "_")) && content.first?.isLetter == true
            ? end + 1 : nil
    }

    /// `@@NAME@@`.
    private func at(_ start: Int) -> Int? {
        guard start + 4 < code.count, code[start + 1] == UInt8(ascii: "@"), code[start + 2].isLetter else {
            return nil
        }
        var end = start + 2
        while end < code.count, Self.isWordByte(code[end]) { end += 1 }
        guard end + 1 < code.count, code[end] == UInt8(ascii: "@"), code[end + 1] == UInt8(ascii: "@")
        else { return nil }
        return end + 2
    }

    /// `...` or `…` as a word of its own in shell; `./...` is Go's.
    private func ellipsis(at start: Int) -> Int? {
        if let end = ellipsisOfList(at: start) { return end }
        guard isShell, start == 0 || code[start - 1].isBlank || code[start - 1] == .lineFeed else {
            return nil
        }
        for sign in ["...", "…"] where code[start...].starts(with: sign.utf8) {
            let end = start + sign.utf8.count
            if end == code.count || code[end].isBlank || code[end] == .lineFeed { return end }
        }
        return nil
    }

    /// `YOUR_X`, `your-bucket`, `CHANGEME`, `REPLACE_ME`, `XXXX`, whole words that are no variables.
    private func word(at start: Int) -> Int? {
        if start > 0 {
            let before = code[start - 1]
            if before == UInt8(ascii: "$") || Self.isWordByte(before) && !isGlued(at: start) { return nil }
            if before == UInt8(ascii: "-"), !endsPart(at: start) { return nil }
            if before == UInt8(ascii: "{"), start > 1, code[start - 2] == UInt8(ascii: "$") { return nil }
        }
        guard Self.mayStart.contains(code[start] | 0x20) else { return nil }
        var end = start
        while end < code.count, Self.isWordByte(code[end]) || code[end] == UInt8(ascii: "-") { end += 1 }
        while end > start, code[end - 1] == UInt8(ascii: "-") { end -= 1 }
        // The name of an assignment or a keyword argument is not to be filled; its value may be.
        let isValue = start > 0 && code[start - 1] == UInt8(ascii: "=")
        if end < code.count, code[end] == UInt8(ascii: "="), !isValue { return nil }
        let text = String(decoding: code[start..<end], as: UTF8.self)
        guard Self.isBlankWord(text), !(Self.reminders.contains(text) && isSought(at: start)) else {
            return nil
        }
        if text.lowercased().allSatisfy({ $0 == "x" }), isTemplate(at: start) { return nil }
        return end
    }

    /// True for the run of `x` in `i-xxxxxxxx` and `web-XXXX`, and for `CHANGEME` behind a hyphen; `-x` is an option.
    private func endsPart(at start: Int) -> Bool {
        guard start > 1, Self.isWordByte(code[start - 2]) else { return false }
        let part = String(decoding: code[start...].prefix(while: Self.isWordByte), as: UTF8.self)
        return part.utf8.count >= 3 && part.utf8.allSatisfy { $0 | 0x20 == UInt8(ascii: "x") }
            || Self.orders.contains(part)
    }

    /// True right behind the letter of an option: `-pYOUR_PASSWORD`.
    private func isGlued(at start: Int) -> Bool {
        guard start > 1, code[start] >= 0x41, code[start] <= 0x5A, code[start - 1].isLetter,
            code[start - 2] == UInt8(ascii: "-")
        else { return false }
        return start == 2 || code[start - 3].isBlank
    }

    /// The letters with which the words of ``isBlankWord(_:)`` start, in small.
    private static let mayStart = Set("cfirtxy".utf8)

    /// Words that only say that something is missing, in capitals and without `-` and `_`.
    static let orders: Set<String> = ["CHANGEME", "REPLACEME", "FILLME", "FILLMEIN", "INSERTHERE"]
    static let reminders: Set<String> = ["TODO", "TBD", "FIXME"]

    private static func isBlankWord(_ text: String) -> Bool {
        let upper = text.uppercased()
        let plain = upper.filter { $0 != "_" && $0 != "-" }
        if orders.contains(plain) || text == upper && reminders.contains(text) { return true }
        if upper.hasPrefix("YOUR_") || upper.hasPrefix("YOUR-") { return upper.count > 5 }
        if upper.hasPrefix("YOUR"), yours.contains(String(upper.dropFirst(4))) { return true }
        if text == upper, upper.hasPrefix("REPLACE_WITH_") || upper.hasPrefix("INSERT_") { return true }
        return text.count >= 3 && plain == upper && plain.allSatisfy { $0 == "X" }
    }

    /// What `yourdomain` and the like may end with.
    private static let yours: Set<String> = [
        "ACCOUNT", "APP", "BUCKET", "CLUSTER", "COMPANY", "DATABASE", "DB", "DOMAIN", "EMAIL", "HOST",
        "HOSTNAME",
        "INSTANCE", "IP", "KEY", "NAME", "NAMESPACE", "ORG", "ORGANIZATION", "PASSWORD", "PROJECT", "REGION",
        "REGISTRY", "REPO", "SERVER", "SERVICE", "SITE", "TEAM", "TENANT", "TOKEN", "USER", "USERNAME",
    ]

    /// True when a run of `X` is the template of `mktemp` on the same line.
    private func isTemplate(at index: Int) -> Bool {
        let before = code[..<index].suffix(400)
        let line = before.lastIndex(of: .lineFeed).map { before[($0 + 1)...] } ?? before
        return ByteSearch.range(of: "mktemp", in: line) != nil
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") || byte >= 0x80
    }
}
