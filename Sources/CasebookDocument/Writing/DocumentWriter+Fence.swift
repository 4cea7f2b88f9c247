extension DocumentWriter {
    /// The longest fence that is told from a longer one.
    ///
    /// cmark-gfm 0.29.0.gfm.6 keeps the length of an opening fence in a byte, and closes a longer one with 255
    /// marks (`blocks.c`, `matched > 255 ? 255`).
    private static let marksMax = 255

    /// A fence that no line of a text closes: of backticks, else of tildes.
    ///
    /// When neither is long enough, a space goes into each run of backticks that is too long: a line of marks with
    /// a space between them closes nothing.
    static func fence(around lines: inout [ArraySlice<UInt8>]) -> [UInt8] {
        for mark in [UInt8.backtick, .tilde] {
            let count = max(3, longestRun(of: mark, in: lines) + 1)
            if count <= marksMax { return [UInt8](repeating: mark, count: count) }
        }
        lines = lines.map { parted($0)[...] }
        return [UInt8](repeating: .backtick, count: marksMax)
    }

    private static func longestRun(of mark: UInt8, in lines: [ArraySlice<UInt8>]) -> Int {
        var longest = 0
        for line in lines {
            var run = 0
            for byte in line {
                run = byte == mark ? run + 1 : 0
                longest = max(longest, run)
            }
        }
        return longest
    }

    private static func parted(_ line: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var run = 0
        for byte in line {
            run = byte == .backtick ? run + 1 : 0
            if run == marksMax {
                result.append(.space)
                run = 1
            }
            result.append(byte)
        }
        return result
    }
}
