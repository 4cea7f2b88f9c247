import CasebookDocument
import CasebookLibrary
import CasebookTerminal
import Foundation
import Testing

/// A document of these tests, with what `casebook check` prints about it.
struct Fixture {
    let source: SourceText
    let diagnostics: [Diagnostic]
    private let name: String

    init(_ name: String) throws {
        self.name = name
        let bytes = Array(try Data(contentsOf: Self.url("\(name).md")))
        source = SourceText(name: "\(name).md", bytes: bytes)
        diagnostics = Self.diagnostics(of: source)
    }

    /// What reading and the library say, on the day of these tests.
    static func diagnostics(of source: SourceText) -> [Diagnostic] {
        let runbook = Runbook.read(source)
        let today = CalendarDate(year: 2026, month: 11, day: 21)
        return (runbook.diagnostics + (today.map { Lint.diagnostics(of: runbook, today: $0) } ?? []))
            .sorted { ($0.range?.lowerBound ?? -1) < ($1.range?.lowerBound ?? -1) }
    }

    static func printed(_ diagnostics: [Diagnostic], in source: SourceText) -> String {
        let printer = DiagnosticPrinter(
            style: TextStyle(isEnabled: false),
            source: source,
            knowing: diagnostics
        )
        return diagnostics.map(printer.text).joined()
    }

    /// Compares with a file beside the document; `CASEBOOK_REGENERATE=1` writes it anew.
    func check(_ text: String, ending: String) throws {
        try Self.check(text, against: Self.url("\(name).\(ending)"))
    }

    static func check(_ text: String, against file: URL) throws {
        let regenerates = ProcessInfo.processInfo.environment["CASEBOOK_REGENERATE"] == "1"
        guard !regenerates, let data = try? Data(contentsOf: file) else {
            try Data(text.utf8).write(to: file)
            if !regenerates { Issue.record("`\(file.lastPathComponent)` was missing and has been written") }
            return
        }
        let expected = String(decoding: data, as: UTF8.self)
        let lines = { (text: String) in text.split(separator: "\n", omittingEmptySubsequences: false) }
        let changes = lines(text).difference(from: lines(expected)).map { change in
            switch change {
            case .remove(let offset, let line, _): "- \(offset + 1): \(line)"
            case .insert(let offset, let line, _): "+ \(offset + 1): \(line)"
            }
        }
        #expect(
            changes.isEmpty,
            "`\(file.lastPathComponent)` differs; CASEBOOK_REGENERATE=1 writes it anew\n\(changes.joined(separator: "\n"))"
        )
    }

    static func url(_ name: String) -> URL { folder.appending(path: "Fixtures/\(name)") }

    /// The folder of these tests.
    static var folder: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    }
}
