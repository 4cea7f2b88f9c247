/// What each byte of a cell is to its interpreter: code, a comment, or text in quotes or a here-document.
///
/// A wrong `comment` would hide a blank, so it is given only where the reading is certain; from the first
/// construct that this cannot follow, such as a quote without an end, all the rest is `unsure`.
struct CodeContext {
    enum Kind: UInt8, Hashable, Sendable {
        case code
        case comment
        case quoted
        case unsure
    }

    /// What a byte is, and whether a reference to a variable can stand there.
    private struct Mark: OptionSet {
        let rawValue: UInt8
        /// Text in which a shell puts the values of variables: in double quotes, and in most here-documents.
        static let expands = Mark(rawValue: 4)
        /// Between `${` and `}`, and in arithmetic.
        static let sealed = Mark(rawValue: 8)

        init(rawValue: UInt8) { self.rawValue = rawValue }
        init(_ kind: Kind) { rawValue = kind.rawValue }
    }

    private var marks: [Mark]
    /// Where each here-document begins whose end was found.
    private var documents: Set<Int> = []

    init(_ code: [UInt8], _ syntax: CodeSyntax) {
        switch (syntax, syntax.comment) {
        case (.shell, _), (.fish, _): self.init(ShellText(code))
        case (_, let comment?): self.init(ScriptContext(code, comment: comment).kinds)
        // Of an unknown language nothing is certain.
        case (_, nil): self.init(Array(repeating: .unsure, count: code.count))
        }
    }

    init(_ text: ShellText) {
        marks = Array(repeating: Mark(.code), count: text.code.count)
        markAll(text)
        for index in marks.indices.dropFirst(text.unsureFrom) { marks[index] = Mark(.unsure) }
    }

    private init(_ kinds: [Kind]) { marks = kinds.map(Mark.init) }

    subscript(offset: Int) -> Kind { Kind(rawValue: marks[offset].rawValue & 3) ?? .unsure }

    /// True for text in which a shell puts the values of variables.
    func expandsVariables(at offset: Int) -> Bool { marks[offset].contains(.expands) }

    /// True where no reference to a variable can be put between quotes of its own.
    func isSealed(at offset: Int) -> Bool { marks[offset].contains(.sealed) }

    /// True for the `<<` of a here-document that a line ends.
    func startsDocument(at offset: Int) -> Bool { documents.contains(offset) }
}

// MARK: - Shell

extension CodeContext {
    private mutating func markAll(_ text: ShellText) {
        var outer: [Mark] = []
        var around = Mark(.code)
        for token in text.tokens {
            var mark = around
            switch token.kind {
            case .comment: mark = Mark(.comment)
            case .literalText: mark = Mark(.quoted)
            case .document where token.partner > 0: documents.insert(token.range.lowerBound)
            case .open(let nesting):
                outer.append(around)
                around = Self.mark(in: nesting, around)
                if Self.isQuotes(nesting) { mark = Mark(.quoted) }
            case .close(let nesting):
                around = outer.popLast() ?? Mark(.code)
                mark = Self.isQuotes(nesting) || nesting == .document ? Mark(.quoted) : around
            default: break
            }
            guard mark != Mark(.code) else { continue }
            for index in token.range { marks[index] = mark }
        }
    }

    /// What bytes in something are.
    private static func mark(in nesting: ShellNesting, _ around: Mark) -> Mark {
        switch nesting {
        case .singleQuotes, .codedQuotes: Mark(.quoted)
        case .doubleQuotes, .document: [Mark(.quoted), .expands]
        case .braces, .arithmetic: around.subtracting(.expands).union(.sealed)
        // Shells disagree about quotes in backticks in quotes.
        case .backticks: around == Mark(.code) ? around : [Mark(.code), .sealed]
        case .text, .substitution, .process, .group, .list, .patterns: Mark(.code)
        }
    }

    private static func isQuotes(_ nesting: ShellNesting) -> Bool {
        switch nesting {
        case .singleQuotes, .codedQuotes, .doubleQuotes: true
        default: false
        }
    }
}
