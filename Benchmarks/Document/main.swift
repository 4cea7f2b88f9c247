import CasebookDocument

// The writer alone, without a run: outputs put into a document and taken out again. One line for each size, with
// the microseconds for one block of each: bytes of an output, blocks, writing, clearing.

// A wrong result has no speed, so it ends the program; nobody but the benchmark runs it.

let runs = 5

func best(_ work: () -> Void) -> Double {
    let clock = ContinuousClock()
    let times = (0..<runs).map { _ in clock.measure(work) / .microseconds(1) }
    return times.min() ?? 0
}

for bytes in [16, 1_024, 8_192] {
    for count in [2_500, 5_000, 10_000, 20_000] {
        let text = (0..<count).map { "## Step \($0)\n\nWhat it does.\n\n```bash\necho \($0)\n```\n\n" }
            .joined()
        let runbook = Runbook.read(SourceText(name: "bench.md", bytes: Array("# Bench\n\n\(text)".utf8)))
        let line = Array(String(repeating: "x", count: 63).utf8) + [0x0A]
        let output = Array((0..<max(1, bytes / line.count)).flatMap { _ in line }.prefix(bytes))
        let blocks = Dictionary(
            uniqueKeysWithValues: runbook.items.map {
                ($0.id, WrittenBlock.output(marks: ["exit=0"], text: output))
            }
        )
        let writer = DocumentWriter(runbook)
        var written: [UInt8] = []
        let writing = best {
            do {
                written = try writer.bytes(with: blocks)
            } catch {
                fatalError("the writer failed: \(error)")
            }
        }
        let executed = SourceText(name: "bench.md", bytes: written)
        var cleared: [UInt8] = []
        let clearing = best { cleared = executed.cleared().bytes }
        guard cleared == runbook.source.bytes else { fatalError("clearing gave another document back") }
        guard runbook.cells.count == count else { fatalError("found \(runbook.cells.count) cells") }
        print(bytes, count, writing / Double(count), clearing / Double(count))
    }
}
