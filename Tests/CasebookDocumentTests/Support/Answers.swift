import CasebookDocument
import CasebookSimulation

/// Blocks for every item of a runbook, as awkward as programs can be.
enum Answers {
    static func random(for runbook: Runbook, using generator: inout SeededGenerator) -> [ItemID: WrittenBlock]
    {
        var blocks: [ItemID: WrittenBlock] = [:]
        for item in runbook.items where generator.chance(90) {
            switch item {
            case .cell:
                blocks[item.id] = .output(
                    marks: generator.pick([["exit=0"], [], ["exit=1", "timed-out"], ["killed=SIGKILL"]]),
                    text: text(using: &generator)
                )
            case .gate(let gate):
                if case .task = gate.kind, generator.chance(70) {
                    blocks[item.id] = .tick
                } else {
                    let note = String(decoding: text(using: &generator), as: UTF8.self)
                    blocks[item.id] = .decision(
                        answer: generator.pick(["done", "proceed", "two words"]),
                        note: note
                    )
                }
            }
        }
        return blocks
    }

    static func text(using generator: inout SeededGenerator) -> [UInt8] {
        let pieces: [String] = [
            "", "a line", "```", "`````` bash", "~~~", "> quote", "- item", "1. one", "# heading", "    four",
            "\tTab",
            "</div>", "-->", "```output {casebook exit=0}", "ok\r", "10%\r50%\r", "\u{1B}[31mred", "nul\0nul",
            "  ",
            "é \u{85}\u{2028}", "[x] <!-- casebook -->", "---", "| a | b |", "$ echo", "{{ x }}",
        ]
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 0..<6, using: &generator) {
            bytes += generator.pick(pieces).utf8
            if generator.chance(5) { bytes += [0xFF, 0xC3] }
            if generator.chance(80) { bytes.append(0x0A) }
        }
        if generator.chance(2) { bytes += [UInt8](repeating: 0x78, count: 1 << 20) }
        return bytes
    }
}
