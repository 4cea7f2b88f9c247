/// Every attribute of cells and checkpoints, once: reading, messages and the reference page follow this
/// table.
package enum AttributeTable {
    package static let rules: [AttributeRule] = [
        // Identity
        .init(
            "name",
            .name,
            in: [.cell, .checkpoint],
            normally: "the headings above it and a number, such as `steps-3`",
            "Its name in the record, in reports and on the command line; `#backup` is the same as `name=backup`."
        ),
        // What counts as success
        .init(
            "timeout",
            .duration,
            in: [.cell],
            normally: "the limit of the run",
            "The cell's process tree is stopped after this time."
        ),
        .init(
            "status",
            .statuses,
            in: [.cell],
            normally: "`0`",
            "The exit statuses that count as success."
        ),
        .init(
            "required",
            .flag,
            in: [.cell, .checkpoint],
            normally: "`yes`",
            "With `required=no` the failure of a cell is a warning, and a checkpoint may be skipped."
        ),
        .init(
            "expect",
            .expectation,
            in: [.cell],
            normally: "nothing is expected",
            "Text or `/pattern/` that the settled output must hold, or with `!` must not hold. An `expect` block after the cell gives all of it."
        ),
        .init(
            "check",
            .name,
            in: [.cell],
            normally: "the exit status decides",
            "The cell that decides whether this one succeeded: it runs after it, and at no other time."
        ),
        // Whether it runs
        .init(
            "confirm",
            .flag,
            in: [.cell],
            normally: "asked only for a destructive cell",
            "A person is asked before it runs; with `confirm=no` the author vouches for a destructive cell."
        ),
        .init("run", .flag, in: [.cell], normally: "`yes`", "With `run=no` it is shown and never runs."),
        .init(
            "blanks",
            .flag,
            in: [.cell],
            normally: "`yes`",
            "With `blanks=no` nothing in it is taken for a blank that somebody has to fill."
        ),
        .init(
            "when",
            .condition,
            in: [.cell, .checkpoint],
            normally: "always",
            "The condition under which it is reached, such as `environment == 'production' and probe.outcome == 'failed'`."
        ),
        .init(
            "undoes",
            .names,
            in: [.cell, .checkpoint],
            normally: "it undoes nothing",
            "The cells that it undoes; it then stands outside the forward order, and a checkpoint is asked in the rollback."
        ),
        .init(
            "effect",
            .oneOf(CellEffect.allCases.map(\.rawValue)),
            in: [.cell],
            normally: "`once`",
            "Whether it may be repeated: it only looks, twice is as good as once, or never silently."
        ),
        .init(
            "retries",
            .number(0...1000),
            in: [.cell],
            normally: "`0`",
            "Further attempts after a known failure; after a time-out only with `effect=none` or `effect=repeatable`."
        ),
        .init(
            "delay",
            .duration,
            in: [.cell],
            normally: "no delay",
            "The time between two attempts."
        ),
        .init(
            "backoff",
            .number(1...100),
            in: [.cell],
            normally: "`1`",
            "The factor by which the delay grows with each attempt, up to one hour."
        ),
        // Where and how it runs
        .init(
            "session",
            .name,
            in: [.cell],
            normally: "the session of its interpreter",
            "The live session that it runs in."
        ),
        .init(
            "dir",
            .text,
            in: [.cell],
            normally: "where the session stands",
            "The directory that it starts in, relative to the document's."
        ),
        .init(
            "tty",
            .flag,
            in: [.cell],
            normally: "`no`",
            "It runs on a terminal of its own, and a person who runs it types there."
        ),
        .init(
            "place",
            .oneOf(["here"]),
            in: [.cell],
            normally: "found from the commands before it",
            "It runs on this machine, although a command or a sentence before it seems to have gone elsewhere."
        ),
        .init(
            "background",
            .flag,
            in: [.cell],
            normally: "`no`",
            "It goes on beside the steps that follow, in a session of its own that starts from the state of its session. The step passes when it is ready; it is stopped at the end of the run, and one that ends before is a failure."
        ),
        .init(
            "ready",
            .search,
            in: [.cell],
            normally: "ready at once",
            "The output that tells that a background cell is ready: text or `/pattern/`, found in one line. `timeout` is the time that it has until then."
        ),
        // What is kept
        .init(
            "output",
            .output,
            in: [.cell],
            normally: "the first 200 and the last 50 lines, at most 16 KiB",
            "How much of the output the document shows."
        ),
        .init(
            "secret",
            .flag,
            in: [.cell, .checkpoint],
            normally: "`no`",
            "The output of a cell, or the input of a checkpoint, is neither shown nor stored."
        ),
        .init(
            "capture",
            .variable,
            in: [.cell],
            normally: "nothing is captured",
            "Standard output, trimmed, becomes a variable of this name in every later cell, in any language."
        ),
        .init(
            "artifacts",
            .globs,
            in: [.cell],
            normally: "no files",
            "The files that are collected into the record when it has ended, whatever came of it: patterns with `*`, `?`, `[a-z]` and `**` for folders in folders, separated by commas, relative to where the session then stands."
        ),
        .init(
            "mitigates",
            .flag,
            in: [.cell],
            normally: "`no`",
            "The impact of the incident ends here; the report tells how long that took."
        ),
        // Checkpoints
        .init(
            "role",
            .text,
            in: [.checkpoint],
            normally: "anybody",
            "The role that whoever answers must have."
        ),
        .init(
            "approvals",
            .number(1...20),
            in: [.checkpoint],
            normally: "`1`",
            "How many people must answer.",
            support: .refused
        ),
        .init(
            "four-eyes",
            .flag,
            in: [.checkpoint],
            normally: "`no`",
            "Somebody other than the one who started the run must answer.",
            support: .refused
        ),
        .init(
            "choices",
            .names,
            in: [.checkpoint],
            normally: "`proceed`",
            "The answers to choose from; `stop` is always one."
        ),
        .init(
            "input",
            .name,
            in: [.checkpoint],
            normally: "no input",
            "The name of a value that is asked for with the answer.",
            support: .refused
        ),
        .init(
            "pattern",
            .text,
            in: [.checkpoint],
            normally: "any input",
            "What the input must look like, as a regular expression.",
            support: .refused
        ),
        .init(
            "evidence",
            .oneOf(["required"]),
            in: [.checkpoint],
            normally: "none is asked for",
            "A file or a link must come with the answer.",
            support: .refused
        ),
        .init(
            "then",
            .oneOf(["stop"]),
            in: [.checkpoint],
            normally: "`stop`",
            "What happens when the time for an answer is over.",
            support: .refused
        ),
    ]

    /// Keys of runme that no warning is given for.
    ///
    /// `interpreter`, `excludeFromRunAll` and `ignore` say what runs, and are followed; the others say how an editor
    /// shows it.
    static let foreignNames: Set<String> = [
        "id", "category", "closeTerminalOnSuccess", "excludeFromRunAll", "ignore", "interactive",
        "interpreter",
        "mimeType", "openTerminalOnError", "promptEnv", "skipPrompts", "tag", "terminalRows", "transform",
    ]

    /// Other tools' names of attributes that mean the same.
    static let aliases = ["cwd": "dir"]

    static func rule(named name: String) -> AttributeRule? { rulesByName[name] }

    private static let rulesByName = Dictionary(uniqueKeysWithValues: rules.map { ($0.name, $0) })
}
