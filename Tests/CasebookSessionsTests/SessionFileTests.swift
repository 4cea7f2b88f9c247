import CasebookDocument
import CasebookRun
import CasebookSessions
import Foundation
import Testing

/// What a session leaves in its private directory, and what it makes of a state that is not whole.
@Suite("a session's files", .timeLimit(.minutes(10)))
struct SessionFileTests {
    @Test("neither the message nor the state of a cell with secrets stays", arguments: Interpreter.live)
    func forgotten(_ interpreter: Interpreter) async throws {
        let base = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: base, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: base) }  // a leftover fails no test
        let host = try LocalSessionHost(runID: "testrun", temporaryDirectory: base.path)
        let probe = SessionProbe(host: host, interpreter: interpreter)
        _ = try await probe.open()
        let words = try SessionWords.of(interpreter)
        for code in [words.holdSecret, words.exit3] {
            _ = try await probe.report(code, secrets: ["pa$s"], output: Output())
            let names = try FileManager.default.contentsOfDirectory(atPath: base.path)
            let directory = base.appending(path: try #require(names.first))
            for name in ["message", "state", "state.part"] {
                let file = directory.appending(path: name)
                // Only some drivers have the last one.
                guard name != "state.part" || FileManager.default.fileExists(atPath: file.path) else {
                    continue
                }
                #expect(try Data(contentsOf: file).isEmpty, "\(name) after \(code)")
            }
        }
        #expect(try await probe.run(words.showSecret).text == "pa$s\n")
        _ = await host.close()
    }

    @Test("a place that cannot be filled is left as it was")
    func unfinished() async throws {
        let base = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: base, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: base) }  // a leftover fails no test
        // Long enough for the directory's own name, and too long for those in it: PATH_MAX is 4096.
        var place = base.path
        while place.utf8.count + 43 + 8 + 200 < 4096 {
            place += "/" + String(repeating: "d", count: 199)
        }
        place += "/" + String(repeating: "d", count: 4095 - 42 - 8 - place.utf8.count)
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        let host = try LocalSessionHost(runID: "testrun", temporaryDirectory: place)
        let probe = SessionProbe(host: host, interpreter: .bash)
        await #expect(throws: SessionError.self) { try await probe.open() }
        #expect(try FileManager.default.contentsOfDirectory(atPath: place) == [])
        _ = await host.close()
    }

    /// A listing that is not whole, as on a disk that is full for a moment: bash does not say that it is.
    @Test("a listing without the driver's own names is none")
    func cutOff() async throws {
        try await SessionProbe.with(.bash, environment: ["KEPT": "1"]) { probe in
            let code = """
                builtin() {
                  case "$1 $2" in
                  'declare -p') ;;
                  *) command builtin "$@" ;;
                  esac
                }
                """
            let report = try await probe.report(code, output: Output())
            #expect(report.end == .exited(status: 0))
            #expect(report.state == nil)
        }
    }

    @Test("when a shell does not survive listing its functions, the rest of its state stays")
    func lostFunctions() async throws {
        try await SessionProbe.with(.bash) { probe in
            let code = """
                x=1; f() { echo f; }
                trap "case \\$BASH_COMMAND:\\$\\$ in ::$$) kill -9 $$;; esac" DEBUG
                """
            let report = try await probe.report(code, output: Output())
            #expect(report.end == .exited(status: 0))
            #expect(report.notes == ["not saved: function f"])
            #expect(report.state?.lost == ["function f"])
            let seen = try await probe.run("echo $x; type f 2>/dev/null || echo none")
            #expect(seen == Seen(end: .exited(status: 0), text: "1\nnone\n"))
        }
    }
}
