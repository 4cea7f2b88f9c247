/// What each byte of a block is to the program that reads it: code, a comment, or text.
enum CodeKinds {
    /// Nil for a language about which nothing is known.
    static func of(_ code: [UInt8], tag: String) -> [CodeContext.Kind]? {
        switch Language(tag: tag) {
        case .runs(let interpreter)?:
            let context = CodeContext(code, interpreter.syntax)
            return code.indices.map { context[$0] }
        case .byHand("SQL")?, .byHand("PostgreSQL")?, .byHand("MySQL")?:
            return kinds(of: code, quotes: "'\"`", comment: "--")
        default: break
        }
        switch tag {
        case "json": return kinds(of: code, quotes: "\"", comment: nil)
        // Nearly anything is text in YAML; only its indentation is looked at.
        case "yaml", "yml": return Array(repeating: .quoted, count: code.count)
        default: return nil
        }
    }

    /// A reading in which quotes end on their line or never, and a comment reaches to the end of its line.
    private static func kinds(of code: [UInt8], quotes: String, comment: String?) -> [CodeContext.Kind] {
        var kinds: [CodeContext.Kind] = []
        kinds.reserveCapacity(code.count)
        let marks = Array(quotes.utf8)
        var quote: UInt8?
        var isComment = false
        for (index, byte) in code.enumerated() {
            if byte == .lineFeed { (quote, isComment) = (nil, false) }
            if quote == nil, !isComment, let comment { isComment = code[index...].starts(with: comment.utf8) }
            kinds.append(isComment ? .comment : quote == nil ? .code : .quoted)
            guard !isComment else { continue }
            if let open = quote {
                if byte == open { quote = nil }
            } else if marks.contains(byte) {
                quote = byte
                kinds[index] = .quoted
            }
        }
        return kinds
    }
}
