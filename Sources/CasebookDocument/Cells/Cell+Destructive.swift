extension Cell {
    /// What it destroys, in words: "`rm` deletes files without asking"; nil when it does not seem to destroy.
    package var destroys: String? {
        switch interpreter {
        case .bash, .sh:
            if let reason = CommandTable.destructive.reason(for: ShellReader.commands(in: code)) {
                return reason
            }
        case .python, nil: break
        }
        return CommandTable.destructiveCall(in: code, interpreter)
            .map { "`\($0)` destroys or ends something" }
    }
}
