import CasebookDocument
import CasebookRun
import CasebookSessions
import Foundation
import Testing

/// The table of `docs/reference/interpreters.md`, cell by cell, as the interpreters really behave.
@Suite("the page of interpreters", .timeLimit(.minutes(10)))
struct InterpreterPageTests {
    @Test(
        "what the table says is kept is kept, and what it says is saved comes back",
        arguments: KeptThing.all
    )
    func behaves(_ thing: KeptThing) async throws {
        let claim = try #require(try Self.claims()[thing.row]?[thing.interpreter])
        let state = try await SessionProbe.with(thing.interpreter) { probe in
            let output = Output()
            let report = try await probe.report(thing.make, output: output)
            #expect(report.end == .exited(status: 0), "\(output.text)")
            let isKept = try await probe.run(thing.show).text == thing.shown
            #expect(isKept == claim.isKept, "kept")
            return report.state ?? SavedState(restoreCode: [], lost: [])
        }
        let seen = try await SessionProbe.with(thing.interpreter, savedState: state) { probe in
            try await probe.run(thing.show)
        }
        #expect((seen.text == thing.shown) == claim.isSaved, "saved; seen: \(seen)")
    }

    @Test("every cell of the table is tried, and nothing else")
    func complete() throws {
        let cells = try Self.claims().flatMap { row, claims in claims.keys.map { "\($0.name): \(row)" } }
        #expect(cells.sorted() == KeptThing.all.map(\.testDescription).sorted())
    }

    /// What a Python session cannot save, and how it is named.
    @Test("what Python cannot save is named")
    func named() async throws {
        let code = """
            import threading
            lock = threading.Lock()
            big = b"x" * (1 << 20)
            exec("def hidden(): pass")
            """
        let state = try await SessionProbe.with(.python) { try await $0.report(code, output: Output()).state }
        let lost = try #require(state).lost
        let expected = [
            "definition of hidden", "variable big: larger than 1 MiB", "variable lock: cannot be pickled",
        ]
        #expect(lost.sorted() == expected)
    }

    @Test("Python's syntax error shows the cell's own line, and a large result is cut")
    func pythonShows() async throws {
        try await SessionProbe.with(.python) { probe in
            let seen = try await probe.run("x = 1\nprint(x\n", line: 43)
            #expect(seen.end == .exited(status: 1))
            #expect(seen.text.contains("line 44\n    print(x\n"), "\(seen.text)")
            let large = try await probe.run("'z' * 5_000_000").text
            #expect(large.hasSuffix("... and 3951426 more characters\n"), "\(large.suffix(60))")
        }
    }

    /// The job table is lost with the shell that a cell ended.
    @Test("after exit a background job is no child any more", arguments: [Interpreter.bash, .sh])
    func jobs(_ interpreter: Interpreter) async throws {
        try await SessionProbe.with(interpreter) { probe in
            let before = try await probe.report("exit 3", output: Output()).notes
            #expect(before == [])
            _ = try await probe.run("sleep 900 & p=$!")
            let report = try await probe.report("exit", output: Output())
            #expect(report.end == .exited(status: 0))
            #expect(
                report.notes == [
                    "the cell ended its shell, and the next one does not know its background jobs: "
                        + "they run on, `wait` and `jobs` fail"
                ]
            )
            #expect(try await probe.run("kill -0 $p && echo alive").text == "alive\n")
            let waited = try await probe.run("wait $p")
            #expect(waited.end == .exited(status: 127))
            // dash says nothing.
            #expect(waited.text.contains("is not a child") == (interpreter == .bash), "\(waited)")
            #expect(waited.text.isEmpty == (interpreter == .sh), "\(waited)")
        }
    }
}

// MARK: - The page

extension InterpreterPageTests {
    /// What one cell of the table promises.
    struct Claim: Equatable {
        let isKept: Bool
        let isSaved: Bool

        init(_ text: String) {
            let isVariable = text.contains("as variables")
            let isAgain = text.contains("again")
            isKept = isVariable || text.contains("kept")
            isSaved = isVariable || isAgain || text.contains("saved") && !text.contains("not saved")
        }
    }

    /// The promises by row and interpreter; an empty cell makes none.
    static func claims() throws -> [String: [Interpreter: Claim]] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(
            contentsOf: root.appending(path: "docs/reference/interpreters.md"),
            encoding: .utf8
        )
        let rows = page.split(separator: "\n").filter { $0.hasPrefix("|") }.map { line in
            line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
        }
        var interpreters: [Interpreter] = []
        var claims: [String: [Interpreter: Claim]] = [:]
        for row in rows where !row[0].hasPrefix("-") {
            // The head of a table has nothing in its first cell.
            if row[0].isEmpty {
                interpreters = try row.dropFirst().map { try #require(Interpreter(named: $0)) }
                continue
            }
            for (interpreter, cell) in zip(interpreters, row.dropFirst()) where !cell.isEmpty {
                claims[row[0], default: [:]][interpreter] = Claim(cell)
            }
        }
        return claims
    }
}
