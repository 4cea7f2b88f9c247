extension Cell {
    /// What it destroys, in words: "`rm` deletes files without asking"; nil when it does not seem to destroy.
    package var destroys: String? {
        let commands =
            switch interpreter {
            case .bash, .sh: ShellReader.commands(in: code)
            case .python, nil: [] as [ShellCommand]
            }
        return CommandTable.destruction(by: commands, in: code, interpreter)
    }
}
