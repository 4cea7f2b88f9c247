/// A place in a cell that somebody has to fill before it can run, such as `<pod>` or `CHANGEME`.
struct Blank: Hashable, Sendable {
    /// The offsets within the code.
    let range: ByteRange
    /// The blank as written.
    let text: String
}

/// Finds blanks by the table of ``BlankFinder/shapes``.
///
/// A false alarm stops a cell until the author writes `blanks=no`; a missed one runs `kubectl delete pod
/// <pod> -n x`,
/// which is valid shell. So what could be a blank is one, except for what clearly is something else:
/// redirections (`<in >out`, `<<EOF`, `<(cmd)`), comparisons, HTML and XML, named groups of patterns.
struct BlankFinder {
    private let code: [UInt8]
    private let isShell: Bool
    private let closedElements: Set<[UInt8]>
    private var found: [Blank] = []

    private init(_ code: [UInt8], isShell: Bool) {
        self.code = code
        self.isShell = isShell
        closedElements = Self.closedElements(in: code)
    }

    static func blanks(in code: [UInt8], _ interpreter: Interpreter) -> [Blank] {
        var finder = BlankFinder(code, isShell: interpreter != .python)
        finder.findAll()
        return finder.found
    }

}

// MARK: - Scanning

extension BlankFinder {
    private mutating func findAll() {
        var index = 0
        while index < code.count {
            if code[index] == UInt8(ascii: "#"), isComment(at: index) {
                while index < code.count, code[index] != .lineFeed { index += 1 }
                continue
            }
            if let end = endOfBlank(at: index) {
                let text = String(decoding: code[index..<end], as: UTF8.self)
                found.append(Blank(range: index..<end, text: text))
                index = end
            } else {
                index += 1
            }
        }
    }

    private func isComment(at index: Int) -> Bool {
        guard index > 0 else { return true }
        return code[index - 1].isBlank || code[index - 1] == .lineFeed || code[index - 1] == UInt8(ascii: ";")
    }

    private func endOfBlank(at index: Int) -> Int? {
        switch code[index] {
        case UInt8(ascii: "<"): return template(at: index) ?? angle(at: index)
        case UInt8(ascii: "{"): return template(at: index)
        case UInt8(ascii: "["): return bracket(at: index)
        case UInt8(ascii: "@"): return at(index)
        case UInt8(ascii: "."), 0xE2: return ellipsis(at: index)
        case let byte where byte.isLetter: return word(at: index)
        default: return nil
        }
    }
}

// MARK: - Shapes

extension BlankFinder {
    /// `<name>`, `<NAME>`, `<your name here>`, `<...>`.
    private func angle(at start: Int) -> Int? {
        let before = start > 0 ? code[start - 1] : .lineFeed
        // `<<EOF`, `2<>file`, `(?<group>`, `(?P<group>`, `#include <x>`, `Map<String>`.
        guard before != UInt8(ascii: "<"), before != UInt8(ascii: "?"), !isNamedGroup(before: start) else {
            return nil
        }
        var end = start + 1
        while end < code.count, end - start <= 82, Self.mayStandInAngles(code[end]) { end += 1 }
        guard end < code.count, code[end] == UInt8(ascii: ">"), end > start + 1 else { return nil }
        let content = code[(start + 1)..<end]
        guard let first = content.first, let last = content.last,
            first.isLetter || first >= 0x80 || first == UInt8(ascii: "_") || first == UInt8(ascii: "."),
            !last.isBlank, last != UInt8(ascii: "/"), last != UInt8(ascii: "-")
        else { return nil }
        let hasSpace = content.contains(where: \.isBlank)
        if hasSpace {
            // `<in 2>err` and `a <b | c> d` are redirections; a comparison in Python has spaces too.
            let words = content.split(whereSeparator: \.isBlank)
            if let descriptor = words.last, descriptor.count == 1, descriptor.first?.isDigit == true {
                return nil
            }
            if content.contains(UInt8(ascii: "|")) || !isShell { return nil }
        }
        if isInclude(before: start) || isMarkup(content) { return nil }
        return end + 1
    }

