/// Quotes, expansions, substitutions and arithmetic.
extension ShellScanner {
    /// Reads on in `'…'`.
    mutating func readLiteral(_ line: Span<UInt8>) {
        if readClosingBacktick(line) { return }
        if line[position] == UInt8(ascii: "'") { return pop(1) }
        add(.quoted, to: endOfText(line) { $0 == UInt8(ascii: "'") })
    }

    /// Reads on in `$'…'`.
    mutating func readCoded(_ line: Span<UInt8>) {
        if readClosingBacktick(line) { return }
        switch line[position] {
        case UInt8(ascii: "'"): pop(1)
        case UInt8(ascii: "\\") where position + 1 < line.count:
            // `\'` ends it in one shell and not in another.
            if line[position + 1] == UInt8(ascii: "'") { doubt(from: frame.start) }
            add(.codedEscape, to: position + 2)
        default: add(.quoted, to: endOfText(line) { $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\\") })
        }
    }

    /// Reads on in `"…"`.
    mutating func readQuoted(_ line: Span<UInt8>, _ hasEnd: Bool) {
        switch line[position] {
        case UInt8(ascii: "\""): pop(1)
        case UInt8(ascii: "$"): readDollar(line)
        case .backtick: readBacktick(1)
        case UInt8(ascii: "\\"): readInnerEscape(line, .quotedEscape, hasEnd)
        default:
            add(
                .quoted,
                to: endOfText(line) {
                    $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "\\")
                        || $0 == .backtick
                }
            )
        }
    }

    /// Reads on in `${…}`.
    mutating func readBraced(_ line: Span<UInt8>) {
        let byte = line[position]
        switch byte {
        case UInt8(ascii: "}"): pop(1)
        case UInt8(ascii: "\""): push(.doubleQuotes, 1)
        case UInt8(ascii: "'") where !frame.isQuoted: push(.singleQuotes, 1)
        case UInt8(ascii: "$"): readDollar(line)
        case .backtick: readBacktick(1)
        case UInt8(ascii: "\\"): readInnerEscape(line, .braced, false)
        case UInt8(ascii: "<"), UInt8(ascii: ">"):
            let opens = position + 1 < line.count && line[position + 1] == UInt8(ascii: "(")
            if opens { push(.process, 2) } else { add(.braced, to: position + 1) }
        default:
            add(.braced, to: endOfText(line) { "}\"'$`\\<>".utf8.contains($0) })
        }
    }

    /// Reads on in `((…))`, `$((…))` or `$[…]`.
    mutating func readFormula(_ line: Span<UInt8>) {
        let byte = line[position]
        switch byte {
        case UInt8(ascii: "\""): push(.doubleQuotes, 1)
        case UInt8(ascii: "$"): readDollar(line)
        case .backtick: readBacktick(1)
        case UInt8(ascii: "\\"): readInnerEscape(line, .formula, false)
        case UInt8(ascii: "]") where frame.closer == byte: pop(1)
        case UInt8(ascii: "("):
            frame.parentheses += 1
            add(.formula, to: position + 1)
        case UInt8(ascii: ")") where frame.parentheses > 0:
            frame.parentheses -= 1
            add(.formula, to: position + 1)
        case UInt8(ascii: ")") where frame.closer == byte:
            let isWhole = position + 1 < line.count && line[position + 1] == byte
            if !isWhole { hide() }
            pop(isWhole ? 2 : 1)
        default: add(.formula, to: endOfText(line) { "\"$`\\()]".utf8.contains($0) })
        }
    }

    /// A backslash outside quotes.
    mutating func readEscape(_ line: Span<UInt8>, _ hasEnd: Bool) {
        if readEscapedBacktick(line) { return }
        if position + 1 == line.count, hasEnd {
            isPlainWord = false
            isContinued = true
            return add(.continuation, to: position + 2)
        }
        startWord()
        isPlainWord = false
        add(.escape, to: min(position + 2, line.count))
    }

    /// A backslash in something that is quoted or the like.
    mutating func readInnerEscape(_ line: Span<UInt8>, _ kind: ShellToken.Kind, _ joinsLines: Bool) {
        if readEscapedBacktick(line) { return }
        if position + 1 == line.count, joinsLines {
            isContinued = true
            return add(.continuation, to: position + 2)
        }
        add(kind, to: min(position + 2, line.count))
    }
}

// MARK: - Backticks

extension ShellScanner {
    /// A backtick: the first one that is not escaped ends the others, whatever stands between them.
    mutating func readBacktick(_ length: Int) {
        guard openBackticks > 0 else {
            if frame.nesting.holdsCode { startWord() }
            return push(.backticks, length)
        }
        while frame.nesting != .backticks {
            if frame.nesting.hides { hide() }
            leave()
        }
        pop(length)
    }

