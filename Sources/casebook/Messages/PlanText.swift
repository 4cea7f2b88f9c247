import CasebookDocument
import CasebookRun

/// What would run, a line for each item.
struct PlanText {
    private let plan: RunPlan
    private let sourceName: String

    init(_ plan: RunPlan, sourceName: String) {
        self.plan = plan
        self.sourceName = sourceName
    }

    var lines: [String] {
        let width = plan.items.map(\.id.name.count).max() ?? 0
        return plan.items.map { item in
            let name = item.id.name + String(repeating: " ", count: width - item.id.name.count)
            return "\(name)  \(what(item))  (\(sourceName):\(item.item.place.line))"
        }
    }

    private func what(_ item: PlannedItem) -> String {
        switch (item.demand, item.item) {
        case (.run, .cell(let cell)): "run \(cell.language.name): \(Self.firstLine(of: cell))"
        case (.confirm(let reason), .cell(let cell)):
            "ask first (\(reason)), run \(cell.language.name): \(Self.firstLine(of: cell))"
        case (.gate, .cell(let cell)):
            if case .byHand(let reason) = cell.handling {
                "by hand (\(reason)): \(Self.firstLine(of: cell))"
            } else {
                "by hand"
            }
        case (.notPlanned(let reason), _): "not run (\(reason))"
        case (_, .gate(let gate)): "ask: \(Self.firstLine(of: gate.text))"
        case (_, .cell(let cell)): "run \(cell.language.name)"
        }
    }

    private static func firstLine(of cell: Cell) -> String {
        firstLine(of: String(decoding: cell.code, as: UTF8.self))
    }

    private static func firstLine(of text: String) -> String {
        let line = text.split(separator: "\n").first { !$0.allSatisfy(\.isWhitespace) } ?? ""
        return line.count > 60 ? line.prefix(59) + "…" : String(line)
    }
}
