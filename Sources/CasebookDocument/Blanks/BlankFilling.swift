/// How a cell runs once somebody has given a value for each of its blanks.
///
/// A value is never pasted into code: in the place of a blank stands a reference to a variable, quoted where the shell
/// would cut it. A blank that stands where a variable means nothing cannot be filled, and neither can one without a
/// name of its own, such as `CHANGEME`.
package struct BlankFilling: Hashable, Sendable {
    /// The names by which the values are given, in the order of their first use; equal blanks share one.
    package let names: [String]
    /// The code with references in the place of its blanks.
    package let code: [UInt8]
    /// What a run does with the cell then.
    package internal(set) var handling: CellHandling
    /// The variables that it sets for the cells after it.
    var sets: Set<String> = []

    /// Nil when one of the blanks cannot be filled.
    init?(
        _ code: [UInt8],
        _ blanks: [Blank],
        _ context: CodeContext,
        _ commands: [ShellCommand],
        _ handling: CellHandling
    ) {
        guard !blanks.isEmpty else { return nil }
        let reread = commands.compactMap {
            $0.name == "eval" ? $0.words.joined(separator: " ") : $0.innerCode
        }
        var names: [String] = []
        var seen: Set<String> = []
        var searched: Set<String> = []
        var filled: [UInt8] = []
        var copied = 0
        for blank in blanks {
            // Another shell would read the value as code.
            let word = ShellReader.word(for: blank)
            if searched.insert(word).inserted, reread.contains(where: { $0.contains(word) }) { return nil }
            guard let name = blank.name, let form = Self.form(of: blank, in: code, context) else {
                return nil
            }
            if seen.insert(name).inserted { names.append(name) }
            filled += code[copied..<blank.range.lowerBound]
            filled += form(Self.variable(for: name)).utf8
            copied = blank.range.upperBound
        }
        self.names = names
        self.code = filled + code[copied...]
        self.handling = handling
    }

    /// The variable that holds the value of a blank; no runbook's own has this name.
    package static func variable(for name: String) -> String { "blank_" + name }

    /// The variables of blanks that have a value.
    package static func variables(for names: [String], from values: [String: String]) -> [String: String] {
        var variables: [String: String] = [:]
        for name in names { variables[variable(for: name)] = values[name] }
        return variables
    }

    /// How a reference is written where the blank stands; nil where none is read.
    private static func form(
        of blank: Blank,
        in code: [UInt8],
        _ context: CodeContext
    ) -> ((String) -> String)? {
        let start = blank.range.lowerBound
        // After a backslash or a dollar it would be something else.
        if start > 0, "\\$".utf8.contains(code[start - 1]) { return nil }
        if context.expandsVariables(at: start) { return { "${\($0)}" } }
        guard context[start] == .code, !context.isSealed(at: start) else { return nil }
        return { "\"${\($0)}\"" }
    }
}

extension Blank {
    /// What its value is called: `pod_name` for `<pod-name>`, `YOUR_BUCKET` for itself; nil when it says nothing.
    var name: String? {
        guard !text.hasPrefix("[-"), !text.hasPrefix("<") || text.hasSuffix(">") else { return nil }
        var words: [[UInt8]] = [[]]
        for byte in Self.withoutEntities(text).utf8 {
            if byte.isLetter || byte.isDigit {
                words[words.count - 1].append(byte)
            } else if byte >= 0x80 {
                return nil
            } else if words.last?.isEmpty == false {
                words.append([])
            }
        }
        let name = words.filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }.joined(
            separator: "_"
        )
        guard name.utf8.count <= 60, name.utf8.first?.isLetter == true, !text.contains("|"),
            !text.hasPrefix("{") || Self.isNameInBraces(text), !text.hasPrefix("<%"), !Self.isSign(name)
        else { return nil }
        return name
    }

    /// True for `{pod}` and `{{ pod }}`; what else stands in braces is a list or a template of a site.
    private static func isNameInBraces(_ text: String) -> Bool {
        let inside = text.utf8.drop { $0 == UInt8(ascii: "{") }.prefix { $0 != UInt8(ascii: "}") }
        let isDouble = text.hasPrefix("{{")
        return inside.allSatisfy {
            $0.isLetter || $0.isDigit || "_-".utf8.contains($0) || isDouble && $0 == .space
        }
    }

    private static func withoutEntities(_ text: String) -> String {
        guard text.hasPrefix("&") else { return text }
        return text.drop { $0 != ";" }.dropFirst().prefix { $0 != "&" && $0 != ">" }.description
    }

    /// True for a word that stands for anything: two of them need not be the same.
    private static func isSign(_ name: String) -> Bool {
        let plain = name.uppercased().filter { $0 != "_" }
        return BlankFinder.orders.contains(plain) || BlankFinder.reminders.contains(plain)
            || generalWords.contains(plain) || plain.allSatisfy { $0 == "X" }
            || plain.allSatisfy { $0 == "Y" }
    }

    private static let generalWords: Set<String> = [
        "VALUE", "PLACEHOLDER", "STRING", "HTTP", "HTTPS", "NAME", "ID", "NUMBER", "XYZ",
        "VXYZ", "VXXX",
    ]
}

extension Runbook {
    /// What may be given for the blanks of cells, in the order of their first use.
    package var blankNames: [String] {
        var seen: Set<String> = []
        return cells.flatMap { $0.filling?.names ?? [] }.filter { seen.insert($0).inserted }
    }

    /// The same with every cell filled whose blanks all have a value.
    package func filled(_ names: some Sequence<String>) -> Runbook {
        let names = Set(names)
        guard !names.isEmpty else { return self }
        var set: [String: Set<String>] = [:]
        let items = items.map { item in
            guard case .cell(var cell) = item else { return item }
            let session = cell.attributes.session ?? cell.language.name
            if let known = set[session] { cell = cell.without(openVariables: known) }
            guard let filling = cell.filling, names.isSuperset(of: filling.names) else { return .cell(cell) }
            set[session, default: []].formUnion(filling.sets)
            return .cell(cell.filled(by: filling))
        }
        return Runbook(source: source, metadata: metadata, items: items, diagnostics: diagnostics)
    }
}
