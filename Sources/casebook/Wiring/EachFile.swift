import CasebookTerminal

/// Does the same with several files.
enum EachFile {
    /// Takes one file after the other; what is wrong with one is said, and keeps none of the others from its turn.
    ///
    /// - Throws: the exit status of wrong usage when there was such a file, after all of them.
    static func of(_ files: [String], _ work: (String) throws -> Void) throws {
        var isWhole = true
        for file in files {
            do {
                try work(file)
            } catch let problem as Problem {
                problem.show(on: .standardError)
                isWhole = false
            }
        }
        if !isWhole { throw ExitStatus.usage.exitCode }
    }
}
