import CasebookDocument
import CasebookReport
import CasebookRun
import Testing

@Suite("the summary of a run")
struct RunSummaryTests {
    @Test("the words for what became of a step are all different")
    func words() throws {
        var maker = RunbookMaker()
        for name in ["a", "b", "c", "d", "e", "f", "g", "h"] { maker.cell(name, "", code: "\(name)\n") }
        maker.cell("i", "", code: "i\n", handling: .shown(because: "Example"))
        var run = Scenario(maker.runbook())
        let outcomes: [(String, ItemOutcome)] = [
            ("a", .succeeded), ("b", .failed(.exited(status: 2))), ("c", .failed(.timedOut)),
            ("d", .failed(.stopped)),
            ("e", .unknown), ("f", .skipped(reason: "")), ("g", .failedWithWarning(.exited(status: 1))),
        ]
        for (name, outcome) in outcomes { run.end(name, outcome) }
        let summary = try #require(RunSummary(events: run.events, runbook: run.runbook))
        #expect(
            summary.steps.map(\.state.word) == [
                "succeeded", "failed", "timed out", "stopped", "unknown", "skipped", "failed, not required",
                "not reached", "not planned",
            ]
        )
    }

    @Test("time is counted as running, waiting, or neither")
    func times() throws {
        var maker = RunbookMaker()
        maker.cell("a", "", code: "a\n")
        maker.gate("b", "", "Ready?")
        var run = Scenario(maker.runbook())
        run.wait(1)
        run.attempt("a", takes: 10, .exited(status: 0))
        run.end("a", .succeeded)
        run.wait(2)
        run.ask("b", "Ready?")
        run.wait(100)
        run.add(.paused(Paused(reason: "gate `b` is open")))
        run.wait(1000)
        run.add(.resumed(Resumed(person: Scenario.bob, host: "db1", mode: .interactive)))
        run.wait(7)
        run.answer("b", "done")
        run.end(.succeeded)
        let summary = try #require(RunSummary(events: run.events, runbook: run.runbook))
        #expect(summary.running == .seconds(10))
        #expect(summary.waiting == .seconds(1107))
        #expect(summary.duration == .seconds(1120))
        #expect(summary.firstAction?.since(summary.started) == .seconds(1))
        #expect(summary.steps[1].answers[0].waited == .seconds(1107))
    }

    @Test(
        "durations are said as people say them",
        arguments: [
            (Duration.milliseconds(12), "12 ms"), (.milliseconds(3450), "3.4 s"),
            (.seconds(125), "2 min 05 s"),
            (.seconds(3720), "1 h 02 min"), (.milliseconds(-1500), "-1.5 s"),
        ]
    )
    func durations(_ duration: Duration, _ words: String) { #expect(duration.words == words) }
}
