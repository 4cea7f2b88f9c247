package import CasebookDocument

/// Shows diagnostics with the line they are about and a caret under the place.
package struct DiagnosticPrinter: Sendable {
    private let style: TextStyle

    package init(style: TextStyle) { self.style = style }

    /// One diagnostic as text that ends in a line ending.
    ///
    ///     restore.md:12:9: error: unknown attribute `timout`
    ///        12 | ```bash {timout=5m}
    ///           |          ^~~~~~
    ///       did you mean `timeout`?
    package func text(of diagnostic: Diagnostic, in source: SourceText) -> String {
        let severity = diagnostic.severity == .error ? style.red("error") : style.yellow("warning")
        guard let range = diagnostic.range else {
            return "\(source.name): \(severity): \(diagnostic.message)\n\(advice(of: diagnostic))"
        }
        let position = source.position(of: range.lowerBound)
        let head = "\(source.name):\(position.line):\(position.column): \(severity): \(diagnostic.message)\n"
        return head + excerpt(of: range, at: position, in: source) + advice(of: diagnostic)
    }

    private func advice(of diagnostic: Diagnostic) -> String {
        diagnostic.advice.map { "  \($0)\n" } ?? ""
    }

    private func excerpt(of range: ByteRange, at position: SourcePosition, in source: SourceText) -> String {
        let content = source.contentRange(ofLine: position.line)
        let shownEnd = min(content.upperBound, content.lowerBound + Self.lineBytesMax)
        guard range.lowerBound <= shownEnd else { return "" }
        let line = printable(source.bytes[content.lowerBound..<shownEnd])
        let before = printable(source.bytes[content.lowerBound..<range.lowerBound])
        let marked = printable(
            source.bytes[range.lowerBound..<max(range.lowerBound, min(range.upperBound, shownEnd))]
        )
        let number = String(position.line)
        let gutter = String(repeating: " ", count: max(0, 5 - number.count))
        let blank = String(repeating: " ", count: 5)
        let caret = "^" + String(repeating: "~", count: max(0, marked.count - 1))
        return "\(gutter)\(number) | \(line)\n\(blank) | \(String(repeating: " ", count: before.count))"
            + "\(style.bold(caret))\n"
    }

    /// One character a column: tabs and control characters become blanks, so that the caret stands right.
    private func printable(_ bytes: ArraySlice<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        return String(
            text.map { $0.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F } ? $0 : " " }
        )
    }

    private static let lineBytesMax = 200
}
