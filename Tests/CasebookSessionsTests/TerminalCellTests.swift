import CasebookDocument
import CasebookRun
import CasebookSessions
import Glibc
import Testing

/// Cells on a terminal of their own, at which somebody may type.
@Suite("a cell with `tty`", .timeLimit(.minutes(5)))
struct TerminalCellTests {
    /// Runs a cell on a terminal, with what a person types there.
    private func run(
        _ code: String,
        typing keys: String = "",
        after prompt: String = "",
        timeout: Duration = .seconds(20),
        in probe: SessionProbe
    ) async throws -> Seen {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw SessionError.system(operation: "pipe", errno: errno) }
        defer { for end in ends { close(end) } }
        let typist = Typist(keys, after: prompt, into: ends[1])
        let request = CellRequest(
            session: "main",
            code: Array(code.utf8),
            codeLine: 3,
            directory: nil,
            timeout: timeout,
            secrets: [],
            terminal: CellTerminal(rows: 30, columns: 90, keyboard: ends[0])
        )
        let report = try await probe.host.run(request, output: typist)
        return Seen(end: report.end, text: typist.output.text)
    }

    private static let programs: [Interpreter] = [.bash, .sh]

    @Test("has a terminal of the size it was given, and goes on without one", arguments: programs)
    func size(_ interpreter: Interpreter) async throws {
        try await SessionProbe.with(interpreter) { probe in
            let code = "x=42; stty size; test -t 0 && test -t 1 && test -t 2 && : </dev/tty && echo tty"
            let seen = try await run(code, in: probe)
            #expect(seen == Seen(end: .exited(status: 0), text: "30 90\r\ntty\r\n"))
            let next = try await probe.run(
                "echo $x; test -t 1 || echo none; (: </dev/tty) 2>/dev/null || echo no tty"
            )
            #expect(next == Seen(end: .exited(status: 0), text: "42\nnone\nno tty\n"))
        }
    }

    @Test("a person answers a prompt, and a password is not shown", arguments: programs)
    func prompts(_ interpreter: Interpreter) async throws {
        let code =
            "stty -echo; printf 'password: ' >/dev/tty; read x </dev/tty; stty echo; echo; echo ${#x} letters"
        try await SessionProbe.with(interpreter) { probe in
            let seen = try await run(code, typing: "geheim\n", after: "password: ", in: probe)
            #expect(seen == Seen(end: .exited(status: 0), text: "password: \r\n6 letters\r\n"))
        }
    }

    @Test("Ctrl-C there ends the cell, and the session goes on", arguments: programs)
    func interrupt(_ interpreter: Interpreter) async throws {
        try await SessionProbe.with(interpreter) { probe in
            let seen = try await run(
                "x=1; sh -c 'echo on; exec sleep 900'; echo never",
                typing: "\u{3}",
                after: "on",
                in: probe
            )
            #expect(seen.end == .exited(status: 130) || seen.end == .killed(signal: SIGINT), "\(seen)")
            #expect(!seen.text.contains("never"))
            let next = try await probe.run("echo $x")
            #expect(next.text == "1\n")
        }
    }

    @Test("what ends the shell, or its time limit, leaves the session whole", arguments: programs)
    func ends(_ interpreter: Interpreter) async throws {
        try await SessionProbe.with(interpreter) { probe in
            let left = try await run("x=1; exit 3", in: probe)
            #expect(left.end == .exited(status: 3))
            let late = try await run("x=2; sleep 900", timeout: .milliseconds(300), in: probe)
            #expect(late.end == .timedOut)
            let next = try await probe.run("echo $x; (: </dev/tty) 2>/dev/null || echo no tty")
            #expect(next.text == "2\nno tty\n")
        }
    }

    @Test("Python asks there, and nowhere else")
    func python() async throws {
        try await SessionProbe.with(.python) { probe in
            let seen = try await run(
                "x = input('name: ')\nprint(len(x))",
                typing: "ann\n",
                after: "name: ",
                in: probe
            )
            #expect(seen == Seen(end: .exited(status: 0), text: "name: ann\r\n3\r\n"))
            let next = try await probe.run("try: input()\nexcept EOFError: print(x, 'eof')")
            #expect(next.text == "ann eof\n")
        }
    }

    @Test("ten megabytes pass through it")
    func large() async throws {
        try await SessionProbe.with(.bash) { probe in
            let seen = try await run("yes 0123456789 2>/dev/null | head -c 10000000", in: probe)
            #expect(seen.end == .exited(status: 0))
            // The terminal puts a carriage return before each line feed.
            #expect(seen.text.utf8.filter { $0 != 0x0D }.count == 10_000_000)
        }
    }
}

/// Types when it has seen a prompt.
private final class Typist: OutputReceiver {
    let output = Output()
    private let keys: String
    private let prompt: String
    private let keyboard: Int32

    init(_ keys: String, after prompt: String, into keyboard: Int32) {
        (self.keys, self.prompt, self.keyboard) = (keys, prompt, keyboard)
    }

    func receive(_ bytes: UnsafeRawBufferPointer) {
        let hadPrompt = !prompt.isEmpty && output.text.contains(prompt)
        output.receive(bytes)
        guard !keys.isEmpty, !hadPrompt, output.text.contains(prompt) else { return }
        _ = write(keyboard, keys, keys.utf8.count)
    }
}
