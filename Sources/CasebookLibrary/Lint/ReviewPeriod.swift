/// How long a review holds: `6 months`, `90 days`, `1 year`.
struct ReviewPeriod: Hashable, Sendable {
    private let months: Int
    private let days: Int

    /// What holds when the runbook names none.
    static let usual = ReviewPeriod(months: 12, days: 0)

    private init(months: Int, days: Int) {
        self.months = months
        self.days = days
    }

    /// Reads a number and a unit, in either of `6 months` and `6m`; nil for anything else.
    init?(_ text: String) {
        let plain = text.lowercased().filter { !$0.isWhitespace }
        let digits = plain.prefix { $0.isNumber }
        guard let count = digits.isEmpty ? 1 : Int(digits), (1...1000).contains(count) else { return nil }
        switch plain.dropFirst(digits.count) {
        case "d", "day", "days": self.init(months: 0, days: count)
        case "w", "week", "weeks": self.init(months: 0, days: count * 7)
        case "m", "mo", "month", "months": self.init(months: count, days: 0)
        case "quarter", "quarters": self.init(months: count * 3, days: 0)
        case "y", "year", "years": self.init(months: count * 12, days: 0)
        default: return nil
        }
    }

    /// The last day on which a review still holds.
    func end(from start: CalendarDate) -> CalendarDate? {
        start.adding(months: months)?.adding(days: days)
    }
}
