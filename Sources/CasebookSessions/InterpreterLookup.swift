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
        let directories = (path ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
        let tried = directories.map { "\($0)/\(interpreter.programName)" }
        guard let found = tried.first(where: isProgram) else {
            throw .interpreterNotFound(interpreter, tried: tried)
        }
        return found
    }

    private static func isProgram(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
    }
}
