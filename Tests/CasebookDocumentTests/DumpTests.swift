import CasebookDocument
import Testing

/// Every fixture with what is read from it, compared as a whole.
@Suite struct DumpTests {
    @Test("a fixture is read as its dump says", arguments: Documents.fixtures)
    func fixture(_ file: Documents.File) throws {
        let runbook = Runbook.read(file.source)
        let dump = "title \(runbook.title.debugDescription)\n" + runbook.dump
        let name = file.name.replacing(".md", with: ".dump")
        try Snapshot.check(dump, against: "Tests/CasebookDocumentTests/Fixtures/\(name)")
    }
}
