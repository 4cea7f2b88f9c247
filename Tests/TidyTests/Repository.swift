import Foundation

/// The project's own files, as the tests of its form read them.
struct Repository {
    /// The folder that holds `Package.swift`.
    let root: URL

    init() {
        root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    }

    /// True for folders that hold nothing that anybody here wrote.
    static func isSkipped(_ path: String) -> Bool {
        path.hasPrefix(".build") || [".git", ".swiftpm", "exports/latest", "Tests/Corpus"].contains(path)
    }

    /// The text files below a folder of the repository, sorted by path, with one of these endings.
    func files(in folder: String = "", endings: Set<String>) throws -> [SourceFile] {
        let names = try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)
        return try names.sorted().flatMap { name -> [SourceFile] in
            let path = folder.isEmpty ? name : "\(folder)/\(name)"
            guard !Self.isSkipped(path) else { return [] }
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(
                atPath: root.appending(path: path).path,
                isDirectory: &isFolder
            )
            if isFolder.boolValue { return try files(in: path, endings: endings) }
            return endings.contains(URL(filePath: name).pathExtension) ? [try file(path)] : []
        }
    }

    /// One file by its path from the root.
    func file(_ path: String) throws -> SourceFile {
        let data = try Data(contentsOf: root.appending(path: path))
        return SourceFile(path: path, text: String(decoding: data, as: UTF8.self))
    }
}

/// One file: its path from the root, and what stands in it.
struct SourceFile {
    let path: String
    let text: String
    /// Its lines without comments and texts, when it is Swift; read once, for all rules.
    let code: [String]

    init(path: String, text: String) {
        self.path = path
        self.text = text
        code = path.hasSuffix(".swift") ? SwiftCode(text).lines : []
    }

    /// The file's name without its ending.
    var stem: String { URL(filePath: path).deletingPathExtension().lastPathComponent }

    /// The target of a file below `Sources` or `Tests`.
    var target: String? {
        let parts = path.split(separator: "/")
        guard parts.count > 2, parts[0] == "Sources" || parts[0] == "Tests" else { return nil }
        return String(parts[1])
    }

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
}

/// Something that a rule does not allow, and where.
struct Finding: Hashable, CustomStringConvertible {
    let path: String
    /// Counted from 1; 0 for the file as a whole.
    let line: Int
    let message: String

    var description: String { line == 0 ? "\(path): \(message)" : "\(path):\(line): \(message)" }
}
