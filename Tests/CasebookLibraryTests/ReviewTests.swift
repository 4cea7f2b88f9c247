import CasebookDocument
import CasebookLibrary
import Testing

/// When a review is overdue, and whom a runbook names.
@Suite struct ReviewTests {
    @Test(
        "a date is read in the forms in which people write one",
        arguments: [
            ("2026-11-21", "2026-11-21"), ("2026-11-21T03:04:05Z", "2026-11-21"), ("2026/1/2", "2026-01-02"),
            ("21 November 2026", "2026-11-21"), ("Nov 1st, 2026", "2026-11-01"), ("2024-02-29", "2024-02-29"),
        ]
    )
    func date(text: String, expected: String) {
        #expect(CalendarDate(text)?.text == expected)
    }

    @Test(
        "what could mean two days, or means none, is no date",
        arguments: ["03/04/2026", "2026-02-30", "2026-13-01", "yesterday", "", "v1.2.3", "2026"]
    )
    func noDate(text: String) {
        #expect(CalendarDate(text) == nil)
    }

    /// Front matter, and the day to which the review held; nil while it holds.
    static let reviews: [(matter: String, end: String?)] = [
        ("last_reviewed_on: 2026-05-21\nreview_in: 6 months", nil),
        ("last_reviewed_on: 2026-05-20\nreview_in: 6 months", "2026-11-20"),
        ("last_reviewed_on: 2026-08-31\nreview_in: 90 days", nil),
        ("last_reviewed_on: 2025-12-31\nreview_in: 2 months", "2026-02-28"),
        ("last-updated: 2025-11-20", "2026-11-20"),
        ("last-updated: 2025-11-21", nil),
        ("last-updated: 2020-01-01\nlast_reviewed_on: 2026-11-01", nil),
        ("last-updated: soon", nil),
        ("review_in: 1 month", nil),
        ("last_reviewed_on: 2026-10-01\nreview_in: whenever", nil),
    ]

    @Test("a review that no longer holds is named with its end", arguments: reviews)
    func overdue(review: (matter: String, end: String?)) {
        let found = Self.found("---\n\(review.matter)\n---\n\n```bash\ntrue\n```\n", .reviewOverdue)
        #expect(found.count == (review.end == nil ? 0 : 1))
        if let end = review.end { #expect(found.first?.hasSuffix("to \(end)") == true, "\(found)") }
    }

    @Test("a document without steps and without a review date of its own is asked for nothing")
    func noRunbook() {
        let text = "---\nlast-updated: 2001-01-01\n---\n\nText.\n"
        #expect(Fixture.diagnostics(of: SourceText(name: "a.md", bytes: Array(text.utf8))).isEmpty)
    }

    @Test(
        "an owner is found wherever a document names one",
        arguments: [
            "---\nowner_slack: '#pay'\n---\n", "---\nauthors: [ada]\n---\n", "**Owner:** payments\n",
            "- Team: payments\n",
            "| Owner | payments |\n|---|---|\n| a | b |\n", "## Ownership\n\nPayments.\n",
            "> _Maintained by:_ ada\n",
        ]
    )
    func owner(text: String) {
        #expect(Self.found(text + "\n```bash\ntrue\n```\n", .ownerMissing).isEmpty)
    }

    @Test(
        "whom to call is found wherever a document says it",
        arguments: [
            "---\nescalation: '#pay'\n---\n", "## Escalation path\n\nCall.\n", "## Who is on-call?\n\nAda.\n",
            "On-call: ada\n",
        ]
    )
    func escalation(text: String) {
        #expect(Self.found(text + "\n```bash\ntrue\n```\n", .escalationMissing).isEmpty)
    }

    @Test(
        "an owner without a name is none",
        arguments: ["Owner:\n", "Owner: ...\n", "The owner: see below: a\n"]
    )
    func noOwner(text: String) {
        #expect(Self.found(text + "\n```bash\ntrue\n```\n", .ownerMissing).count == 1)
    }

    private static func found(_ text: String, _ code: DiagnosticCode) -> [String] {
        Fixture.diagnostics(of: SourceText(name: "a.md", bytes: Array(text.utf8)))
            .filter { $0.code == code }.map(\.message)
    }
}
