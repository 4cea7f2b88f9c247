import CasebookDocument
import CasebookRun

/// What Casebook sees in a runbook, a line for each item.
struct PlanText {
    private let items: [RunbookItem]
    private let sourceName: String

    init(_ plan: RunPlan, sourceName: String) {
        items = plan.items.map(\.item)
        self.sourceName = sourceName
    }

    /// `name  kind (why): first line  needs $X  [when the choice was answered so]  (file:line)`.
    var lines: [String] {
        let widths = items.map(\.id.name.count)
        let width = widths.max() ?? 0
        let blanks = String(repeating: " ", count: width)
        return items.indices.map { index in
            let item = items[index]
            let place = item.place
            var line = place.id.name
            line += blanks.prefix(width - widths[index])
            line += "  "
            line += Self.words(item)
            line += Self.needs(item)
            if let condition = place.condition { line += "  [\(condition.gate): \(condition.answer)]" }
            line += "  (\(sourceName):\(place.line))"
            return line
        }
    }

    private static func words(_ item: RunbookItem) -> String {
        switch (item.kind, item) {
        case (.automatic, .cell(let cell)):
            "run \(cell.language.name)\(cell.attributes.background == nil ? "" : " in the background"): "
                + shortened(item.headline)
        case (.asksFirst, .cell(let cell)):
            "ask first (\(item.reason ?? "")), run \(cell.language.name): \(shortened(item.headline))"
        case (.shown, _), (.undo, _): "not run (\(item.reason ?? "")): \(shortened(item.headline))"
        case (.check, .cell(let cell)):
            "check (\(item.reason ?? "")), run \(cell.language.name): \(shortened(item.headline))"
        case (.byHand, .cell): "by hand (\(item.reason ?? "")): \(shortened(item.headline))"
        case (let kind, _): "\(kind.rawValue): \(shortened(item.headline))"
        }
    }

    /// The variables that nothing in the runbook gives a value.
    private static func needs(_ item: RunbookItem) -> String {
        guard case .cell(let cell) = item else { return "" }
        if let filling = cell.filling {
            let asks = if case .confirm = filling.handling { ", and asks first" } else { "" }
            return "  runs with " + filling.names.map { "-p \($0)=VALUE" }.joined(separator: " ") + asks
        }
        guard !cell.openVariables.isEmpty else { return "" }
        return "  needs " + cell.openVariables.map { "$\($0)" }.joined(separator: ", ")
    }

    static func shortened(_ line: String) -> String {
        line.utf8.count > 60 && line.count > 60 ? line.prefix(59) + "…" : line
    }
}
