import CasebookDocument
import CasebookRun
import Glibc
import Testing

/// A cell and what a person sees of it.
struct BashCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let cells: [String]
    let seen: [Seen]

    init(_ name: String, _ cells: [(code: String, status: Int32, text: String)]) {
        testDescription = name
        self.cells = cells.map(\.code)
        seen = cells.map { Seen(end: .exited(status: $0.status), text: $0.text) }
    }
}

@Suite("bash sessions", .timeLimit(.minutes(10)))
struct BashSessionTests {
    static let cases: [BashCase] = [
        BashCase(
            "variables, functions and the directory carry over",
            [("x=1; f() { echo f$x; }; cd /tmp", 0, ""), ("f; pwd", 0, "f1\n/tmp\n")]
        ),
        BashCase(
            "exit ends the cell and not the session",
            [
                ("x=1; exit 3; echo never", 3, ""), ("echo $x", 0, "1\n"), ("exit", 0, ""),
                ("echo $x", 0, "1\n"),
            ]
        ),
        BashCase(
            "a failing command ends its cell",
            [("echo a; false; echo b", 1, "a\n"), ("echo $-; echo c", 0, "ehBE\nc\n")]
        ),
        BashCase("what the author sets persists", [("set +e", 0, ""), ("false; echo b", 0, "b\n")]),
        BashCase(
            "no line before a syntax error runs",
            [
                (
                    "echo a\nif\nfi", 2,
                    "runbooks/restore.md: eval: line 5: syntax error near unexpected token `fi'\n"
                ), ("echo b", 0, "b\n"),
            ]
        ),
        BashCase(
            "an unset variable ends the cell under set -u",
            [
                (
                    "set -u; echo $nosuch; echo never", 1,
                    "runbooks/restore.md: line 3: nosuch: unbound variable\n"
                ),
                ("echo b${y-}", 0, "b\n"),
            ]
        ),
        BashCase(
            "a readonly variable stays, and ends no session",
            [
                ("readonly r=1", 0, ""),
                ("r=2\necho no", 1, "runbooks/restore.md: line 3: r: readonly variable\n"),
                ("echo $r", 0, "1\n"),
            ]
        ),
        BashCase(
            "closed descriptors break nothing",
            [("for i in {0..255}; do eval \"exec $i>&-\"; done", 0, ""), ("echo b", 0, "b\n")]
        ),
        BashCase("exec >file breaks nothing", [("exec >/dev/null; echo a", 0, ""), ("echo b", 0, "b\n")]),
        BashCase("break ends no session", [("x=4; break; echo a", 0, ""), ("echo $x", 0, "4\n")]),
        BashCase("aliases work", [("alias hi='echo hi'", 0, ""), ("hi", 0, "hi\n")]),
        BashCase(
            "extglob works",
            [("shopt -s extglob", 0, ""), ("[[ ab == +(a|b) ]]; case ab in @(ab)) echo y;; esac", 0, "y\n")]
        ),
        BashCase(
            "set -x shows the author's commands only",
            [
                ("set -x", 0, ""), ("echo b", 0, "++ echo b\nb\n"), ("set +x", 0, "++ set +x\n"),
                ("echo c", 0, "c\n"),
            ]
        ),
        BashCase(
            "SIGPIPE in a stage before the last is success",
            [
                ("yes | head -n 1; echo on", 0, "y\non\n"), ("yes | head -n 1", 0, "y\n"),
                ("x=$(yes | head -n 1)\necho $x", 0, "y\n"),
                ("f() { yes | head -n 1; }; f; echo on", 0, "y\non\n"),
                ("yes | head -n 1; false; echo never", 1, "y\n"), ("(exit 141); echo never", 141, ""),
            ]
        ),
        BashCase(
            "an EXIT trap of the dying cell runs at its end",
            [("x=7; trap 'echo bye $?' EXIT; exit 4", 4, "bye 4\n"), ("echo $x; trap -p", 0, "7\n")]
        ),
        BashCase(
            "an EXIT trap of an earlier cell waits for the session's end",
            [
                ("trap 'echo bye' EXIT", 0, ""), ("exit 4", 4, ""),
                ("trap -p EXIT", 0, "trap -- echo\\ bye EXIT\n"),
            ]
        ),
        BashCase(
            "a DEBUG trap that is taken away is gone",
            [
                ("trap 'echo dbg' DEBUG", 0, ""), ("trap - DEBUG; echo after", 0, "dbg\nafter\n"),
                ("echo on; trap -p", 0, "on\n"),
            ]
        ),
        BashCase(
            "a function whose name holds an equals sign is one of its own",
            [
                ("function a=b { echo 1; }; function a=c { echo 2; }", 0, ""), ("unset -f a=b; exit", 0, ""),
                ("x=a=c; $x; type -t a=b || echo gone", 0, "2\ngone\n"),
            ]
        ),
        BashCase(
            "DEBUG and ERR traps meet the author's commands only",
            [
                ("trap 'echo err' ERR", 0, ""), ("echo a", 0, "a\n"), ("false", 1, "err\n"),
                ("trap - ERR; trap 'echo [$BASH_COMMAND]' DEBUG", 0, ""), ("echo a", 0, "[echo a]\na\n"),
            ]
        ),
        BashCase(
            "background jobs carry over",
            [("sleep 0.05 & p=$!", 0, ""), ("wait $p; echo $?", 0, "0\n")]
        ),
    ]

    @Test("a variable of more than 1 MiB lives on in its session alone", arguments: [Interpreter.bash, .sh])
    func largeVariable(_ interpreter: Interpreter) async throws {
        try await SessionProbe.with(interpreter) { probe in
            let large = "V=$(head -c 2000000 /dev/zero | tr '\\0' x); W=1"
            let state = try await probe.report(large, output: Output()).state
            #expect(state?.lost == ["variable V: larger than 1 MiB"])
            #expect((state?.restoreCode.count ?? 0) < 10_000)
            _ = try await probe.run("kill -9 $$")
            let shown = try await probe.run("echo ${#V} $W").text
            #expect(shown == "2000000 1\n")
        }
    }

    @Test("functions of a saved state survive a shell that dies before its first cell has ended")
    func keepsFunctions() async throws {
        let state = try await SessionProbe.with(.bash) { probe in
            try await probe.report("f() { echo $X; }; X=1", output: Output()).state
        }
        try await SessionProbe.with(.bash, savedState: state) { probe in
            let killed = try await probe.run("kill -9 $$").end
            #expect(killed == .killed(signal: SIGKILL))
            let shown = try await probe.run("f").text
            #expect(shown == "1\n")
            let again = try await probe.run("exec true")
            #expect(again.text == "")
            let last = try await probe.run("f").text
            #expect(last == "1\n")
        }
    }

    @Test("what a person sees", arguments: cases)
    func seen(_ row: BashCase) async throws {
        let seen = try await SessionProbe.with(.bash) { probe in
            var seen: [Seen] = []
            for code in row.cells { seen.append(try await probe.run(code)) }
            return seen
        }
        #expect(seen == row.seen)
    }
}
