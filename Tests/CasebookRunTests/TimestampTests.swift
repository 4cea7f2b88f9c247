import CasebookRun
import Testing

@Suite struct TimestampTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let seconds: Int64
        let text: String
        var testDescription: String { text }
    }

    /// Known moments: the epoch, both sides of leap days and centuries, before 1970.
    @Test(arguments: [
        Case(seconds: 0, text: "1970-01-01T00:00:00.000Z"),
        Case(seconds: 951_782_399, text: "2000-02-28T23:59:59.000Z"),
        Case(seconds: 951_782_400, text: "2000-02-29T00:00:00.000Z"),
        Case(seconds: 951_868_800, text: "2000-03-01T00:00:00.000Z"),
        Case(seconds: 1_795_222_800, text: "2026-11-21T01:00:00.000Z"),
        Case(seconds: 4_107_542_400, text: "2100-03-01T00:00:00.000Z"),
        Case(seconds: -1, text: "1969-12-31T23:59:59.000Z"),
    ])
    func `a moment is written as RFC 3339 in UTC`(_ example: Case) {
        #expect(Timestamp(nanoseconds: example.seconds * 1_000_000_000).rfc3339 == example.text)
    }

    @Test func `milliseconds are cut, not rounded`() {
        #expect(Timestamp(nanoseconds: 1_999_999_999).rfc3339 == "1970-01-01T00:00:01.999Z")
    }

    @Test func `run identifiers sort by their start`() {
        let early = RunID(time: Timestamp(nanoseconds: 1_000_000_000), chance: .max)
        let late = RunID(time: Timestamp(nanoseconds: 2_000_000_000), chance: 0)
        #expect(early.text < late.text)
        #expect(early.text.count == 20)
    }
}
