/// What differs from run to run and from machine to machine, and what stands for it in `exports/`.
///
/// Whatever no rule names is compared byte for byte.
struct Normalisation {
    let rules: [(pattern: String, replacement: String)]

    init(temporary: String, host: String, login: String) {
        rules = [
            // Paths below the test's own directory.
            (Self.literal(temporary), "{temporary}"),
            // Times of the record, to the second or finer.
            (#"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?\b"#, "{time}"),
            // `12 ms`, `1.4 s`, `2 min 03 s` where a report says how long something took.
            (#"\b\d+(\.\d+)? (ms|s|min|h)( \d\d (s|min))?(?= *\||$)"#, "{duration}"),
            // The document is saved once a second while cells run: a slow machine has more events.
            (#"\bevent \d+\b"#, "event {number}"),
            (#"\| Events \| \d+ \|"#, "| Events | {number} |"),
            // Run identifiers: the time and a random part, in 20 letters and digits.
            (#"\b0[0-9a-hjkmnp-tv-z]{19}\b"#, "{run}"),
            // Links of the record's chain and digests of it; Git commits.
            (#"\b[0-9a-f]{64}\b"#, "{digest}"),
            (#"\b[0-9a-f]{40}\b"#, "{commit}"),
            (#"\b"# + Self.literal(host) + #"\b"#, "{host}"),
            (#"\(login "# + Self.literal(login) + #"\)"#, "(login {login})"),
        ]
    }

    func applied(to text: String) throws -> String {
        try rules.reduce(text) { text, rule in
            try text.replacing(
                Regex(rule.pattern).anchorsMatchLineEndings().wordBoundaryKind(.simple),
                with: rule.replacement
            )
        }
    }

    private static func literal(_ text: String) -> String {
        text.map { $0.isLetter || $0.isNumber ? String($0) : "\\\($0)" }.joined()
    }
}
