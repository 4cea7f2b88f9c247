/// One row of the table of attributes: what it means, where it stands, and what this version does with it.
package struct AttributeRule: Sendable {
    /// What a value must look like.
    package enum ValueKind: Hashable, Sendable {
        /// Nothing, or `yes` and `no`.
        case flag
        /// Letters, digits, `-`, `_` and `.`.
        case name
        case names
        case duration
        case number(ClosedRange<Int>)
        case statuses
        case oneOf([String])
        case output
        /// Text, or a pattern between two `/`, with `!` before it.
        case expectation
        /// Text, or a pattern between two `/`.
        case search
        /// Patterns of file names, separated by commas.
        case globs
        case condition
        /// The name of a variable.
        case variable
        case text
    }

    package enum Place: String, Hashable, Sendable, CaseIterable {
        case cell
        case checkpoint
    }

    package enum Support: Hashable, Sendable {
        /// This version does what it says.
        case full
        /// This version reads it and does not act on it; nothing goes wrong without it.
        case noted(String)
        /// A document that uses it is refused, because leaving it out would run something else.
        case refused
        /// Refused as well; what to write in its place.
        case refusedFor(instead: String)
    }

    package let name: String
    package let kind: ValueKind
    package let places: Set<Place>
    /// What holds without it, in words.
    package let normally: String
    package let help: String
    private let support: Support
    private let exceptions: [Place: Support]

    init(
        _ name: String,
        _ kind: ValueKind,
        in places: Set<Place>,
        normally: String,
        _ help: String,
        support: Support = .full,
        except exceptions: [Place: Support] = [:]
    ) {
        self.name = name
        self.kind = kind
        self.places = places
        self.normally = normally
        self.help = help
        self.support = support
        self.exceptions = exceptions
    }

    /// What this version does with it where it stands.
    package func support(on place: Place) -> Support { exceptions[place] ?? support }
}

extension AttributeRule.ValueKind {
    /// What a value looks like, in words.
    package var expectation: String {
        switch self {
        case .flag: "nothing, `yes` or `no`"
        case .name: "a name of letters, digits, `-`, `_` and `.`"
        case .names: "names separated by commas"
        case .duration: "a time such as `500ms`, `30s`, `10m`, `2h` or `1d`"
        case .number(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .statuses: "exit statuses from 0 to 255 separated by commas"
        case .oneOf(let words): words.map { "`\($0)`" }.joined(separator: ", ")
        case .output: "`full`, `none` or `lines:N`"
        case .expectation:
            "text, or a regular expression between two `/`, with `!` before it when it must not be there"
        case .globs: "patterns of file names separated by commas, such as `*.log, out/**/*.xml`"
        case .search: "text, or a regular expression between two `/`"
        case .condition: "a condition such as `environment == 'production'`"
        case .variable:
            "the name of a variable: letters, digits and `_`, no digit first, and none that steers a shell"
        case .text: "text"
        }
    }
}
