/// What a document says outside its code, as far as it names people and dates.
package struct DocumentProse: Sendable {
    /// The plain text of every heading.
    package let headings: [String]
    /// The words before the colon, or in the first cell of a table row, of lines such as `**Owner:** payments`.
    ///
    /// In small letters; a label without anything after it is left out.
    package let labels: Set<String>

    package init(_ source: SourceText) {
        let tree = BlockTree.of(source)
        var headings: [String] = []
        var labels: Set<String> = []
        for (index, block) in tree.blocks.enumerated() {
            if block.isHeading {
                headings.append(AttributeValue.trimmed(String(decoding: block.content, as: UTF8.self)))
            }
            switch block.kind {
            // Front matter below other text is a heading to Markdown.
            case .heading, .paragraph, .table, .html:
                let container = tree.container(of: index)
                for line in tree.lines(of: index) {
                    let start = tree.containers.cursor(onLine: line, inside: container)?.offset
                    let content = source.contentRange(ofLine: line)
                    let text = source.text(in: (start ?? content.lowerBound)..<content.upperBound)
                    if let label = Self.label(of: text) { labels.insert(label) }
                }
            default: break
            }
        }
        self.headings = headings
        self.labels = labels
    }

    /// The label of one line; nil when it has none, or nothing after it.
    private static func label(of line: String) -> String? {
        guard line.utf8.contains(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "|") }) else {
            return nil
        }
        let isRow = line.drop { $0 == " " }.first == "|"
        let plain = line.filter { $0 != "*" && $0 != "_" && $0 != "`" }
        let parts = plain.split(
            separator: isRow ? "|" : ":",
            maxSplits: 1,
            omittingEmptySubsequences: true
        )
        guard parts.count == 2 else { return nil }
        let label = AttributeValue.trimmed(parts[0])
        let value = parts[1].drop { !$0.isLetter && !$0.isNumber && $0 != "@" && $0 != "<" }
        guard !value.isEmpty, !label.isEmpty, label.utf8.count <= 60 else { return nil }
        let words = label.lowercased().split { !$0.isLetter && !$0.isNumber }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }
}
