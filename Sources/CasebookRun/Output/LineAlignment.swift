import CasebookDocument

/// The lines of an output laid beside those that are expected, with as few differences as can be.
struct LineAlignment {
    private enum Step {
        case same(String)
        case missing(ExpectedLine)
        case unexpected(String)
    }

    private var steps: [Step] = []

    /// - Parameter matches: whether a line is the expected one.
    init(
        _ expected: ArraySlice<ExpectedLine>,
        _ found: ArraySlice<String>,
        matches: (ExpectedLine, String) -> Bool
    ) {
        let (expected, found) = (Array(expected), Array(found))
        let isSame = expected.map { wanted in found.map { wanted != .anyLines && matches(wanted, $0) } }
        // How many differences are left from there on.
        var cost = [[Int]](repeating: [Int](repeating: 0, count: found.count + 1), count: expected.count + 1)
        for row in stride(from: expected.count, through: 0, by: -1) {
            for column in stride(from: found.count, through: 0, by: -1) {
                var least = row == expected.count && column == found.count ? 0 : Int.max
                if row < expected.count {
                    least = min(least, cost[row + 1][column] + (expected[row] == .anyLines ? 0 : 1))
                }
                if column < found.count {
                    let isAny = row < expected.count && expected[row] == .anyLines
                    least = min(least, cost[row][column + 1] + (isAny ? 0 : 1))
                    if row < expected.count, isSame[row][column] {
                        least = min(least, cost[row + 1][column + 1])
                    }
                }
                cost[row][column] = least
            }
        }
        var (row, column) = (0, 0)
        while row < expected.count || column < found.count {
            let isAny = row < expected.count && expected[row] == .anyLines
            if row < expected.count, column < found.count, isSame[row][column],
                cost[row][column] == cost[row + 1][column + 1]
            {
                steps.append(.same(found[column]))
                row += 1
                column += 1
            } else if isAny, cost[row][column] == cost[row + 1][column] {
                steps.append(.same("..."))
                row += 1
            } else if isAny {
                column += 1
            } else if row < expected.count, cost[row][column] == cost[row + 1][column] + 1 {
                steps.append(.missing(expected[row]))
                row += 1
            } else {
                steps.append(.unexpected(found[column]))
                column += 1
            }
        }
    }

    /// The rows of a difference: `- ` missing, `+ ` found instead, two blanks where both agree.
    ///
    /// - Parameters:
    ///   - most: more changed rows than that of either kind are only counted; of rows that agree the nearest two stay.
    ///   - text: an expected line as its author wrote it.
    func rows(atMost most: Int, text: (ExpectedLine) -> String) -> [String] {
        var rows: [String] = []
        var (missing, unexpected) = (0, 0)
        var same: [String] = []
        for step in steps {
            let row: String
            switch step {
            case .same(let line):
                same.append("  \(line)")
                continue
            case .missing(let line):
                missing += 1
                row = missing <= most ? "- \(text(line))" : ""
            case .unexpected(let line):
                unexpected += 1
                row = unexpected <= most ? "+ \(line)" : ""
            }
            if !row.isEmpty {
                // Nothing has changed yet where the rows begin.
                rows +=
                    rows.isEmpty || same.count <= 4
                    ? Self.nearest(same, isFirst: rows.isEmpty)
                    : same.prefix(2) + ["  [... \(same.count - 4) equal lines ...]"] + same.suffix(2)
                rows.append(row)
            }
            same = []
        }
        rows += same.prefix(2)
        if missing > most { rows.append("- [... \(missing - most) more lines ...]") }
        if unexpected > most { rows.append("+ [... \(unexpected - most) more lines ...]") }
        return rows
    }

    private static func nearest(_ same: [String], isFirst: Bool) -> [String] {
        isFirst ? Array(same.suffix(2)) : same
    }
}
