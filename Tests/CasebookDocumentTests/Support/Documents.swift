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

    /// Real runbooks, when the folder beside the checkout is there.
    static let corpus: [File] = files(in: corpusFolder)

    static var corpusFolder: URL {
        if let path = ProcessInfo.processInfo.environment["CASEBOOK_CORPUS"] {
            return URL(fileURLWithPath: path)
        }
        return folder("../../../shared/corpus").standardizedFileURL
    }

    static func folder(_ name: String) -> URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent(name)
    }

    private static func files(in folder: URL) -> [File] {
        guard let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else {
            return []
        }
        return found.compactMap { $0 as? URL }
            .filter { $0.pathExtension == "md" || $0.pathExtension == "erb" }
            .sorted { $0.path < $1.path }
            .compactMap { url in
                guard let data = try? Data(contentsOf: url) else { return nil }
                return File(
                    name: url.lastPathComponent,
                    source: SourceText(name: url.lastPathComponent, bytes: Array(data))
                )
            }
    }
}
