/// Words, operators and redirections: what stands where commands do.
extension ShellScanner {
    /// Reads on to the end of the line, or to where something else than code begins or ends.
    mutating func readCode(_ line: Span<UInt8>, _ hasEnd: Bool) {
        while position < line.count, frame.nesting.holdsCode {
            let byte = line[position]
            switch byte {
            case .space, .tab:
                endWord(line)
                var end = position + 1
                while end < line.count, line[end].isBlank { end += 1 }
                add(.blank, to: end)
            case UInt8(ascii: "#") where !isInWord:
                add(.comment, to: endOfText(line) { _ in false })
            case UInt8(ascii: "\\"): readEscape(line, hasEnd)
            case UInt8(ascii: "'"): open(.singleQuotes, 1)
            case UInt8(ascii: "\""): open(.doubleQuotes, 1)
            case UInt8(ascii: "$"):
                startWord()
                isPlainWord = false
                readDollar(line)
            case .backtick: readBacktick(1)
            case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "<"),
                UInt8(ascii: ">"), UInt8(ascii: "("), UInt8(ascii: ")"):
                readOperator(byte, line)
            default:
                startWord()
                add(.text, to: endOfText(line, isEnd: Self.endsText))
            }
        }
    }

    /// Where a run of plain bytes ends; a backtick ends everything in backticks.
    @inline(__always)
    func endOfText(_ line: Span<UInt8>, isEnd: (UInt8) -> Bool) -> Int {
        var end = position + 1
        while end < line.count, !isEnd(line[end]), openBackticks == 0 || line[end] != .backtick { end += 1 }
        return end
    }

    @inline(__always)
    private static func endsText(_ byte: UInt8) -> Bool {
        switch byte {
        case .space, .tab, UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "$"),
            .backtick, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "<"),
            UInt8(ascii: ">"), UInt8(ascii: "("), UInt8(ascii: ")"):
            true
        default: false
        }
    }

    /// Opens quotes in a word.
    mutating func open(_ nesting: ShellNesting, _ length: Int) {
        startWord()
        isPlainWord = false
        push(nesting, length)
    }

    /// Ends what the line leaves open, and adds its end.
    mutating func endLine(_ line: Span<UInt8>, _ hasEnd: Bool) {
        guard frame.nesting.holdsCode else {
            guard hasEnd, !isContinued else { return }
            let isLiteral = frame.nesting == .document && active.last?.isLiteral == true
            return add(isLiteral ? .literalText : frame.nesting.textKind, to: line.count + 1)
        }
        if isContinued { return }
        endWord(line)
        guard hasEnd else { return }
        switch frame.part {
        case .pattern(let hasWord) where hasWord && frame.nesting == .patterns: leavePatterns()
        default: break
        }
        frame.isTarget = false
        if frame.nesting != .list { frame.isAtCommand = true }
        addLineEnd()
    }
}

// MARK: - Operators

extension ShellScanner {
    private mutating func readOperator(_ byte: UInt8, _ line: Span<UInt8>) {
        let next = position + 1 < line.count ? line[position + 1] : .lineFeed
        let third = position + 2 < line.count ? line[position + 2] : .lineFeed
        switch byte {
        case UInt8(ascii: "<"), UInt8(ascii: ">"):
            if next == UInt8(ascii: "(") { return open(.process, 2) }
            readRedirection(byte, line)
        case UInt8(ascii: "("): readParenthesis(line)
        case UInt8(ascii: ")"): readClosing(line)
        case UInt8(ascii: ";"):
            endWord(line)
            let isEnd = next == byte || next == UInt8(ascii: "&")
            guard isEnd else { return endCommand(.separator, 1) }
            endCommand(.caseEnd, next == byte && third == UInt8(ascii: "&") ? 3 : 2)
            if frame.nesting == .patterns { frame.part = .pattern(hasWord: false) }
        case UInt8(ascii: "&"):
            endWord(line)
            if next == UInt8(ascii: ">") {
                add(.output, to: position + (third == UInt8(ascii: ">") ? 3 : 2))
                frame.isTarget = true
            } else if next == byte {
                endCommand(.condition, 2)
            } else {
                endCommand(.background, 1)
            }
        default:
            endWord(line)
            if case .pattern = frame.part, frame.nesting == .patterns {
                add(.patternSign, to: position + 1)
            } else if next == byte {
                endCommand(.condition, 2)
            } else {
                endCommand(.pipe, next == UInt8(ascii: "&") ? 2 : 1)
            }
        }
    }

    private mutating func endCommand(_ kind: ShellToken.Kind, _ length: Int) {
        add(kind, to: position + length)
        frame.isTarget = false
        frame.isAtCommand = frame.nesting != .list
        awaitsCommand = kind == .condition || kind == .pipe
    }

    private mutating func readRedirection(_ byte: UInt8, _ line: Span<UInt8>) {
        endWord(line)
        var end = position + 1
        while end < line.count, end < position + 3, line[end] == byte { end += 1 }
        if byte == UInt8(ascii: "<"), end == position + 2, readDocumentStart(line) { return }
        if end < line.count, line[end] == UInt8(ascii: "&") || end == position + 1 && isPair(byte, line[end])
        {
            end += 1
        }
        let isString = byte == UInt8(ascii: "<") && end == position + 3 && line[end - 1] == byte
        add(isString ? .hereString : byte == UInt8(ascii: "<") ? .input : .output, to: end)
        frame.isTarget = true
    }

