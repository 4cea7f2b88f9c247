/// Whether a shell line goes on: a backslash or an operator at its end, an open quote, a here-document, a loop.
struct OpenConstruct {
    private static let start = ShellScanner(keepsTokens: false, isLenient: true)
    private var scanner = start

    var isInDocument: Bool { scanner.isInDocument }
    var isOpen: Bool { scanner.isOpen }
    /// True when another command must follow: what was recorded after it is not told apart from it.
    var waitsForCommand: Bool { scanner.waitsForCommand }

    /// Reads a line for here-documents alone: what stands open in recorded output ends with its line.
    mutating func readStart(_ line: ArraySlice<UInt8>) {
        read(line)
        if !isInDocument, isOpen { scanner = Self.start }
    }

    mutating func read(_ line: ArraySlice<UInt8>) { scanner.read(line.span, hasEnd: true) }
}
