/// Where what stands in `$(…)` ends, and what it does.
enum ShellSubstitution {
    private enum Part {
        case parentheses
        case doubleQuotes
    }

    /// The offset of the parenthesis that closes the one before `start`; the end of the code when none does.
    ///
    /// Parentheses in quotes, in comments and in here-documents close nothing. Each byte is looked at once.
    static func end(in code: [UInt8], from start: Int) -> Int {
        var open = [Part.parentheses]
        var documents: [[UInt8]] = []
        var index = start
        while index < code.count {
            let byte = code[index]
            let isPlain = open.last == .parentheses
            switch byte {
            case UInt8(ascii: "\\"): index += 1
            case UInt8(ascii: "\""):
                if isPlain { open.append(.doubleQuotes) } else { open.removeLast() }
            case UInt8(ascii: "'") where isPlain: index = endOfQuote(in: code, at: index)
            case UInt8(ascii: "$") where index + 1 < code.count && code[index + 1] == UInt8(ascii: "("):
                if let end = arithmeticEnd(in: code, from: index + 1) {
                    index = end
                    continue
                }
                open.append(.parentheses)
                index += 1
            case UInt8(ascii: "(") where isPlain:
                if let end = arithmeticEnd(in: code, from: index) {
                    index = end
                    continue
                }
                open.append(.parentheses)
            case UInt8(ascii: ")") where isPlain:
                open.removeLast()
                if open.isEmpty { return index }
            case UInt8(ascii: "#")
            where isPlain && (code[index - 1].isBlank || "\n;(".utf8.contains(code[index - 1])):
                index = code[index...].firstIndex(of: .lineFeed) ?? code.count
                continue
            case UInt8(ascii: "<") where isPlain:
                if let word = HereDocument.word(in: code[...], at: index) {
                    documents.append(word.text)
                    index = word.end
                    continue
                }
            case .lineFeed where !documents.isEmpty && isPlain:
                index = endOfDocuments(documents, in: code, from: index + 1)
                documents = []
                continue
            default: break
            }
            index += 1
        }
        return min(index, code.count)
    }

    /// The offset of the quote that closes the one at an offset, `'…'` or `$'…'`.
    private static func endOfQuote(in code: [UInt8], at start: Int) -> Int {
        let isEscaped = code[start - 1] == UInt8(ascii: "$")
        var index = start + 1
        while index < code.count, code[index] != UInt8(ascii: "'") {
            index += isEscaped && code[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return index
    }

    private static func endOfDocuments(_ documents: [[UInt8]], in code: [UInt8], from start: Int) -> Int {
        var index = start
        for document in documents {
            while index < code.count {
                let end = code[index...].firstIndex(of: .lineFeed) ?? code.count
                let isLast = code[index..<end].drop(while: \.isBlank).elementsEqual(document)
                index = min(end + 1, code.count)
                if isLast { break }
            }
        }
        return index
    }

    /// Where `(( x = 1 << 3 ))` ends, which holds no command and no here-document.
    ///
    /// Nil for `((a); b)`, a group in a group: its first parenthesis closes before the last one.
    static func arithmeticEnd(in code: [UInt8], from start: Int) -> Int? {
        guard code[start...].starts(with: "((".utf8), !code[start...].starts(with: "(((".utf8) else {
            return nil
        }
        var depth = 0
        // Arithmetic is short; what is longer is read as commands, in which nothing hides.
        for index in start..<min(start + 500, code.count) {
            if code[index] == UInt8(ascii: "(") { depth += 1 }
            guard code[index] == UInt8(ascii: ")") else { continue }
            depth -= 1
            if depth == 1 {
                let isLast = index + 1 < code.count && code[index + 1] == UInt8(ascii: ")")
                return isLast ? index + 2 : nil
            }
        }
        return nil
    }

    /// True when it runs a program that fetches something from the net.
    static func fetches(_ code: ArraySlice<UInt8>) -> Bool {
        code.prefix(400).split { $0.isBlank || "\n;|&()'\"`$/".utf8.contains($0) }
            .contains { $0.elementsEqual("curl".utf8) || $0.elementsEqual("wget".utf8) }
    }
}
