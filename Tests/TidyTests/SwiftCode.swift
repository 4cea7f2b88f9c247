/// Swift source with its comments and the contents of its string literals blanked out.
///
/// Lines keep their numbers. Code inside an interpolation is blanked too; nothing that the rules look
/// for hides there.
struct SwiftCode {
    let lines: [String]

    init(_ source: String) {
        var scanner = Scanner(source)
        lines = scanner.blanked().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private struct Scanner {
        private let text: [Character]
        private var index = 0
        private var result = ""

        init(_ source: String) { text = Array(source) }

        mutating func blanked() -> String {
            while index < text.count {
                if starts(with: "//") {
                    skip { $0.starts(with: "\n") }
                } else if starts(with: "/*") {
                    skipBlockComment()
                } else if let quote = openingQuote() {
                    index += quote.opening
                    skipString(until: quote.closing, isMultiline: quote.isMultiline)
                } else {
                    result.append(text[index])
                    index += 1
                }
            }
            return result
        }

        private func starts(with prefix: String) -> Bool {
            guard index + prefix.count <= text.count else { return false }
            return text[index..<(index + prefix.count)].elementsEqual(prefix)
        }

        /// Leaves line endings in place and drops everything else up to where `isEnd` says so.
        private mutating func skip(until isEnd: (Self) -> Bool) {
            while index < text.count, !isEnd(self) {
                if text[index] == "\n" { result.append("\n") }
                index += 1
            }
        }

        private mutating func skipBlockComment() {
            var depth = 0
            repeat {
                if starts(with: "/*") {
                    depth += 1
                    index += 2
                } else if starts(with: "*/") {
                    depth -= 1
                    index += 2
                } else {
                    if text[index] == "\n" { result.append("\n") }
                    index += 1
                }
            } while depth > 0 && index < text.count
        }

        private func openingQuote() -> (opening: Int, closing: String, isMultiline: Bool)? {
            var hashes = 0
            while index + hashes < text.count, text[index + hashes] == "#" { hashes += 1 }
            guard index + hashes < text.count, text[index + hashes] == "\"" else { return nil }
            let fence = String(repeating: "#", count: hashes)
            let isMultiline = text[(index + hashes)...].prefix(3).elementsEqual("\"\"\"")
            let quote = isMultiline ? "\"\"\"" : "\""
            return (hashes + quote.count, quote + fence, isMultiline)
        }

        private mutating func skipString(until closing: String, isMultiline: Bool) {
            let isRaw = closing.hasSuffix("#")
            var depth = 0
            while index < text.count {
                if depth == 0, starts(with: closing) {
                    index += closing.count
                    result.append("\"\"")
                    return
                }
                if !isRaw, text[index] == "\\" {
                    // An interpolation may hold string literals of its own.
                    if index + 1 < text.count, text[index + 1] == "(" { depth += 1 }
                    index += 2
                    continue
                }
                if depth > 0, text[index] == "(" { depth += 1 }
                if depth > 0, text[index] == ")" { depth -= 1 }
                if text[index] == "\n" {
                    result.append("\n")
                    if !isMultiline { return }
                }
                index += 1
            }
        }
    }
}
