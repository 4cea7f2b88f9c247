/// What each byte of a cell is to its interpreter: code, a comment, or text in quotes or a here-document.
///
/// A wrong `comment` would hide a blank, so it is given only where the reading is certain; from the first
/// construct that this cannot follow, such as quotes nested in `"$(…)"`, all the rest is `unsure`.
struct CodeContext {
    enum Kind: Hashable, Sendable {
        case code
        case comment
        case quoted
        case unsure
    }

    private let code: [UInt8]
    private var kinds: [Kind]
    private var position = 0
    private var isInWord = false
    private var isInBackticks = false
    /// How many `${` are open outside quotes; a `#` inside them is no comment.
    private var openBraces = 0
    private var documents: [(terminator: [UInt8], stripsTabs: Bool, isLiteral: Bool)] = []
    /// Text in which a shell puts the values of variables: in double quotes, and in most here-documents.
    private var expanding: [Range<Int>] = []
    /// What stands between `${` and `}`, outside quotes.
    private var braces: [Range<Int>] = []

    init(_ code: [UInt8], _ syntax: CodeSyntax) {
        self.code = code
        kinds = Array(repeating: .unsure, count: code.count)
        let isShell = syntax == .shell || syntax == .fish
        // Of an unknown language nothing is certain.
        guard let comment = syntax.comment else { return }
        while position < code.count {
            guard isShell ? readShell() : readScript(comment) else { return }
        }
    }

    subscript(offset: Int) -> Kind { kinds[offset] }

    /// True for text in which a shell puts the values of variables.
    func expandsVariables(at offset: Int) -> Bool { expanding.contains { $0.contains(offset) } }

    /// True between `${` and `}`.
    func isInBraces(at offset: Int) -> Bool { braces.contains { $0.contains(offset) } }
}

// MARK: - Marking

extension CodeContext {
    private mutating func mark(_ kind: Kind, to end: Int) {
        let end = min(end, code.count)
        for index in position..<max(position, end) { kinds[index] = kind }
        position = max(position, end)
    }

    private func byte(at offset: Int) -> UInt8? { code.indices.contains(offset) ? code[offset] : nil }

    private var lineEnd: Int { code[position...].firstIndex(of: .lineFeed) ?? code.count }
}

// MARK: - Shell

extension CodeContext {
    /// Reads one piece of shell; false when the rest cannot be followed.
    private mutating func readShell() -> Bool {
        let byte = code[position]
        switch byte {
        case .lineFeed:
            isInWord = false
            mark(.code, to: position + 1)
            return readDocuments()
        case UInt8(ascii: "#") where !isInWord && openBraces == 0 && !isInBackticks:
            mark(.comment, to: lineEnd)
            return true
        case UInt8(ascii: "\\"):
            // An escaped line end joins two lines and is no word; every other escape is.
            if self.byte(at: position + 1) != .lineFeed { isInWord = true }
            mark(.code, to: position + 2)
            return true
        case UInt8(ascii: "'"):
            return readSingleQuoted()
        case UInt8(ascii: "\""):
            return readDoubleQuoted()
        case .backtick:
            isInBackticks.toggle()
            isInWord = true
        case UInt8(ascii: "$") where self.byte(at: position + 1) == UInt8(ascii: "{"):
            if openBraces == 0 { braces.append(position..<code.count) }
            openBraces += 1
            isInWord = true
            mark(.code, to: position + 2)
            return true
        case UInt8(ascii: "}"):
            openBraces = max(0, openBraces - 1)
            isInWord = true
            if openBraces == 0, let last = braces.popLast() {
                braces.append(last.lowerBound..<min(last.upperBound, position))
            }
        case UInt8(ascii: "<") where code[position...].starts(with: "<<<".utf8):
            isInWord = false
            mark(.code, to: position + 3)
            return true
        case UInt8(ascii: "<") where self.byte(at: position + 1) == byte:
            return readDocumentStart()
        default:
            isInWord = !byte.isBlank && !"\n;&|()<>".utf8.contains(byte)
        }
        mark(.code, to: position + 1)
        return true
    }

