import CasebookDocument
import CasebookReport
import CasebookRun
import Foundation
import Testing

@Suite("the Markdown report")
struct MarkdownReportTests {
    @Test("a run with a checkpoint, a retry, a skip and notes")
    func whole() throws {
        var maker = RunbookMaker()
        maker.cell("backup", "Take a backup **first**.", code: "pg_dump orders > orders.sql\n")
        maker.gate("drained", "Look at the panel.", "No *writes* for two minutes.", .checkpoint(Checkpoint()))
        maker.cell("restore", "Restore it.", code: "psql restored < orders.sql\n") {
            $0.successStatuses = [0, 3]
        }
        maker.gate("tell", "", "Tell the support team.")
        maker.cell(
            "undo",
            "Only when it fails.",
            code: "dropdb restored\n",
            handling: .undo(because: "Rollback")
        )
        var run = Scenario(
            maker.runbook(),
            parameters: [
                .init(name: "DB", value: "orders", origin: .given),
                .init(name: "TOKEN", value: nil, origin: .prompted),
                .init(name: "KEEP", value: "7", origin: .declaredDefault),
            ]
        )
        run.wait(2)
        run.attempt("backup", takes: 12.5, .exited(status: 0), output: "dumped 3 tables\n")
        run.end("backup", .succeeded)
        run.ask("drained", "No *writes* for two minutes.")
        run.wait(190)
        run.answer("drained", "proceed", note: "panel is flat", by: Scenario.bob)
        run.attempt("restore", takes: 3, .exited(status: 1), output: "psql: could not connect\n")
        run.end("restore", .failed(.exited(status: 1)))
        run.wait(60)
        run.add(
            .failureDecided(
                FailureDecided(
                    item: ItemID("restore"),
                    decision: .retry,
                    reason: "started the server",
                    person: Scenario.alice
                )
            )
        )
        run.attempt("restore", 2, takes: 4.25, .exited(status: 3), output: "COPY 3\n")
        run.end("restore", .succeeded)
        run.add(.noteTaken(NoteTaken(text: "TODO: start the server in the runbook", person: Scenario.bob)))
        run.ask("tell", "Tell the support team.")
        run.wait(5)
        run.answer("tell", "skip", note: "they were on the call")
        run.end("tell", .skipped(reason: "they were on the call"))
        run.end(.completedWithDeviations)
        try expect(run, "whole")
    }

    @Test("a run that waits at its failure says so and claims nothing")
    func waiting() throws {
        var maker = RunbookMaker()
        maker.cell("probe", "", code: "probe\n")
        maker.cell("fix", "", code: "fix\n")
        maker.cell("after", "", code: "after\n")
        var run = Scenario(maker.runbook(), gitDirty: true)
        run.attempt("probe", takes: 0.02, .timedOut)
        run.end("probe", .failedWithWarning(.timedOut))
        run.attempt("fix", takes: 1, nil)
        run.end("fix", .unknown)
        run.add(.paused(Paused(reason: "waiting at `fix`")))
        try expect(run, "waiting")
    }

    @Test("what cells and people wrote never becomes markup")
    func hostile() throws {
        var maker = RunbookMaker()
        maker.cell(
            "loop",
            "```bash\nrm -rf x\n```\n- [ ] a box\n# heading\n<!-- hidden",
            code: "printf '````\\n'\n"
        )
        maker.gate("gate", "", "Is | it <b>done</b>?\n\n```bash\necho no\n```")
        var run = Scenario(
            maker.runbook(),
            title: "# Title | <script>alert(1)</script> [x](http://a.b)",
            parameters: [.init(name: "P", value: "a`b|c\n| d |", origin: .given)]
        )
        run.answer(
            "gate",
            "proceed",
            note: "yes | no\n\n## Sign-off\n\n- [x] <img src=x onerror=alert(1)>",
            by: .init(login: "r|o", claimedName: "*eve*\u{202E}"),
            inAdvance: true
        )
        run.attempt(
            "loop",
            takes: 1,
            .exited(status: 0),
            output: "`````bash\nrm -rf /\n`````\n</details>\u{1B}[31m|\n## not a heading"
        )
        run.end("loop", .succeeded)
        run.add(
            .noteTaken(
                NoteTaken(text: "1. www.evil.example &lt; `code` ~~x~~ @all\n---", person: Scenario.bob)
            )
        )
        run.end(.succeeded)
        try expect(run, "hostile")
    }

    @Test("a run in which nothing ran and nobody answered is never called succeeded")
    func nothingRan() throws {
        var run = Scenario(RunbookMaker().runbook())
        run.end(.succeeded)
        let text = try #require(run.markdown())
        #expect(text.hasPrefix("# Restore the orders database: nothing ran\n"))
        #expect(text.contains("## Deviations\n\nnone\n"))
    }

    @Test("events that do not begin with a start are no report")
    func noStart() {
        #expect(Report(events: [], runbook: nil, integrity: ReportIntegrity(head: "", verdict: nil)) == nil)
    }

    /// Compares with the golden file; a missing one is written and fails, `CASEBOOK_REGENERATE=1` writes all.
    private func expect(_ run: Scenario, _ name: String) throws {
        let text = try #require(run.markdown())
        let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Golden/\(name).md")
        let isWanted = ProcessInfo.processInfo.environment["CASEBOOK_REGENERATE"] == "1"
        guard !isWanted, let expected = try? String(contentsOf: golden, encoding: .utf8) else {
            try text.write(to: golden, atomically: true, encoding: .utf8)
            if !isWanted {
                Issue.record("`\(name).md` was missing and has been written: read it, then run again")
            }
            return
        }
        #expect(text == expected)
    }
}
