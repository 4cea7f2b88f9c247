import ArgumentParser
import CasebookDocument
import CasebookReport
import CasebookRun
import CasebookStore
import CasebookTerminal

/// `casebook report`: turns a run into an incident report.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write the incident report of a run."
    )

    /// The forms that a report takes.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case markdown

        var fileExtension: String {
            switch self {
            case .markdown: "md"
            }
        }
    }

    @Argument(help: "The run, its beginning is enough; the latest when none is named.")
    var run: String?

    @Option(help: "The form: markdown.")
    var format = Format.markdown

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp(
            "A file, or a directory in which it is called after the runbook; standard output when missing.",
            valueName: "path"
        )
    )
    var output: String?

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let store = try RecordAccess.open(self.store.directory, .reading)
        let listing = try RecordAccess.find(run, in: store)
        let recorded = try RecordedRun(listing.run, in: store)
        let verification = try StoreError.inWords { () throws(StoreError) in try store.verify(listing.run) }
        let verdict =
            verification.isConsistent
            ? "consistent, not anchored" : "does not hold; casebook verify says where"
        let integrity = ReportIntegrity(head: verification.head.hexadecimal, verdict: verdict)
        guard let report = Report(events: recorded.events, runbook: recorded.runbook, integrity: integrity)
        else {
            throw Problem(.toolFailed, "run \(listing.run) has no start in the record")
        }
        let text = MarkdownReport(report, outputs: RecordedTexts(recorded, in: store)).render()
        guard let output else { return OutputStream.standardOutput.write(text) }
        let name = "\(Path.stem(of: recorded.started.path)).report.\(format.fileExtension)"
        let path = Path.isDirectory(output) || output.hasSuffix("/") ? "\(output)/\(name)" : output
        try DocumentFileError.inWords { () throws(DocumentFileError) in
            try AtomicDocumentFile(path: path).replace(with: Array(text.utf8))
        }
        OutputStream.standardOutput.line("written: \(path)")
    }
}

/// The outputs of a run for its report, settled as the document shows them.
struct RecordedTexts: ReportOutputs {
    private struct Key: Hashable {
        let item: ItemID
        let attempt: Int
    }

    private let outputs: [Key: StoredOutput]
    private let reader: RecordedOutputs

    init(_ recorded: RecordedRun, in store: RecordStore) {
        reader = RecordedOutputs(recorded.runbook, store)
        outputs = Dictionary(
            recorded.events.compactMap { event in
                guard case .outputStored(let stored) = event.body else { return nil }
                return (Key(item: stored.item, attempt: stored.attempt), stored.output)
            },
            uniquingKeysWith: { $1 }
        )
    }

    func settledText(of item: ItemID, attempt: Int) -> [UInt8]? {
        outputs[Key(item: item, attempt: attempt)].map { reader.text(item, $0) }
    }
}
