/// A heading that is written as HTML: `<h2 id="x">Use Docker</h2>`, from `<h2>` on; a `<h1>` is mostly a logo.
struct HTMLHeading {
    let level: Int
    let title: String

    /// - Parameter line: as ``line(in:)`` gives it.
    init?(line: [UInt8]) {
        guard line.count > 3, line[2].isDigit else { return nil }
        level = Int(line[2] - UInt8(ascii: "0"))
        var text: [UInt8] = []
        var isTag = false
        for byte in line {
            switch byte {
            case UInt8(ascii: "<"): isTag = true
            case UInt8(ascii: ">"): isTag = false
            default: if !isTag { text.append(byte) }
            }
        }
        var title = AttributeValue.trimmed(String(decoding: text, as: UTF8.self))
        if title.holds("&") {
            for (entity, character) in [("&#39;", "'"), ("&quot;", "\""), ("&nbsp;", " "), ("&amp;", "&")] {
                title = title.replacing(entity, with: character)
            }
        }
        self.title = title
        guard !title.isEmpty else { return nil }
    }

    /// The first line of a block of HTML that is a heading, from its tag on; empty when there is none.
    static func line(in literal: [UInt8]) -> [UInt8] {
        guard !literal.starts(with: "<!".utf8), ByteSearch.range(of: closing, in: literal[...]) != nil else {
            return []
        }
        var rest = literal[...]
        while !rest.isEmpty {
            let line = rest.prefix { $0 != .lineFeed }
            rest = rest[line.endIndex...].dropFirst()
            let text = line.drop(while: \.isBlank)
            guard text.count > 8, text.count < 400, text.starts(with: "<h".utf8) else { continue }
            let digit = text[text.startIndex + 2]
            let end = text[text.startIndex + 3]
            guard digit >= UInt8(ascii: "2"), digit <= UInt8(ascii: "6"),
                end == UInt8(ascii: ">") || end.isBlank,
                ByteSearch.range(of: closing, in: text) != nil
            else { continue }
            return Array(text)
        }
        return []
    }

    private static let closing = Array("</h".utf8)
}
