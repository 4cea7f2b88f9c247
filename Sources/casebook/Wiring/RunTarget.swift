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
        if let output = command.output { return try copy(to: output, of: preparation.runbook, at: preparation.path) }
        if command.noWrite { return nil }
        switch try wish(preparation) {
        case .record: return nil
        case .copy:
            let name = "\(Path.stem(of: preparation.path)).executed.md"
            return try copy(
                to: "\(preparation.directory)/\(name)", of: preparation.runbook, at: preparation.path)
        case .document:
            return RunTarget(file: AtomicDocumentFile(path: command.file), found: preparation.document.found)
        }
    }

    /// A copy at a path; in a directory, under the document's own name.
    ///
    /// What stands there and is another document is kept beside it: a slip of the keyboard loses nothing.
    static func copy(to output: String, of runbook: Runbook, at documentPath: String) throws -> RunTarget {
        let path = Path.isDirectory(output) ? "\(output)/\(Path.name(of: documentPath))" : output
        let file = AtomicDocumentFile(path: path)
        let found = try DocumentFileError.inWords { () throws(DocumentFileError) in try file.read() }
        if let found, Path.absolute(path) != documentPath, !isCopy(found, of: runbook) {
            try keep(found, beside: path)
        }
        return RunTarget(file: file, found: found)
    }

    /// True for what an earlier run left: it may be replaced.
    private static func isCopy(_ bytes: [UInt8], of runbook: Runbook) -> Bool {
        let cleared = SourceText(name: runbook.source.name, bytes: bytes).cleared()
        return bytes.isEmpty || !cleared.removed.isEmpty || cleared.bytes == runbook.source.bytes
    }

    private static func keep(_ bytes: [UInt8], beside path: String) throws {
        let kept = AtomicDocumentFile(path: path + ".orig")
        try DocumentFileError.inWords { () throws(DocumentFileError) in
            // The first one that was kept is the author's; later ones are copies of other runbooks.
            guard try kept.read() == nil else { return }
            try kept.replace(with: bytes)
            OutputStream.standardError.line("warning: `\(path)` held another document; it is kept as `\(kept.path)`")
        }
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
