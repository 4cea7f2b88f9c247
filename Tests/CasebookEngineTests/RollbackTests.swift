import CasebookDocument
import CasebookEngine
import CasebookRun
import CasebookSimulation
import Synchronization
import Testing

/// What is undone, in which order, and what is said when it is not.
@Suite("rollback") struct RollbackTests {
    private static let runbook = """
        ## Steps

        ```bash {#one}
        one
        ```

        ```bash {#look effect=none}
        look
        ```

        ```bash {#two}
        two
        ```

        ```bash {#bare}
        bare
        ```

        ```bash {#four}
        four
        ```

        ```bash {#never}
        never
        ```

        ## Rollback

        ```bash {#undo-one undoes=one}
        undo one
        ```

        ```bash {#undo-never undoes=never}
        undo never
        ```

        ```bash {#undo-late undoes=two,four}
        undo two and four
        ```

        ```bash {#offered}
        offered
        ```

        ## Troubleshooting

        ```bash
        trouble
        ```
        """

    /// A probe whose cells fail while their code is in the list.
    private func probe(failing: [String], mode: RunMode = .unattended, answers: [PersonAnswer] = [])
        -> RunnerProbe
    {
        var probe = RunnerProbe(markdown: Self.runbook)
        probe.mode = mode
        probe.answers = answers
        probe.script = { code, _ in
            .init(end: .exited(status: failing.contains(code) ? 1 : 0))
        }
        return probe
    }

    private func rollBack(_ probe: RunnerProbe) async throws -> RunnerProbe.Result {
        var machine = RunMachine(RunPlan(probe.runbook))
        for event in probe.journal.events { try machine.apply(event.body) }
        let started = RollbackStarted(machine.undoPlan, by: RunnerProbe.person)
        return try await probe.run(opening: [.rollbackStarted(started)])
    }

