import CasebookDocument
import CasebookRun
import CasebookTerminal

/// What `outline` prints: what the runbook says about itself, what it asks for, and its items.
struct OutlineText {
    private let runbook: Runbook
    private let sourceName: String

    init(_ runbook: Runbook, sourceName: String) {
        self.runbook = runbook
        self.sourceName = sourceName
    }

    var lines: [String] {
        let plan = RunPlan(runbook)
        var lines = [runbook.title]
        lines += facts.map { "  \($0.0): \($0.1)" }
        if !runbook.metadata.parameters.isEmpty {
            lines.append("parameters:")
            lines += runbook.metadata.parameters.map { "  \(Self.words(for: $0))" }
        }
        if !runbook.metadata.environments.isEmpty {
            lines.append("environments:")
            lines += runbook.metadata.environments.map {
                "  \($0.name)\($0.isProtected ? ", protected" : "")"
            }
        }
        if !runbook.metadata.interpreters.isEmpty {
            lines.append("interpreters:")
            lines += runbook.metadata.interpreters.sorted { $0.key < $1.key }.map {
                "  \($0.key): \($0.value)"
            }
        }
        let errors = runbook.diagnostics.count { $0.severity == .error }
        if errors > 0 {
            lines.append(
                "not run as it stands: \(Wording.count(errors, "error")), which `casebook check` shows"
            )
        }
        let unseen = runbook.diagnostics.count { $0.code.hidesCode }
        if unseen > 0 {
            lines.append(
                "not seen: \(Wording.count(unseen, "block")) that only a site shows as code; see `casebook check`"
            )
        }
        guard !runbook.items.isEmpty else { return lines + ["no steps found"] }
        lines.append("steps: \(counts)")
        lines += PlanText(plan, sourceName: sourceName).lines.map { "  \($0)" }
        return plan.hasSteps ? lines : lines + ["no steps found that a run would reach"]
    }

    private var facts: [(String, String)] {
        let metadata = runbook.metadata
        let all: [(String, String?)] = [
            ("id", metadata.id), ("description", metadata.description), ("owner", metadata.owner),
            ("author", metadata.author), ("escalation", metadata.escalation), ("type", metadata.type),
            ("status", metadata.status?.rawValue), ("version", metadata.version),
            ("last updated", metadata.lastUpdated),
            ("tools", metadata.tools.isEmpty ? nil : metadata.tools.joined(separator: ", ")),
            ("permissions", metadata.permissions),
        ]
        return all.compactMap { name, value in value.map { (name, $0) } }
    }

    /// `3: 1 automatic, 2 by hand`.
    private var counts: String {
        var counts: [ItemKind: Int] = [:]
        for item in runbook.items { counts[item.kind, default: 0] += 1 }
        let kinds = ItemKind.allCases.compactMap { kind in counts[kind].map { "\($0) \(kind.rawValue)" } }
        return "\(runbook.items.count): \(kinds.joined(separator: ", "))"
    }

    private static func words(for parameter: Parameter) -> String {
        var words = "\(parameter.name), \(parameter.kind.rawValue)"
        if parameter.isRequired { words += ", required" }
        if let value = parameter.defaultValue, parameter.kind != .secret { words += ", default `\(value)`" }
        if !parameter.allowed.isEmpty { words += ", one of \(parameter.allowed.joined(separator: ", "))" }
        return words
    }
}