    /// Markup of site generators that was never rendered: `{{< x >}}`, `{{% x %}}`, `{% x %}`, `<%= x %>`.
    private func template(at start: Int) -> Int? {
        for (open, close) in [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"), ("<%", "%>")]
        where code[start...].starts(with: open.utf8) {
            let lineEnd = code[start...].firstIndex(of: .lineFeed) ?? code.count
            return ByteSearch.range(of: Array(close.utf8), in: code[start..<lineEnd])?.upperBound
        }
        return nil
    }

    private static func mayStandInAngles(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte >= 0x80 || byte == .space
            || "-_./:,#*|'()+".utf8.contains(byte)
    }

    private func isNamedGroup(before start: Int) -> Bool {
        start >= 2 && code[start - 1] == UInt8(ascii: "P") && code[start - 2] == UInt8(ascii: "?")
    }

    private func isInclude(before start: Int) -> Bool {
        var index = start
        while index > 0, code[index - 1].isBlank { index -= 1 }
        return code[..<index].suffix("#include".utf8.count).elementsEqual("#include".utf8)
    }

    /// HTML by its name, XML by its closing tag somewhere in the cell.
    private func isMarkup(_ content: ArraySlice<UInt8>) -> Bool {
        let name = content.prefix { !$0.isBlank && $0 != UInt8(ascii: ":") }
        if Self.elements.contains(String(decoding: name, as: UTF8.self).lowercased()) { return true }
        return closedElements.contains(Array(name))
    }

    /// The names in closing tags, `</name>`, found once for the whole cell.
    private static func closedElements(in code: [UInt8]) -> Set<[UInt8]> {
        var names: Set<[UInt8]> = []
        var index = 0
        while let found = ByteSearch.range(of: Array("</".utf8), in: code[index...]) {
            let name = code[found.upperBound...].prefix(100).prefix { $0 != UInt8(ascii: ">") && !$0.isBlank }
            names.insert(Array(name))
            index = found.upperBound
        }
        return names
    }

    private static let elements: Set<String> = [
        "a", "b", "blockquote", "body", "br", "button", "code", "dd", "div", "dl", "dt", "em", "footer",
        "form",
        "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "i", "img", "input", "li", "link",
        "main",
        "meta", "nav", "ol", "option", "p", "pre", "script", "section", "select", "small", "span", "strong",
        "style", "sub", "sup", "svg", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "title",
        "tr",
        "u", "ul",
    ]

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
            if Self.isWordByte(before) || before == UInt8(ascii: "$") || before == UInt8(ascii: "-") {
                return nil
            }
            if before == UInt8(ascii: "{"), start > 1, code[start - 2] == UInt8(ascii: "$") { return nil }
        }
        guard Self.mayStart.contains(code[start] | 0x20) else { return nil }
        var end = start
        while end < code.count, Self.isWordByte(code[end]) || code[end] == UInt8(ascii: "-") { end += 1 }
        while end > start, code[end - 1] == UInt8(ascii: "-") { end -= 1 }
        // The name of an assignment or a keyword argument is not to be filled; its value may be.
        if end < code.count, code[end] == UInt8(ascii: "=") { return nil }
        let text = String(decoding: code[start..<end], as: UTF8.self)
        guard Self.isBlankWord(text) else { return nil }
        if text.lowercased().allSatisfy({ $0 == "x" }), isTemplate(at: start) { return nil }
        return end
    }

    /// The letters with which the words of ``isBlankWord(_:)`` start, in small.
    private static let mayStart = Set("cfirtxy".utf8)

    private static func isBlankWord(_ text: String) -> Bool {
        let upper = text.uppercased()
        let plain = upper.filter { $0 != "_" && $0 != "-" }
        if ["CHANGEME", "REPLACEME", "FILLME", "FILLMEIN", "INSERTHERE"].contains(plain) { return true }
        if text == upper, ["TODO", "TBD", "FIXME"].contains(text) { return true }
        if upper.hasPrefix("YOUR_") || upper.hasPrefix("YOUR-") { return upper.count > 5 }
        if text == upper, upper.hasPrefix("REPLACE_WITH_") || upper.hasPrefix("INSERT_") { return true }
        return text.count >= 3 && plain == upper && plain.allSatisfy { $0 == "X" }
            && (text == upper || text.count >= 3)
    }

    /// True when a run of `X` is the template of `mktemp` on the same line.
    private func isTemplate(at index: Int) -> Bool {
        let lineStart = code[..<index].lastIndex(of: .lineFeed).map { $0 + 1 } ?? 0
        return String(decoding: code[lineStart..<index], as: UTF8.self).contains("mktemp")
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") || byte >= 0x80
    }
}
