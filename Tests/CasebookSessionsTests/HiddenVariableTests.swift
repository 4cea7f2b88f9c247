import CasebookDocument
import CasebookRun
import CasebookSessions
import Testing

/// A cell that ends its shell inside a function, and what the session's variables are afterwards.
@Suite("variables that functions hide", .timeLimit(.minutes(10)))
struct HiddenVariableTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let before: String
        let cell: String
        let show: String
        let shown: String
        var notes: [String] = []

        init(
            _ name: String,
            before: String = ":",
            _ cell: String,
            _ show: String,
            _ shown: String,
            notes: [String] = []
        ) {
            testDescription = name
            self.before = before
            self.cell = cell
            self.show = show
            self.shown = shown
            self.notes = notes
        }
    }

    static let environment = ["KUBECONFIG": "/prod", "V": "prod"]

    static let rows = [
        Row(
            "an inherited variable",
            "d() { local KUBECONFIG=/staging; false || exit 1; }; d",
            "echo $KUBECONFIG; sh -c 'echo $KUBECONFIG'",
            "/prod\n/prod\n"
        ),
        Row(
            "PATH",
            "d() { local PATH=/nowhere; exit 1; }; d",
            "[[ $PATH == /nowhere ]] || echo \"$(sh -c 'echo found')\"",
            "found\n"
        ),
        Row(
            "the variable of a calling function",
            before: "X=outer",
            "f() { local X=inner; g; }; g() { exit 3; }; f",
            "echo $X",
            "outer\n"
        ),
        Row(
            "a variable that only functions have",
            "f() { local X=inner; g; }; g() { local Y=1 X=innermost Z; exit 3; }; f",
            "echo ${X-none} ${Y-none} ${Z-none}; declare -p X Y Z 2>/dev/null || echo none",
            "none none none\nnone\n"
        ),
        Row(
            "a variable without a value of its own",
            before: "X=outer",
            "f() { local X; exit 3; }; f",
            "echo $X",
            "outer\n"
        ),
        Row(
            "an error of an expansion",
            before: "X=outer",
            "f() { local X=inner; g; }; g() { : \"${nosuch:?}\"; }; f",
            "echo $X",
            "outer\n"
        ),
        Row("what stands before a call", "d() { exit 1; }; V=temp d", "echo $V", "prod\n"),
        Row("what stands before eval", "V=temp eval 'exit 1'", "echo $V; sh -c 'echo $V'", "prod\nprod\n"),
        Row(
            "what functions set for the session stays",
            before: "old=1; list=(a b)",
            "f() { local old2=x; old=2; new='a b'; declare -g wide=3; list+=(c); export V=set; g; }; "
                + "g() { local list=(1); unset -v KUBECONFIG; exit 3; }; f",
            "echo $old $new $wide ${list[@]} ${KUBECONFIG-none}; sh -c 'echo $V'",
            "2 a b 3 a b c none\nset\n"
        ),
        Row(
            "arrays, references and a reader's separators",
            before: "declare -A M=([k]=v); declare -n ref=M; X=1; IFS=' '",
            "f() { local -A M=([k]=inner); local -n X=V; local ref=2 IFS=,; V=set; exit 3; }; f",
            "echo ${M[k]} ${ref[k]} $X $V; [[ $IFS == ' ' ]] && declare -p ref",
            "v v 1 set\ndeclare -n ref=\"M\"\n"
        ),
        Row(
            "unset under localvar_unset",
            before: "shopt -s localvar_unset; X=outer",
            "f() { local X=inner; exit 3; }; f",
            "echo $X; shopt -q localvar_unset && echo set",
            "outer\nset\n"
        ),
        Row(
            "a readonly variable of a function",
            before: "X=outer",
            "f() { local -r X=inner; local -rx KUBECONFIG=/staging NEW=1; exit 3; }; f",
            "echo $X $KUBECONFIG ${NEW-none}; sh -c 'echo $KUBECONFIG ${NEW-none}'",
            "outer /prod none\n/prod none\n",
            notes: [
                "not carried over: variable KUBECONFIG, which a function had made readonly for itself: "
                    + "it is what it was before the cell",
                "not carried over: variable NEW, which a function had made readonly for itself: "
                    + "it is what it was before the cell",
                "not carried over: variable X, which a function had made readonly for itself: "
                    + "it is what it was before the cell",
            ]
        ),
        Row(
            "options of a function",
            "f() { local -; set +e; set -f; g; }; g() { exit 3; }; f",
            "[[ -o errexit && ! -o noglob ]] && echo set",
            "set\n",
            notes: [
                "not carried over: options, which a function had made its own: "
                    + "they are what they were before the cell"
            ]
        ),
        Row(
            "a trap that functions do not inherit",
            before: "trap 'case $BASH_COMMAND in \"echo on\") echo dbg ;; esac' DEBUG",
            "f() { exit 3; }; f",
            "echo on",
            "dbg\non\n"
        ),
        Row(
            "a trap that functions inherit, and took away",
            before: "set -T; trap 'echo dbg' DEBUG",
            "f() { trap - DEBUG; exit 3; }; f",
            "echo on",
            "on\n"
        ),
    ]

    @Test("bash shows the session's own", arguments: rows)
    func bash(_ row: Row) async throws {
        try await Self.expect(row, .bash)
    }

    // dash cannot tell: what was there before the cell is as it was then, what is new stays.
    static let shRows = [
        Row(
            "an inherited variable",
            "d() { local KUBECONFIG=/staging; false || exit 1; }; d",
            "echo $KUBECONFIG; sh -c 'echo $KUBECONFIG'",
            "/prod\n/prod\n",
            notes: [taken("KUBECONFIG")]
        ),
        Row(
            "the variable of a calling function, and a new one",
            before: "X=outer; Y=1",
            "Y=2; NEW=1; f() { local X=inner; g; }; g() { exit 3; }; f",
            "echo $X $Y $NEW",
            "outer 1 1\n",
            notes: [taken("X"), taken("Y")]
        ),
        Row(
            "a failing command",
            before: "X=outer",
            "f() { local X=inner; false; }; V=temp f",
            "echo $X $V",
            "outer prod\n",
            notes: [taken("V"), taken("X")]
        ),
        Row("outside a function everything stays", before: "X=1", "X=2; exit 3", "echo $X", "2\n"),
    ]

    private static func taken(_ name: String) -> String {
        "not carried over: variable \(name), which a function may have hidden: "
            + "it is what it was before the cell"
    }

    @Test("sh shows what was there before the cell", arguments: shRows)
    func sh(_ row: Row) async throws {
        try await Self.expect(row, .sh)
    }

    private static func expect(_ row: Row, _ interpreter: Interpreter) async throws {
        try await SessionProbe.with(interpreter, environment: environment) { probe in
            #expect(try await probe.run(row.before).end == .exited(status: 0))
            let report = try await probe.report(row.cell, output: Output())
            #expect(report.notes == row.notes)
            #expect(try await probe.run(row.show) == Seen(end: .exited(status: 0), text: row.shown))
        }
    }
}
