/// Shell code and its tokens, cut once for all who read it.
struct ShellText: Sendable {
    let code: [UInt8]
    let tokens: ContiguousArray<ShellToken>
    /// From this offset on, a byte may be something else than its token says.
    let unsureFrom: Int
    /// False when a quote, a substitution or a here-document has no end: commands may hide in it.
    let isWhole: Bool

    init(_ code: [UInt8]) {
        var scanner = ShellScanner(keepsTokens: true, isLenient: false)
        let bytes = code.span
        var start = 0
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != .lineFeed { end += 1 }
            scanner.read(bytes.extracting(start..<end), hasEnd: end < bytes.count)
            start = end + 1
        }
        scanner.finish()
        self.code = code
        tokens = scanner.tokens
        unsureFrom = scanner.unsureFrom
        isWhole = scanner.isWhole
    }

    /// The bytes of a token.
    func bytes(of token: ShellToken) -> ArraySlice<UInt8> { code[token.range] }
}
