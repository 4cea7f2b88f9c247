import Foundation

/// Rules about what the project tells its readers.
enum DocumentationRules {
    /// Links to files of the repository that are not there.
    static func brokenLinks(in page: SourceFile, repository: Repository) throws -> [Finding] {
        let link = try Regex(#"\]\(([^)\s]+)\)"#)
        let folder = URL(filePath: page.path, relativeTo: repository.root).deletingLastPathComponent()
        return prose(of: page).flatMap { number, line in
            line.matches(of: link).compactMap { match in
                let target = match.output[1].substring.map(String.init) ?? ""
                let path = String(target.prefix { $0 != "#" })
                guard !path.isEmpty, !path.contains("://"), !path.hasPrefix("mailto:") else { return nil }
                let file = folder.appending(path: path).standardizedFileURL
                guard !FileManager.default.fileExists(atPath: file.path) else { return nil }
                return Finding(path: page.path, line: number, message: "the link `\(target)` leads nowhere")
            }
        }
    }

    /// `make` targets that a page names and the Makefile does not have.
    static func unknownMakeTargets(in page: SourceFile, makefile: SourceFile) throws -> [Finding] {
        let declared = Set(
            makefile.lines.compactMap { line -> String? in
                guard line.first?.isLowercase == true, let colon = line.firstIndex(of: ":") else {
                    return nil
                }
                return String(line[..<colon])
            }
        )
        let call = try Regex(#"(?:`|^|&& )make ([a-z]+)"#)
        return page.lines.enumerated().flatMap { index, line in
            line.matches(of: call).compactMap { match in
                let target = match.output[1].substring.map(String.init) ?? ""
                guard !declared.contains(target) else { return nil }
                let message = "`make \(target)` is not in the Makefile"
                return Finding(path: page.path, line: index + 1, message: message)
            }
        }
    }

    /// Subcommands that a page names and the sources do not declare.
    static func unknownCommands(in page: SourceFile, commands: Set<String>) throws -> [Finding] {
        let call = try Regex(#"(?:`|^\$ |^)casebook ([a-z][a-z-]*)"#)
        return page.lines.enumerated().flatMap { index, line in
            line.matches(of: call).compactMap { match in
                let name = match.output[1].substring.map(String.init) ?? ""
                guard !commands.contains(name) else { return nil }
                let message = "`casebook \(name)` is no command"
                return Finding(path: page.path, line: index + 1, message: message)
            }
        }
    }

    /// The lines of a page outside fenced blocks, with their numbers.
    private static func prose(of page: SourceFile) -> [(Int, Substring)] {
        var fence: Substring?
        return page.lines.enumerated().compactMap { index, line in
            let mark = line.drop { $0 == " " || $0 == ">" }.prefix { $0 == "`" || $0 == "~" }
            if let open = fence {
                if mark.count >= open.count, mark.first == open.first { fence = nil }
                return nil
            }
            if mark.count >= 3 {
                fence = mark
                return nil
            }
            return (index + 1, line)
        }
    }
}
