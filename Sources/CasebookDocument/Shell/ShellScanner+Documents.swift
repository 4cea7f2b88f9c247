/// Here-documents: `<<EOF` and the lines up to `EOF`.
extension ShellScanner {
    /// Reads `<<WORD`; false when no word stands there.
    mutating func readDocumentStart(_ line: Span<UInt8>) -> Bool {
        let strips = position + 2 < line.count && line[position + 2] == UInt8(ascii: "-")
        var index = position + (strips ? 3 : 2)
        let operatorEnd = index
        while index < line.count, line[index].isBlank { index += 1 }
        let start = index
        var word: [UInt8] = []
        var quote: UInt8?
        var isLiteral = false
        while index < line.count {
            let byte = line[index]
            if byte == .backtick, openBackticks > 0 { break }
            if byte == quote {
                quote = nil
            } else if quote == nil, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                (quote, isLiteral) = (byte, true)
            } else if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'") {
                isLiteral = true
                index += 1
                if index < line.count { word.append(line[index]) }
            } else if quote == nil, byte.isBlank || ";&|<>()".utf8.contains(byte) {
                break
            } else {
                word.append(byte)
            }
            index += 1
        }
        index = min(index, line.count)
        guard !word.isEmpty, quote == nil else {
            // `<<''` ends at an empty line, which is not followed.
            if index > start { hide() }
            return false
        }
        // In arithmetic that goes on in the next line it would be a sign.
        if word.first?.isDigit == true, base + position >= unsureFrom { return false }
        guard active.count + pending.count < Self.documentsMax else {
            hide()
            return false
        }
        let token = tokens.count
        add(.document, to: operatorEnd)
        if operatorEnd < start { add(.blank, to: start) }
        add(.documentWord, to: index)
        pending.append(
            Document(word: word, stripsTabs: strips, isLiteral: isLiteral, token: token, home: frame.home)
        )
        return true
    }

    /// So many are read at the same time; a line is compared with the words of all that are open.
    private static let documentsMax = 64

    /// Ends a line of code, and begins the text of the documents that it starts.
    mutating func addLineEnd() {
        if let first = pending.firstIndex(where: { $0.home == frame.home }) { pending[first...].reverse() }
        addNextLineEnd()
    }

    private mutating func addNextLineEnd() {
        guard pending.last?.home == frame.home, var document = pending.popLast() else {
            return add(.lineEnd, to: position + 1)
        }
        document.depth = outer.count
        active.append(document)
        push(.document, 1)
    }

    /// Ends a document when its word is all that stands on the line; what is open in it is an error, and hides nothing.
    mutating func endsDocument(_ line: Span<UInt8>, _ hasEnd: Bool) -> Bool {
        // A line that is joined to the one before it ends none.
        if isContinued, let last = active.last, !last.isLiteral, frame.nesting == .document { return false }
        guard let index = active.firstIndex(where: { isEnd(of: $0, line) }) else { return false }
        let document = active[index]
        cut(to: document.depth + 1)
        if keepsTokens { tokens[document.token].partner = tokens.count }
        pop(line.count)
        isContinued = false
        if hasEnd { addNextLineEnd() }
        return true
    }

    private func isEnd(of document: Document, _ line: Span<UInt8>) -> Bool {
        var start = 0
        while start < line.count,
            line[start] == .tab && document.stripsTabs || line[start].isBlank && isLenient
        {
            start += 1
        }
        guard line.count - start == document.word.count else { return false }
        for offset in start..<line.count where line[offset] != document.word[offset - start] { return false }
        return true
    }

    /// Reads on in the text of a document.
    mutating func readDocument(_ line: Span<UInt8>, _ hasEnd: Bool) {
        if readClosingBacktick(line) { return }
        guard active.last?.isLiteral == false else {
            return add(.literalText, to: endOfText(line) { _ in false })
        }
        switch line[position] {
        case UInt8(ascii: "$"): readDollar(line)
        case .backtick: readBacktick(1)
        case UInt8(ascii: "\\"): readInnerEscape(line, .documentText, hasEnd)
        default:
            add(
                .documentText,
                to: endOfText(line) { $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "\\") || $0 == .backtick }
            )
        }
    }
}
