/// One key of the front matter, where its value goes, and what the reference says of it.
struct MetadataRule: Sendable {
    enum Reading: Sendable {
        case text(any WritableKeyPath<Metadata, String?> & Sendable)
        case list(any WritableKeyPath<Metadata, [String]> & Sendable)
        case duration(any WritableKeyPath<Metadata, Duration?> & Sendable)
        case type
        case status
        case write
        case unattended
        case parameters
        case environments
        case defaults
        case interpreters
        case prerequisites
        case onFailure
        /// A key of Casebook that this version does not read.
        case unread
    }

    let name: String
    let reading: Reading
    private let normally: String
    private let help: String
    private let notYet: String?

    init(
        _ name: String,
        _ reading: Reading,
        normally: String = "nothing",
        _ help: String,
        notYet: String? = nil
    ) {
        self.name = name
        self.reading = reading
        self.normally = normally
        self.help = help
        self.notYet = notYet
    }

    var rule: KeyRule { KeyRule(value, normally: normally, help, notYet: notYet) }

    private var value: String {
        switch reading {
        case .text: "text, or a list of texts"
        case .list: "a list of texts, or one text with commas"
        case .duration: AttributeRule.ValueKind.duration.expectation
        case .type: KeyRule.words(MetadataTable.types)
        case .status: KeyRule.words(RunbookStatus.allCases.map(\.rawValue))
        case .write: KeyRule.words(WriteTarget.allCases.map(\.rawValue))
        case .unattended: "`true` or `false`"
        case .parameters: "names with their keys (below), or a list of them with a `name` each"
        case .environments: "names, each with values of variables and `protected: true` or `false`"
        case .defaults: "the keys below"
        case .prerequisites: "a list of texts, or of a `text` with the name of a cell as its `check`"
        case .onFailure: KeyRule.words(FailurePlan.allCases.map(\.rawValue))
        case .interpreters: "languages, each with a command line"
        case .unread: "anything"
        }
    }
}

/// Every key of the front matter, once.
enum MetadataTable {
    static let rules: [MetadataRule] = [
        // What it is
        .init(
            "title",
            .text(\.title),
            normally: "the first heading of level 1",
            "What the runbook is called."
        ),
        .init("id", .text(\.id), normally: "its place", "Its identity, for runs that must not be at once."),
        .init("description", .text(\.description), "What it is for."),
        .init("type", .type, "What kind of work it is."),
        .init(
            "status",
            .status,
            normally: "`active`",
            "Where it stands in its life; anything else than active says so, and is not run unattended."
        ),
        .init("version", .text(\.version), "Its version, as its author counts."),
        .init("tags", .list(\.tags), "Words to find it by."),
        // Who
        .init("owner", .text(\.owner), "Who keeps it right."),
        .init("author", .text(\.author), "Who wrote it."),
        .init("escalation", .text(\.escalation), "Whom to call; every failure message says it."),
        .init("permissions", .text(\.permissions), "What whoever runs it must be allowed to do."),
        // When
        .init("last-updated", .text(\.lastUpdated), "When it was last changed, as a date."),
        .init(
            "last-reviewed-on",
            .text(\.lastReviewed),
            "When somebody last held it against the system, as a date."
        ),
        .init(
            "review-in",
            .text(\.reviewIn),
            "How long a review holds, such as `6 months`; `check` warns when it is over."
        ),
        // What a run needs
        .init("tools", .list(\.tools), "The programs it needs; they are looked up on PATH before step 1."),
        .init(
            "prerequisites",
            .prerequisites,
            normally: "none",
            "What must hold before step 1: a checkpoint each, named `prerequisite-1` and so on. One with a `check` is answered by that cell when it succeeds, and by a person when it does not."
        ),
        .init("parameters", .parameters, normally: "none", "Values that whoever starts the run gives."),
        .init("environments", .environments, normally: "none", "Named sets of values; a run chooses one."),
        .init(
            "interpreters",
            .interpreters,
            normally: "the table in [interpreters](interpreters.md)",
            "Languages that a cell may have, and the command line that runs each: a shell starts it for each cell, with the "
                + "code on its standard input, or in a file whose name stands in the place of `{}`."
        ),
        // How it runs
        .init("defaults", .defaults, "Values for attributes that a cell does not give."),
        .init(
            "run-timeout",
            .duration(\.runTimeout),
            normally: "none; unattended `1h`",
            "The time limit of the whole run; the same as under `defaults`."
        ),
        .init("write", .write, normally: "`document`", "Where outputs go."),
        .init(
            "unattended",
            .unattended,
            normally: "`false`",
            "It is meant to run without a person; `check` then asks for more. It still runs so only when told to."
        ),
        .init(
            "on-failure",
            .onFailure,
            normally: "`wait`",
            "What an unattended run does after a cell failed: it waits for a person, or rolls back by itself."
        ),
        .init(
            "allow",
            .unread,
            normally: "all",
            "The liberties of whoever runs it.",
            notYet: "all are given"
        ),
        .init("notify", .unread, "Who is told how a run goes.", notYet: "nobody is"),
    ]

    static let types = [
        "deployment", "maintenance", "incident_response", "backup_restore", "scaling", "monitoring",
    ]

    /// True when an unknown key may be a slip of ours and not a key of another tool.
    static func maySlip(_ key: String) -> Bool {
        key.count >= 5 && !key.contains(".") && !foreignKeys.contains(key)
    }

    /// Keys of other tools that look like slips of ours.
    private static let foreignKeys: Set<String> = [
        "authors", "owners", "types", "titles", "versions", "writer", "notice", "reviewers",
        "reviewer", "reviewed", "last-reviewed", "last-reviewed-by",
    ]

    /// Keys of other tools that mean the same, for what is not given under our own name.
    static let aliases: [(foreign: String, own: String)] = [
        ("owner-slack", "owner"), ("owners", "owner"), ("maintainers", "owner"), ("team", "owner"),
        ("authors", "author"),
    ]

    static func rule(named name: String) -> MetadataRule? { rules.first { $0.name == name } }
}
