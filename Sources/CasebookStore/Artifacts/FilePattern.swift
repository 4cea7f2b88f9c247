import CasebookRun
import Glibc

/// A pattern of file names: `*`, `?` and `[a-z]` within one name, `**` for any number of folders.
///
/// Names that begin with a dot are only matched by patterns that do, as in a shell; links to folders are not followed
/// by `**`.
struct FilePattern {
    /// More files are none that somebody would look at.
    static let filesMax = 1000
    /// How many names are looked at before the search is given up.
    static let namesMax = 200_000

    private let components: [String]
    private let isAbsolute: Bool
    private var found: Set<String> = []
    private var nameCount = 0

    init(_ pattern: String) {
        components = pattern.split(separator: "/").map(String.init).filter { $0 != "." }
        isAbsolute = pattern.hasPrefix("/")
    }

    /// The plain files that it matches, sorted.
    func files(in directory: String) throws(ArtifactError) -> [String] {
        var search = self
        try search.walk(directory, "", 0)
        return search.found.sorted()
    }

    /// - Parameter path: what was matched so far; empty or with a `/` at its end.
    private mutating func walk(_ directory: String, _ path: String, _ index: Int) throws(ArtifactError) {
        guard index < components.count else { return }
        let component = components[index]
        let base = isAbsolute ? "/\(path)" : path
        if component == "**" {
            // It also stands for no folder; at the end it stands for every file below.
            if index + 1 < components.count {
                try walk(directory, path, index + 1)
            } else {
                try take("*", directory, path, base, index)
            }
            for name in try names(in: base, of: directory) where !name.hasPrefix(".") {
                guard kind(of: base + name, in: directory, followingLinks: false) == S_IFDIR else { continue }
                try walk(directory, "\(path)\(name)/", index)
            }
            return
        }
        try take(component, directory, path, base, index)
    }

    /// Goes on with each name that one component matches.
    private mutating func take(
        _ component: String,
        _ directory: String,
        _ path: String,
        _ base: String,
        _ index: Int
    ) throws(ArtifactError) {
        let isLast = index + 1 == components.count
        let isPattern = component.contains { "*?[\\".contains($0) }
        let names = isPattern ? try names(in: base, of: directory) : [component]
        for name in names where !isPattern || fnmatch(component, name, FNM_PERIOD) == 0 {
            if !isLast {
                guard kind(of: base + name, in: directory, followingLinks: true) == S_IFDIR else { continue }
                try walk(directory, "\(path)\(name)/", index + 1)
            } else if kind(of: base + name, in: directory, followingLinks: false) == S_IFREG
                || Self.isRepaired(name)
            {
                found.insert(base + name)
                guard found.count <= Self.filesMax else {
                    throw ArtifactError("more than \(Self.filesMax) files match")
                }
            }
        }
    }

    private mutating func names(in path: String, of directory: String) throws(ArtifactError) -> [String] {
        guard let stream = opendir(path.hasPrefix("/") ? path : "\(directory)/\(path)") else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name != ".", name != ".." else { continue }
            names.append(name)
            nameCount += 1
            guard nameCount <= Self.namesMax else {
                throw ArtifactError("more than \(Self.namesMax) names would have to be looked at")
            }
        }
        return names.sorted()
    }

    /// True for a name that is not UTF-8: it is found, so that its loss is told, and cannot be opened.
    static func isRepaired(_ name: String) -> Bool { name.unicodeScalars.contains("\u{FFFD}") }

    private func kind(of path: String, in directory: String, followingLinks: Bool) -> mode_t? {
        var status = stat()
        let path = path.hasPrefix("/") ? path : "\(directory)/\(path)"
        let result = followingLinks ? stat(path, &status) : lstat(path, &status)
        return result == 0 ? status.st_mode & S_IFMT : nil
    }
}
