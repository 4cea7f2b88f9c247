import CasebookDocument
import CasebookRun
import CasebookStore
import CasebookTerminal

/// The file that a run writes into, and what it held at the start.
struct RunTarget {
    let file: any DocumentFile
    let found: [UInt8]?

    /// Where the outputs of a run go: command line, then CASEBOOK_WRITE, then the document's own wish.
    ///
    /// - Returns: nil for the record alone.
    static func choose(_ preparation: RunPreparation) throws -> RunTarget? {
        let command = preparation.command
        if let output = command.output { return try copy(to: output, of: preparation) }
        if command.noWrite { return nil }
        switch try wish(preparation) {
        case .record: return nil
        case .copy:
            return try copy(to: "\(preparation.directory)/\(Path.stem(of: preparation.path)).executed.md", of: preparation)
        case .document:
            return RunTarget(file: AtomicDocumentFile(path: command.file), found: preparation.document.found)
        }
    }

    /// A copy at a path; in a directory, under the document's own name.
    ///
    /// - Throws: a ``Problem`` when another document stands there: a slip of the keyboard must not replace it.
    static func copy(to output: String, of preparation: RunPreparation) throws -> RunTarget {
        let path = Path.isDirectory(output) ? "\(output)/\(Path.name(of: preparation.path))" : output
        let file = AtomicDocumentFile(path: path)
        let found = try DocumentFileError.inWords { () throws(DocumentFileError) in try file.read() }
        if let found, Path.absolute(path) != preparation.path {
            let source = SourceText(name: path, bytes: found).cleared()
            let isOurs = found.isEmpty || !source.removed.isEmpty || source.bytes == preparation.runbook.source.bytes
            guard isOurs else {
                throw Problem(
                    .usage, "`\(path)` exists and is another document: nothing was run",
                    advice: ["name another file, or remove that one first"])
            }
        }
        return RunTarget(file: file, found: found)
    }

    private static func wish(_ preparation: RunPreparation) throws -> WriteTarget {
        guard let name = Caller.variable("CASEBOOK_WRITE") else {
            return preparation.runbook.metadata.write ?? .document
        }
        guard let target = WriteTarget(rawValue: name) else {
            let known = WriteTarget.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
            throw Problem(.usage, "CASEBOOK_WRITE is `\(name)`; expected \(known)")
        }
        return target
    }
}
