/// Rules about a source file as a whole.
enum FileRules {
    static let lineLimit = 400

    /// Files that are named for something else than a type.
    static let named: Set<String> = ["main", "Package"]

    static func tooLong(_ file: SourceFile) -> [Finding] {
        let count = file.text.hasSuffix("\n") ? file.lines.count - 1 : file.lines.count
        guard count > lineLimit else { return [] }
        return [Finding(path: file.path, line: 0, message: "\(count) lines, at most \(lineLimit)")]
    }

    /// `Name.swift` declares or extends `Name`; `Name+Topic.swift` extends `Name`.
    ///
    /// A file of functions and of extensions of somebody else's types is named for what they do.
    static func misnamed(_ file: SourceFile) throws -> [Finding] {
        guard !named.contains(file.stem) else { return [] }
        let parts = file.stem.split(separator: "+", maxSplits: 1)
        let name = parts.first.map(String.init) ?? ""
        let kinds = parts.count > 1 ? "extension" : "struct|enum|class|actor|protocol|typealias|extension"
        let declaration = try Regex(#"\b(?:\#(kinds))\s+\#(name)\b"#).wordBoundaryKind(.simple)
        guard !file.code.contains(where: { $0.contains(declaration) }) else { return [] }
        // Functions without a type of their own have no name to give.
        let type = try Regex(#"^(package |final |private |fileprivate )*(struct|enum|class|actor|protocol) "#)
        guard file.code.contains(where: { $0.contains(type) }) else { return [] }
        let wanted = parts.count > 1 ? "an extension of `\(name)`" : "a type named `\(name)`"
        return [Finding(path: file.path, line: 0, message: "found no \(wanted)")]
    }

    /// The first folders of absolute paths that mean the same on every machine.
    static let commonFolders: Set<String> = [
        "bin", "dev", "etc", "repo", "srv", "lib", "nonexistent", "path", "proc", "run", "sbin", "sys", "tmp",
        "usr",
        "var",
    ]

    /// Absolute paths that exist on somebody's machine alone.
    static func machinePaths(_ file: SourceFile) throws -> [Finding] {
        let path = try Regex(#"(?:^|[\s"'`(=<])(/([A-Za-z][\w.-]*)/[\w.-][\w./-]*)"#)
        // Most lines hold no slash; looking at them with a regular expression takes a minute in a debug build.
        return file.lines.enumerated().filter { $0.element.utf8.contains(UInt8(ascii: "/")) }.flatMap {
            index,
            line in
            line.matches(of: path).compactMap { match in
                guard let whole = match.output[1].substring, let first = match.output[2].substring,
                    !commonFolders.contains(String(first))
                else { return nil }
                let message = "`\(whole)` is a path of one machine"
                return Finding(path: file.path, line: index + 1, message: message)
            }
        }
    }
}
