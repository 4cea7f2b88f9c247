package import CasebookDocument

/// Looks for the line that tells that a background cell is ready, and says so once.
package struct ReadySignal: Sendable {
    private let ready: OutputExpectation
    private let tell: @Sendable () -> Void
    /// The line that has not ended yet; a longer one is looked at by its end.
    private var line: [UInt8] = []

    package init(_ ready: OutputExpectation, tell: @escaping @Sendable () -> Void) {
        self.ready = ready
        self.tell = tell
    }

    /// Takes the next bytes; true when they end a line, or begin one, that is looked for.
    package mutating func isFound(in bytes: UnsafeRawBufferPointer) -> Bool {
        var rest = bytes[...]
        while let end = rest.firstIndex(of: .lineFeed) {
            line.append(contentsOf: rest[..<end])
            if isFoundInLine { return told() }
            line.removeAll(keepingCapacity: true)
            rest = rest[(end + 1)...]
        }
        line.append(contentsOf: rest)
        if line.count > Self.lineBytesMax { line.removeFirst(line.count - Self.lineBytesMax) }
        return !rest.isEmpty && isFoundInLine && told()
    }

    private var isFoundInLine: Bool {
        OutputVerdict([ready], lines: [ControlText.plain(line[...])], isWhole: true).problems.isEmpty
    }

    private func told() -> Bool {
        tell()
        return true
    }

    private static let lineBytesMax = 64 << 10
}
