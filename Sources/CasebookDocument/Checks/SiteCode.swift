/// Code between the marks of a site generator, `{{< highlight bash >}}` or `{% highlight bash %}`: no fence of Markdown.
enum SiteCode {
    /// False for most documents, whose blocks need no look.
    static func mayStand(in source: SourceText) -> Bool {
        marks.contains { ByteSearch.range(of: Array($0.open.utf8), in: source.bytes[...]) != nil }
    }

    /// One finding for each opening mark in a block.
    static func diagnostics(of index: Int, in tree: BlockTree) -> [Diagnostic] {
        tree.lines(of: index).compactMap { line in
            let range = tree.source.contentRange(ofLine: line)
            let content = tree.source.bytes[range].drop(while: \.isBlank)
            guard content.first == UInt8(ascii: "{"), content.count < 400,
                let mark = mark(on: String(decoding: content, as: UTF8.self))
            else { return nil }
            return Diagnostic(
                .warning,
                .codeSite,
                at: content.startIndex..<range.upperBound,
                "`\(mark)` is for a site generator; to Markdown what follows is text, so it never runs",
                advice: "write a fence, ```` ```bash ````, in its place"
            )
        }
    }

    /// The opening mark with its name and its language; nil for another mark.
    private static func mark(on line: String) -> String? {
        guard let (open, close) = marks.first(where: { line.hasPrefix($0.open) }),
            let end = line.firstRange(of: close)
        else { return nil }
        let inside = line[..<end.lowerBound].dropFirst(open.utf8.count)
        let words = inside.split { $0.isWhitespace || $0 == "-" }
        guard let name = words.first, names.contains(String(name)) else { return nil }
        return String(line[..<end.upperBound])
    }

    private static let marks: [(open: String, close: String)] = [
        ("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"),
    ]
    private static let names: Set<String> = [
        "highlight", "code", "codeblock", "text", "terminal", "shell", "bash", "console", "command",
    ]
}
