extension Cell {
    /// What it destroys, in words: "`rm` deletes files without asking"; nil when it does not seem to destroy.
    package var destroys: String? {
        let commands = interpreter?.isShell == true ? ShellReader.commands(in: code) : []
        return CommandTable.destruction(by: commands, in: code, interpreter)
    }
}
