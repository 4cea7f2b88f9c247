package import CasebookRun

/// What went wrong with a document's file, and what to do.
package enum DocumentFileSentence {
    package static func of(_ error: DocumentFileError) -> String {
        switch error {
        case .notFound(let path):
            "`\(path)` does not exist; check the path"
        case .isDirectory(let path):
            "`\(path)` is a directory; name a Markdown file in it"
        case .notPermitted(let path, let operation):
            "`\(path)`: \(operation) is not permitted; check its owner and mode, or write to a copy with `-o FILE`"
        case .readOnly(let path):
            "`\(path)` cannot be replaced because its directory or file system is read-only; "
                + "write to a copy with `-o FILE`, or only to the record with `--no-write`"
        case .diskFull(let path):
            "`\(path)` was left as it was because the disk is full; make room, or write elsewhere with `-o FILE`"
        case .system(let path, let operation, let errno):
            "`\(path)`: \(operation) failed: \(SystemWords.of(errno))"
        }
    }
}
