/// What differs from run to run and from machine to machine, and what stands for it in `exports/`.
///
/// Whatever no rule names is compared byte for byte.
struct Normalisation {
    let rules: [(pattern: String, replacement: String)]

    init(temporary: String, host: String, login: String) {
        rules = [
            // Paths below the test's own directory.
            (Self.literal(temporary), "{temporary}"),
            // Full times, then times of day in the timeline.
            (#"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z| UTC)"#, "{time}"),
            (#"\b\d\d:\d\d:\d\d(\.\d+)?(?= *\|)"#, "{time}"),
            // `12 ms`, `1.4 s`, `2 min 3 s` where a report says how long something took.
            (#"\b\d+(\.\d+)? ?(ms|s|min|h)\b(?= *\||$)"#, "{duration}"),
            // Run identifiers: the start in digits, and a random part.
            (#"\b\d{8}T?-?\d{6}Z?-[0-9a-z]+\b"#, "{run}"),
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
