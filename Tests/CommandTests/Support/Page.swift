import CasebookTestSupport
import Foundation

/// A page of the repository, and the blocks of code in it.
struct Page {
    private let lines: [Substring]

    /// - Parameter path: from the root of the repository.
    init(_ path: String) throws {
        let text = try String(contentsOfFile: "\(BuiltBinary.packageFolder)/\(path)", encoding: .utf8)
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The blocks that are set off by four blanks, without them, each with its last line ending.
    var indentedBlocks: [String] {
        var blocks: [[Substring]] = []
        var isInside = false
        for line in lines {
            if line.hasPrefix("    ") {
                if !isInside { blocks.append([]) }
                isInside = true
                blocks[blocks.count - 1].append(line.dropFirst(4))
            } else if line.isEmpty, isInside {
                blocks[blocks.count - 1].append(line)
            } else {
                isInside = false
            }
        }
        return blocks.map { block in
            let text = block.reversed().drop(while: \.isEmpty).reversed()
            return text.map { "\($0)\n" }.joined()
        }
    }

    /// What is typed at the prompts of its `console` fences, in order; a line that ends in `\` goes on.
    var typedLines: [String] {
        var typed: [String] = []
        var isInside = false
        var goesOn = false
        for line in lines {
            if line.hasPrefix("```") {
                isInside = line == "```console"
            } else if isInside, goesOn {
                typed[typed.count - 1] += "\n\(line)"
                goesOn = line.hasSuffix("\\")
            } else if isInside, line.hasPrefix("$ ") {
                typed.append(String(line.dropFirst(2)))
                goesOn = line.hasSuffix("\\")
            }
        }
        return typed
    }

    /// What stands between single backticks in its prose and begins with a word.
    func quotedCommands(of program: String) -> [String] {
        var isInside = false
        return lines.flatMap { line -> [String] in
            if line.hasPrefix("```") { isInside.toggle() }
            guard !isInside, !line.hasPrefix("    ") else { return [] }
            // Every second piece stands between two backticks.
            let pieces = line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            return pieces.filter { $0.offset % 2 == 1 }.map { String($0.element) }
        }.filter { $0.hasPrefix("\(program) ") }
    }
}
