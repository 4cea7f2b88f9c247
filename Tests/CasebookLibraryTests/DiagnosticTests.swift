import CasebookDocument
import CasebookTerminal
import Foundation
import Testing

/// Each diagnostic on a document of its own, as `casebook check` prints it.
@Suite struct DiagnosticTests {
    /// The parser and the bytes agree on every document that was found so far; what is too large is made in the
    /// tests of limits.
    private static let unseen: Set<DiagnosticCode> = [.rangeDisagrees, .tooLarge]

    static let codes = DiagnosticCode.allCases.filter { !unseen.contains($0) }

    @Test("a diagnostic is printed with its line and a caret", arguments: codes)
    func printed(code: DiagnosticCode) throws {
        let fixture = try Fixture(code.rawValue)
        #expect(fixture.diagnostics.contains { $0.code == code })
        try fixture.check(Fixture.printed(fixture.diagnostics, in: fixture.source), ending: "txt")
    }

    @Test("the certain fixes mend what they say", arguments: codes)
    func fixed(code: DiagnosticCode) throws {
        let fixture = try Fixture(code.rawValue)
        let fixed = fixture.source.fixed()
        #expect(fixed.applied.isEmpty == (fixed.bytes == fixture.source.bytes))
        if DiagnosticTable.rule(for: code)?.fix != nil {
            #expect(fixed.applied.contains { $0.code == code })
        } else {
            #expect(!fixed.applied.contains { $0.code == code })
        }
        guard !fixed.applied.isEmpty else { return }
        try fixture.check(String(decoding: fixed.bytes, as: UTF8.self), ending: "fixed")
    }

    @Test("a diagnostic comes with no other severity than its table says", arguments: codes)
    func severities(code: DiagnosticCode) throws {
        for diagnostic in try Fixture(code.rawValue).diagnostics {
            let rule = try #require(DiagnosticTable.rule(for: diagnostic.code))
            #expect(rule.severities.contains(diagnostic.severity), "\(diagnostic)")
        }
    }

    @Test("every code has one row in the table")
    func table() {
        #expect(
            DiagnosticTable.rules.map(\.code.rawValue).sorted()
                == DiagnosticCode.allCases.map(\.rawValue).sorted()
        )
    }

    @Test("the reference page follows the table")
    func reference() throws {
        let root = Fixture.folder.deletingLastPathComponent().deletingLastPathComponent()
        try Fixture.check(
            DiagnosticTable.referencePage,
            against: root.appending(path: "docs/reference/diagnostics.md")
        )
    }

    @Test("JSON has every key, and null where there is nothing")
    func json() throws {
        let text = "---\nowner: a\n---\n\n```bash {timout=5m}\nls \\ \n-l\n```\n"
        let source = SourceText(name: "a.md", bytes: Array(text.utf8))
        let records = Fixture.diagnostics(of: source).map { DiagnosticRecord($0, in: source) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try Fixture.check(
            String(decoding: try encoder.encode(records), as: UTF8.self) + "\n",
            against: Fixture.url("records.json")
        )
    }

    @Test("a secret is printed by none of the diagnostics of its line")
    func hidden() throws {
        let text = "```bash\nlogin --token Zx81Qp44vvT <host>\n```\n"
        let source = SourceText(name: "a.md", bytes: Array(text.utf8))
        let found = Fixture.diagnostics(of: source)
        #expect(Set(found.map(\.code)).isSuperset(of: [.secretLiteral, .blank]))
        let printed = Fixture.printed(found, in: source)
        #expect(!printed.contains("Zx81Qp44vvT"))
        #expect(printed.contains("    2 | login --token *********** <host>\n"))
    }
}
