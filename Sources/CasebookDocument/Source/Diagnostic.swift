/// Something that a person should know about a document, and where.
///
/// The only thing about a document that is shown to people; terminal and JSON render the same value.
package struct Diagnostic: Hashable, Sendable {
    package enum Severity: String, Hashable, Sendable, CaseIterable {
        /// The document cannot be run as it stands.
        case error
        /// It can be run; something is probably not meant.
        case warning
    }

    package let severity: Severity
    package let code: DiagnosticCode
    /// The bytes it is about; nil when it is about the document as a whole.
    package let range: ByteRange?
    /// One sentence: lower case, names in backticks, no full stop.
    package let message: String
    /// What to do about it; the same form as the message.
    package let advice: String?

    package init(
        _ severity: Severity,
        _ code: DiagnosticCode,
        at range: ByteRange?,
        _ message: String,
        advice: String? = nil
    ) {
        self.severity = severity
        self.code = code
        self.range = range
        self.message = message
        self.advice = advice
    }
}

/// Every stable code of a diagnostic, once.
package enum DiagnosticCode: String, Hashable, Sendable, CaseIterable {
    case attributeUnknown = "attribute-unknown"
    case attributeInvalid = "attribute-invalid"
    case attributeUnsupported = "attribute-unsupported"
    case blank
    case duplicateName = "duplicate-name"
    case fenceUnclosed = "fence-unclosed"
    case frontMatterInvalid = "front-matter-invalid"
    case frontMatterUnclosed = "front-matter-unclosed"
    case keyUnknown = "key-unknown"
    case nameInvalid = "name-invalid"
    case notUTF8 = "not-utf8"
    case outputNotOwned = "output-not-owned"
    case parameterInvalid = "parameter-invalid"
    case environmentInvalid = "environment-invalid"
    case rangeDisagrees = "range-disagrees"
    case statusInactive = "status-inactive"
    case tooLarge = "too-large"
}
