import CasebookDocument
import CasebookEngine
import CasebookRun
import CasebookSimulation
import Synchronization
import Testing

/// Attempts, checks, conditions and values, through the true machine and runner.
@Suite("what decides about a step") struct StepTests {
    /// A probe whose cells end with these statuses, one after the other; 0 from then on.
    private func probe(_ text: String, statuses: [Int32] = [], output: String = "") -> RunnerProbe {
        let rest = Mutex(statuses)
        var probe = RunnerProbe(markdown: text)
        probe.script = { _, _ in
            let status = rest.withLock { $0.isEmpty ? 0 : $0.removeFirst() }
            return .init(output: Array(output.utf8), end: .exited(status: status))
        }
        return probe
    }

    /// The kinds of the events, without those that are the same in each run.
    private func kinds(_ probe: RunnerProbe) -> [String] {
        probe.journal.events.map(\.body.kind).filter { $0 != "output-stored" && $0 != "run-started" }
    }

    @Test func `a cell is tried again after a known failure, with a growing delay`() async throws {
        let probe = probe("```bash {retries=3 delay=2s backoff=3}\na\n```\n", statuses: [1, 1, 0])
        let result = try await probe.run()
        #expect(result.stop == .ended(.succeeded))
        #expect(result.host.ran.count == 3)
        let delays = probe.journal.events.compactMap { event in
            if case .retryPlanned(let planned) = event.body { planned.delayMilliseconds } else { nil }
        }
        #expect(delays == [2_000, 6_000])
    }

    @Test func `the last attempt decides`() async throws {
        let probe = probe("```bash {retries=1}\na\n```\n", statuses: [1, 2])
        let result = try await probe.run()
        #expect(result.stop == .waitingAtFailure(ItemID("step-1"), .failed(.exited(status: 2))))
        #expect(result.host.ran.count == 2)
    }

    @Test(arguments: [(CellEffect.once, 1), (.repeatable, 2), (.none, 2)])
    func `after a time-out only what may be repeated is`(_ effect: CellEffect, _ runs: Int) async throws {
        var probe = RunnerProbe(markdown: "```bash {retries=1 effect=\(effect.rawValue)}\na\n```\n")
        probe.script = { _, _ in .init(end: .timedOut) }
        let result = try await probe.run()
        #expect(result.stop == .waitingAtFailure(ItemID("step-1"), .failed(.timedOut)))
        #expect(result.host.ran.count == runs)
    }

