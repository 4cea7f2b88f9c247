import ArgumentParser
import CasebookRun
import CasebookStore
import CasebookTerminal

/// `casebook verify`: recomputes the chain of a run.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Say whether the record of a run is as it was written.",
        discussion:
            "A chain that holds is consistent, not anchored: compare its head with one that was kept elsewhere."
    )

    @Argument(help: "The run, its beginning is enough; the latest when none is named.")
    var run: String?

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let store = try RecordAccess.open(self.store.directory, .reading)
        let listing = try RecordAccess.find(run, in: store)
        let result = try StoreError.inWords { () throws(StoreError) in try store.verify(listing.run) }
        let out = OutputStream.standardOutput
        guard let fault = result.fault else {
            out.line(
                "run \(listing.run): \(Wording.count(result.eventCount, "event")), consistent, not anchored"
            )
            if result.removedPartCount > 0 {
                out.line("  \(Wording.count(result.removedPartCount, "part")) taken out by redaction")
            }
            return out.line("  head: \(result.head.hexadecimal)")
        }
        let kind = fault.kind.map { " (\($0))" } ?? ""
        throw Problem(
            .toolFailed,
            "run \(listing.run) does not hold at event \(fault.sequence)\(kind): \(fault.reason.sentence)",
            advice: [
                "\(Wording.count(result.eventCount, "event")) before it \(result.eventCount == 1 ? "holds" : "hold")"
            ]
        )
    }
}

extension Verification.Fault.Reason {
    var sentence: String {
        switch self {
        case .eventMissing: "an event is missing"
        case .partChanged(let name): "its part `\(name)` was changed"
        case .fileMissing(let name): "the file `\(name)` with its output is missing"
        case .sizeDiffers(let name): "its part `\(name)` has not as many bytes as it says"
        case .hashDiffers: "its hash is not that of its contents"
        case .listingDiffers: "the listing says something else than the events"
        }
    }
}
