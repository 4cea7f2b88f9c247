import Foundation
import Testing

/// A text compared with a file of the repository; CASEBOOK_REGENERATE=1 writes the file anew.
enum Snapshot {
    /// - `path`: from the top of the repository.
    static func check(_ text: String, against path: String, sourceLocation: SourceLocation = #_sourceLocation)
        throws
    {
        let file = Documents.folder("../..").standardizedFileURL.appendingPathComponent(path)
        let regenerates = ProcessInfo.processInfo.environment["CASEBOOK_REGENERATE"] == "1"
        guard !regenerates, let data = try? Data(contentsOf: file) else {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: file)
            if !regenerates {
                Issue.record(
                    "`\(path)` was missing and has been written: look at it",
                    sourceLocation: sourceLocation
                )
            }
            return
        }
        let expected = String(decoding: data, as: UTF8.self)
        if expected != text {
            Issue.record(
                "`\(path)` differs; CASEBOOK_REGENERATE=1 writes it anew\n\(difference(expected, text))",
                sourceLocation: sourceLocation
            )
        }
    }

    /// The lines that differ, with their numbers.
    static func difference(_ expected: String, _ found: String) -> String {
        let left = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let right = found.split(separator: "\n", omittingEmptySubsequences: false)
        return right.difference(from: left)
            .map { change in
                switch change {
                case .remove(let offset, let line, _): "- \(offset + 1): \(line)"
                case .insert(let offset, let line, _): "+ \(offset + 1): \(line)"
                }
            }
            .joined(separator: "\n")
    }
}
