import CasebookDocument
import CasebookEngine
import CasebookRun
import CasebookSimulation
import Synchronization
import Testing

/// Cells that go on beside the steps that follow, through the true machine and runner.
@Suite("background cells") struct BackgroundTests {
    private static let text = """
        ```bash {#web background ready=/listening/ timeout=2s ATTRIBUTES}
        serve
        ```

        ```bash {#use}
        use
        ```

        """

    private func probe(
        _ attributes: String = "",
        serving: ScriptedSessionHost.Reply,
        using: ScriptedSessionHost.Reply = .init()
    ) -> RunnerProbe {
        var probe = RunnerProbe(markdown: Self.text.replacing("ATTRIBUTES", with: attributes))
        probe.script = { code, _ in code == "serve" ? serving : using }
        return probe
    }

    private static let listening = ScriptedSessionHost.Reply(
        output: Array("starting\n\u{1B}[32mlistening\u{1B}[0m on 80".utf8),
        end: .stopped,
        goesOn: true
    )

    private func kinds(_ probe: RunnerProbe) -> [String] { probe.journal.events.map(\.body.kind) }

    @Test func `the step passes when it is ready, and it is stopped at the end`() async throws {
        let probe = probe(serving: Self.listening)
        let result = try await probe.run()
        #expect(result.stop == .ended(.succeeded))
        #expect(result.outcomes == [.succeeded, .succeeded])
        #expect(result.host.ended == ["bash/web"])
        #expect(
            kinds(probe) == [
                "run-started", "cell-started", "background-ready", "cell-ended",
                "cell-started", "output-stored", "attempt-ended", "cell-ended",
                "output-stored", "background-ended", "run-ended",
            ]
        )
    }

    @Test func `it begins with the state of the session that it stands in`() async throws {
        var probe = RunnerProbe(markdown: "```bash\na\n```\n" + Self.text.replacing("ATTRIBUTES", with: ""))
        let state = SavedState(restoreCode: Array("x=1\n".utf8), lost: [])
        probe.script = { code, _ in code == "serve" ? Self.listening : .init(state: state) }
        let result = try await probe.run()
        #expect(result.host.opened.map(\.name) == ["bash", "bash/web"])
        #expect(result.host.opened.map(\.savedState) == [nil, state])
        #expect(result.host.opened.map(\.isBackground) == [false, true])
        #expect(!kinds(probe).contains("session-restored"))
    }

    @Test func `one without a sign is ready at once`() async throws {
        var probe = RunnerProbe(markdown: "```bash {#web background}\nserve\n```\n")
        probe.script = { _, _ in .init(end: .stopped, goesOn: true) }
        #expect(try await probe.run().stop == .ended(.succeeded))
    }

    @Test(arguments: [
        (CellEnd.exited(status: 1), CellEnd.exited(status: 1)),
        (.killed(signal: 9), .killed(signal: 9)),
        (
            .exited(status: 0),
            .unexpected(problems: ["it should go on to the end of the run, and ended with status 0"])
        ),
    ])
    func `one that ends before it is ready has failed, whatever its status`(
        _ end: CellEnd,
        _ failure: CellEnd
    )
        async throws
    {
        let probe = probe(serving: .init(output: Array("starting\n".utf8), end: end))
        let result = try await probe.run()
        #expect(result.stop == .waitingAtFailure(ItemID("web"), .failed(failure)))
        #expect(result.host.ran == ["serve"])
    }

    @Test func `one that is not ready in time is stopped and has timed out`() async throws {
        let probe = probe(serving: .init(output: Array("starting\n".utf8), end: .stopped, goesOn: true))
        let result = try await probe.run()
        #expect(result.stop == .waitingAtFailure(ItemID("web"), .failed(.timedOut)))
        #expect(result.host.ended == ["bash/web"])
    }

    @Test func `an early death is a failure at the next boundary`() async throws {
        let probe = probe(serving: .init(output: Array("listening\n".utf8), end: .exited(status: 7)))
        let result = try await probe.run()
        #expect(result.stop == .waitingAtFailure(ItemID("web"), .failed(.exited(status: 7))))
        #expect(result.host.ran == ["serve"], "the next cell needs what has gone")
        let events = kinds(probe)
        #expect(events.suffix(3) == ["output-stored", "background-ended", "cell-ended"])
    }

    @Test func `an early death of what is not required is a warning`() async throws {
        let serving = ScriptedSessionHost.Reply(output: Array("listening\n".utf8), end: .exited(status: 7))
        let result = try await probe("required=no", serving: serving).run()
        #expect(result.stop == .ended(.succeededWithWarnings))
        #expect(result.host.ran == ["serve", "use"])
    }

    @Test func `after a pause what is not required is missed with a warning`() async throws {
        let text = Self.text.replacing("ATTRIBUTES", with: "required=no")
            .replacing("```bash {#use}", with: "```checkpoint {#gate}\nok?\n```\n\n```bash {#use}")
        var probe = RunnerProbe(markdown: text)
        probe.script = { code, _ in code == "serve" ? Self.listening : .init() }
        #expect(try await probe.run().stop == .pausedAtGate(ItemID("gate")))
        probe.advanceAnswers = ["gate": PersonAnswer(word: "proceed", note: nil)]
        let resumed = try await probe.run()
        #expect(resumed.stop == .ended(.succeededWithWarnings))
        #expect(resumed.host.ran == ["use"])
    }

    @Test(arguments: [("effect=repeatable", true), ("", false)])
    func `after a pause it runs again only when it may be repeated`(_ attributes: String, _ isRepeated: Bool)
        async throws
    {
        let text = Self.text.replacing("ATTRIBUTES", with: attributes)
            .replacing("```bash {#use}", with: "```checkpoint {#gate}\nok?\n```\n\n```bash {#use}")
        var probe = RunnerProbe(markdown: text)
        probe.script = { code, _ in code == "serve" ? Self.listening : .init() }
        #expect(try await probe.run().stop == .pausedAtGate(ItemID("gate")))
        #expect(kinds(probe).last == "background-ended")
        probe.advanceAnswers = ["gate": PersonAnswer(word: "proceed", note: nil)]
        let resumed = try await probe.run()
        if isRepeated {
            #expect(resumed.stop == .ended(.succeeded))
            #expect(resumed.host.ran == ["serve", "use"])
        } else {
            #expect(resumed.stop == .waitingAtFailure(ItemID("web"), .unknown))
            #expect(resumed.host.ran.isEmpty)
            let decided = FailureDecided(
                item: ItemID("web"),
                decision: .retry,
                reason: nil,
                person: RunnerProbe.person
            )
            let again = try await probe.run(opening: [.failureDecided(decided)])
            #expect(again.stop == .ended(.succeeded))
            #expect(again.host.ran == ["serve", "use"])
        }
    }

    @Test func `after a crash at any event nothing is taken for running that is not`() async throws {
        let full = probe(serving: Self.listening)
        _ = try await full.run()
        for count in 1..<full.journal.events.count {
            let probe = probe("effect=repeatable", serving: Self.listening)
            try probe.journal.append(Array(full.journal.events.prefix(count)))
            let result = try await probe.run()
            let ranUse = full.journal.events.prefix(count).contains { event in
                if case .attemptEnded(let ended) = event.body { ended.item == ItemID("use") } else { false }
            }
            let startedUse = full.journal.events.prefix(count).contains { event in
                if case .cellStarted(let started) = event.body {
                    started.item == ItemID("use")
                } else {
                    false
                }
            }
            if startedUse, !ranUse {
                #expect(result.stop == .waitingAtFailure(ItemID("use"), .unknown), "\(count) events")
            } else {
                #expect(result.stop == .ended(.succeeded), "\(count) events")
                #expect(result.host.ran == (ranUse ? [] : ["serve", "use"]), "\(count) events")
            }
        }
    }

    @Test func `each attempt finds the values that its session does not have yet`() async throws {
        let text = "```bash {capture=V}\na\n```\n" + Self.text.replacing("ATTRIBUTES", with: "retries=1")
        var probe = RunnerProbe(markdown: text)
        let seen = Mutex<[[String: String]]>([])
        probe.script = { code, request in
            guard code == "serve" else { return .init(captured: Array("hello\n".utf8)) }
            let count = seen.withLock { seen in
                seen.append(request.variables)
                return seen.count
            }
            return count == 1 ? .init(end: .exited(status: 1)) : Self.listening
        }
        #expect(try await probe.run().stop == .ended(.succeeded))
        #expect(seen.withLock(\.self) == [["V": "hello"], ["V": "hello"]])
    }

    @Test func `a check that fails stops what it checks`() async throws {
        let text = Self.text.replacing("ATTRIBUTES", with: "check=probe")
            .replacing("```bash {#use}", with: "```bash {#probe}\nprobe\n```\n\n```bash {#use}")
        var probe = RunnerProbe(markdown: text)
        probe.script = { code, _ in
            switch code {
            case "serve": Self.listening
            case "probe": .init(end: .exited(status: 1))
            default: .init()
            }
        }
        let result = try await probe.run()
        let end = CellEnd.unexpected(problems: ["its check `probe` failed"])
        #expect(result.stop == .waitingAtFailure(ItemID("web"), .failed(end)))
        #expect(result.host.ended == ["bash/web"])
    }

    @Test func `a secret that comes to light meanwhile is masked in what it prints from then on`()
        async throws
    {
        let mask = SecretMask(secrets: [Array("hunter2-secret".utf8)]) { _ in [] }
        var stream = SecretMask()
        #expect(Array("a hunter2-secret".utf8).withUnsafeBytes { stream.mask($0) }.count == 16)
        stream.learn(mask)
        let shown =
            Array("b hunter2-".utf8).withUnsafeBytes { stream.mask($0) }
            + Array("secret c".utf8).withUnsafeBytes { stream.mask($0) } + stream.finish()
        #expect(String(decoding: shown, as: UTF8.self) == "b **** c")
    }

    @Test(arguments: [
        (["listening"], true), (["lis", "tening"], true), (["x listening y\n"], true),
        (["lis\ntening"], false), (["\u{1B}[1mlist\u{1B}[0mening\r\n"], true), (["none"], false),
        (["\rold\rlistening\r"], true),
    ])
    func `the sign is found in one line, in whatever pieces it comes`(_ pieces: [String], _ isFound: Bool) {
        let told = Told()
        var signal = ReadySignal(.pattern("^.*listening", isWanted: true)) { told.tell() }
        for piece in pieces { _ = signal.isFound(in: Array(piece.utf8)) }
        #expect((told.count > 0) == isFound)
    }

    @Test(arguments: [
        (["up"], false), (["up", "\n"], true), (["up", " not yet\n"], false), (["up\r"], true),
    ])
    func `the end of a line is not where the output pauses`(_ pieces: [String], _ isFound: Bool) {
        let told = Told()
        var signal = ReadySignal(.pattern("^up$", isWanted: true)) { told.tell() }
        for piece in pieces { _ = signal.isFound(in: Array(piece.utf8)) }
        #expect((told.count > 0) == isFound)
    }
}

/// Counts how often it was told.
private final class Told: Sendable {
    private let times = Mutex(0)

    var count: Int { times.withLock { $0 } }

    func tell() { times.withLock { $0 += 1 } }
}
