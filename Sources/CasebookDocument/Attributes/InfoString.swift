/// The info string of a fence, cut up on the bytes: cmark has already decoded entities in its own.
struct InfoString: Hashable, Sendable {
    /// The language word as written; nil when there is none, or when it is a directive.
    let tag: ByteRange?
    /// The bytes between the braces of the attributes.
    let braces: ByteRange?
    /// The opening brace when its closing brace is missing.
    let unclosedBrace: ByteRange?
    /// True for a directive, `{code-block} bash`, whose first lines may be options.
    let isDirective: Bool

    init(in range: ByteRange, of source: SourceText) {
        let bytes = source.bytes
        let wordEnd = bytes[range].firstIndex { Self.endsTag($0) } ?? range.upperBound
        guard wordEnd == range.lowerBound, range.lowerBound < range.upperBound,
            bytes[wordEnd] == UInt8(ascii: "{")
        else {
            isDirective = false
            tag = wordEnd > range.lowerBound ? range.lowerBound..<wordEnd : nil
            (braces, unclosedBrace) = Self.braces(in: wordEnd..<range.upperBound, of: bytes)
            return
        }
        // `{.bash #id}` is Pandoc's, `{code-block} bash` is MyST's; any other directive is no language.
        guard let close = Self.closingBrace(after: wordEnd, until: range.upperBound, in: bytes) else {
            isDirective = false
            (tag, braces, unclosedBrace) = (nil, nil, nil)
            return
        }
        let inside = (wordEnd + 1)..<close
        if bytes[inside].first == UInt8(ascii: ".") {
            let end = bytes[inside].firstIndex { $0.isBlank } ?? close
            isDirective = false
            (tag, braces, unclosedBrace) = ((inside.lowerBound + 1)..<end, end..<close, nil)
            return
        }
        isDirective = Self.codeDirectives.contains(source.text(in: inside))
        guard isDirective else {
            (tag, braces, unclosedBrace) = (nil, nil, nil)
            return
        }
        let start = bytes[(close + 1)..<range.upperBound].firstIndex { !$0.isBlank } ?? range.upperBound
        let end = bytes[start..<range.upperBound].firstIndex { Self.endsTag($0) } ?? range.upperBound
        tag = start < end ? start..<end : nil
        (braces, unclosedBrace) = Self.braces(in: end..<range.upperBound, of: bytes)
    }

    /// The language in small letters; empty when there is none.
    func language(in source: SourceText) -> String { writtenLanguage(in: source).lowercased() }

    /// The language as it was written; empty when there is none.
    func writtenLanguage(in source: SourceText) -> String { tag.map { source.text(in: $0) } ?? "" }

    /// MyST and Sphinx directives whose argument is the language.
    private static let codeDirectives: Set<String> = ["code-block", "code-cell", "code", "sourcecode"]

    private static func endsTag(_ byte: UInt8) -> Bool {
        byte.isBlank || byte == UInt8(ascii: "{") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":")
    }

    /// The first braces of a range; those of templates (`{{ x }}`, `{% x %}`) are not attributes.
    private static func braces(in range: ByteRange, of bytes: [UInt8]) -> (ByteRange?, ByteRange?) {
        guard let open = bytes[range].firstIndex(of: UInt8(ascii: "{")) else { return (nil, nil) }
        let next = open + 1 < range.upperBound ? bytes[open + 1] : 0
        guard next != UInt8(ascii: "{"), next != UInt8(ascii: "%") else { return (nil, nil) }
        guard let close = closingBrace(after: open, until: range.upperBound, in: bytes) else {
            return (nil, open..<(open + 1))
        }
        return ((open + 1)..<close, nil)
    }

    /// The brace that closes one, quoted text passed over.
    private static func closingBrace(after open: Int, until end: Int, in bytes: [UInt8]) -> Int? {
        var quote: UInt8?
        var index = open + 1
        while index < end {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\\"), quote != nil {
                index += 1
            } else if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") {
                quote = byte
            } else if byte == UInt8(ascii: "}") {
                return index
            }
            index += 1
        }
        // An apostrophe or a lost quote must not hide the brace.
        return quote == nil ? nil : bytes[(open + 1)..<end].lastIndex(of: UInt8(ascii: "}"))
    }
}
