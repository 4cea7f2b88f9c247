import CasebookSessions
import Foundation

/// A command on a real pseudo-terminal, driven as a person would: wait for a text, type a line.
package final class TerminalRun {
    /// Nil after the terminal was closed.
    private var terminal: PseudoTerminal?
    private let number: Int32
    private let process: pid_t
    private var seen: [UInt8] = []
    private var searchedTo = 0

    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    package convenience init(_ arguments: [String], in workspace: Workspace) throws {
        try self.init(BuiltBinary.path, arguments, in: workspace, environment: [:])
    }

    /// - Parameter environment: beside what every command of the workspace gets.
    package init(
        _ program: String,
        _ arguments: [String],
        in workspace: Workspace,
        environment more: [String: String]
    ) throws {
        var environment = workspace.baseEnvironment.merging(more) { $1 }
        environment["TERM"] = "xterm"
        environment["NO_COLOR"] = "1"
        let terminal = try PseudoTerminal(rows: 40, columns: 100)
        number = terminal.number
        process = try terminal.start(
            program: program,
            arguments: arguments,
            environment: environment,
            directory: workspace.path
        )
        self.terminal = consume terminal
    }

    /// Closes the terminal, as a lost connection does; nothing is seen any more.
    package func hangUp() { terminal = nil }

    package var processIdentifier: Int32 { process }

    /// Everything that the screen showed so far.
    package var screen: String {
        String(decoding: seen, as: UTF8.self).replacingOccurrences(of: "\r\n", with: "\n")
    }

    /// Waits until a text is shown behind what was waited for before.
    package func expect(_ text: String, within seconds: Double = 20) throws {
        let wanted = Array(text.utf8)
        let end = Date().addingTimeInterval(seconds)
        while true {
            if let found = seen[searchedTo...].firstRange(of: wanted) {
                searchedTo = found.upperBound
                return
            }
            readSome()
            guard Date() < end else {
                throw Failure(description: "`\(text)` was not shown; the screen:\n\(screen)")
            }
        }
    }

    /// Changes the size of the window.
    package func resize(rows: UInt16, columns: UInt16) throws {
        try terminal?.resize(rows: rows, columns: columns)
    }

    package func type(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(number, bytes, bytes.count)
    }

    /// Reads until the command has ended and returns its exit status, 128 and more for a signal.
    package func waitForExit(within seconds: Double = 20) throws -> Int32 {
        let end = Date().addingTimeInterval(seconds)
        var status: Int32 = 0
        while waitpid(process, &status, WNOHANG) != process {
            guard Date() < end else { throw Failure(description: "it did not end; the screen:\n\(screen)") }
            _ = readSome()
        }
        while readSome() {}
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    }

    /// False when nothing came for a while.
    @discardableResult
    private func readSome() -> Bool {
        guard terminal != nil else {
            usleep(20_000)
            return false
        }
        var ready = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        guard poll(&ready, 1, 50) > 0 else { return false }
        var chunk = [UInt8](repeating: 0, count: 4096)
        let count = read(number, &chunk, chunk.count)
        guard count > 0 else { return false }
        seen += chunk.prefix(count)
        return true
    }
}
