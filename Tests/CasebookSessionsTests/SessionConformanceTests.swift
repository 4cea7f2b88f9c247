import CasebookDocument
import CasebookRun
import CasebookSessions
import Glibc
import Testing

/// What every live session promises, whatever the interpreter.
@Suite("every interpreter", .timeLimit(.minutes(10)))
struct SessionConformanceTests {
    static func probe<Result>(
        _ interpreter: Interpreter,
        _ body: (SessionProbe, SessionWords) async throws -> Result
    ) async throws -> Result {
        let words = try SessionWords.of(interpreter)
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
        let values = ["it's \"$HOME\" `id` \\", "two\nlines\n", "", "é"]
        try await Self.probe(interpreter) { probe, words in
            for value in values {
                let output = Output()
                _ = try await probe.report(words.showX, variables: ["X": value], output: output)
                #expect(output.text == value + "\n")
                #expect(try await probe.run(words.showX).text == value + "\n")
            }
        }
    }

    @Test("standard output can be taken by itself", arguments: Interpreter.live)
    func captures(_ interpreter: Interpreter) async throws {
        try await Self.probe(interpreter) { probe, words in
            let output = Output()
            let report = try await probe.report(words.printBoth, isCaptured: true, output: output)
            #expect(report.captured == Array("out\n".utf8))
            #expect(output.text.split(separator: "\n").sorted() == ["err", "out"])
            #expect(try await probe.run(words.printBoth).text == "out\nerr\n", "the next cell is as before")
            let large = try await probe.report(words.large, isCaptured: true, output: Output())
            #expect(large.captured == nil)
            #expect(large.end == .exited(status: 0))
        }
    }

    @Test("a cell gives values through a file", arguments: Interpreter.live)
    func givesValues(_ interpreter: Interpreter) async throws {
        try await Self.probe(interpreter) { probe, words in
            var given: [String] = []
            for step in [words.giveValue, words.show, words.exit3, words.giveValue] {
                let report = try await probe.report(step, output: Output())
                given.append(String(decoding: report.values, as: UTF8.self))
            }
            #expect(given == ["A=1\n", "", "", "A=1\n"])
        }
    }

    @Test("what it exports is told, after exit and a restart too", arguments: Interpreter.live)
    func exports(_ interpreter: Interpreter) async throws {
        let value = "it's \"on\""
        try await Self.probe(interpreter) { probe, words in
            var told: [[String: String]] = []
            for step in ["", words.export, words.show, words.exit3, words.show] {
                told.append(try await probe.report(step, output: Output()).exported)
            }
            let variables = ["MODE": "off"]
            told.append(try await probe.report(words.show, variables: variables, output: Output()).exported)
            let same = [String](repeating: value, count: 4).map { ["MODE": $0] }
            #expect(told == [[:]] + same + [variables])
        }
    }

    @Test("what a secret cell set lives on, and is never told", arguments: Interpreter.live)
    func withholds(_ interpreter: Interpreter) async throws {
        let state = try await Self.probe(interpreter) { probe, words in
            _ = try await probe.run(words.set)
            let hidden = try await probe.report(words.holdSecret, tellsState: false, output: Output())
            #expect(hidden.state == nil)
            #expect(hidden.secrets.contains(Array("pa$s".utf8)))
            let output = Output()
            let state = try await probe.report(words.showSecret, output: output).state
            #expect(output.text.contains("pa$s"))
            _ = try await probe.run(words.die)
            let again = try await probe.run(words.showSecret).text
            #expect(again.contains("pa$s"))
            return try #require(state)
        }
        let labels = state.lost.filter { $0.hasSuffix(" was set by a secret cell") }
        #expect(labels.count == 2, "\(state.lost)")
        try await SessionProbe.with(interpreter, savedState: state) { probe in
            let words = try SessionWords.of(interpreter)
            let shown = try await probe.run(words.show).text
            #expect(shown == "42 /tmp\n")
            let secret = try await probe.run(words.showSecret).text
            #expect(!secret.contains("pa$s"))
        }
    }

    @Test("a session tells where it stands", arguments: Interpreter.live)
    func tellsItsPlace(_ interpreter: Interpreter) async throws {
        try await Self.probe(interpreter) { probe, words in
            var places: [String?] = []
            for step in ["", words.set, words.exit3, words.die] {
                places.append(try await probe.report(step, output: Output()).directory)
            }
            #expect(places == ["/", "/tmp", "/tmp", "/tmp"])
        }
    }

    @Test("one session ends with all it started while another goes on", arguments: Interpreter.live)
    func endsAlone(_ interpreter: Interpreter) async throws {
        try await Self.probe(interpreter) { probe, words in
            _ = try await probe.open(name: "other")
            let ended = AsyncStream.makeStream(of: Result<CellReport, SessionError>.self)
            probe.start(words.wait, session: "other") { result in
                ended.continuation.yield(result)
                ended.continuation.finish()
            }
            let set = try await probe.run(words.set)
            #expect(set == Seen(end: .exited(status: 0), text: ""))
            let survivors = await probe.host.end(session: "other")
            #expect(survivors.isEmpty)
            for await result in ended.stream {
                let end = try result.get().end
                #expect(end == .stopped)
            }
            let shown = try await probe.run(words.show).text
            #expect(shown == "42 /tmp\n")
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
        let (state, show) = try await Self.probe(interpreter) { probe, words in
            (try await probe.report(words.set, output: Output()).state, words.show)
        }
        let saved = try #require(state)
        let seen = try await SessionProbe.with(interpreter, savedState: saved) { try await $0.run(show) }
        #expect(seen.text == "42 /tmp\n")
    }

    @Test("a secret is not in the saved state, and named", arguments: Interpreter.live)
    func secrets(_ interpreter: Interpreter) async throws {
        let (state, label) = try await Self.probe(interpreter) { probe, words in
            let report = try await probe.report(
                words.holdSecret,
                secrets: ["pa$s"],
                output: Output()
            )
            return (report.state, words.secretLabel)
        }
        let saved = try #require(state)
        #expect(saved.lost == [label])
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
            #expect(try await probe.run(words.noSuch, line: 43).text == words.message)
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

    @Test("an interrupt that comes before the cell has begun is heard", arguments: Interpreter.live)
    func interruptsAtOnce(_ interpreter: Interpreter) async throws {
        try await Self.probe(interpreter) { probe, words in
            _ = try await probe.run(words.set)
            for _ in 0..<8 {
                let ended = AsyncStream.makeStream(of: Result<CellReport, SessionError>.self)
                probe.start(words.wait, session: "main") { result in
                    ended.continuation.yield(result)
                    ended.continuation.finish()
                }
                probe.host.interrupt()
                for await result in ended.stream {
                    let end = try result.get().end
                    #expect(end == .stopped)
                }
            }
            let shown = try await probe.run(words.show).text
            #expect(shown == "42 /tmp\n")
        }
    }
}
