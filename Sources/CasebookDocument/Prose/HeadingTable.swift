/// What headings with certain words are about; the first row that fits counts.
struct HeadingTable: Sendable {
    /// Where in a heading the words of a row stand.
    enum Fit: Sendable {
        case whole
        case start
        case startOrEnd
    }

    private struct Row: Sendable {
        let order: Int
        let words: [String]
        let fit: Fit
        let role: SectionRole

        func fits(_ heading: [String]) -> Bool {
            switch fit {
            case .whole: heading == words
            case .start: heading.starts(with: words)
            case .startOrEnd: heading.starts(with: words) || heading.suffix(words.count).elementsEqual(words)
            }
        }
    }

    /// The rows by one of the words that a heading must have.
    private var rows: [String: [Row]] = [:]

    /// - Parameter table: phrases between commas, with their role.
    init(_ table: [(role: SectionRole, fit: Fit, phrases: String)]) {
        var order = 0
        for line in table {
            for phrase in line.phrases.split(separator: ",") {
                let words = HeadingWords(phrase).words
                guard let first = words.first else { continue }
                rows[first, default: []].append(
                    Row(order: order, words: words, fit: line.fit, role: line.role)
                )
                order += 1
            }
        }
    }

    func role(of heading: HeadingWords) -> SectionRole? { row(for: heading.words)?.role }

    func fits(_ heading: HeadingWords) -> Bool { row(for: heading.words) != nil }

    private func row(for heading: [String]) -> Row? {
        var best: Row?
        for word in heading {
            for row in rows[word] ?? [] where row.order < best?.order ?? .max && row.fits(heading) {
                best = row
            }
        }
        return best
    }
}
