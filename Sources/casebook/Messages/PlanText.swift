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
        let width = items.map(\.id.name.count).max() ?? 0
        return items.map { item in
            let name = item.id.name + String(repeating: " ", count: width - item.id.name.count)
            let condition = item.place.condition.map { "  [\($0.gate): \($0.answer)]" } ?? ""
            return
                "\(name)  \(Self.words(item))\(Self.needs(item))\(condition)  (\(sourceName):\(item.place.line))"
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

    static func shortened(_ line: String) -> String { line.count > 60 ? line.prefix(59) + "…" : line }
}
