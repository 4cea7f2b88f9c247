import CasebookEngine
import CasebookRun
import CasebookTerminal

/// What is said when a run starts.
enum RunHeader {
    static func show(_ started: RunStarted, limits: RunLimits, interpreters: [String: String]) {
        let out = OutputStream.standardOutput
        let style = TextStyle(isEnabled: out.isTerminal && Caller.wantsColour)
        out.line(style.bold(started.title) + style.dim("  run \(started.run), \(started.mode.rawValue)"))
        if let environment = started.environment { out.line("  environment: \(environment)") }
        for parameter in started.parameters {
            out.line(
                "  \(parameter.name) = \(parameter.value ?? "****")"
                    + style.dim("  (\(parameter.origin.rawValue))")
            )
        }
        for (tag, command) in interpreters.sorted(by: { $0.key < $1.key }) {
            out.line("  cells of `\(tag)` are run by: \(command)")
        }
        let parts = [
            limits.cell.map { "a cell \($0.words)" }, limits.run.map { "the run \($0.words)" },
        ]
        let shown = parts.compactMap(\.self)
        if !shown.isEmpty { out.line(style.dim("  time limits: \(shown.joined(separator: ", "))")) }
    }
}