    private mutating func readSingleQuoted() -> Bool {
        // `\'` ends `$'…'` in one shell and not in another.
        let isANSI = position > 0 && code[position - 1] == UInt8(ascii: "$")
        guard let end = code[(position + 1)...].firstIndex(of: UInt8(ascii: "'")),
            !isANSI || code[end - 1] != UInt8(ascii: "\\")
        else { return false }
        isInWord = true
        mark(.quoted, to: end + 1)
        return true
    }

    private mutating func readDoubleQuoted() -> Bool {
        var end = position + 1
        var isSimple = true
        while let byte = byte(at: end), byte != UInt8(ascii: "\"") {
            if byte == UInt8(ascii: "\\") { end += 1 }
            if byte == .backtick { isSimple = false }
            if byte == UInt8(ascii: "$"), let next = self.byte(at: end + 1), "({".utf8.contains(next) {
                // A substitution is followed only when it ends before the next quote and nests nothing.
                let close = next == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: ")")
                let inner = code[(end + 2)...].prefix { $0 != close }
                if inner.contains(where: { "\"'`({<\\\n".utf8.contains($0) }) { isSimple = false }
                if next == UInt8(ascii: "("), inner.contains(UInt8(ascii: "#")) { isSimple = false }
                end = inner.endIndex
            }
            end += 1
        }
        guard end < code.count, isSimple else { return false }
        isInWord = true
        expanding.append((position + 1)..<end)
        mark(.quoted, to: end + 1)
        return true
    }

    private mutating func readDocumentStart() -> Bool {
        guard let word = HereDocument.word(in: code[...], at: position) else { return false }
        // The reader of words knows no `-` and no `.` in them, and would end the document too early.
        if let next = byte(at: word.end), !next.isBlank, !"\n;&|()<>".utf8.contains(next) { return false }
        let isLiteral = code[position..<word.end].contains { "'\"\\".utf8.contains($0) }
        documents.append((word.text, byte(at: position + 2) == UInt8(ascii: "-"), isLiteral))
        isInWord = false
        mark(.code, to: word.end)
        return true
    }

    private mutating func readDocuments() -> Bool {
        for document in documents {
            var isEnded = false
            let start = position
            while position < code.count, !isEnded {
                let tabs = document.stripsTabs ? code[position...].prefix { $0 == .tab }.count : 0
                isEnded = code[(position + tabs)..<lineEnd].elementsEqual(document.terminator)
                mark(.quoted, to: lineEnd + 1)
            }
            // A quote in a here-document is text, and so is what stands in `$(...)` to this reader.
            if !document.isLiteral { expanding.append(start..<position) }
        }
        documents = []
        return true
    }
}

// MARK: - Other languages

extension CodeContext {
    /// Reads one piece of a language such as Python; false when the rest cannot be followed.
    private mutating func readScript(_ comment: String) -> Bool {
        let byte = code[position]
        if code[position...].starts(with: comment.utf8) {
            mark(.comment, to: lineEnd)
        } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
            return readString(quote: byte)
        } else {
            mark(.code, to: position + 1)
        }
        return true
    }

    private mutating func readString(quote: UInt8) -> Bool {
        let isLong = byte(at: position + 1) == quote && byte(at: position + 2) == quote
        let close = Array(repeating: quote, count: isLong ? 3 : 1)
        let prefix = code[..<position].reversed().prefix { $0.isLetter }
        let isFormatted = prefix.count <= 2 && prefix.contains { $0 | 0x20 == UInt8(ascii: "f") }
        var depth = 0
        var end = position + close.count
        while end < code.count, !code[end...].starts(with: close) {
            if code[end] == .lineFeed, !isLong { return false }
            if code[end] == UInt8(ascii: "{") { depth += 1 }
            if code[end] == UInt8(ascii: "}") { depth -= 1 }
            end += code[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        // Since Python 3.12 a field of an f-string may hold the string's own quotes.
        guard end < code.count, !isFormatted || depth == 0 else { return false }
        mark(.quoted, to: end + close.count)
        return true
    }
}
