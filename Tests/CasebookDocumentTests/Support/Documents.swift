import CasebookDocument
import Foundation

/// Documents on disk that the properties are checked over.
enum Documents {
    struct File: CustomStringConvertible, Sendable {
        let name: String
        let source: SourceText
        var description: String { name }
    }

    /// The fixtures of these tests.
    static let fixtures: [File] = files(in: folder("Fixtures"))

    /// The real runbooks of other projects, in the order of their paths; data, of which nothing is ever run.
    static let corpus: [File] = files(in: folder("../Corpus").standardizedFileURL)

    static func folder(_ name: String) -> URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent(name)
    }

    /// The Markdown files below a folder, each named by its path from there.
    private static func files(in folder: URL) -> [File] {
        guard let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else {
            return []
        }
        let top = folder.path + "/"
        return found.compactMap { $0 as? URL }
            .filter { $0.pathExtension == "md" || $0.pathExtension == "erb" }
            .sorted { $0.path < $1.path }
            .compactMap { url in
                guard let data = try? Data(contentsOf: url) else { return nil }
                let name = url.path.hasPrefix(top) ? String(url.path.dropFirst(top.count)) : url.path
                return File(name: name, source: SourceText(name: name, bytes: Array(data)))
            }
    }
}