    mutating func readClosingBacktick(_ line: Span<UInt8>) -> Bool {
        guard openBackticks > 0, line[position] == .backtick else { return false }
        readBacktick(1)
        return true
    }

    /// An escaped backtick in backticks: it opens those inside them.
    private mutating func readEscapedBacktick(_ line: Span<UInt8>) -> Bool {
        guard openBackticks > 0, position + 1 < line.count, line[position + 1] == .backtick else {
            return false
        }
        if openBackticks > 1 {
            readBacktick(2)
        } else {
            if frame.nesting.holdsCode { startWord() }
            push(.backticks, 2)
        }
        return true
    }
}

// MARK: - After a dollar

extension ShellScanner {
    mutating func readDollar(_ line: Span<UInt8>) {
        let next = position + 1 < line.count ? line[position + 1] : .lineFeed
        switch next {
        case UInt8(ascii: "("):
            guard opensArithmetic(line, at: position + 1) else { return push(.substitution, 2) }
            push(.arithmetic, 3)
        case UInt8(ascii: "["):
            push(.arithmetic, 2)
            frame.closer = UInt8(ascii: "]")
        case UInt8(ascii: "{"): openBraces(line)
        case UInt8(ascii: "'") where frame.nesting.holdsCode || frame.nesting == .braces && !frame.isQuoted:
            push(.codedQuotes, 2)
        case UInt8(ascii: "\"") where frame.nesting.holdsCode: push(.doubleQuotes, 2)
        case _ where Self.isNameByte(next) && !next.isDigit:
            add(.variable, to: endOfName(line, from: position + 1))
        case _ where next.isDigit || "@*#?-$!".utf8.contains(next): add(.variable, to: position + 2)
        default: add(frame.nesting.textKind, to: position + 1)
        }
    }

    private mutating func openBraces(_ line: Span<UInt8>) {
        let isQuoted = frame.nesting == .doubleQuotes || frame.nesting == .document || frame.isQuoted
        push(.braces, 2)
        let first = position
        guard first < line.count else { return hide() }
        // `${ command; }` runs it.
        if line[first].isBlank || line[first] == UInt8(ascii: "|") { hide() }
        var end = first
        if end + 1 < line.count, line[end] == UInt8(ascii: "!") || line[end] == UInt8(ascii: "#"),
            Self.isNameByte(line[end + 1])
        {
            end += 1
        }
        end = endOfName(line, from: end)
        if end > first { add(.parameter, to: end) }
        // `"${x#'a'}"` holds quotes, `"${x:-it's}"` does not.
        frame.isQuoted = isQuoted && !(end < line.count && "#%/^,".utf8.contains(line[end]))
    }

    private func endOfName(_ line: Span<UInt8>, from start: Int) -> Int {
        var end = start
        while end < line.count, Self.isNameByte(line[end]) { end += 1 }
        return end
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_")
    }
}

// MARK: - Arithmetic

extension ShellScanner {
    /// True for `((` whose parentheses are closed by `))` on the same line.
    ///
    /// `((a); b)` is a group in a group, and so is what no line closes: its commands are seen, but not for certain.
    mutating func opensArithmetic(_ line: Span<UInt8>, at start: Int) -> Bool {
        guard start + 1 < line.count, line[start + 1] == UInt8(ascii: "(") else { return false }
        if closings.isEmpty { matchParentheses(line, from: start) }
        let closing = closings[start]
        if closing == 0 { doubt() }
        return closing > 0 && closings[start + 1] == closing - 1
    }

    /// Finds where each parenthesis of the line is closed, whatever it stands in.
    private mutating func matchParentheses(_ line: Span<UInt8>, from start: Int) {
        closings = Array(repeating: 0, count: line.count)
        var open: [Int] = []
        for offset in start..<line.count {
            if line[offset] == UInt8(ascii: "(") {
                open.append(offset)
            } else if line[offset] == UInt8(ascii: ")"), let last = open.popLast() {
                closings[last] = Int32(offset)
            }
        }
    }
}
