/// A day of the calendar, without a time of day or a place.
package struct CalendarDate: Hashable, Sendable, Comparable {
    package let year: Int
    package let month: Int
    package let day: Int

    /// Nil when there is no such day between the years 1900 and 9999.
    package init?(year: Int, month: Int, day: Int) {
        guard (1900...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.days(inMonth: month, of: year)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Reads `2026-11-21`, with a time after it or not, `2026/11/21`, `21 November 2026` and `Nov 21, 2026`.
    ///
    /// Nil for anything else; `03/04/2026` means two days, so it means none.
    package init?(_ text: String) {
        let words = text.split { !$0.isLetter && !$0.isNumber }
        guard words.count >= 3 else { return nil }
        if words[0].count == 4, let year = Int(words[0]) {
            let day = words[2].prefix { $0.isNumber }
            guard let month = Int(words[1]), let day = Int(day) else { return nil }
            self.init(year: year, month: month, day: day)
        } else if let month = Self.month(named: words[1]), let day = Self.day(words[0]),
            let year = Int(words[2])
        {
            self.init(year: year, month: month, day: day)
        } else if let month = Self.month(named: words[0]), let day = Self.day(words[1]),
            let year = Int(words[2])
        {
            self.init(year: year, month: month, day: day)
        } else {
            return nil
        }
    }

    package static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

extension CalendarDate {
    /// `2026-11-21`.
    package var text: String { "\(year)-\(Self.padded(month))-\(Self.padded(day))" }

    /// The same day so many months later, or the last of its month; nil beyond the calendar.
    func adding(months: Int) -> CalendarDate? {
        let total = year * 12 + month - 1 + months
        let (year, month) = (total / 12, total % 12 + 1)
        return CalendarDate(year: year, month: month, day: min(day, Self.days(inMonth: month, of: year)))
    }

    /// The day so many days later; nil beyond the calendar.
    func adding(days: Int) -> CalendarDate? {
        var (year, month, day) = (year, month, day + days)
        while day > Self.days(inMonth: month, of: year) {
            day -= Self.days(inMonth: month, of: year)
            (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1)
            guard year <= 9999 else { return nil }
        }
        return CalendarDate(year: year, month: month, day: day)
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    private static func month(named word: Substring) -> Int? {
        guard word.count >= 3, word.allSatisfy(\.isLetter) else { return nil }
        return months.firstIndex(of: String(word.lowercased().prefix(3))).map { $0 + 1 }
    }

    /// `3`, `03`, `3rd`.
    private static func day(_ word: Substring) -> Int? {
        let digits = word.prefix { $0.isNumber }
        let rest = word.dropFirst(digits.count).lowercased()
        return ["", "st", "nd", "rd", "th"].contains(rest) ? Int(digits) : nil
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
