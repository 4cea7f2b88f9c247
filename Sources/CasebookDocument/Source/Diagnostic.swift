/// Something that a person should know about a document, and where.
///
/// The only thing about a document that is shown to people; terminal and JSON render the same value.
package struct Diagnostic: Hashable, Sendable {
    package enum Severity: String, Hashable, Sendable, CaseIterable {
        /// The document cannot be run as it stands.
        case error
        /// It can be run; something is probably not meant.
        case warning
        /// It is sound; it would serve better with what is said here. A run does not show it.
        case advice
    }

    /// A further sentence, about another place or about the whole.
    package struct Note: Hashable, Sendable {
        package let range: ByteRange?
        package let message: String

        package init(at range: ByteRange?, _ message: String) {
            self.range = range
            self.message = message
        }
    }

    /// Edits that mend what is wrong; every other byte stays.
    package struct Fix: Hashable, Sendable {
        /// What it does, as an order: "write `timeout`".
        package let title: String
        package let edits: [Edit]

        package init(_ title: String, _ edits: [Edit]) {
            self.title = title
            self.edits = edits
        }
    }

    package let severity: Severity
    package let code: DiagnosticCode
    /// The bytes it is about; nil when it is about the document as a whole.
    package let range: ByteRange?
    /// One sentence: lower case, names in backticks, no full stop.
    package let message: String
    /// What to do about it; the same form as the message.
    package let advice: String?
    package let notes: [Note]
    /// What is certainly right; anything less is a sentence in `advice`.
    package let fixes: [Fix]

    package init(
        _ severity: Severity,
        _ code: DiagnosticCode,
        at range: ByteRange?,
        _ message: String,
        advice: String? = nil,
        notes: [Note] = [],
        fixes: [Fix] = []
    ) {
        self.severity = severity
        self.code = code
        self.range = range
        self.message = message
        self.advice = advice
        self.notes = notes
        self.fixes = fixes
    }
}

/// Every stable code of a diagnostic, once; ``DiagnosticTable`` says what each means.
package enum DiagnosticCode: String, Hashable, Sendable, CaseIterable {
    case attributeUnknown = "attribute-unknown"
    case attributeInvalid = "attribute-invalid"
    case attributeUnsupported = "attribute-unsupported"
    case blank
    case codeSite = "code-site"
    case continuationBroken = "continuation-broken"
    case destructiveUnguarded = "destructive-unguarded"
    case duplicateName = "duplicate-name"
    case environmentInvalid = "environment-invalid"
    case escalationMissing = "escalation-missing"
    case exitEarly = "exit-early"
    case fenceCut = "fence-cut"
    case fenceDead = "fence-dead"
    case fenceMisclosed = "fence-misclosed"
    case fenceSwallows = "fence-swallows"
    case fenceUnclosed = "fence-unclosed"
    case frontMatterInvalid = "front-matter-invalid"
    case frontMatterUnclosed = "front-matter-unclosed"
    case keyUnknown = "key-unknown"
    case nameInvalid = "name-invalid"
    case notUTF8 = "not-utf8"
    case outputNotOwned = "output-not-owned"
    case ownerMissing = "owner-missing"
    case parameterInvalid = "parameter-invalid"
    case quoteCurly = "quote-curly"
    case rangeDisagrees = "range-disagrees"
    case reviewOverdue = "review-overdue"
    case secretLiteral = "secret-literal"
    case sessionShared = "session-shared"
    case sessionSplit = "session-split"
    case shellForeign = "shell-foreign"
    case spaceNoBreak = "space-no-break"
    case statusInactive = "status-inactive"
    case timeoutMissing = "timeout-missing"
    case tooLarge = "too-large"
}

extension DiagnosticCode {
    /// True for code that the author's site shows and Markdown does not see as code.
    package var hidesCode: Bool { self == .fenceDead || self == .codeSite }

    /// True when a cell, and what it swallowed, is missing from the run because its fence has no end of its own.
    package var leavesFenceOpen: Bool {
        switch self {
        case .fenceUnclosed, .fenceCut, .fenceMisclosed: true
        default: false
        }
    }
}
