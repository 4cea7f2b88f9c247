import CasebookDocument
import CasebookRun
import CasebookSessions
import Glibc
import Testing

/// What every session host promises, whatever the interpreter.
enum SessionConformance {
    /// One interpreter's words for the same acts.
    struct Words: Sendable {
        let interpreter: Interpreter
        let set: String
        let show: String
        let exit3: String
        let fail: String
        let die: String
        let replace: String
        let read: String
        let wait: String
        let large: String
        let message: String
        let protocolText: String
    }

    static let words: [Interpreter: Words] = [
        .bash: shell(.bash, message: "runbooks/restore.md: line 44: nosuch: command not found\n"),
        .sh: shell(.sh, message: "runbooks/restore.md: 44: eval: nosuch: not found\n"),
        .python: Words(
            interpreter: .python,
            set: "x = 41 + 1\nimport os; os.chdir('/tmp')",
            show: "print(x, os.getcwd())",
            exit3: "import sys; sys.exit(3); print('never')",
            fail: "print('a'); 1/0",
            die: "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
            replace: "import os; os.execlp('true', 'true')",
            read: "try: input()\nexcept EOFError: print('eof')",
            wait: "import time; time.sleep(60)",
            large: "import sys; _ = sys.stdout.write('0123456789' * 1000000)",
            message:
                "Traceback (most recent call last):\n  File \"runbooks/restore.md\", line 44, in <module>\n"
                + "    nosuch\nNameError: name 'nosuch' is not defined\n",
            protocolText: "print('E 1 0 0\\nR\\nX 2 0 0')"
        ),
    ]

    private static func shell(_ interpreter: Interpreter, message: String) -> Words {
        Words(
            interpreter: interpreter,
            set: "x=42; cd /tmp",
            show: "echo $x $PWD",
            exit3: "exit 3; echo never",
            fail: "echo a; false; echo never",
            die: "kill -9 $$",
            replace: "exec true",
            read: "read y || echo eof",
            wait: "sleep 60",
            large: "yes 0123456789 2>/dev/null | head -c 10000000",
            message: message,
            protocolText: "printf 'E 1 0 0\\nR\\nX 2 0 0\\n'"
        )
    }
}

@Suite("every interpreter", .timeLimit(.minutes(10)))
struct SessionConformanceTests {
    typealias Words = SessionConformance.Words

    static func probe<Result>(
        _ interpreter: Interpreter,
        _ body: (SessionProbe, Words) async throws -> Result
    ) async throws -> Result {
        let words = try #require(SessionConformance.words[interpreter])
        return try await SessionProbe.with(interpreter) { try await body($0, words) }
    }

    @Test("state carries over, through exit, kill and exec too", arguments: Interpreter.live)
    func carriesOver(_ interpreter: Interpreter) async throws {
        try await Self.probe(interpreter) { probe, words in
            #expect(try await probe.run(words.set) == Seen(end: .exited(status: 0), text: ""))
            let shown = Seen(end: .exited(status: 0), text: "42 /tmp\n")
            #expect(try await probe.run(words.show) == shown)
            #expect(try await probe.run(words.exit3) == Seen(end: .exited(status: 3), text: ""))
            #expect(try await probe.run(words.show) == shown)
            #expect(try await probe.run(words.die) == Seen(end: .killed(signal: SIGKILL), text: ""))
            #expect(try await probe.run(words.show) == shown)
            guard case .sessionLost = try await probe.run(words.replace).end else {
                Issue.record("exec was not noticed")
                return
            }
            #expect(try await probe.run(words.show) == shown)
        }
    }

    @Test("variables are given before a cell, and stay", arguments: Interpreter.live)
    func takesVariables(_ interpreter: Interpreter) async throws {
        let show = interpreter == .python ? "import os; print(os.environ['X'])" : "printf '%s\n' \"$X\""
        let values = ["it's \"$HOME\" `id` \\", "two\nlines\n", "", "é"]
        try await Self.probe(interpreter) { probe, _ in
            for value in values {
                let output = Output()
                _ = try await probe.report(show, variables: ["X": value], output: output)
                #expect(output.text == value + "\n")
                #expect(try await probe.run(show).text == value + "\n")
            }
        }
    }

    @Test("standard output can be taken by itself", arguments: Interpreter.live)
    func captures(_ interpreter: Interpreter) async throws {
        let code =
            interpreter == .python
            ? "import sys; print('out'); print('err', file=sys.stderr)" : "echo out; echo err >&2"
        try await Self.probe(interpreter) { probe, words in
            let output = Output()
            let report = try await probe.report(code, isCaptured: true, output: output)
            #expect(report.captured == Array("out\n".utf8))
            #expect(output.text.split(separator: "\n").sorted() == ["err", "out"])
            #expect(try await probe.run(code).text == "out\nerr\n", "the next cell is as before")
            let large = try await probe.report(words.large, isCaptured: true, output: Output())
            #expect(large.captured == nil)
            #expect(large.end == .exited(status: 0))
        }
    }

