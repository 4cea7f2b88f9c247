import ArgumentParser
import CasebookDocument
import CasebookRun
import CasebookStore
import CasebookTerminal
import Glibc

/// `casebook clear`: takes out of documents what Casebook wrote.
struct ClearCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clear",
        abstract: "Remove from documents what Casebook wrote; every other byte stays.",
        discussion: """
            `clear -` reads standard input and writes standard output: a clean filter for Git. Exits with 2 when a \
            document cannot be read or written; the others are cleared all the same.
            """
    )

    @Argument(help: "Documents, or - for standard input.", completion: .file())
    var files: [String]

    @Flag(help: "Change nothing; exit with 1 when there is something to clear.")
    var check = false

    func run() async throws {
        var unclean = false
        try EachFile.of(files) { file in
            if file == "-" {
                let cleared = cleared("-", StandardInput.readAll())
                unclean = unclean || !cleared.removed.isEmpty
                if !check { cleared.bytes.withUnsafeBytes { OutputStream.standardOutput.write($0) } }
            } else {
                unclean = try clear(file) || unclean
            }
        }
        if check, unclean { throw ExitStatus.failed.exitCode }
    }

    /// - Returns: true when there was something to clear.
    private func clear(_ file: String) throws -> Bool {
        let document = AtomicDocumentFile(path: file)
        let bytes = try RunbookFile.bytes(file)
        let cleared = cleared(file, bytes)
        guard !cleared.removed.isEmpty else { return false }
        if check {
            OutputStream.standardOutput.line(
                "\(file): \(Wording.count(cleared.removed.count, "block")) of Casebook's"
            )
        } else {
            try DocumentFileError.inWords { () throws(DocumentFileError) in
                try document.replace(with: cleared.bytes)
            }
        }
        return true
    }

    private func cleared(_ name: String, _ bytes: [UInt8]) -> ClearedDocument {
        let source = SourceText(name: name, bytes: bytes)
        let cleared = source.cleared()
        let stream = OutputStream.standardError
        let style = TextStyle(isEnabled: stream.isTerminal && Caller.wantsColour)
        let printer = DiagnosticPrinter(style: style, source: source, knowing: cleared.diagnostics)
        for diagnostic in cleared.diagnostics { stream.write(printer.text(of: diagnostic)) }
        return cleared
    }
}

/// All of what standard input gives.
enum StandardInput {
    static func readAll() -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(STDIN_FILENO, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return bytes }
            bytes.append(contentsOf: chunk.prefix(count))
        }
    }
}
