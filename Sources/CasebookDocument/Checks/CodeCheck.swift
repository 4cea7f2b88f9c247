/// Looks for signs in the code of one fence that mean something else than they seem to.
struct CodeCheck {
    private(set) var diagnostics: [Diagnostic] = []
    private let code: [UInt8]
    private let kinds: [CodeContext.Kind]
    private let place: CodePlace

    /// Nil for a language about which nothing is known.
    init?(_ index: Int, _ opening: Fence.Opening, in tree: BlockTree) {
        guard !opening.info.isEmpty else { return nil }
        let tag = InfoString(in: opening.info, of: tree.source).language(in: tree.source)
        let body = tree.blocks[index].content
        // Most code is passed over before anything is read: every other sign has a byte above ASCII.
        let isBroken = ["\\ ", "\\\t"].contains { ByteSearch.range(of: $0, in: body[...]) != nil }
        guard isBroken || body.contains(where: { $0 >= 0x80 }) else { return nil }
        let trimmed = body.last == .lineFeed ? Array(body.dropLast()) : body
        let interpreter = Language(tag: tag)?.interpreter
        let code = interpreter.map { Transcript(trimmed, $0.syntax).code } ?? trimmed
        guard let kinds = CodeKinds.of(code, tag: tag) else { return nil }
        self.code = code
        self.kinds = kinds
        place = CodePlace(code: code, firstLine: opening.line + 1, in: tree.source)
        if interpreter?.syntax == .shell { checkContinuations(body: trimmed) }
        checkSpaces()
        checkQuotes()
    }
}

// MARK: - Continuations

extension CodeCheck {
    private mutating func checkContinuations(body: [UInt8]) {
        let bodyLines = body.split(separator: .lineFeed, omittingEmptySubsequences: false)
        for (index, line) in place.lines.enumerated() {
            var end = line.upperBound
            while end > line.lowerBound, code[end - 1].isBlank { end -= 1 }
            guard end < line.upperBound, end > line.lowerBound, code[end - 1] == UInt8(ascii: "\\"),
                kinds[end - 1] == .code || kinds[end - 1] == .unsure,
                end - 1 == line.lowerBound || code[end - 2] != UInt8(ascii: "\\"),
                index + 1 < bodyLines.count, bodyLines[index + 1].contains(where: { !$0.isBlank })
            else { continue }
            // `a\ ` may be a name that ends in a space; `a \ ` is not.
            let isAlone = kinds[end - 1] == .code && end - 1 > line.lowerBound && code[end - 2].isBlank
            let blanks = place.range(of: end..<line.upperBound, onLine: index)
            diagnostics.append(
                Diagnostic(
                    .warning,
                    .continuationBroken,
                    at: place.range(of: (end - 1)..<line.upperBound, onLine: index),
                    "the backslash is followed by white space, so the command ends here and the next line is one of its own",
                    advice: isAlone ? nil : "remove the white space after the backslash",
                    fixes: isAlone
                        ? [.init("remove the white space after it", [Edit(range: blanks, replacement: [])])]
                        : []
                )
            )
        }
    }
}

// MARK: - Letters that look like others

extension CodeCheck {
    /// Spaces that are none to a program, with their names.
    private static let spaces: [(bytes: [UInt8], name: String)] = [
        ([0xC2, 0xA0], "a no-break space (U+00A0)"),
        ([0xE2, 0x80, 0xAF], "a narrow no-break space (U+202F)"),
        ([0xE2, 0x80, 0x87], "a figure space (U+2007)"),
        ([0xE2, 0x80, 0x89], "a thin space (U+2009)"),
        ([0xE2, 0x80, 0x8B], "a zero-width space (U+200B)"),
        ([0xE3, 0x80, 0x80], "a wide space (U+3000)"),
    ]

    /// Quotes that are letters to a program, with the straight ones.
    private static let quotes: [(bytes: [UInt8], straight: String)] = [
        ([0xE2, 0x80, 0x9C], "\""), ([0xE2, 0x80, 0x9D], "\""), ([0xE2, 0x80, 0x9E], "\""),
        ([0xE2, 0x80, 0x98], "'"), ([0xE2, 0x80, 0x99], "'"),
        ([0xC2, 0xAB], "\""), ([0xC2, 0xBB], "\""),
    ]

    private mutating func checkSpaces() {
        for (index, line) in place.lines.enumerated() {
            var found: [(range: Range<Int>, name: String)] = []
            var isIndentation = true
            var position = line.lowerBound
            while position < line.upperBound {
                if let space = Self.spaces.first(where: { code[position...].starts(with: $0.bytes) }) {
                    let end = position + space.bytes.count
                    if kinds[position] == .code || isIndentation && kinds[position] != .comment {
                        found.append((position..<end, space.name))
                    }
                    position = end
                } else {
                    isIndentation = isIndentation && code[position].isBlank
                    position += 1
                }
            }
            guard let first = found.first else { continue }
            let isCode = found.allSatisfy { kinds[$0.range.lowerBound] == .code }
            let edits = found.map { sign in
                Edit(
                    range: place.range(of: sign.range, onLine: index),
                    replacement: sign.name.contains("zero-width") ? [] : [.space]
                )
            }
            let title = edits.count == 1 ? "write an ordinary space" : "write ordinary spaces"
            diagnostics.append(
                Diagnostic(
                    .warning,
                    .spaceNoBreak,
                    at: place.range(of: first.range, onLine: index),
                    "\(first.name) stands in the code; it looks like a space and separates nothing",
                    advice: isCode ? nil : "write an ordinary space",
                    fixes: isCode && Self.areApart(edits) ? [.init(title, edits)] : []
                )
            )
        }
    }

    private mutating func checkQuotes() {
        for (index, line) in place.lines.enumerated() {
            var position = line.lowerBound
            while position < line.upperBound {
                guard code[position] >= 0xC2, kinds[position] == .code,
                    let quote = Self.quotes.first(where: { code[position...].starts(with: $0.bytes) }),
                    !isApostrophe(position, on: line)
                else {
                    position += 1
                    continue
                }
                let sign = position..<(position + quote.bytes.count)
                let text = String(decoding: quote.bytes, as: UTF8.self)
                diagnostics.append(
                    Diagnostic(
                        .warning,
                        .quoteCurly,
                        at: place.range(of: sign, onLine: index),
                        "the curly quote `\(text)` stands in the code; to a program it is a letter",
                        advice: "write `\(quote.straight)`"
                    )
                )
                // One a line is enough: whoever mends it sees the others.
                break
            }
        }
    }

    /// True for the `’` of `don’t`.
    private func isApostrophe(_ position: Int, on line: Range<Int>) -> Bool {
        guard code[position...].starts(with: [0xE2, 0x80, 0x99]), position > line.lowerBound,
            position + 3 < line.upperBound
        else { return false }
        return code[position - 1].isLetter && code[position + 3].isLetter
    }

    /// False when a line could not be found again, and each place is the whole line.
    private static func areApart(_ edits: [Edit]) -> Bool {
        edits.allSatisfy { $0.range.count <= 3 }
            && zip(edits, edits.dropFirst()).allSatisfy { $0.range.upperBound <= $1.range.lowerBound }
    }
}
