extension DiagnosticTable {
    /// The page `docs/reference/diagnostics.md`, rendered from the table.
    package static var referencePage: String {
        """
        # Diagnostics

        What `casebook check` says about a document, by code. Codes are stable: other programs may rely on them.

        - An **error**: the document cannot be run as it stands. `check` exits with 2.
        - A **warning**: it can be run, and something is probably not meant. `casebook run` prints it too; `check --strict`
          exits with 2.
        - **Advice**: it is sound, and would serve better. Only `check` prints it; it changes no exit status.

        `check --fix` applies what is certainly right, and nothing else; everything outside those edits stays byte for
        byte. `check --json` prints an array of objects with the keys `file`, `line`, `column`, `end`, `severity`, `code`,
        `message`, `advice`, `notes` and `fixes`. Lines and columns start at 1, columns count bytes, `end` is the place
        after the last byte; they are null where a diagnostic is about the whole document.

        This page is made from the table in the code.

        | code | severity | `--fix` |
        | --- | --- | --- |
        \(rules.map(row).joined())
        \(rules.map(section).joined(separator: "\n"))
        """
    }

    private static func row(_ rule: DiagnosticRule) -> String {
        "| [`\(rule.code.rawValue)`](#\(rule.code.rawValue)) | \(severities(of: rule)) | \(rule.fix == nil ? "" : "yes") |\n"
    }

    private static func section(_ rule: DiagnosticRule) -> String {
        """
        ## \(rule.code.rawValue)

        \(rule.meaning)

        \(rule.remedy)\(rule.fix.map { " `--fix`: \($0)" } ?? "")

        """
    }

    private static func severities(of rule: DiagnosticRule) -> String {
        rule.severities.map(\.rawValue).joined(separator: ", ")
    }
}
