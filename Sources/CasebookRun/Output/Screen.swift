import CScreen

/// A terminal's screen with all that scrolled off it, as libvterm keeps it.
package struct Screen: Hashable, Sendable {
    let rows: Int
    let columns: Int

    package init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
    }

    /// The size of the terminal that a cell's output is settled on.
    package static let standard = Screen(rows: 50, columns: 200)

    /// The lines that stand on it after these bytes were shown, the ones that scrolled away first.
    func lines(showing bytes: ArraySlice<UInt8>) -> [String] {
        var lines: [String] = []
        // The taker is called before the call returns, on this thread, with scalars that are good until it returns.
        let isShown = bytes.withUnsafeBufferPointer { bytes in
            withUnsafeMutablePointer(to: &lines) { lines in
                casebook_show(
                    bytes.baseAddress,
                    bytes.count,
                    Int32(rows),
                    Int32(columns),
                    { lines, scalars, count in
                        let scalars = UnsafeBufferPointer(start: scalars, count: count)
                        let line = String(
                            String.UnicodeScalarView(scalars.lazy.compactMap(Unicode.Scalar.init))
                        )
                        lines?.assumingMemoryBound(to: [String].self).pointee.append(line)
                    },
                    lines
                )
            }
        }
        precondition(isShown != 0, "there is no memory for a terminal of \(rows) rows")
        return lines
    }
}
