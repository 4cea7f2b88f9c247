import CasebookDocument

/// A runbook as text: every item with its place, handling and ranges, then the diagnostics.
struct RunbookDump: CustomStringConvertible {
    let description: String

    init(_ runbook: Runbook) {
        var lines: [String] = []
        for item in runbook.items {
            switch item {
            case .cell(let cell): lines += Self.lines(of: cell, in: runbook.source)
            case .gate(let gate): lines += Self.lines(of: gate, in: runbook.source)
            }
        }
        lines += runbook.diagnostics.map { Self.line(of: $0, in: runbook.source) }
        description = lines.map { $0 + "\n" }.joined()
    }

    private static func lines(of cell: Cell, in source: SourceText) -> [String] {
        let code = String(decoding: cell.code, as: UTF8.self)
        return [
            "\(cell.place.line) cell \(cell.id)\(cell.place.isNamed ? "!" : "") \(cell.language.name) "
                + "\(words(of: cell.handling)) -> \(text(of: cell.insertion, in: source))",
            "  code \(cell.codeLine) \(code.debugDescription)",
        ] + instruction(cell.place, in: source)
    }

    private static func lines(of gate: Gate, in source: SourceText) -> [String] {
        let kind =
            switch gate.kind {
            case .checkpoint: "checkpoint"
            case .manualStep: "step"
            case .choice: "choice"
            case .task(_, let isTicked): isTicked ? "task (ticked)" : "task"
            }
        return [
            "\(gate.place.line) \(kind) \(gate.id)\(gate.place.isNamed ? "!" : "")\(gate.isRequired ? " required" : "") "
                + "[\(gate.answers.map(\.word).joined(separator: " "))] -> \(text(of: gate.insertion, in: source))",
            "  text \(gate.text.debugDescription)",
        ] + instruction(gate.place, in: source)
    }

    private static func instruction(_ place: ItemPlace, in source: SourceText) -> [String] {
        place.instruction.isEmpty
            ? [] : ["  instruction \(source.text(in: place.instruction).debugDescription)"]
    }

    private static func words(of handling: CellHandling) -> String {
        switch handling {
        case .run: "run"
        case .confirm(let why): "confirm (\(why))"
        case .byHand(let why): "by hand (\(why))"
        case .shown(let why): "shown (\(why))"
        case .undo(let why): "undo (\(why))"
        case .check(let why): "check (\(why))"
        }
    }

    private static func text(of point: InsertionPoint?, in source: SourceText) -> String {
        guard let point else { return "none" }
        let position = source.position(of: point.offset)
        return
            "\(position.line):\(position.column) \(String(decoding: point.prefix, as: UTF8.self).debugDescription)"
    }

    static func line(of diagnostic: Diagnostic, in source: SourceText) -> String {
        let place = diagnostic.range.map { range in
            let position = source.position(of: range.lowerBound)
            return "\(position.line):\(position.column) \(source.text(in: range).debugDescription) "
        }
        let advice = diagnostic.advice.map { "; \($0)" } ?? ""
        return
            "\(diagnostic.severity) \(diagnostic.code.rawValue) \(place ?? "")\(diagnostic.message)\(advice)"
    }
}

extension Runbook {
    static func read(_ text: String) -> Runbook { read(SourceText(name: "test.md", bytes: Array(text.utf8))) }

    var dump: String { RunbookDump(self).description }
}
