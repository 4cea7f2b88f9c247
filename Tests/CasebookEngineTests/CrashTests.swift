import CasebookDocument
import CasebookEngine
import CasebookRun
import CasebookSimulation
import Testing

/// Crashes after every event of the record, one after the other, and goes on from there.
@Suite struct CrashTests {
    /// A run of every kind of step, to its end.
    private static let builder = RunbookBuilder().cell("a").checkpoint("c").cell("b") {
        $0.isRequired = false
    }
    .manualStep("m").cell("d")

    private static func probe() -> RunnerProbe {
        var probe = RunnerProbe(builder)
        probe.advanceAnswers = [
            "c": PersonAnswer(word: "proceed", note: nil), "m": PersonAnswer(word: "done", note: nil),
        ]
        return probe
    }

    private func fullRecord() async throws -> [RunEvent] {
        let probe = Self.probe()
        _ = try await probe.run()
        return probe.journal.events
    }

    @Test func `after a crash at any event nothing that had ended is repeated, and nothing half done is`()
        async throws
    {
        let record = try await fullRecord()
        #expect(record.count == 18, "the detector looks at every event")
        for count in 1..<record.count {
            let probe = Self.probe()
            try probe.journal.append(Array(record.prefix(count)))
            let result = try await probe.run()
            let ended = record.prefix(count).compactMap { event in
                if case .attemptEnded(let ended) = event.body { "code of \(ended.item)\n" } else { nil }
            }
            let started = record.prefix(count).compactMap { event in
                if case .cellStarted(let started) = event.body { "code of \(started.item)\n" } else { nil }
            }
            for code in ended {
                #expect(!result.host.ran.contains(code), "\(count) events: \(code) ran again")
            }
            if let halfDone = started.last, !ended.contains(halfDone) {
                let item = ItemID(String(halfDone.dropFirst("code of ".count).dropLast()))
                #expect(result.stop == .waitingAtFailure(item, .unknown), "\(count) events")
                #expect(result.host.ran.isEmpty, "\(count) events: something ran behind an unknown cell")
            } else {
                #expect(result.stop == .ended(.succeeded), "\(count) events")
                #expect(ended.count + result.host.ran.count == 3, "\(count) events: every cell ran once")
            }
        }
    }
}
