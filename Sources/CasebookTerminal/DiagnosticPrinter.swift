package import CasebookDocument

/// Shows diagnostics with the line they are about and a caret under the place.
package struct DiagnosticPrinter: Sendable {
    private let style: TextStyle
    private let source: SourceText
    /// What no excerpt shows.
    private let hidden: [ByteRange]

    /// - `diagnostics`: all that are known of the document; what one of them calls a secret is shown by none.
    package init(style: TextStyle, source: SourceText, knowing diagnostics: [Diagnostic]) {
        self.style = style
        self.source = source
        hidden = diagnostics.filter { $0.code == .secretLiteral }.compactMap(\.range)
    }

    /// One diagnostic as text that ends in a line ending.
    ///
    ///     restore.md:12:9: warning: the attribute `timout` is unknown and is ignored [attribute-unknown]
    ///        12 | ```bash {timout=5m}
    ///           |          ^~~~~~
    ///       did you mean `timeout`?
    ///       fix: write `timeout`
    package func text(of diagnostic: Diagnostic) -> String {
        let severity =
            switch diagnostic.severity {
            case .error: style.red("error")
            case .warning: style.yellow("warning")
            case .advice: style.blue("advice")
            }
        var text = place(
            severity,
            "\(diagnostic.message) [\(diagnostic.code.rawValue)]",
            at: diagnostic.range
        )
        if let advice = diagnostic.advice { text += "  \(advice)\n" }
        for fix in diagnostic.fixes { text += "  \(style.bold("fix")): \(fix.title)\n" }
        for note in diagnostic.notes { text += place("note", note.message, at: note.range) }
        return text
    }

    private func place(_ kind: String, _ message: String, at range: ByteRange?) -> String {
        guard let range else { return "\(source.name): \(kind): \(message)\n" }
        let position = source.position(of: range.lowerBound)
        return "\(source.name):\(position.line):\(position.column): \(kind): \(message)\n"
            + excerpt(of: range, at: position)
    }

    private func excerpt(of range: ByteRange, at position: SourcePosition) -> String {
        let content = source.contentRange(ofLine: position.line)
        let shownEnd = min(content.upperBound, content.lowerBound + Self.lineBytesMax)
        guard range.lowerBound <= shownEnd else { return "" }
        let line = printable(content.lowerBound..<shownEnd)
        let before = printable(content.lowerBound..<range.lowerBound)
        let marked = printable(range.lowerBound..<max(range.lowerBound, min(range.upperBound, shownEnd)))
        let number = String(position.line)
        let gutter = String(repeating: " ", count: max(0, 5 - number.count))
        let blank = String(repeating: " ", count: 5)
        let caret = "^" + String(repeating: "~", count: max(0, marked.count - 1))
        return "\(gutter)\(number) | \(line)\n\(blank) | \(String(repeating: " ", count: before.count))"
            + "\(style.bold(caret))\n"
    }

    /// One character a column: tabs and control characters become blanks, so that the caret stands right.
    private func printable(_ range: ByteRange) -> String {
        var bytes = source.bytes[range]
        for secret in hidden {
            for index in secret.clamped(to: range) { bytes[index] = UInt8(ascii: "*") }
        }
        let text = String(decoding: bytes, as: UTF8.self)
        return String(
            text.map { $0.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F } ? $0 : " " }
        )
    }

    private static let lineBytesMax = 200
}