    @Test("a cell gives values through a file", arguments: Interpreter.live)
    func givesValues(_ interpreter: Interpreter) async throws {
        let code =
            interpreter == .python
            ? "import os; print('A=1', file=open(os.environ['CASEBOOK_OUTPUT'], 'a'))"
            : "echo A=1 >> \"$CASEBOOK_OUTPUT\""
        try await Self.probe(interpreter) { probe, words in
            var given: [String] = []
            for step in [code, words.show, words.exit3, code] {
                let report = try await probe.report(step, output: Output())
                given.append(String(decoding: report.values, as: UTF8.self))
            }
            #expect(given == ["A=1\n", "", "", "A=1\n"])
        }
    }

    @Test("whatever a cell puts in place of the file of values holds nobody up")
    func replacedValues() async throws {
        let file = "\"$CASEBOOK_OUTPUT\""
        let rows: [(code: String, size: Int)] = [
            ("rm \(file); mkfifo \(file)", 0), ("rm \(file); mkdir \(file)", 0), ("rm \(file)", 0),
            ("rm \(file); ln -s /etc/passwd \(file)", 0), ("truncate -s 3G \(file)", (1 << 20) + 1),
        ]
        try await Self.probe(.bash) { probe, _ in
            for row in rows {
                #expect(
                    try await probe.report(row.code, output: Output()).values.count == row.size,
                    "\(row.code)"
                )
                let next = try await probe.report("echo A=1 >> \(file)", output: Output())
                #expect(String(decoding: next.values, as: UTF8.self) == "A=1\n", "after \(row.code)")
            }
        }
        #expect(access("/etc/passwd", R_OK) == 0)
    }

    @Test("a saved state comes back in another host", arguments: Interpreter.live)
    func restores(_ interpreter: Interpreter) async throws {
        let state = try await Self.probe(interpreter) { probe, words in
            try await probe.report(words.set, output: Output()).state
        }
        let saved = try #require(state)
        let seen = try await SessionProbe.with(interpreter, savedState: saved) { probe in
            try await probe.run(SessionConformance.words[interpreter]?.show ?? "")
        }
        #expect(seen.text == "42 /tmp\n")
    }

    @Test("a secret is not in the saved state, and named", arguments: Interpreter.live)
    func secrets(_ interpreter: Interpreter) async throws {
        let state = try await Self.probe(interpreter) { probe, _ in
            try await probe.report(
                interpreter == .python ? "t = 'pa$s'\nu = 1" : "t='pa$s'\nu=1",
                secrets: ["pa$s"],
                output: Output()
            ).state
        }
        let saved = try #require(state)
        #expect(saved.lost == ["variable t holds a secret"])
        #expect(!String(decoding: saved.restoreCode, as: UTF8.self).contains("pa"))
    }

    @Test(
        "a failing cell ends, and messages carry the document's name and line",
        arguments: Interpreter.live
    )
    func messages(_ interpreter: Interpreter) async throws {
        try await Self.probe(interpreter) { probe, words in
            let failed = try await probe.run(words.fail)
            #expect(failed.end == .exited(status: 1))
            #expect(failed.text.hasPrefix("a\n") && !failed.text.contains("never"))
            #expect(try await probe.run("\nnosuch", line: 43).text == words.message)
        }
    }

    @Test("what looks like the protocol is output", arguments: Interpreter.live)
    func protocolText(_ interpreter: Interpreter) async throws {
        try await Self.probe(interpreter) { probe, words in
            let seen = try await probe.run(words.protocolText)
            #expect(seen == Seen(end: .exited(status: 0), text: "E 1 0 0\nR\nX 2 0 0\n"))
            #expect(try await probe.run(words.read).text == "eof\n")
        }
    }

    @Test("10 MB arrive to the byte", arguments: Interpreter.live)
    func large(_ interpreter: Interpreter) async throws {
        try await Self.probe(interpreter) { probe, words in
            let output = Output()
            _ = try await probe.report(words.large, output: output)
            #expect(output.all.count == 10_000_000)
        }
    }

    @Test("a time limit ends the cell and the session goes on", arguments: Interpreter.live)
    func timesOut(_ interpreter: Interpreter) async throws {
        try await Self.probe(interpreter) { probe, words in
            _ = try await probe.run(words.set)
            #expect(try await probe.run(words.wait, timeout: .milliseconds(200)).end == .timedOut)
            #expect(try await probe.run(words.show).text == "42 /tmp\n")
        }
    }

    @Test("an interrupt ends the cell and the session goes on", arguments: Interpreter.live)
    func interrupts(_ interpreter: Interpreter) async throws {
        try await Self.probe(interpreter) { probe, words in
            _ = try await probe.run(words.set)
            async let seen = probe.run(words.wait)
            // The session tells nobody that the cell has begun; before that there is nothing to interrupt.
            try await Task.sleep(for: .seconds(1))
            probe.host.interrupt()
            #expect(try await seen.end == .stopped)
            #expect(try await probe.run(words.show).text == "42 /tmp\n")
        }
    }
}
