/// An `exit` of its own in the middle of a cell: the commands after it never run.
package struct EarlyExit: Hashable, Sendable {
    /// The index of its line in the code.
    package let line: Int
    /// The offsets of the word within the code.
    package let range: ByteRange

    /// The first one in shell code; nil when each stands at the end, under a condition, in a function or in a group.
    package init?(in code: [UInt8]) {
        var open = OpenConstruct()
        var found: (line: Int, range: ByteRange)?
        for (index, line) in code.split(separator: .lineFeed, omittingEmptySubsequences: false).enumerated() {
            let text = line.drop(while: \.isBlank)
            if let found, let first = text.first, first != UInt8(ascii: "#") {
                self.init(line: found.line, range: found.range)
                return
            }
            if !open.isOpen, found == nil, let range = Self.exit(in: text) { found = (index, range) }
            open.read(line)
        }
        return nil
    }

    private init(line: Int, range: ByteRange) {
        self.line = line
        self.range = range
    }

    /// The word `exit` with which a line without conditions ends: `exit`, `exit 0`, `echo done; exit $?`.
    private static func exit(in line: ArraySlice<UInt8>) -> ByteRange? {
        var rest = line
        if let comment = line.indices.first(where: {
            line[$0] == UInt8(ascii: "#") && $0 > line.startIndex && line[$0 - 1].isBlank
        }) {
            rest = line[..<comment]
        }
        // What is quoted or grouped on the same line is not looked into.
        let hasSigns = rest.contains { "'\"`(){}&|\\".utf8.contains($0) }
        let parts = rest.split(separator: UInt8(ascii: ";"))
        guard !hasSigns, let last = parts.last(where: { $0.contains { !$0.isBlank } }) else { return nil }
        let words = last.split(whereSeparator: \.isBlank)
        let first = parts[0].split(whereSeparator: \.isBlank).first ?? []
        guard words.count <= 2, let word = words.first,
            word.elementsEqual("exit".utf8) || word.elementsEqual("logout".utf8),
            words.count == 1 || words[1].allSatisfy({ $0.isDigit || $0.isLetter || "$?_".utf8.contains($0) }),
            !conditions.contains(String(decoding: first, as: UTF8.self))
        else { return nil }
        return word.startIndex..<word.endIndex
    }

    private static let conditions: Set<String> = ["if", "for", "while", "until", "case", "select"]
}
