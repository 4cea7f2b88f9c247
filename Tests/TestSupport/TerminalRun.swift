import CTerminal
import Foundation

/// A command on a real pseudo-terminal, driven as a person would: wait for a text, type a line.
package final class TerminalRun {
    private let primary: Int32
    private let process: pid_t
    private var seen: [UInt8] = []
    private var searchedTo = 0

    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    package init(_ arguments: [String], in workspace: Workspace) throws {
        var ends: (Int32, Int32) = (-1, -1)
        guard casebook_open_pty(40, 100, &ends.0, &ends.1) == 0 else {
            throw Failure(description: "no pseudo-terminal")
        }
        var environment = workspace.baseEnvironment
        environment["TERM"] = "xterm"
        environment["NO_COLOR"] = "1"
        var argv: [UnsafeMutablePointer<CChar>?] = ([BuiltBinary.path] + arguments).map { strdup($0) } + [nil]
        var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in argv + envp { free(text) } }
        var error: Int32 = 0
        var pid: pid_t = -1
        BuiltBinary.path.withCString { path in
            workspace.path.withCString { directory in
                argv.withUnsafeMutableBufferPointer { argv in
                    envp.withUnsafeMutableBufferPointer { envp in
                        var start = casebook_start(
                            path: path, argv: argv.baseAddress, envp: envp.baseAddress, directory: directory,
                            descriptors: (ends.1, ends.1, ends.1), controlling_terminal: ends.1)
                        pid = CTerminal.casebook_start(&start, &error)
                    }
                }
            }
        }
        close(ends.1)
        guard pid > 0 else { throw Failure(description: "not started: errno \(error)") }
        primary = ends.0
        process = pid
    }

    deinit { close(primary) }

    package var processIdentifier: Int32 { process }

    /// Everything that the screen showed so far.
    package var screen: String { String(decoding: seen, as: UTF8.self).replacingOccurrences(of: "\r\n", with: "\n") }

    /// Waits until a text is shown behind what was waited for before.
    package func expect(_ text: String, within seconds: Double = 20) throws {
        let wanted = Array(text.utf8)
        let end = Date().addingTimeInterval(seconds)
        while true {
            if let found = seen[searchedTo...].firstRange(of: wanted) {
                searchedTo = found.upperBound
                return
            }
            guard Date() < end, readSome() else {
                throw Failure(description: "`\(text)` was not shown; the screen:\n\(screen)")
            }
        }
    }

    package func type(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(primary, bytes, bytes.count)
    }

    /// Reads until the command has ended and returns its exit status, 128 and more for a signal.
    package func waitForExit(within seconds: Double = 20) throws -> Int32 {
        let end = Date().addingTimeInterval(seconds)
        while readSome(), Date() < end {}
        var status: Int32 = 0
        while true {
            if waitpid(process, &status, WNOHANG) == process { break }
            guard Date() < end else { throw Failure(description: "it did not end; the screen:\n\(screen)") }
            usleep(10_000)  // A waiting process tells nobody; the time limit above ends this.
        }
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    }

    /// False at the end: the last process has let go of the terminal (EIO on Linux).
    private func readSome() -> Bool {
        var ready = pollfd(fd: primary, events: Int16(POLLIN), revents: 0)
        guard poll(&ready, 1, 200) > 0 else { return true }
        var chunk = [UInt8](repeating: 0, count: 4096)
        let count = read(primary, &chunk, chunk.count)
        guard count > 0 else { return false }
        seen += chunk.prefix(count)
        return true
    }
}
