/// The page `docs/reference/front-matter.md`, rendered from the tables.
package enum FrontMatterReference {
    package static var page: String {
        """
        # Front matter

        YAML between two lines `---` at the top of a runbook; a comment may stand before it. None of it is needed. Other
        tools use some of the same words, so a key at the top level counts when its value is one that Casebook takes, and
        is left alone otherwise; an unknown key is a warning when it is close to one of these. Below `casebook:` every key
        and value must be right. Small and capital letters, `-` and `_` make no difference in a key. The
        *Runbook Info* table of a plain runbook fills what the front matter leaves out.

        This page is made from the tables in the code. *Not yet* means that this version reads the key and does not act
        on it; it says so.

        | key | value | without it | meaning |
        | --- | --- | --- | --- |
        \(rows(MetadataTable.rules.map { ($0.name, $0.rule) }))
        For what is not given, \(aliases).

        At most 64 KiB, 10,000 values with aliases filled in, and 64 levels are read.

        ## Keys of a parameter

        A value alone, as in `REGION: eu-west-1`, is its default. The name is the variable's own, exactly; names that
        steer a shell or a loader (`PATH`, `LD_PRELOAD`, `BASH_ENV`, ...) are refused.

        | key | value | without it | meaning |
        | --- | --- | --- | --- |
        \(rows(ParameterKey.allCases.map { ($0.rawValue, $0.rule) }))
        ## Keys of the defaults

        | key | value | without it | meaning |
        | --- | --- | --- | --- |
        \(rows(DefaultKey.allCases.map { ($0.rawValue, $0.rule) }))
        """
    }

    private static func rows(_ rows: [(name: String, rule: KeyRule)]) -> String {
        rows.map { name, rule in
            let note = rule.notYet.map { " *Not yet: \($0).*" } ?? ""
            return "| `\(name)` | \(rule.value) | \(rule.normally) | \(rule.help)\(note) |\n"
        }
        .joined()
    }

    private static var aliases: String {
        let words = MetadataTable.aliases.map { "`\($0.foreign)` counts as `\($0.own)`" }
        return words.joined(separator: ", ")
    }
}
