import CasebookDocument
import CasebookRun
import CasebookStore
import CasebookTerminal

/// A runbook from a file, for the commands that only look.
enum RunbookFile {
    static func read(_ file: String) throws -> Runbook {
        do throws(DocumentFileError) {
            guard let bytes = try AtomicDocumentFile(path: file).read() else { throw .notFound(path: file) }
            return Runbook.read(SourceText(name: file, bytes: bytes))
        } catch {
            throw Problem(.usage, DocumentFileSentence.of(error))
        }
    }
}
