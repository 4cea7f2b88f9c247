package import CasebookDocument

/// One diagnostic for other programs; its keys are stable, and each is always there.
package struct DiagnosticRecord: Encodable, Sendable {
    private let file: String
    private let place: Place
    private let severity: String
    private let code: String
    private let message: String
    private let advice: String?
    private let notes: [Note]
    private let fixes: [Fix]

    package init(_ diagnostic: Diagnostic, in source: SourceText) {
        file = source.name
        place = Place(diagnostic.range, in: source)
        severity = diagnostic.severity.rawValue
        code = diagnostic.code.rawValue
        message = diagnostic.message
        advice = diagnostic.advice
        notes = diagnostic.notes.map { Note(place: Place($0.range, in: source), message: $0.message) }
        fixes = diagnostic.fixes.map { fix in
            Fix(title: fix.title, edits: fix.edits.map { FixEdit($0, in: source) })
        }
    }

    private enum Key: String, CodingKey {
        case file, line, column, end, severity, code, message, advice, notes, fixes
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(file, forKey: .file)
        try container.encode(place.line, forKey: .line)
        try container.encode(place.column, forKey: .column)
        try container.encode(place.end, forKey: .end)
        try container.encode(severity, forKey: .severity)
        try container.encode(code, forKey: .code)
        try container.encode(message, forKey: .message)
        try container.encode(advice, forKey: .advice)
        try container.encode(notes, forKey: .notes)
        try container.encode(fixes, forKey: .fixes)
    }
}

// MARK: - Parts

extension DiagnosticRecord {
    /// Lines and columns from 1, the column in bytes; null when it is about the document as a whole.
    private struct Place: Sendable {
        let line: Int?
        let column: Int?
        let end: Position?

        init(_ range: ByteRange?, in source: SourceText) {
            let start = range.map { source.position(of: $0.lowerBound) }
            line = start?.line
            column = start?.column
            end = range.map { Position(source.position(of: $0.upperBound)) }
        }
    }

    private struct Position: Encodable, Sendable {
        let line: Int
        let column: Int

        init(_ position: SourcePosition) {
            line = position.line
            column = position.column
        }
    }

    private struct Note: Encodable, Sendable {
        let place: Place
        let message: String

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(place.line, forKey: .line)
            try container.encode(place.column, forKey: .column)
            try container.encode(place.end, forKey: .end)
            try container.encode(message, forKey: .message)
        }
    }

    private struct Fix: Encodable, Sendable {
        let title: String
        let edits: [FixEdit]
    }

    private struct FixEdit: Encodable, Sendable {
        let line: Int
        let column: Int
        let end: Position
        let replacement: String

        init(_ edit: Edit, in source: SourceText) {
            let start = source.position(of: edit.range.lowerBound)
            line = start.line
            column = start.column
            end = Position(source.position(of: edit.range.upperBound))
            replacement = String(decoding: edit.replacement, as: UTF8.self)
        }
    }
}
