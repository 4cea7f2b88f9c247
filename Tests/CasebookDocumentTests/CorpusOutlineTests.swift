import CasebookDocument
import Testing

/// What Casebook sees in each of the real runbooks, read file by file; the texts stand in `Tests/CorpusOutlines`.
@Suite struct CorpusOutlineTests {
    @Test("the outline of a real runbook is the one that was reviewed", arguments: Documents.corpus)
    func outline(_ file: Documents.File) throws {
        let runbook = Runbook.read(file.source)
        try Snapshot.check(Self.text(of: runbook), against: "Tests/CorpusOutlines/\(file.name).txt")
    }

    /// A line for each item: `line kind name (why): first line  needs $X  [when the choice was answered so]`.
    private static func text(of runbook: Runbook) -> String {
        var lines = [runbook.title]
        for item in runbook.items {
            var line = "\(item.place.line) \(item.kind.rawValue) \(item.id.name)"
            if let reason = item.reason { line += " (\(reason))" }
            line += ": \(item.headline)"
            if case .cell(let cell) = item, !cell.openVariables.isEmpty {
                line += "  needs " + cell.openVariables.map { "$\($0)" }.joined(separator: ", ")
            }
            if let condition = item.place.condition {
                line += "  [\(condition.gate.name): \(condition.answer)]"
            }
            lines.append(line)
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
