/// Which target may import what: the rings, as data.
///
/// A target imports only the project's targets in rings below its own; siblings never import each
/// other. Modules from outside are allowed by name.
enum ImportRules {
    /// The ring of each of the project's targets.
    static let rings: [String: Int] = [
        "CMarkGFM": 0,
        "CPCRE2": 0,
        "CScreen": 0,
        "CTerminal": 0,
        "CasebookDocument": 1,
        "CasebookRun": 2,
        "CasebookEngine": 3,
        "CasebookReport": 3,
        "CasebookLibrary": 3,
        "CasebookStore": 4,
        "CasebookSessions": 4,
        "CasebookTerminal": 5,
        "casebook": 6,
    ]

    /// Targets that only tests import, with the targets that they may import themselves.
    static let testSupport: [String: Set<String>] = [
        "CasebookSimulation": ["CasebookDocument", "CasebookRun"]
    ]

    /// The project's targets that are not for everyone above them.
    static let reserved: [String: Set<String>] = [
        "CMarkGFM": ["CasebookDocument"],
        "CPCRE2": ["CasebookDocument"],
        "CScreen": ["CasebookRun"],
        "CTerminal": ["CasebookSessions", "casebook"],
    ]

    /// Modules from outside the project; what is not named here is not imported.
    static let outside: [String: Set<String>] = [
        "CasebookDocument": ["Synchronization", "Yams"],
        "CasebookRun": [],
        "CasebookEngine": ["Synchronization"],
        "CasebookReport": [],
        "CasebookLibrary": [],
        "CasebookStore": ["Crypto", "Foundation", "GRDB", "GRDBSQLite", "Glibc", "Synchronization"],
        "CasebookSessions": ["Foundation", "Glibc", "Synchronization"],
        "CasebookTerminal": ["Foundation", "Glibc", "Synchronization"],
        "casebook": ["ArgumentParser", "Foundation", "Glibc", "Logging", "Synchronization"],
        "CasebookSimulation": ["Synchronization"],
    ]

    /// Modules that one file of a target names, so that they can be exchanged.
    static let oneFile: Set<String> = ["CMarkGFM", "CPCRE2", "CScreen", "Yams"]

    /// The modules that a file imports, with their lines.
    static func imports(in file: SourceFile) -> [(line: Int, module: String)] {
        file.code.enumerated().compactMap { index, line in
            var words = line.split { $0 == " " || $0 == "\t" }
            while let first = words.first, first.hasPrefix("@") || accessLevels.contains(first) {
                words.removeFirst()
            }
            guard words.count >= 2, words[0] == "import" else { return nil }
            // `import struct Module.Name` names a kind first.
            let name = words.count > 2 ? words[2] : words[1]
            return (index + 1, String(name.prefix { $0 != "." }))
        }
    }

    /// What the imports of one source file do not respect.
    static func findings(in file: SourceFile) -> [Finding] {
        guard let target = file.target else { return [] }
        return imports(in: file).compactMap { line, module in
            complaint(target: target, module: module)
                .map { Finding(path: file.path, line: line, message: $0) }
        }
    }

    /// Modules that more than one file of the sources names, though one should do.
    static func spread(in files: [SourceFile]) -> [Finding] {
        oneFile.sorted().flatMap { module in
            let users = files.filter { file in imports(in: file).contains { $0.module == module } }
            return users.dropFirst().map { file in
                Finding(
                    path: file.path,
                    line: 0,
                    message: "`\(module)` is imported by `\(users[0].path)` already; one file names it"
                )
            }
        }
    }

    private static let accessLevels: Set<Substring> = ["package", "internal", "private", "public"]

    private static func complaint(target: String, module: String) -> String? {
        guard rings[target] != nil || testSupport[target] != nil else {
            return "`\(target)` has no ring; give it one in `ImportRules.rings`"
        }
        if testSupport[module] != nil {
            return "`\(module)` is for tests alone"
        }
        if let allowed = testSupport[target], rings[module] != nil {
            return allowed.contains(module) ? nil : "`\(target)` does not import `\(module)`"
        }
        guard let below = rings[module] else {
            let isAllowed = outside[target, default: []].contains(module)
            return isAllowed ? nil : "`\(target)` does not import `\(module)`"
        }
        if let ring = rings[target], below >= ring {
            return "ring \(ring) imports `\(module)` of ring \(below); only lower rings are imported"
        }
        if let users = reserved[module], !users.contains(target) {
            return "`\(module)` is for \(users.sorted().joined(separator: ", ")) alone"
        }
        return nil
    }
}
