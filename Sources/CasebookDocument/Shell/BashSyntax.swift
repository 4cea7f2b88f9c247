/// What bash understands in shell code and a plain `sh` does not: `source`, `[[`, `<(…)`, `{a,b}`, arrays.
package struct BashSyntax: Hashable, Sendable {
    /// How it is written, such as `<(`.
    package let sign: String
    /// The index of its line in the code.
    package let line: Int
    /// Its offsets within the code.
    package let range: ByteRange
    /// What says the same everywhere; nil when nothing does.
    package let instead: String?

    /// The first of it in shell code; nil when a plain `sh` may run all of it.
    package init?(in code: [UInt8]) {
        guard code.contains(where: { "[{(<&".utf8.contains($0) || $0 == UInt8(ascii: "s") }) else {
            return nil
        }
        let text = ShellText(code)
        var isStart = true
        for (index, token) in text.tokens.enumerated() {
            if let sign = Self.sign(of: token, index, isStart, in: text) {
                self.sign = sign
                line = code[..<token.range.lowerBound].count { $0 == .lineFeed }
                range = token.range
                instead = ["source": ".", "[[": "[", "&>": "> FILE 2>&1"][sign]
                return
            }
            switch token.kind {
            case .blank, .continuation, .comment: break
            case .lineEnd, .separator, .background, .condition, .pipe, .caseEnd: isStart = true
            case .open(let nesting): isStart = nesting.holdsCode && nesting != .list
            case .text:
                isStart =
                    isStart && Self.keywords.contains(String(decoding: text.bytes(of: token), as: UTF8.self))
            default: isStart = false
            }
        }
        return nil
    }

    private static func sign(
        of token: ShellToken,
        _ index: Int,
        _ isStart: Bool,
        in text: ShellText
    ) -> String? {
        let bytes = text.bytes(of: token)
        switch token.kind {
        case .open(.process): return "<("
        case .hereString: return "<<<"
        case .output where bytes.first == UInt8(ascii: "&"): return "&>"
        case .open(.list):
            let before = index > 0 ? text.bytes(of: text.tokens[index - 1]).last : nil
            return before == UInt8(ascii: "=") ? "=(" : nil
        case .text:
            if isStart, bytes.count < 12 {
                let word = String(decoding: bytes, as: UTF8.self)
                let next = index + 1 < text.tokens.count ? text.tokens[index + 1].kind : .lineEnd
                if commands.contains(word), next == .blank { return word }
            }
            return isBraced(bytes) ? "{a,b}" : nil
        default: return nil
        }
    }

    /// True for `{a,b}` and `{1..3}`, and for neither `HEAD@{1}` nor `{}`.
    private static func isBraced(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let open = bytes.firstIndex(of: UInt8(ascii: "{")),
            let close = bytes[open...].firstIndex(of: UInt8(ascii: "}"))
        else { return false }
        let inside = bytes[(open + 1)..<close]
        if inside.first == UInt8(ascii: "{") { return false }
        return inside.contains(UInt8(ascii: ",")) && inside.count > 1
            || ByteSearch.range(of: Array("..".utf8), in: inside) != nil && inside.count > 3
    }

    private static let commands: Set<String> = [
        "source", "[[", "declare", "pushd", "popd", "shopt", "mapfile", "readarray", "function", "typeset",
    ]

    private static let keywords: Set<String> = [
        "if", "then", "else", "elif", "while", "until", "do", "!", "{", "time",
    ]
}
