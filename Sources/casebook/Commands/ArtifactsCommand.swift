import ArgumentParser
import CasebookDocument
import CasebookRun
import CasebookStore
import CasebookTerminal
import Glibc

/// `casebook artifacts`: lists the files that the cells of a run left in the record, or writes them to a folder.
struct ArtifactsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "artifacts",
        abstract: "List the files that a run's cells left in the record, or write them to a folder."
    )

    @Argument(help: "The run, its beginning is enough; the latest when none is named.")
    var run: String?

    @Option(help: ArgumentHelp("Only the files of this cell.", valueName: "name"))
    var cell: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Writes them below this folder, those of each cell in one of its own; no file is overwritten.",
            valueName: "folder"
        )
    )
    var output: String?

    @Flag(help: "As JSON: an object for each file.")
    var json = false

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let store = try RecordAccess.open(self.store.directory, .reading)
        let listing = try RecordAccess.find(run, in: store)
        let artifacts = latest(try RecordedRun(listing.run, in: store).events)
        if let output { return try write(artifacts, below: output, from: store) }
        if json {
            return OutputStream.standardOutput.line(try JSONText.of(artifacts.map(ArtifactJSON.init)))
        }
        for artifact in artifacts {
            let rest = artifact.lost.map { "not kept: \($0)" } ?? "\(artifact.content.byteCount) bytes"
            OutputStream.standardOutput.line(
                "\(artifact.item)  \(VisibleText.onOneLine(artifact.path))  \(rest)"
                    + (artifact.digest.map { "  sha256:\($0)" } ?? "")
            )
        }
        if artifacts.isEmpty {
            OutputStream.standardError.line("run \(listing.run) has no files in the record")
        }
    }

    /// Of each file of a cell the one of its latest attempt.
    private func latest(_ events: [RunEvent]) -> [ArtifactStored] {
        var found: [ArtifactStored] = []
        var places: [String: Int] = [:]
        for event in events {
            guard case .artifactStored(let artifact) = event.body, cell == nil || artifact.item.name == cell
            else { continue }
            let key = "\(artifact.item) \(artifact.path)"
            if let place = places[key] {
                found[place] = artifact
            } else {
                places[key] = found.count
                found.append(artifact)
            }
        }
        return found
    }

    private func write(_ artifacts: [ArtifactStored], below folder: String, from store: RecordStore) throws {
        var taken: Set<String> = []
        for artifact in artifacts {
            if let lost = artifact.lost {
                OutputStream.standardError.line(
                    "not kept: \(VisibleText.onOneLine(artifact.path)) of \(artifact.item): \(lost)"
                )
                continue
            }
            let place = Self.place(of: artifact, besides: &taken)
            let path = "\(folder)/\(place)"
            let file = try NewFile(at: path)
            try StoreError.inWords { () throws(StoreError) in
                try store.readOutput(artifact.content) { try file.write($0) }
            }
            OutputStream.standardOutput.line(VisibleText.onOneLine(path))
        }
    }

    /// Where a file goes below the folder: no two go to the same place.
    static func place(of artifact: ArtifactStored, besides taken: inout Set<String>) -> String {
        let wanted = "\(safe(artifact.item.name))/\(safe(artifact.path))"
        var place = wanted
        var number = 2
        while !taken.insert(place).inserted {
            place = "\(wanted).\(number)"
            number += 1
        }
        return place
    }

    /// A path that leads nowhere but below the folder, whatever the record says.
    static func safe(_ path: String) -> String {
        path.split(separator: "/").filter { $0 != "." }.map { $0 == ".." ? "up" : String($0) }
            .joined(separator: "/")
    }
}

extension ArtifactStored {
    /// Why it was not kept; nil when it was.
    fileprivate var lost: String? {
        if case .lost(let reason) = content.place { reason } else { nil }
    }
}

/// One file in the JSON of `artifacts`; the keys are stable.
private struct ArtifactJSON: Encodable {
    let cell: String
    let attempt: Int
    let path: String
    let bytes: Int
    /// Nil when the file was not kept.
    let sha256: String?
    /// Why it was not kept.
    let lost: String?

    init(_ artifact: ArtifactStored) {
        cell = artifact.item.name
        attempt = artifact.attempt
        path = artifact.path
        bytes = artifact.content.byteCount
        sha256 = artifact.digest
        lost = artifact.lost
    }
}

/// A file that is written for the first time.
private final class NewFile {
    private let path: String
    private let number: Int32

    /// Makes the folders that are missing too.
    init(at path: String) throws {
        self.path = path
        var folder = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/").dropLast() {
            folder += "/\(part)"
            guard mkdir(folder, 0o777) == 0 || errno == EEXIST else { throw Self.problem(folder) }
        }
        number = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
        guard number >= 0 else { throw Self.problem(path) }
    }

    deinit { close(number) }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest)
            let count = Glibc.write(number, piece.baseAddress, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.problem(path) }
            rest = rest.dropFirst(count)
        }
    }

    private static func problem(_ path: String) -> Problem {
        let number = errno
        if number == EEXIST {
            return Problem(
                .usage,
                "`\(path)` exists already, and was not overwritten",
                advice: ["name another folder with `-o`"]
            )
        }
        return Problem(.toolFailed, "`\(path)` cannot be written: \(SystemWords.of(number))")
    }
}
