import CasebookDocument
import CasebookEngine
import CasebookRun
import CasebookSimulation
import Testing

/// The files that cells leave, through the true runner.
@Suite("artifacts") struct ArtifactTests {
    private func artifacts(_ probe: RunnerProbe) -> [ArtifactStored] {
        probe.journal.events.compactMap { event in
            if case .artifactStored(let stored) = event.body { stored } else { nil }
        }
    }

    private func notes(_ probe: RunnerProbe) -> [String] {
        probe.journal.events.flatMap { event in
            if case .attemptEnded(let ended) = event.body { ended.notes } else { [String]() }
        }
    }

    private func probe(_ attributes: String, _ files: [String: String]) -> RunnerProbe {
        var probe = RunnerProbe(markdown: "```bash {#a \(attributes)}\na\n```\n")
        probe.artifacts.files = files.mapValues { Array($0.utf8) }
        return probe
    }

    @Test func `each file is taken once, before the end of the attempt is written down`() async throws {
        let probe = probe("artifacts=\"*,one\"", ["one": "1", "two": "22"])
        #expect(try await probe.run().stop == .ended(.succeeded))
        #expect(artifacts(probe).map(\.path) == ["one", "two"])
        #expect(
            artifacts(probe).map(\.content.place) == [.inline(Array("1".utf8)), .inline(Array("22".utf8))]
        )
        #expect(artifacts(probe).map(\.digest) == ["digest of 1 bytes", "digest of 2 bytes"])
        let kinds = probe.journal.events.map(\.body.kind)
        #expect(
            kinds == [
                "run-started", "cell-started", "output-stored", "artifact-stored", "artifact-stored",
                "attempt-ended", "cell-ended", "run-ended",
            ]
        )
    }

    @Test func `they are taken of a cell that failed too`() async throws {
        var probe = probe("artifacts=one", ["one": "1"])
        probe.script = { _, _ in .init(end: .exited(status: 1)) }
        _ = try await probe.run()
        #expect(artifacts(probe).count == 1)
    }

    @Test func `a pattern without a file is said and is no failure`() async throws {
        let probe = probe("artifacts=none", [:])
        #expect(try await probe.run().stop == .ended(.succeeded))
        #expect(notes(probe) == ["no file matches `none`"])
    }

    @Test func `a file with a secret in it is not kept, and not even its digest`() async throws {
        var probe = probe("artifacts=\"*\"", ["one": "password=hunter2-secret", "two": "fine"])
        probe.secrets = ["PASSWORD": "hunter2-secret"]
        _ = try await probe.run()
        #expect(
            artifacts(probe).map(\.content.place) == [
                .lost(reason: "it holds a secret"), .inline(Array("fine".utf8)),
            ]
        )
        #expect(artifacts(probe).map(\.digest) == [nil, "digest of 4 bytes"])
        #expect(notes(probe) == ["`one` was not kept: it holds a secret"])
    }

    @Test func `a secret cell leaves no file`() async throws {
        let probe = probe("secret artifacts=one", ["one": "1"])
        _ = try await probe.run()
        #expect(artifacts(probe).map(\.content.place) == [.lost(reason: "the cell is secret")])
    }

    @Test func `what a cell draws stands beside the document and behind the output`() async throws {
        let text = "```python {#plot}\nx\n```\n"
        var probe = RunnerProbe(markdown: text)
        let file = MemoryDocumentFile(path: "test.md", bytes: Array(text.utf8))
        probe.file = file
        probe.script = { _, _ in .init(output: Array("done\n".utf8), pictures: [[1, 2], [3]]) }
        #expect(try await probe.run().stop == .ended(.succeeded))
        #expect(file.pictures == ["plot-1.png": [1, 2], "plot-2.png": [3]])
        #expect(
            file.text == text + """
                ```output {casebook exit=0}
                done
                ```
                <!-- casebook -->
                ![plot\\, figure 1](test.md.assets/plot-1.png)
                ![plot\\, figure 2](test.md.assets/plot-2.png)
                <!-- casebook -->

                """
        )
        #expect(artifacts(probe).map(\.path) == ["plot-1.png", "plot-2.png"])
    }

    @Test func `a picture that cannot be written is in the record, and that is said`() async throws {
        let text = "```python {#plot}\nx\n```\n"
        var probe = RunnerProbe(markdown: text)
        let file = MemoryDocumentFile(path: "test.md", bytes: Array(text.utf8))
        file.fail(with: .readOnly(path: "test.md"))
        probe.file = file
        probe.script = { _, _ in .init(pictures: [[1, 2]]) }
        #expect(try await probe.run().stop == .ended(.succeeded))
        #expect(notes(probe) == ["`plot-1.png` is in the record alone: `test.md` is read-only"])
        #expect(artifacts(probe).map(\.content.place) == [.inline([1, 2])])
    }

    @Test func `a secret cell leaves no picture`() async throws {
        var probe = RunnerProbe(markdown: "```python {#plot secret}\nx\n```\n")
        probe.script = { _, _ in .init(pictures: [[1, 2]]) }
        _ = try await probe.run()
        #expect(artifacts(probe).map(\.content.place) == [.lost(reason: "the cell is secret")])
    }
}
