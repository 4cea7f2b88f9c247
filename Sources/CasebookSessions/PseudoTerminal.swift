import CTerminal
package import CasebookRun
import Glibc

/// A pseudo-terminal and what runs on it.
///
/// Casebook's own end is `number`; reading it fails with EIO when the last process on the other end is gone.
package struct PseudoTerminal: ~Copyable {
    /// The descriptor that reads what is shown and writes what is typed.
    package let number: Int32
    private let secondary: Int32

    /// Opens one with this size in characters.
    package init(rows: UInt16, columns: UInt16) throws(SessionError) {
        var ends: (Int32, Int32) = (-1, -1)
        let failure = casebook_open_pty(rows, columns, &ends.0, &ends.1)
        guard failure == 0 else { throw .system(operation: "open a pseudo-terminal", errno: failure) }
        number = ends.0
        secondary = ends.1
    }

    deinit {
        Glibc.close(number)
        Glibc.close(secondary)
    }

    /// The path by which a process opens the other end.
    func path() throws(SessionError) -> String {
        var name = [CChar](repeating: 0, count: Int(CASEBOOK_PTY_NAME_SIZE))
        let failure = casebook_name_pty(number, &name)
        guard failure == 0 else { throw .system(operation: "name a pseudo-terminal", errno: failure) }
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Starts a program in a session of its own with this as its controlling terminal; the caller waits for it.
    package func start(
        program: String,
        arguments: [String],
        environment: [String: String],
        directory: String
    ) throws(SessionError) -> Int32 {
        var arguments = (["\(program)"] + arguments).map { strdup($0) }
        var environment = environment.map { strdup("\($0.key)=\($0.value)") }
        defer { for text in arguments + environment { free(text) } }
        arguments.append(nil)
        environment.append(nil)
        var failure: Int32 = 0
        let process = program.withCString { program in
            directory.withCString { directory in
                var start = casebook_start()
                start.path = program
                start.directory = directory
                start.descriptors = (secondary, secondary, secondary)
                start.controlling_terminal = secondary
                // The lists outlive the call: they are freed by the `defer` above.
                return arguments.withUnsafeBufferPointer { arguments in
                    environment.withUnsafeBufferPointer { environment in
                        start.argv = arguments.baseAddress
                        start.envp = environment.baseAddress
                        return casebook_start(&start, &failure)
                    }
                }
            }
        }
        guard process > 0 else { throw .system(operation: "start \(program)", errno: failure) }
        return process
    }

    /// Changes its size; the program is told by SIGWINCH.
    package func resize(rows: UInt16, columns: UInt16) throws(SessionError) {
        let failure = casebook_resize_pty(number, rows, columns)
        guard failure == 0 else { throw .system(operation: "resize a pseudo-terminal", errno: failure) }
    }
}