    @Test func `an output that is not as expected is a failure and is tried again`() async throws {
        let probe = probe("```bash {expect=yes retries=1}\na\n```\n", output: "no\n")
        let result = try await probe.run()
        let end = CellEnd.unexpected(problems: ["the output does not hold `yes`"])
        #expect(result.stop == .waitingAtFailure(ItemID("step-1"), .failed(end)))
        #expect(
            kinds(probe) == [
                "cell-started", "attempt-ended", "output-checked", "retry-planned",
                "cell-started", "attempt-ended", "output-checked", "cell-ended",
            ]
        )
    }

    @Test func `an expected output is no event of failure`() async throws {
        let result = try await probe("```bash\na\n```\n```expect\nyes\n```\n", output: "yes\n").run()
        #expect(result.stop == .ended(.succeeded))
    }

    @Test func `an output that is not held against anything fails nothing`() async throws {
        #expect(try await probe("```bash\na\n```\n", output: "no\n").run().stop == .ended(.succeeded))
    }

    private static let checked =
        "```bash {#a check=b}\na\n```\n```bash {#b retries=1}\nb\n```\n```bash\nc\n```\n"

    @Test func `another cell decides whether one succeeded, and runs at no other time`() async throws {
        let probe = probe(Self.checked)
        let result = try await probe.run()
        #expect(result.stop == .ended(.succeeded))
        #expect(result.host.ran == ["a", "b", "c"])
        #expect(result.outcomes == [.succeeded, .notPlanned, .succeeded])
    }

    @Test func `a check may be tried again before it decides`() async throws {
        let probe = probe(Self.checked, statuses: [0, 1, 0])
        #expect(try await probe.run().stop == .ended(.succeeded))
    }

    @Test func `a check that fails is the failure of its cell`() async throws {
        let probe = probe(Self.checked, statuses: [0, 1, 1])
        let end = CellEnd.unexpected(problems: ["its check `b` failed"])
        let result = try await probe.run()
        #expect(result.stop == .waitingAtFailure(ItemID("a"), .failed(end)))
        #expect(result.host.ran == ["a", "b", "b"])
    }

    @Test func `a cell that failed is not checked`() async throws {
        let probe = probe(Self.checked, statuses: [1])
        #expect(try await probe.run().host.ran == ["a"])
    }

    @Test func `what its condition does not let be reached is passed over, and the record says so`()
        async throws
    {
        let probe = probe(
            "```bash {#a required=no}\na\n```\n```bash {#b when=\"a.outcome == 'failed'\"}\nb\n```\n"
                + "```bash {#c when=\"a.outcome != 'failed'\"}\nc\n```\n",
            statuses: [1]
        )
        let result = try await probe.run()
        #expect(result.host.ran == ["a", "b"])
        #expect(result.outcomes.last == .doesNotApply)
        #expect(
            probe.journal.events.map(\.body).contains(
                .passedOver(PassedOver(item: ItemID("c"), condition: "a.outcome != 'failed'"))
            )
        )
    }

    @Test func `a condition of which nobody can say whether it holds is for a person`() async throws {
        let probe = probe("```bash {#a capture=N}\na\n```\n```bash {#b when=\"N > 3\"}\nb\n```\n")
        #expect(try await probe.run().stop == .pausedAtGate(ItemID("b")))
    }

    @Test func `a checkpoint can have a condition too`() async throws {
        let probe = probe(
            "```bash {#a}\na\n```\n```checkpoint {when=\"a.outcome == 'failed'\"}\nLook.\n```\n"
        )
        #expect(try await probe.run().stop == .ended(.succeeded))
    }

    @Test func `values reach every session once, and come back after a resume`() async throws {
        let text =
            "```bash {capture=X}\na\n```\n```sh\nb\n```\n```sh\nc\n```\n```bash\nd\n```\n```bash\ne\n```\n"
        var probe = RunnerProbe(markdown: text)
        let seen = Mutex<[String]>([])
        let isBroken = Mutex(true)
        probe.script = { code, request in
            seen.withLock { $0.append("\(code) \(request.variables)") }
            let fails = code == "d" && isBroken.withLock { $0 }
            return .init(
                end: fails ? .killed(signal: 9) : .exited(status: 0),
                captured: Array("1\n".utf8)
            )
        }
        #expect(
            try await probe.run().stop == .waitingAtFailure(ItemID("step-4"), .failed(.killed(signal: 9)))
        )
        isBroken.withLock { $0 = false }
        let retry = FailureDecided(
            item: ItemID("step-4"),
            decision: .retry,
            reason: nil,
            person: RunnerProbe.person
        )
        #expect(try await probe.run(opening: [.failureDecided(retry)]).stop == .ended(.succeeded))
        #expect(
            seen.withLock(\.self) == [
                "a [:]", "b [\"X\": \"1\"]", "c [:]", "d [\"X\": \"1\"]", "d [\"X\": \"1\"]", "e [:]",
            ]
        )
    }

    @Test func `what cannot be captured is a failure`() async throws {
        var probe = RunnerProbe(markdown: "```bash {capture=X}\na\n```\n")
        probe.script = { _, _ in .init(captured: nil, values: Array("nonsense\n".utf8)) }
        let end = CellEnd.unexpected(problems: [
            "line 1 of $CASEBOOK_OUTPUT is neither `NAME=value` nor `NAME<<END`",
            "the output is larger than 128 KiB and was not captured as `X`",
        ])
        #expect(try await probe.run().stop == .waitingAtFailure(ItemID("step-1"), .failed(end)))
    }

    @Test func `the value of a secret cell is in no event and reaches later cells`() async throws {
        var probe = RunnerProbe(markdown: "```bash {capture=X secret}\na\n```\n```bash\nb\n```\n")
        let seen = Mutex<[String: String]>([:])
        probe.script = { _, request in
            seen.withLock { $0 = request.variables }
            return .init(output: Array("hunter22\n".utf8), captured: Array("hunter22\n".utf8))
        }
        #expect(try await probe.run().stop == .ended(.succeeded))
        #expect(seen.withLock(\.self) == ["X": "hunter22"])
        #expect(!"\(probe.journal.events)".contains("hunter22"))
    }

    @Test(arguments: [
        (CellEnd.stopped, CellEnd.stopped),
        (.killed(signal: 9), .unexpected(problems: ["its check `b` failed"])),
    ])
    func `what a person stopped of a check is not called a failure of its cell`(
        _ end: CellEnd,
        _ said: CellEnd
    )
        async throws
    {
        var probe = RunnerProbe(markdown: "```bash {#a check=b retries=2}\na\n```\n```bash {#b}\nb\n```\n")
        probe.script = { code, _ in .init(end: code == "b" ? end : .exited(status: 0)) }
        let result = try await probe.run()
        #expect(result.stop == .waitingAtFailure(ItemID("a"), .failed(said)))
        #expect(result.host.ran.count(where: { $0 == "a" }) == (end == .stopped ? 1 : 3))
    }

    @Test func `a check that nobody saw end makes its cell unknown, and nothing is run again`() async throws {
        let probe = probe("```bash {#a check=b retries=2}\na\n```\n```bash {#b}\nb\n```\n")
        _ = try await probe.run()
        let events = probe.journal.events.map(\.body)
        let cut = try #require(
            events.firstIndex { event in
                if case .cellStarted(let started) = event { started.item == ItemID("b") } else { false }
            }
        )
        var machine = RunMachine(RunPlan(probe.runbook))
        for event in events[...cut] { try machine.apply(event) }
        let lost = AttemptEnded(item: ItemID("b"), attempt: 1, end: nil, notes: [], survivors: [], state: nil)
        try machine.apply(.attemptEnded(lost))
        try machine.apply(.cellEnded(CellEnded(item: ItemID("b"), outcome: .unknown)))
        #expect(machine.decide() == .settle(0, .unknown))
    }

    @Test func `a cell that was found wrong gives no values, and what reads them is for a person`()
        async throws
    {
        var probe = RunnerProbe(
            markdown: "```bash {capture=X expect=yes required=no}\na\n```\n```bash {#b}\necho $X\n```\n"
        )
        probe.script = { _, _ in .init(output: Array("no\n".utf8), captured: Array("no\n".utf8)) }
        let result = try await probe.run()
        #expect(result.stop == .pausedAtGate(ItemID("b")))
        #expect(!probe.journal.events.map(\.body.kind).contains("value-given"))
    }

    @Test func `a check does not run without the variables that it reads`() async throws {
        let text = "```bash {#x capture=X when=\"no.outcome == 'failed'\"}\nx\n```\n"
        let probe = RunnerProbe(
            markdown:
                "```bash {#no}\nno\n```\n\(text)```bash {#a check=b}\na\n```\n```bash {#b}\necho $X\n```\n"
        )
        let result = try await probe.run()
        let end = CellEnd.unexpected(problems: ["its check `b` could not run: no cell gave `$X`"])
        #expect(result.stop == .waitingAtFailure(ItemID("a"), .failed(end)))
        #expect(result.host.ran == ["no", "a"])
    }

    @Test func `the value of a secret cell is gone after a resume, and what reads it is for a person`()
        async throws
    {
        var probe = RunnerProbe(
            markdown:
                "```bash {capture=X secret}\na\n```\n```checkpoint {#g}\nSeen?\n```\n```bash {#b}\necho $X\n```\n"
        )
        probe.script = { _, _ in .init(captured: Array("hunter22\n".utf8)) }
        #expect(try await probe.run().stop == .pausedAtGate(ItemID("g")))
        let answered = GateAnswered(
            item: ItemID("g"),
            answer: "proceed",
            note: nil,
            person: RunnerProbe.person,
            isInAdvance: false
        )
        #expect(try await probe.run(opening: [.gateAnswered(answered)]).stop == .pausedAtGate(ItemID("b")))
    }
}
