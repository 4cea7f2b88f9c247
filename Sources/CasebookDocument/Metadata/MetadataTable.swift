/// One key of the front matter and where its value goes.
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
        /// A key of Casebook that this version does not act on.
        case unsupported
    }

    let name: String
    let reading: Reading

    init(_ name: String, _ reading: Reading) {
        self.name = name
        self.reading = reading
    }
}

/// Every key of the front matter, once.
enum MetadataTable {
    static let rules: [MetadataRule] = [
        .init("title", .text(\.title)),
        .init("id", .text(\.id)),
        .init("description", .text(\.description)),
        .init("owner", .text(\.owner)),
        .init("author", .text(\.author)),
        .init("escalation", .text(\.escalation)),
        .init("tools", .list(\.tools)),
        .init("permissions", .text(\.permissions)),
        .init("type", .type),
        .init("status", .status),
        .init("version", .text(\.version)),
        .init("tags", .list(\.tags)),
        .init("last-updated", .text(\.lastUpdated)),
        .init("last-reviewed-on", .text(\.lastReviewed)),
        .init("review-in", .text(\.reviewIn)),
        .init("unattended", .unattended),
        .init("parameters", .parameters),
        .init("environments", .environments),
        .init("defaults", .defaults),
        .init("run-timeout", .duration(\.runTimeout)),
        .init("write", .write),
        .init("prerequisites", .unsupported),
        .init("interpreters", .unsupported),
        .init("notify", .unsupported),
        .init("on-failure", .unsupported),
        .init("allow", .unsupported),
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
