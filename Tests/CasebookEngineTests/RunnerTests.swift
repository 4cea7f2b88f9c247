import CasebookDocument
import CasebookEngine
import CasebookRun
import CasebookSimulation
import Synchronization
import Testing

@Suite struct RunnerTests {
    @Test func `an unattended run writes each event before it acts and ends succeeded`() async throws {
        let probe = RunnerProbe(RunbookBuilder().cell("a").cell("b"))
        let result = try await probe.run()
        #expect(result.stop == .ended(.succeeded))
        #expect(result.host.ran == ["code of a\n", "code of b\n"])
        #expect(result.host.isClosed)
        #expect(
            probe.journal.events.map(\.body.kind) == [
                "run-started", "cell-started", "output-stored", "attempt-ended", "cell-ended",
                "cell-started", "output-stored", "attempt-ended", "cell-ended", "run-ended",
            ]
        )
        #expect(probe.log.events == probe.journal.events, "observers see what the record has, in its order")
    }

    @Test func `who wants to stop while a session is opened is heard before the cell begins`() async throws {
        var probe = RunnerProbe(RunbookBuilder().cell("a"))
        probe.stopsWhileOpening = true
        let result = try await probe.run()
        #expect(result.stop == .stoppedByPerson(nil))
        #expect(result.host.ran == [])
        #expect(probe.journal.events.map(\.body.kind) == ["run-started", "paused"])
    }

    @Test func `the start of a cell is in the record when the cell starts`() async throws {
        var probe = RunnerProbe(RunbookBuilder().cell("a").cell("b"))
        let journal = probe.journal
        let seen = Mutex<[String?]>([])
        probe.script = { _, _ in
            seen.withLock { $0.append(journal.events.last?.body.kind) }
            return .init()
        }
        _ = try await probe.run()
        #expect(seen.withLock(\.self) == ["cell-started", "cell-started"])
    }

    @Test func `when the record cannot be written, the next cell does not start`() async throws {
        var probe = RunnerProbe(RunbookBuilder().cell("a").cell("b"))
        let journal = probe.journal
        probe.script = { _, _ in
            journal.fail(with: .failed(operation: "append", path: "store", reason: "gone"))
            return .init()
        }
        let ran = Mutex(0)
        let script = probe.script
        probe.script = { code, request in
            ran.withLock { $0 += 1 }
            return script(code, request)
        }
        await #expect(throws: EngineError.self) { try await probe.run() }
        #expect(ran.withLock(\.self) == 1)
    }

    @Test func `an unattended run pauses at the first gate and runs nothing behind it`() async throws {
        let probe = RunnerProbe(RunbookBuilder().cell("a").checkpoint("c").cell("b"))
        let result = try await probe.run()
        #expect(result.stop == .pausedAtGate(ItemID("c")))
        #expect(result.host.ran == ["code of a\n"])
        #expect(probe.journal.events.suffix(2).map(\.body.kind) == ["gate-opened", "paused"])
    }

    @Test func `an answer in advance is recorded as such, with its person`() async throws {
        var probe = RunnerProbe(RunbookBuilder().checkpoint("c").cell("b"))
        probe.advanceAnswers = ["c": PersonAnswer(word: "proceed", note: "seen")]
        let result = try await probe.run()
        #expect(result.stop == .ended(.succeeded))
        let answered = probe.journal.events.compactMap { event in
            if case .gateAnswered(let answered) = event.body { answered } else { nil }
        }
        let expected = GateAnswered(
            item: ItemID("c"),
            answer: "proceed",
            note: "seen",
            person: RunnerProbe.person,
            isInAdvance: true
        )
        #expect(answered == [expected])
    }

    @Test func `a failed cell leaves the run waiting; resume with a retry goes on behind it`() async throws {
        var probe = RunnerProbe(RunbookBuilder().cell("a").cell("b").cell("c"))
        probe.script = { code, _ in .init(end: .exited(status: code.contains("of b") ? 7 : 0)) }
        let first = try await probe.run()
        #expect(first.stop == .waitingAtFailure(ItemID("b"), .failed(.exited(status: 7))))
        #expect(first.host.ran.count == 2)
        probe.script = { _, _ in .init() }
        let retry = FailureDecided(
            item: ItemID("b"),
            decision: .retry,
            reason: nil,
            person: RunnerProbe.person
        )
        let second = try await probe.run(opening: [.failureDecided(retry)])
        #expect(second.stop == .ended(.succeeded))
        #expect(second.host.ran == ["code of b\n", "code of c\n"])
    }

    @Test func `a resumed session starts from the state that the record holds`() async throws {
        var probe = RunnerProbe(RunbookBuilder().cell("a").cell("b"))
        let state = SavedState(restoreCode: Array("X=1".utf8), lost: ["background jobs"])
        probe.script = { code, _ in
            code.contains("of a") ? .init(state: state) : .init(end: .exited(status: 1))
        }
        _ = try await probe.run()
        let retry = FailureDecided(
            item: ItemID("b"),
            decision: .retry,
            reason: nil,
            person: RunnerProbe.person
        )
        let second = try await probe.run(opening: [.failureDecided(retry)])
        #expect(second.host.opened.map(\.savedState) == [state])
        #expect(probe.journal.events.contains { $0.body.kind == "session-restored" })
    }

    @Test func `a person at the terminal runs, skips and stops`() async throws {
        var probe = RunnerProbe(RunbookBuilder().cell("a").cell("b").cell("c"))
        probe.mode = .interactive
        probe.answers = [
            PersonAnswer(word: "run", note: nil), PersonAnswer(word: "skip", note: "not here"),
            PersonAnswer(word: "stop", note: nil),
        ]
        let result = try await probe.run()
        #expect(result.stop == .ended(.stopped))
        #expect(result.approver.questions == ["offer a", "offer b", "offer c"])
        #expect(result.host.ran == ["code of a\n"])
        #expect(result.outcomes == [.succeeded, .skipped(reason: "not here"), nil])
    }

    @Test func `when nobody answers any more the run pauses with its question open`() async throws {
        var probe = RunnerProbe(RunbookBuilder().cell("a"))
        probe.mode = .interactive
        let result = try await probe.run()
        #expect(result.stop == .pausedAtGate(ItemID("a")))
        #expect(result.host.ran.isEmpty)
    }

    @Test func `a document that cannot be written is told once and recorded in words`() async throws {
        let markdown = "```bash\na\n```\n\n```bash\nb\n```\n"
        var probe = RunnerProbe(markdown: markdown)
        let file = MemoryDocumentFile(path: "test.md", bytes: Array(markdown.utf8))
        file.fail(with: .readOnly(path: "test.md"))
        probe.file = file
        probe.clockStep = .seconds(2)
        _ = try await probe.run()
        let failed = probe.journal.events.compactMap { event in
            if case .documentFailed(let failed) = event.body { failed } else { nil }
        }
        #expect(failed == [DocumentFailed(path: "test.md", reason: "`test.md` is read-only")])
        #expect(probe.log.warnings == [.documentNotSaved(.readOnly(path: "test.md"))])
    }

    @Test func `a secret is masked on the screen, in the record and in notes`() async throws {
        var probe = RunnerProbe(RunbookBuilder().cell("a").checkpoint("c"))
        probe.secrets = ["KEY": "hunter2"]
        probe.script = { _, _ in .init(output: Array("it is hunter2!".utf8)) }
        probe.advanceAnswers = ["c": PersonAnswer(word: "proceed", note: "used hunter2")]
        _ = try await probe.run()
        #expect(probe.log.live == "it is ****!")
        let texts = probe.journal.events.map { String(describing: $0) }
        let stored = probe.journal.events.compactMap { event in
            if case .outputStored(let stored) = event.body { stored.output.place } else { nil }
        }
        #expect(stored == [.inline(Array("it is ****!".utf8))])
        #expect(texts.contains { $0.contains("used ****") })
        #expect(!texts.contains { $0.contains("hunter2") })
    }

    @Test func `what a secret cell prints beyond what can be masked is told`() async throws {
        var probe = RunnerProbe(markdown: "```bash {#a secret}\na\n```\n")
        probe.script = { _, _ in .init(output: [UInt8](repeating: 0x78, count: 70_000)) }
        _ = try await probe.run()
        let notes = probe.journal.events.compactMap { event -> [String]? in
            if case .attemptEnded(let ended) = event.body { ended.notes } else { nil }
        }
        #expect(notes == [["only the first 64 KiB that it printed are masked from now on"]])
    }

    @Test func `the output of a secret cell is stored nowhere and masked from then on`() async throws {
        let builder = RunbookBuilder().cell("a") { $0.isSecret = true }.cell("b")
        var probe = RunnerProbe(builder)
        probe.script = { _, _ in .init(output: Array("t0ken-value\n".utf8)) }
        _ = try await probe.run()
        #expect(probe.log.live == "****\n")
        #expect(!probe.journal.events.contains { String(describing: $0).contains("t0ken") })
    }
}
