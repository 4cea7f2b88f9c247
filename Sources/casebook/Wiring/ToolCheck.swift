import CasebookDocument
import CasebookRun
import CasebookSessions
import CasebookTerminal

/// Looks before the start whether the programs are there that a runbook names under `tools`.
enum ToolCheck {
    /// An unattended run without one of them is not begun; a person is told, and may know better.
    ///
    /// - Throws: a ``Problem`` that names each missing one.
    static func check(_ tools: [String], mode: RunMode) throws {
        let missing = tools.filter { isProgram($0) && !isInstalled($0) }
        guard !missing.isEmpty else { return }
        let names = missing.map { "`\($0)`" }.joined(separator: ", ")
        guard mode == .unattended else {
            OutputStream.standardError.line(
                "warning: not on PATH, and the runbook says that it needs it: \(names)"
            )
            return
        }
        throw Problem(
            .usage,
            "\(Wording.count(missing.count, "tool")) missing: nothing was run",
            advice: ["not on PATH: \(names)", "install what is missing, or take it from `tools`"]
        )
    }

    /// False for what people list besides programs: *AWS Console*, *Slack*, *access to the cluster*.
    private static func isProgram(_ tool: String) -> Bool {
        !tool.isEmpty
            && tool.utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || "-_.+".utf8.contains(byte)
            }
    }

    private static func isInstalled(_ tool: String) -> Bool {
        InterpreterLookup.find(program: tool, onPath: Caller.variable("PATH")) != nil
    }
}
