import CasebookDocument
import CasebookRun
import CasebookStore

/// Runbooks from files.
enum RunbookFile {
    static func read(_ file: String) throws -> Runbook {
        Runbook.read(SourceText(name: file, bytes: try bytes(file)))
    }

    static func bytes(_ file: String) throws -> [UInt8] {
        try DocumentFileError.inWords { () throws(DocumentFileError) in
            guard let bytes = try AtomicDocumentFile(path: file).read() else { throw .notFound(path: file) }
            return bytes
        }
    }
}
