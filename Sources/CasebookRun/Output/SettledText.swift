import CasebookDocument

/// Turns captured bytes into the lines that a terminal would show in the end.
///
/// Plain and coloured lines are taken as they are, without their colours, and are never wrapped. A line in which the
/// cursor moves is shown on a terminal wide enough for it; when the cursor goes back to earlier lines, the whole text is
/// shown on one of the size. Bytes that are not UTF-8 are replaced, other control characters vanish.
package enum SettledText {
    /// The lines of a text, without their endings; the last one is left out when it is empty.
    ///
    /// - Parameter screen: the size of the terminal that it was written for.
    package static func lines(of bytes: [UInt8], on screen: Screen = .standard) -> [String] {
        var lines = bytes.split(separator: .lineFeed, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        let movements = lines.map(ControlText.movement)
        if movements.contains(.betweenLines) { return screen.lines(showing: bytes[...]) }
        var settled: [String] = []
        settled.reserveCapacity(lines.count)
        var index = 0
        while index < lines.count {
            guard movements[index] == .withinLine else {
                settled.append(ControlText.plain(lines[index]))
                index += 1
                continue
            }
            // Neighbours are shown together: a terminal costs more than a line.
            let first = index
            while index < lines.count, movements[index] == .withinLine { index += 1 }
            let width = lines[first..<index].map(\.count).max() ?? 0
            let screen = Screen(rows: 2, columns: min(max(width, columnsMin), columnsMax))
            settled += screen.lines(showing: bytes[lines[first].startIndex..<lines[index - 1].endIndex])
        }
        return settled
    }

    private static let columnsMin = 200
    /// A hostile `CSI 999999999 C` must not fill the memory with blanks.
    private static let columnsMax = 10_000
}
