/// One mark with which a site generator says where a tab begins or ends.
///
/// The forms are those of Hugo, Docusaurus and other JSX, MyST, GitBook and Markdoc, GitLab, PyMdown and Microsoft Learn.
enum TabMark: Hashable, Sendable {
    case opensSet
    case opensTab(String)
    case closesTab
    case closesSet
    /// A fence of colons around something else, which a line of colons closes like a tab.
    case opensOther
    /// A line of colons; what it closes is what was opened last.
    case closesLast
    /// `:::zone pivot="x"`; all zones of a document are tabs of one set.
    case opensZone(String)
    case closesZone
}

extension TabMark {
    /// The marks on a line; none for nearly all lines, which their first byte tells.
    static func marks(on line: String) -> [TabMark] {
        switch line.utf8.first {
        case UInt8(ascii: "{"): templateMarks(on: line)
        case UInt8(ascii: "<"): tags(on: line)
        case UInt8(ascii: ":"): colonMark(on: line).map { [$0] } ?? []
        case UInt8(ascii: "/") where line.hasPrefix("///"): slashMark(on: line).map { [$0] } ?? []
        default: []
        }
    }

    /// False for nearly all lines of HTML: none of their tags is one of a tab.
    static func mayStand(on line: ArraySlice<UInt8>) -> Bool {
        guard line.first == UInt8(ascii: "<") else { return true }
        return line.withUnsafeBufferPointer { bytes in
            bytes.indices.contains { index in
                guard bytes[index] == UInt8(ascii: "<") else { return false }
                switch bytes[(index + 1)...].first(where: { $0 != UInt8(ascii: "/") }) {
                // `<Tabs>`, `<CodeTabs>`, `<EndTab>`, `<section data-scope="linux">`
                case UInt8(ascii: "T"), UInt8(ascii: "C"), UInt8(ascii: "E"), UInt8(ascii: "s"): return true
                case let byte?: return byte >= 0x80
                case nil: return false
                }
            }
        }
    }

    /// True for a tag whose end stands on a later line.
    static func isCut(_ line: String) -> Bool {
        line.hasPrefix("<Tab") && !line.utf8.contains(UInt8(ascii: ">"))
    }

    /// `{{< tab "Linux" >}}`, `{{% tab name="Linux" %}}`, `{% tab title="Linux" %}`, and their ends.
    private static func templateMarks(on line: String) -> [TabMark] {
        var marks: [TabMark] = []
        var rest = line[...]
        while let open = rest.firstPlace(of: "{{<") ?? rest.firstPlace(of: "{{%") ?? rest.firstPlace(of: "{%")
        {
            let closing = rest[open].ends(with: "<") ? ">}}" : rest[open].utf8.count == 3 ? "%}}" : "%}"
            guard let close = rest[open.upperBound...].firstPlace(of: closing) else { break }
            let inside = AttributeValue.trimmed(rest[open.upperBound..<close.lowerBound])
            if let mark = named(inside[...]) { marks.append(mark) }
            rest = rest[close.upperBound...]
        }
        return marks
    }

    /// `<TabItem value="linux" label="Linux">` and its end.
    private static func tags(on line: String) -> [TabMark] {
        var marks: [TabMark] = []
        var rest = line[...]
        while let open = rest.firstIndex(of: "<") {
            let inside = rest[rest.index(after: open)...]
            let close = inside.firstIndex(of: ">") ?? inside.endIndex
            // HTML has no such elements; those of the page itself are written with a capital.
            let isComponent = inside.drop { $0 == "/" }.first?.isUppercase ?? false
            if isComponent, let mark = named(inside[..<close]) { marks.append(mark) }
            if let mark = filtered(inside[..<close]) { marks.append(mark) }
            rest = inside[close...]
        }
        return marks
    }

    /// `<section data-scope="linux">`, which buttons of the page show and hide, and its end.
    private static func filtered(_ inside: Substring) -> TabMark? {
        if inside.hasPrefix("/section") { return .closesTab }
        guard inside.hasPrefix("section ") else { return nil }
        return value(of: "data-scope", in: inside).map(Self.opensTab)
    }

    /// What stands between the brackets of a template or of a tag.
    private static func named(_ inside: Substring) -> TabMark? {
        let name = inside.prefix { !$0.isWhitespace }
        switch name.lowercased() {
        case "tabs", "tabpane", "tabset", "tabgroup", "codetabs", "tabbed": return .opensSet
        case "/tabs", "/tabpane", "/tabset", "/tabgroup", "/codetabs", "/tabbed", "endtabs": return .closesSet
        case "/tab", "/tabitem", "endtab": return .closesTab
        case "tab", "tabitem":
            let rest = inside[name.endIndex...]
            let keys = ["name", "header", "title", "label", "value"]
            return (keys.lazy.compactMap { value(of: $0, in: rest) }.first ?? quoted(rest)).map(Self.opensTab)
        default: return nil
        }
    }

    private static func colonMark(on line: String) -> TabMark? {
        let rest = AttributeValue.trimmed(line.drop { $0 == ":" })
        guard line.hasPrefix("::") else { return nil }
        if line.hasPrefix(":::") {
            if rest.isEmpty { return .closesLast }
            // `:::image source="x":::` closes itself.
            if rest.hasSuffix(":::") { return nil }
        }
        let words = rest.split(separator: " ", maxSplits: 1).map(String.init)
        let title = words.count > 1 ? words[1] : ""
        switch words.first {
        case "Tabs": return .opensSet
        case "EndTabs": return .closesSet
        case "TabTitle": return .opensTab(title)
        case "zone": return value(of: "pivot", in: title[...]).map(Self.opensZone)
        case "zone-end": return .closesZone
        case "{tab-set}", "{tabs}", "{tab-set-code}": return .opensSet
        case "{tab-item}", "{tab}", "{group-tab}": return .opensTab(title)
        default: return line.hasPrefix(":::") ? .opensOther : nil
        }
    }

    /// `/// tab | Linux` and `///`.
    private static func slashMark(on line: String) -> TabMark? {
        let rest = AttributeValue.trimmed(line.drop { $0 == "/" })
        if rest.isEmpty { return .closesLast }
        let parts = rest.split(separator: "|", maxSplits: 1)
        guard parts.count == 2, AttributeValue.trimmed(parts[0]) == "tab" else { return .opensOther }
        return .opensTab(AttributeValue.trimmed(parts[1]))
    }

    /// `key="value"`, `key='value'` or `key=value`.
    private static func value(of key: String, in text: Substring) -> String? {
        var rest = text
        while let found = rest.firstPlace(of: key + "=") {
            let isWhole =
                found.lowerBound == text.startIndex || !text[text.index(before: found.lowerBound)].isLetter
            rest = rest[found.upperBound...]
            guard isWhole else { continue }
            return quoted(rest) ?? String(rest.prefix { !$0.isWhitespace })
        }
        return nil
    }

    /// A text in quotes at the start.
    private static func quoted(_ text: Substring) -> String? {
        let text = text.drop(while: \.isWhitespace)
        guard let quote = text.first, "\"'`".contains(quote) else { return nil }
        return String(text.dropFirst().prefix { $0 != quote })
    }
}
