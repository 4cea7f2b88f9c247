/// Where the YAML front matter of a document stands; found on the bytes, without reading any YAML.
struct FrontMatterPlace: Hashable, Sendable {
    /// The YAML between the two `---` lines; nil when there is no front matter.
    let yaml: ByteRange?
    /// The line of the first byte of the YAML, counted from 1.
    let yamlLine: Int
    /// The line on which the Markdown starts, counted from 1; one past the last line when there is none.
    let firstBodyLine: Int
    /// The opening line when the front matter never ends.
    let unclosed: ByteRange?

    /// Looks at the start of a document; blank lines and HTML comments may stand before the front matter.
    ///
    /// Without front matter those lines belong to the Markdown.
    static func find(in source: SourceText) -> FrontMatterPlace {
        let none = FrontMatterPlace(yaml: nil, yamlLine: 1, firstBodyLine: 1, unclosed: nil)
        guard let opening = openingLine(in: source) else { return none }
        var line = opening + 1
        // Casebook writes into the Markdown alone, so the front matter has ended before its first block: a `---`
        // that a program printed closes nothing.
        while line <= source.lineCount, !OwnedMarks.startsBlock(line, in: source) {
            if isDelimiter(line, in: source, or: "...") {
                let start = source.lineStarts[opening]
                let yaml = start..<max(start, source.lineStarts[line - 1])
                return FrontMatterPlace(
                    yaml: yaml,
                    yamlLine: opening + 1,
                    firstBodyLine: line + 1,
                    unclosed: nil
                )
            }
            line += 1
        }
        // A rule at the top of a document is more common than lost metadata: only YAML makes it that.
        guard opening < source.lineCount, looksLikeKey(source.contentRange(ofLine: opening + 1), in: source)
        else { return none }
        return FrontMatterPlace(
            yaml: nil,
            yamlLine: opening + 1,
            firstBodyLine: 1,
            unclosed: source.contentRange(ofLine: opening)
        )
    }

    private static func openingLine(in source: SourceText) -> Int? {
        var line = 1
        var isInComment = false
        while line <= source.lineCount {
            let cursor = LineCursor(line: line, in: source)
            let bytes = source.bytes[cursor.offset..<cursor.end]
            if !isInComment {
                if isDelimiter(line, in: source, or: "---") {
                    // A rule under blank lines with none of YAML after it is a rule.
                    let next = line < source.lineCount ? source.contentRange(ofLine: line + 1) : 0..<0
                    let isFirst = line == 1
                    return isFirst || looksLikeKey(next, in: source) ? line : nil
                }
                if cursor.isBlank(in: source) {
                    line += 1
                    continue
                }
                guard bytes.starts(with: "<!--".utf8) else { return nil }
            }
            isInComment = !Self.ends(bytes, with: "-->")
            if isInComment, holds(bytes, "-->") { return nil }
            line += 1
        }
        return nil
    }

    private static func isDelimiter(_ line: Int, in source: SourceText, or other: String) -> Bool {
        let cursor = LineCursor(line: line, in: source)
        var bytes = source.bytes[cursor.offset..<cursor.end]
        while let last = bytes.last, last.isBlank { bytes.removeLast() }
        return bytes.elementsEqual("---".utf8) || bytes.elementsEqual(other.utf8)
    }

    /// True for `key:` at column 0, or a comment.
    private static func looksLikeKey(_ range: ByteRange, in source: SourceText) -> Bool {
        guard let first = source.bytes[range].first else { return false }
        if first == UInt8(ascii: "#") { return true }
        guard first.isLetter || first == UInt8(ascii: "_") || first == UInt8(ascii: "\"") else {
            return false
        }
        guard let colon = source.bytes[range].firstIndex(of: UInt8(ascii: ":")) else { return false }
        return !source.bytes[range.lowerBound..<colon].contains(where: \.isBlank)
    }

    private static func ends(_ bytes: ArraySlice<UInt8>, with text: String) -> Bool {
        var bytes = bytes
        while let last = bytes.last, last.isBlank { bytes.removeLast() }
        return bytes.suffix(text.utf8.count).elementsEqual(text.utf8)
    }

    private static func holds(_ bytes: ArraySlice<UInt8>, _ text: String) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            if rest.starts(with: text.utf8) { return true }
            rest.removeFirst()
        }
        return false
    }
}
