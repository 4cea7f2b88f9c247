import CasebookDocument

extension Interpreter {
    /// What is kept alive in its session: itself, or the shell that starts it for each cell.
    var host: Interpreter { life == .process ? .sh : self }

    func makeDialect() -> any Dialect {
        switch life {
        case .session(.bash): BashDialect()
        case .session(.sh): ShDialect()
        case .session(.zsh): ZshDialect()
        case .session(.fish): FishDialect()
        case .session(.python): ScriptDialect(.python)
        case .session(.node): ScriptDialect(.node)
        case .session(.ruby): ScriptDialect(.ruby)
        case .session(.perl): ScriptDialect(.perl)
        case .process: ProcessDialect(self)
        }
    }
}
