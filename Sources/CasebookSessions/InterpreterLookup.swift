package import CasebookDocument
package import CasebookRun
import Glibc

/// Finds interpreters on a search path.
package enum InterpreterLookup {
    /// The absolute path of the program that runs an interpreter's cells.
    ///
    /// - Parameter path: directories separated by colons; nil for the system's own.
    /// - Throws: ``SessionError/interpreterNotFound(_:tried:)``.
    package static func find(_ interpreter: Interpreter, onPath path: String?) throws(SessionError) -> String
    {
        guard let found = find(program: interpreter.program, onPath: path) else {
            throw .interpreterNotFound(interpreter, tried: candidates(interpreter.program, path))
        }
        return found
    }

    /// The absolute path of a program; nil when no directory of the path has it.
    package static func find(program: String, onPath path: String?) -> String? {
        candidates(program, path).first(where: isProgram)
    }

    private static func candidates(_ program: String, _ path: String?) -> [String] {
        // A program with a directory is looked for nowhere else.
        if program.contains("/") { return [program] }
        return (path ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").map { "\($0)/\(program)" }
    }

    private static func isProgram(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
    }
}
