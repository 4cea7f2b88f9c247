/// The prompts of consoles that are no shells, as they stand in recorded sessions.
enum ConsolePrompt {
    /// The prompt with which a line of a session starts; nil when it has none.
    static func prompt(of line: ArraySlice<UInt8>, _ syntax: CodeSyntax) -> String? {
        let text = line.drop(while: \.isBlank)
        let length: Int? =
            switch syntax {
            case .javaScript, .r: text.starts(with: "> ".utf8) ? 1 : nil
            case .lua: text.starts(with: "> ".utf8) ? 1 : nil
            case .ruby: end(of: text, after: "irb(") ?? (text.starts(with: ">> ".utf8) ? 2 : nil)
            case .sql: end(of: text, after: "sqlite>") ?? database(text)
            case .shell, .fish, .python, .perl, .unknown: nil
            }
        return length.map { String(decoding: text.prefix($0), as: UTF8.self) }
    }

    /// How long a prompt is that starts with these words and ends with `>`.
    private static func end(of text: ArraySlice<UInt8>, after words: String) -> Int? {
        guard text.starts(with: words.utf8) else { return nil }
        return text.prefix(40).firstIndex(of: UInt8(ascii: ">")).map { $0 - text.startIndex + 1 }
    }

    /// `orders=# `, `orders=> `, `orders-# ` of psql.
    private static func database(_ text: ArraySlice<UInt8>) -> Int? {
        let name = text.prefix { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") }
        let sign = text[name.endIndex...].prefix(3)
        guard !name.isEmpty, let first = sign.first, "=-".utf8.contains(first),
            "#>".utf8.contains(sign.dropFirst().first ?? 0), sign.last == .space
        else { return nil }
        return name.count + 2
    }
}
