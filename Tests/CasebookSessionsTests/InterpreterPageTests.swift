import CasebookDocument
import CasebookRun
import CasebookSessions
import Foundation
import Testing

/// The table of `docs/reference/interpreters.md`, cell by cell, as the interpreters really behave.
@Suite("the page of interpreters", .timeLimit(.minutes(10)))
struct InterpreterPageTests {
    /// One cell of the table: what makes the thing, and what shows that it is there.
    struct Kept: CustomTestStringConvertible, Sendable {
        let row: String
        let interpreter: Interpreter
        let make: String
        let show: String
        /// What is printed as long as it is there.
        let shown: String

        var testDescription: String { "\(interpreter): \(row)" }

        init(_ row: String, _ interpreter: Interpreter, _ make: String, _ show: String, _ shown: String) {
            self.row = row
            self.interpreter = interpreter
            self.make = make
            self.show = show
            self.shown = shown
        }
    }

    static let kept: [Kept] = [
        Kept(
            "variables, exported ones too",
            .bash,
            "x='a b'; export y=2; A=(1 'two words'); declare -A M=([k]=v); declare -i n=5; readonly r=7",
            "n=n+1; echo \"$x $(sh -c 'echo $y') ${A[1]} ${M[k]} $n\"; (r=1) 2>/dev/null || echo fixed",
            "a b 2 two words v 6\nfixed\n"
        ),
        Kept(
            "variables, exported ones too",
            .sh,
            "x='a b'; export y=2; readonly r=7",
            "echo \"$x $(sh -c 'echo $y')\"; (r=1) 2>/dev/null || echo fixed",
            "a b 2\nfixed\n"
        ),
        Kept("variables, exported ones too", .python, "x = {'a': [1, 'b']}", "print(x)", "{'a': [1, 'b']}\n"),
        Kept("functions, classes", .bash, "f() { echo \"f of $1\"; }", "f 1", "f of 1\n"),
        Kept("functions, classes", .sh, "f() { echo \"f of $1\"; }", "f 1", "f of 1\n"),
        Kept(
            "functions, classes",
            .python,
            "def f(n):\n    return n + 1\n\nclass C:\n    size = 3",
            "print(f(1), C().size)",
            "2 3\n"
        ),
        Kept("aliases", .bash, "alias hi='echo hi'", "hi", "hi\n"),
        Kept("aliases", .sh, "alias hi='echo hi'", "hi", "hi\n"),
        Kept("modules", .python, "import math as m", "print(m.floor(2.5))", "2\n"),
        Kept(
            "options (`set -o`, `shopt`)",
            .bash,
            "set -o noglob; shopt -s nullglob",
            "[[ -o noglob ]] && shopt -q nullglob && echo set",
            "set\n"
        ),
        Kept("options (`set -o`, `shopt`)", .sh, "set -f", "case $- in *f*) echo set ;; esac", "set\n"),
        Kept("working directory", .bash, "cd /usr/lib", "pwd", "/usr/lib\n"),
        Kept("working directory", .sh, "cd /usr/lib", "pwd", "/usr/lib\n"),
        Kept(
            "working directory",
            .python,
            "import os; os.chdir('/usr/lib')",
            "import os; print(os.getcwd())",
            "/usr/lib\n"
        ),
        Kept("environment variables", .bash, "export E=1", "sh -c 'echo $E'", "1\n"),
        Kept("environment variables", .sh, "export E=1", "sh -c 'echo $E'", "1\n"),
        Kept(
            "environment variables",
            .python,
            "import os; os.environ['E'] = '1'",
            "import os; print(os.environ.get('E'))",
            "1\n"
        ),
        Kept("umask", .bash, "umask 0027", "umask", "0027\n"),
        Kept("umask", .sh, "umask 0027", "umask", "0027\n"),
        Kept(
            "umask",
            .python,
            "import os; _ = os.umask(0o027)",
            "import os; mask = os.umask(0); _ = os.umask(mask); print(oct(mask))",
            "0o27\n"
        ),
        Kept("traps", .bash, "trap 'echo got it' USR1", "kill -USR1 $$; echo on", "got it\non\n"),
        Kept("traps", .sh, "trap 'echo got it' USR1", "kill -USR1 $$; echo on", "got it\non\n"),
        Kept(
            "traps",
            .python,
            "import signal; _ = signal.signal(signal.SIGUSR1, lambda *_: print('got it'))",
            "import os, signal; os.kill(os.getpid(), signal.SIGUSR1)",
            "got it\n"
        ),
        Kept("background jobs", .bash, "sleep 60 &", "kill -0 \"$!\" && echo alive", "alive\n"),
        Kept("background jobs", .sh, "sleep 60 &", "kill -0 \"$!\" && echo alive", "alive\n"),
        Kept(
            "background jobs",
            .python,
            "import subprocess; job = subprocess.Popen(['sleep', '60'])",
            "print(job.poll())",
            "None\n"
        ),
        Kept(
            "open descriptors but 0, 1, 2",
            .bash,
            "exec 7</dev/null",
            "read x <&7 || echo end",
            "end\n"
        ),
        Kept("open descriptors but 0, 1, 2", .sh, "exec 7</dev/null", "read x <&7 || echo end", "end\n"),
        Kept(
            "open descriptors but 0, 1, 2",
            .python,
            "file = open('/dev/null')",
            "print(len(file.read()))",
            "0\n"
        ),
    ]

    @Test("what the table says is kept is kept, and what it says is saved comes back", arguments: kept)
    func behaves(_ thing: Kept) async throws {
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
        let cells = try Self.claims().flatMap { row, claims in claims.keys.map { "\($0): \(row)" } }
        #expect(cells.sorted() == Self.kept.map(\.testDescription).sorted())
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

    /// The job table is lost with the shell that a cell ended.
    @Test("after exit a background job is no child any more", arguments: [Interpreter.bash, .sh])
    func jobs(_ interpreter: Interpreter) async throws {
        try await SessionProbe.with(interpreter) { probe in
            _ = try await probe.run("sleep 60 & p=$!")
            #expect(try await probe.run("exit").end == .exited(status: 0))
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
            let isAgain = text.contains("imported again")
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
        let interpreters = try rows[0].dropFirst().map { try #require(Interpreter(named: $0)) }
        var claims: [String: [Interpreter: Claim]] = [:]
        for row in rows.dropFirst(2) {
            for (interpreter, cell) in zip(interpreters, row.dropFirst()) where !cell.isEmpty {
                claims[row[0], default: [:]][interpreter] = Claim(cell)
            }
        }
        return claims
    }
}
