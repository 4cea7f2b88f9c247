/// A moment of wall-clock time in nanoseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
package struct Timestamp: Hashable, Sendable, Codable, Comparable {
    package let nanoseconds: Int64

    package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    package init(from decoder: any Decoder) throws {
        nanoseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(nanoseconds)
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.nanoseconds < right.nanoseconds
    }
}

extension Timestamp {
    /// The time that passed since an earlier moment; negative when the clock went back.
    package func since(_ earlier: Timestamp) -> Duration {
        .nanoseconds(nanoseconds - earlier.nanoseconds)
    }

    /// RFC 3339 in UTC with milliseconds: `2026-11-21T03:04:05.678Z`.
    package var rfc3339: String { "\(date)T\(timeOfDay).\(padded(milliseconds, 3))Z" }

    /// `2026-11-21 03:04:05`, in UTC.
    package var dateAndTime: String { "\(date) \(timeOfDay)" }

    /// `03:04:05`, in UTC.
    package var timeOfDay: String {
        let second = secondOfDay
        return "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
    }

    /// `2026-11-21`, in UTC.
    package var date: String {
        // Days to a civil date: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let dayOfMonth = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfMonth, 2))"
    }

    private var seconds: Int64 { floorDivide(nanoseconds, 1_000_000_000) }
    private var day: Int64 { floorDivide(seconds, 86_400) }
    private var secondOfDay: Int64 { seconds - day * 86_400 }
    private var milliseconds: Int64 { (nanoseconds - seconds * 1_000_000_000) / 1_000_000 }
}

private func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
}

private func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
