import CasebookDocument
import CasebookRun
import CasebookSessions
import Foundation
import Glibc
import Testing

/// Languages of which each cell is a process of its own.
@Suite("a process for each cell", .timeLimit(.minutes(5)))
struct ProcessCellTests {
    private static let own = Interpreter(tag: "upper", command: "tr a-z A-Z")

    @Test(
        "the code comes on standard input, and the status is the program's",
        arguments: [
            ("sqlite", "select 40 + 2;", Seen(end: .exited(status: 0), text: "42\n")),
            (
                "sqlite", "select 1;\nselect nosuch;\nselect 3;",
                Seen(
                    end: .exited(status: 1),
                    text: "1\nParse error near line 44: no such column: nosuch\n"
                        + "  select nosuch;\n         ^--- error here\n"
                )
            ),
            ("lua", "print(6 * 7)", Seen(end: .exited(status: 0), text: "42\n")),
            ("lua", "\nos.exit(3)", Seen(end: .exited(status: 3), text: "")),
        ]
    )
    func runs(_ name: String, _ code: String, _ expected: Seen) async throws {
        let interpreter = try #require(Interpreter(named: name))
        try await SessionProbe.with(interpreter) { probe in
            for _ in 0..<2 {
                let seen = try await probe.run(code, line: 43)
                #expect(seen == expected, "the next one is as before")
            }
        }
    }

    @Test("a document's own line may hold words, variables, and a place for a file")
    func ownLines() async throws {
        let rows: [(command: String, code: String, expected: String)] = [
            ("tr a-z A-Z", "it's \\ $X `id`", "IT'S \\ $X `ID`\n"),
            ("sed -e \"s/a/$X/\"", "a b", "x y b\n"), ("cat {} - </dev/null", "one\ntwo", "one\ntwo\n"),
            ("X=1 sh -c 'cat; echo $X'", "a", "a\n1\n"),
        ]
        for row in rows {
            let interpreter = Interpreter(tag: "own", command: row.command)
            try await SessionProbe.with(interpreter) { probe in
                let output = Output()
                let report = try await probe.report(row.code, variables: ["X": "x y"], output: output)
                #expect(report.end == .exited(status: 0), "\(row.command)")
                #expect(output.text == row.expected, "\(row.command)")
                #expect(report.notes == [] && report.state == nil)
            }
        }
    }

    @Test("nothing carries over, not even the directory")
    func startsAnew() async throws {
        try await SessionProbe.with(Interpreter(tag: "own", command: "pwd; cat")) { probe in
            let first = try await probe.run("a", directory: "/tmp").text
            #expect(first == "/tmp\na\n")
            let second = try await probe.run("b").text
            #expect(second == "/\nb\n")
        }
    }

    @Test("its output can be captured, and it gives values")
    func gives() async throws {
        let interpreter = Interpreter(tag: "own", command: "tee -a \"$CASEBOOK_OUTPUT\"; echo err >&2")
        try await SessionProbe.with(interpreter) { probe in
            let report = try await probe.report("A=1", isCaptured: true, output: Output())
            #expect(report.captured == Array("A=1\n".utf8))
            #expect(report.values == Array("A=1\n".utf8))
        }
    }

    @Test("a time limit and an interrupt end it, and the next one runs")
    func ends() async throws {
        try await SessionProbe.with(Interpreter(tag: "own", command: "sh")) { probe in
            let late = try await probe.run("sleep 900", timeout: .milliseconds(200)).end
            #expect(late == .timedOut)
            let afterwards = try await probe.run("echo a").text
            #expect(afterwards == "a\n")
            async let seen = probe.run("sleep 900")
            // The session tells nobody that the cell has begun; before that there is nothing to interrupt.
            try await Task.sleep(for: .seconds(1))
            probe.host.interrupt()
            let interrupted = try await seen.end
            #expect(interrupted == .stopped)
            let last = try await probe.run("echo a").text
            #expect(last == "a\n")
        }
    }

    @Test("a megabyte of code and ten of output pass through")
    func large() async throws {
        let code = String(repeating: "0123456789abcde\n", count: 65_536)
        try await SessionProbe.with(
            Interpreter(tag: "own", command: "for i in 1 2 3 4 5 6 7 8 9 10; do cat {}; done")
        ) {
            probe in
            let output = Output()
            let report = try await probe.report(code, output: output)
            #expect(report.end == .exited(status: 0))
            // Code ends with a line ending, whether or not the fence had one.
            #expect(output.all.count == 10 * (code.utf8.count + 1))
        }
    }

    @Test("a program that is not there is said before anything runs")
    func missing() throws {
        do throws(SessionError) {
            _ = try InterpreterLookup.find(
                Interpreter(tag: "x", command: "nosuch -q"),
                onPath: "/usr/bin"
            )
            Issue.record("it was found")
        } catch {
            guard case .interpreterNotFound(let interpreter, let tried) = error else { throw error }
            #expect(interpreter.program == "nosuch")
            #expect(tried == ["/usr/bin/nosuch"])
        }
    }
}