    @Test func `what was started is undone, the failed one first, and nothing else`() async throws {
        let probe = probe(failing: ["four"])
        #expect(try await probe.run().stop == .waitingAtFailure(ItemID("four"), .failed(.exited(status: 1))))
        let result = try await rollBack(probe)
        #expect(result.stop == .ended(.rolledBack))
        #expect(result.host.ran == ["undo two and four", "undo one"])
        guard
            case .rollbackStarted(let started)? = probe.journal.events.map(\.body).first(where: {
                $0.kind == RollbackStarted.kind
            })
        else {
            Issue.record("no rollback in the record")
            return
        }
        #expect(started.undoes == [ItemID("undo-late"), ItemID("undo-one")])
        #expect(
            started.remaining == [ItemID("bare")],
            "what has no undo is for a person, but for what only looked"
        )
    }

    @Test func `an undo that fails does not stop the others`() async throws {
        let probe = probe(failing: ["four", "undo two and four"])
        _ = try await probe.run()
        let result = try await rollBack(probe)
        #expect(result.stop == .ended(.rollbackIncomplete))
        #expect(result.host.ran == ["undo two and four", "undo one"])
    }

    @Test func `a person is offered each undo, and what no step is bound to`() async throws {
        let answer = { (word: String, note: String?) in PersonAnswer(word: word, note: note) }
        let probe = probe(
            failing: ["four"],
            mode: .interactive,
            answers: [
                answer("continue", nil), answer("rollback", nil),
                answer("run", nil), answer("run", nil), answer("does-not-apply", nil),
            ]
        )
        let result = try await probe.run()
        #expect(result.stop == .ended(.rolledBack))
        #expect(
            result.approver.questions == [
                "offer one", "failure four", "offer undo-late", "offer undo-one", "offer offered",
            ]
        )
        #expect(Array(result.host.ran.suffix(2)) == ["undo two and four", "undo one"])
    }

    @Test func `a failed undo can be tried again, done by hand or left`() async throws {
        for (word, outcome) in [
            ("done", RunOutcome.rolledBack), ("ignore", .rollbackIncomplete), ("stop", .rollbackIncomplete),
        ] {
            let answers = ["continue", "rollback", "run", "retry", word, "run", "does-not-apply"].map {
                PersonAnswer(word: $0, note: "why")
            }
            let probe = probe(failing: ["four", "undo two and four"], mode: .interactive, answers: answers)
            #expect(try await probe.run().stop == .ended(outcome), "\(word)")
        }
    }

    @Test func `an undo that is skipped leaves the rollback incomplete`() async throws {
        let answers = ["continue", "rollback", "skip", "run", "does-not-apply"].map {
            PersonAnswer(word: $0, note: "why")
        }
        let probe = probe(failing: ["four"], mode: .interactive, answers: answers)
        #expect(try await probe.run().stop == .ended(.rollbackIncomplete))
    }

    @Test func `an undo with a blank is for a person, and an unattended rollback waits there`() async throws {
        var probe = RunnerProbe(
            markdown: "```bash {#a}\nfalse\n```\n```bash {#b undoes=a}\nkubectl get pod <pod>\n```\n"
        )
        probe.script = { _, _ in .init(end: .exited(status: 1)) }
        _ = try await probe.run()
        let result = try await rollBack(probe)
        #expect(result.stop == .pausedAtGate(ItemID("b")))
        #expect(result.host.ran.isEmpty)
    }

    @Test func `a rollback goes on where its process was lost`() async throws {
        let probe = probe(failing: ["four"])
        _ = try await probe.run()
        _ = try await rollBack(probe)
        // The record as it was when the process died in the middle: after the first undo had started.
        let events = probe.journal.events
        let cut = try #require(
            events.firstIndex { event in
                if case .cellStarted(let started) = event.body {
                    started.item == ItemID("undo-late")
                } else {
                    false
                }
            }
        )
        var machine = RunMachine(RunPlan(probe.runbook))
        for event in events[...cut] { try machine.apply(event.body) }
        let late = try #require(machine.plan.index(of: ItemID("undo-late")))
        #expect(machine.decide() == .markUnknown(late))
        let lost = AttemptEnded(
            item: ItemID("undo-late"),
            attempt: 1,
            end: nil,
            notes: [],
            survivors: [],
            state: nil
        )
        try machine.apply(.attemptEnded(lost))
        try machine.apply(.cellEnded(CellEnded(item: ItemID("undo-late"), outcome: .unknown)))
        // Half of it may be done: that is for a person, also where nobody is.
        #expect(machine.decide() == .awaitFailureDecision(late))
        let ignored = FailureDecided(
            item: ItemID("undo-late"),
            decision: .ignore,
            reason: "looked",
            person: RunnerProbe.person
        )
        try machine.apply(.failureDecided(ignored))
        let one = try #require(machine.plan.index(of: ItemID("undo-one")))
        #expect(machine.decide() == .startCell(one, attempt: 1))
        #expect(machine.rollback?.isIncomplete == true, "nobody saw the first undo end")
    }

    @Test func `a failure that is ignored is a deviation`() async throws {
        let probe = probe(failing: ["four"])
        _ = try await probe.run()
        let ignored = FailureDecided(
            item: ItemID("four"),
            decision: .ignore,
            reason: "seen",
            person: RunnerProbe.person
        )
        let result = try await probe.run(opening: [.failureDecided(ignored)])
        #expect(result.stop == .ended(.completedWithDeviations))
        #expect(result.host.ran == ["never"])
    }

    /// A document that rolls back by itself, with a checkpoint between its two steps.
    private func automatic(end: CellEnd) -> RunnerProbe {
        var probe = RunnerProbe(
            markdown: """
                ---
                on-failure: rollback
                ---
                ```bash {#a}
                a
                ```
                ```checkpoint {#seen}
                Seen?
                ```
                ```bash {#b}
                b
                ```
                ```bash {#c}
                c
                ```
                ```bash {undoes=a}
                undo a
                ```
                ```bash {undoes=b}
                undo b
                ```
                """
        )
        probe.advanceAnswers = ["seen": PersonAnswer(word: "proceed", note: nil)]
        probe.script = { code, _ in .init(end: code == "c" ? end : .exited(status: 0)) }
        return probe
    }

    @Test func `a rollback that the document asks for stops at a checkpoint that a person answered`()
        async throws
    {
        let probe = automatic(end: .exited(status: 1))
        let result = try await probe.run()
        #expect(result.stop == .waitingAtFailure(ItemID("c"), .failed(.exited(status: 1))))
        #expect(result.host.ran == ["a", "b", "c", "undo b"])
        let rest = try await rollBack(probe)
        #expect(rest.stop == .ended(.rolledBack))
        #expect(rest.host.ran == ["undo a"], "what is undone is not undone again")
    }

    @Test(arguments: [CellEnd.timedOut, .stopped])
    func `nothing is rolled back by itself after anything but a failure`(_ end: CellEnd) async throws {
        let result = try await automatic(end: end).run()
        #expect(result.host.ran == ["a", "b", "c"])
        #expect(result.stop == .waitingAtFailure(ItemID("c"), .failed(end)))
    }

    @Test func `only one rollback is begun, and the words of a failure are those that it takes`() throws {
        var machine = RunMachine(RunPlan(probe(failing: []).runbook))
        try machine.apply(.runStarted(.sample(.unattended)))
        #expect(machine.allowedDecisions == [.retry, .skip, .ignore, .stop], "nothing was started")
        let started = RollbackStarted(machine.undoPlan, by: RunnerProbe.person)
        #expect(started.undoes.isEmpty)
        try machine.apply(.rollbackStarted(started))
        #expect(machine.decide() == .end(.rolledBack))
        #expect(machine.allowedDecisions == [.retry, .done, .ignore, .stop])
        #expect(throws: RunError.self) { try machine.apply(.rollbackStarted(started)) }
    }

    private func statuses(_ text: String, failing: Set<String>) -> RunnerProbe {
        var probe = RunnerProbe(markdown: text)
        probe.script = { code, _ in .init(end: .exited(status: failing.contains(code) ? 1 : 0)) }
        return probe
    }

    @Test func `an undo that lacks a value, or says confirm, is for a person`() async throws {
        for undo in [
            "```bash {#u undoes=a}\nrm -rf $OLD/data\n```\n", "```bash {#u undoes=a confirm}\nu\n```\n",
        ] {
            let probe = statuses("```bash {#a}\na\n```\n\(undo)", failing: ["a"])
            let plan = RunPlan(probe.runbook, unset: ["OLD"])
            var machine = RunMachine(plan)
            try machine.apply(.runStarted(.sample(.unattended)))
            try machine.apply(.cellStarted(CellStarted(item: ItemID("a"), attempt: 1, session: "bash")))
            let ended = AttemptEnded(
                item: ItemID("a"),
                attempt: 1,
                end: .exited(status: 1),
                notes: [],
                survivors: [],
                state: nil
            )
            try machine.apply(.attemptEnded(ended))
            try machine.apply(.cellEnded(CellEnded(item: ItemID("a"), outcome: .failed(.exited(status: 1)))))
            try machine.apply(.rollbackStarted(RollbackStarted(machine.undoPlan, by: RunnerProbe.person)))
            #expect(machine.decide() == .openGate(1), "\(undo)")
        }
    }

    @Test func `an undo that failed is not called rolled back because it was not required`() async throws {
        let probe = statuses(
            "```bash {#a}\na\n```\n```bash {#u undoes=a required=no}\nu\n```\n",
            failing: ["a", "u"]
        )
        _ = try await probe.run()
        #expect(try await rollBack(probe).stop == .ended(.rollbackIncomplete))
    }

    @Test func `what a person did by hand is undone too`() async throws {
        let probe = statuses(
            """
            ## Steps
            1. Tell the team.
            2. Promote it:
               ```bash {#promote}
               ssh db1
               ```
            3. Look:
               ```bash {#a}
               a
               ```

            ```bash {#demote undoes=promote}
            u
            ```
            """,
            failing: ["a"]
        )
        var probing = probe
        probing.advanceAnswers = [
            "steps-1": .init(word: "done", note: nil), "promote": .init(word: "done", note: nil),
        ]
        _ = try await probing.run()
        var machine = RunMachine(RunPlan(probing.runbook))
        for event in probing.journal.events { try machine.apply(event.body) }
        #expect(machine.undoPlan.undoes == [ItemID("demote")])
        #expect(machine.undoPlan.remaining == [ItemID("steps-1")])
    }

    @Test func `an undo that was stopped is for a person, also where nobody is`() async throws {
        var probe = RunnerProbe(markdown: "```bash {#a}\na\n```\n```bash {#u undoes=a}\nu\n```\n")
        probe.script = { code, _ in .init(end: code == "u" ? .stopped : .exited(status: 1)) }
        _ = try await probe.run()
        #expect(try await rollBack(probe).stop == .waitingAtFailure(ItemID("u"), .failed(.stopped)))
    }
}
