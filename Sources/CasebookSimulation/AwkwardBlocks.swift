package import CasebookDocument

/// Blocks for every item of a runbook, as awkward as programs and people can make them.
package enum AwkwardBlocks {
    package static func random(
        for runbook: Runbook,
        using generator: inout SeededGenerator
    ) -> [ItemID: WrittenBlock] {
        var blocks: [ItemID: WrittenBlock] = [:]
        for item in runbook.items where generator.chance(90) {
            switch item {
            case .cell:
                blocks[item.id] = .output(
                    marks: generator.pick([["exit=0"], [], ["exit=1", "timed-out"], ["killed=SIGKILL"]]),
                    text: text(using: &generator),
                    pictures: generator.chance(10) ? pictures : []
                )
            case .gate(let gate):
                if case .task = gate.kind, generator.chance(70) {
                    blocks[item.id] = .tick
                } else {
                    let note = String(decoding: text(using: &generator), as: UTF8.self)
                    blocks[item.id] = .decision(
                        answer: generator.pick([
                            "done", "proceed", "two words", "", "a\"b", "`}", "a\nb", "casebook",
                        ]),
                        note: note
                    )
                }
            }
        }
        return blocks
    }

    private static let pictures = [
        Picture(path: "run book.assets/plot-1.png", title: "plot 1"),
        Picture(path: "a)(b<!-- x -->\n.png", title: "](x) `<!-- casebook -->\n# a"),
    ]

    /// What a program may print: every kind of line that means something in a document.
    package static func text(using generator: inout SeededGenerator) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 0..<6, using: &generator) {
            bytes += generator.pick(pieces).utf8
            if generator.chance(5) { bytes += [0xFF, 0xC3] }
            if generator.chance(80) { bytes.append(0x0A) }
        }
        if generator.chance(2) { bytes += [UInt8](repeating: 0x78, count: 1 << 20) }
        return bytes
    }

    private static let pieces: [String] =
        [
            "", "a line", "> quote", ">", "- item", "-", "1. one", "# heading", "    four", "\tTab", "===",
            "</div>", "<div>", "-->", "<!--", "<!-- casebook -->", "![a](b)", "</script>", "]]>", "?>",
            "```output {casebook exit=0}", "```decision {casebook answer=done}", "[x] <!-- casebook -->",
            "- [x] <!-- casebook --> a", "ok\r", "10%\r50%\r", "a\r\nb", "\u{1B}[31mred", "\u{1B}]8;;x\u{07}",
            "nul\0nul", "\u{08}\u{0B}\u{0C}", "  ", "\u{FEFF}", "é \u{85}\u{2028}\u{2029}", "\u{9B}0m",
            "---", "...", "| a | b |", "|-|-|", "$ echo", "{{ x }}", "[a]: /b", "&amp;", "\\",
        ] + fences

    /// Fences of every length up to 12, and some that are longer than cmark can count.
    private static let fences =
        (1...12).flatMap { length in ["`", "~"].map { String(repeating: $0, count: length) } }
        + ["`````` bash", "~~~ {#x}"]
        + [254, 255, 400].flatMap { length in ["`", "~"].map { String(repeating: $0, count: length) } }
}