    /// True for `<>` and `>|`.
    private func isPair(_ byte: UInt8, _ next: UInt8) -> Bool {
        next == (byte == UInt8(ascii: "<") ? UInt8(ascii: ">") : UInt8(ascii: "|"))
    }

    private mutating func readParenthesis(_ line: Span<UInt8>) {
        if isInWord {
            // `a=(`, `@(`; any other word is the name of a function.
            if position > 0, "=?*+@!".utf8.contains(line[position - 1]) { return open(.list, 1) }
            endWord(line)
        } else {
            if case .pattern = frame.part, frame.nesting == .patterns {
                return add(.patternSign, to: position + 1)
            }
            awaitsCommand = false
            if opensArithmetic(line, at: position) {
                frame.isAtCommand = true
                push(.arithmetic, 2)
                frame.isInWord = false
                return
            }
        }
        awaitsCommand = false
        push(.group, 1)
    }

    private mutating func readClosing(_ line: Span<UInt8>) {
        endWord(line)
        awaitsCommand = false
        if frame.nesting == .patterns {
            if case .pattern = frame.part {
                add(.patternSign, to: position + 1)
                frame.part = .commands
                frame.isAtCommand = true
                return
            }
            doubt()
            while frame.nesting == .patterns { leave() }
        }
        switch frame.nesting {
        case .substitution, .process, .list: pop(1)
        case .group:
            pop(1)
            frame.isAtCommand = true
        default:
            add(.stray, to: position + 1)
            frame.isAtCommand = true
        }
    }
}

// MARK: - Words

extension ShellScanner {
    @inline(__always)
    mutating func startWord() {
        if isInWord { return }
        isInWord = true
        isPlainWord = true
        wordStart = position
        awaitsCommand = false
    }

    private mutating func endWord(_ line: Span<UInt8>) {
        guard isInWord else { return }
        isInWord = false
        if frame.isTarget {
            frame.isTarget = false
        } else if frame.nesting == .patterns, !isAtCommandOfCase {
            readCaseWord(keyword(line))
        } else if frame.isAtCommand {
            readKeyword(keyword(line))
        }
    }

    private var isAtCommandOfCase: Bool {
        if case .commands = frame.part { true } else { false }
    }

    /// Takes a word where a command or a keyword is named.
    private mutating func readKeyword(_ keyword: Keyword?) {
        switch keyword {
        case .opening?:
            frame.blocks += 1
            frame.isAtCommand = false
        case .openingCommand?: frame.blocks += 1
        case .closing?:
            frame.blocks = max(0, frame.blocks - 1)
            frame.isAtCommand = false
        case .leading?: break
        case .function?:
            // Its name is no command, and what follows the name is.
            frame.isTarget = true
        case .case?:
            frame.isAtCommand = false
            enter(.patterns)
        case .esac? where frame.nesting == .patterns:
            leave()
            frame.isAtCommand = false
        case .in?, .esac?, nil: frame.isAtCommand = false
        }
    }

    /// Takes a word after `case`, or of a pattern.
    private mutating func readCaseWord(_ keyword: Keyword?) {
        switch frame.part {
        case .subject: frame.part = .keyword
        case .keyword where keyword == .in: frame.part = .pattern(hasWord: false)
        case .pattern(hasWord: false) where keyword == .esac:
            leave()
        case .pattern: frame.part = .pattern(hasWord: true)
        case .keyword, .commands: leavePatterns()
        }
    }

    /// Goes back to where no `case` was: this is none.
    private mutating func leavePatterns() {
        doubt()
        leave()
    }

    private enum Keyword {
        /// A loop, whose next word is a name.
        case opening
        /// A command follows it.
        case openingCommand
        case closing
        case leading
        case function
        case `case`
        case `in`
        case esac
    }

    /// The keyword that the word before the position is.
    private func keyword(_ line: Span<UInt8>) -> Keyword? {
        let length = position - wordStart
        guard isPlainWord, length <= 8 else { return nil }
        var word: UInt64 = 0
        for offset in wordStart..<position { word = word << 8 | UInt64(line[offset]) }
        return Self.keywords[word]
    }

    /// Each keyword by its bytes.
    private static let keywords: [UInt64: Keyword] = {
        let rows: [(Keyword, [String])] = [
            (.opening, ["for", "select"]), (.openingCommand, ["if", "while", "until", "{"]),
            (.closing, ["fi", "done", "}"]), (.leading, ["then", "do", "else", "elif", "!"]),
            (.function, ["function"]), (.case, ["case"]), (.in, ["in"]), (.esac, ["esac"]),
        ]
        var keywords: [UInt64: Keyword] = [:]
        for (keyword, words) in rows {
            for word in words { keywords[word.utf8.reduce(0) { $0 << 8 | UInt64($1) }] = keyword }
        }
        return keywords
    }()
}
