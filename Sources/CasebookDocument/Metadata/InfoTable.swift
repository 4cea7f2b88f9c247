/// The *Runbook Info* table of a plain runbook: fills what the front matter leaves out.
enum InfoTable {
    /// The first cells that name a key, in small letters.
    private static let keys: [String: any WritableKeyPath<Metadata, String?> & Sendable] = [
        "runbook id": \.id,
        "description": \.description,
        "special permissions": \.permissions,
        "permissions": \.permissions,
        "runbook author": \.author,
        "author": \.author,
        "runbook owner": \.owner,
        "owner": \.owner,
        "version": \.version,
        "last updated": \.lastUpdated,
        "escalation poc": \.escalation,
        "escalation point of contact": \.escalation,
        "escalation": \.escalation,
    ]

    private static let tools: Set<String> = ["tools used", "tools"]

    /// Reads the first table that names at least two keys, one of them a runbook's own word.
    static func fill(_ metadata: inout Metadata, from tree: BlockTree) {
        for index in tree.blocks.indices where tree.blocks[index].kind == .table {
            let rows = tree.children(of: index).map { row in
                tree.children(of: row).map { cell in
                    AttributeValue.trimmed(String(decoding: tree.blocks[cell].content, as: UTF8.self))
                }
            }
            guard let header = rows.first else { continue }
            if isInfo(header), rows.count > 1 {
                for (key, value) in zip(header, rows[1]) { set(key, value, &metadata) }
                return
            }
            if isInfo(rows.compactMap(\.first)) {
                for row in rows where row.count > 1 { set(row[0], row[1], &metadata) }
                return
            }
        }
    }

    private static func isInfo(_ names: [String]) -> Bool {
        let lower = names.map { $0.lowercased() }
        let known = lower.count { keys[$0] != nil || tools.contains($0) }
        return known >= 2
            && lower.contains { $0.hasPrefix("runbook ") || $0.hasPrefix("escalation") || $0 == "tools used" }
    }

    private static func set(_ key: String, _ value: String, _ metadata: inout Metadata) {
        guard !value.isEmpty else { return }
        let key = key.lowercased()
        if tools.contains(key), metadata.tools.isEmpty {
            metadata.tools = value.split(separator: ",").map { AttributeValue.trimmed($0) }
        } else if let field = keys[key], metadata[keyPath: field] == nil {
            metadata[keyPath: field] = value
        }
    }
}
