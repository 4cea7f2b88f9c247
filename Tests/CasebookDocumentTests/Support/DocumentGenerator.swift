import CasebookDocument
import CasebookSimulation

/// Random Markdown with everything that makes splicing hard.
enum DocumentGenerator {
    static func document(seed: UInt64) -> SourceText {
        var generator = SeededGenerator(seed: seed)
        let ending = generator.pick(["\n", "\n", "\n", "\r\n", "\r"])
        var lines: [String] = []
        if generator.chance(15) { lines += ["---", "title: T", "---"] }
        for _ in 0..<Int.random(in: 1..<9, using: &generator) {
            lines += block(depth: 0, using: &generator)
            if generator.chance(70) { lines.append("") }
        }
        var bytes: [UInt8] = generator.chance(5) ? [0xEF, 0xBB, 0xBF] : []
        for (index, line) in lines.enumerated() {
            bytes += line.utf8
            if generator.chance(1) { bytes += [0xFE, 0x00] }
            guard index < lines.count - 1 || generator.chance(70) else { break }
            bytes += (generator.chance(3) ? generator.pick(["\n", "\r\n", "\r"]) : ending).utf8
        }
        return SourceText(name: "generated", bytes: bytes)
    }

    private static func block(depth: Int, using generator: inout SeededGenerator) -> [String] {
        switch Int.random(in: 0..<(depth > 3 ? 7 : 11), using: &generator) {
        case 0:
            return [
                generator.pick([
                    "# Title", "## Steps", "## Rollback", "## Step 2: x", "### 3. Do", "## Overview",
                ])
            ]
        case 1:
            return generator.pick([
                ["Some text", "goes on"], ["text  "], ["If it fails, stop."], ["a | b", "--|--", "1 | 2"],
            ])
        case 2, 3, 4: return fence(using: &generator)
        case 5:
            return generator.pick([
                ["<div>", "x", "</div>"], ["<!-- casebook -->"], ["<!-- a", "b -->"], ["***"],
                ["    indented"], ["[a]: /b"],
                ["Setext", "==="], ["<details>", "", "text"], ["</details>"],
            ])
        case 6:
            return [
                generator.pick([
                    "- [ ] tick", "- [x] done", "* [X] big", "1. [ ] numbered", "- [ ]", "+ [ ]  wide",
                ])
            ]
        case 7:
            return prefixed(
                block(depth: depth + 1, using: &generator)
                    + (generator.chance(30) ? block(depth: depth + 1, using: &generator) : []),
                first: "> ",
                rest: generator.pick(["> ", ">", "> "])
            )
        default:
            let marker = generator.pick(["- ", "1. ", "2) ", "10.  ", "-   ", "-\t", "* [ ] ", "+ "])
            let width = marker.hasPrefix("* [") ? 2 : marker == "-\t" ? 4 : marker.count
            var content = generator.chance(60) ? ["Do it"] : []
            if generator.chance(30), !content.isEmpty { content.append("") }
            content += block(depth: depth + 1, using: &generator)
            if generator.chance(40) { content += block(depth: depth + 1, using: &generator) }
            let rest = marker == "-\t" && generator.chance(50) ? "\t" : String(repeating: " ", count: width)
            return prefixed(content, first: marker, rest: rest)
        }
    }

    private static func fence(using generator: inout SeededGenerator) -> [String] {
        let marks = generator.pick(["```", "```", "````", "~~~"])
        let info = generator.pick([
            "bash", "sh", "console", "python", "text", "", "yaml", "bash {#x}", "BASH", "checkpoint {role=a}",
            "output",
            "bash {timeout=1m", "{code-block} bash",
        ])
        var lines = [generator.pick(["", "", " ", "   "]) + marks + info]
        for _ in 0..<Int.random(in: 0..<4, using: &generator) {
            lines.append(
                generator.pick([
                    "echo hi", "$ ls", "", "  x", "``", "\techo", "rm -rf x", "kubectl get <pod>", "out put",
                    "> a", "- b",
                ])
            )
        }
        if generator.chance(92) {
            lines.append(generator.pick([marks, marks, marks + "  ", " " + marks, marks + "`"]))
        }
        return lines
    }

    private static func prefixed(_ lines: [String], first: String, rest: String) -> [String] {
        lines.enumerated().map { index, line in
            if index == 0 { return first + line }
            return line.isEmpty && rest.allSatisfy { $0 == " " || $0 == "\t" } ? "" : rest + line
        }
    }
}
