import Glibc

/// Where a document stands in version control.
struct GitState {
    /// The commit that is checked out; nil outside a repository and before the first commit.
    var commit: String?
    /// True when the document differs from that commit.
    var isDirty: Bool?
    /// The remote's address and the document's path in the repository: the same on every machine.
    var identity: String?

    /// Asks git, when the document lies in a repository and git is installed.
    static func of(_ path: String) -> GitState {
        var state = GitState()
        guard let root = repositoryRoot(above: path) else { return state }
        // A repository's own settings must not make a look run a program.
        let safe = ["git", "-c", "core.fsmonitor=false", "-C", root]
        let status = Subprocess.output(of: safe + ["status", "--porcelain=v2", "--branch", "--", path])
        for line in status?.split(separator: "\n") ?? [] {
            if line.hasPrefix("# branch.oid ") {
                let commit = String(line.dropFirst("# branch.oid ".count))
                state.commit = commit.hasPrefix("(") ? nil : commit
                state.isDirty = state.isDirty ?? false
            } else if !line.hasPrefix("#") {
                state.isDirty = true
            }
        }
        if let remote = Subprocess.output(of: safe + ["config", "--get", "remote.origin.url"])?.split(
            separator: "\n"
        ).first {
            state.identity = "\(withoutCredentials(String(remote)))#\(path.dropFirst(root.count + 1))"
        }
        return state
    }

    private static func repositoryRoot(above path: String) -> String? {
        var directory = Substring(path)
        while let slash = directory.lastIndex(of: "/") {
            directory = directory[..<slash]
            if access(directory + "/.git", F_OK) == 0 { return String(directory) }
        }
        return nil
    }

    /// `https://user:token@host/x` without the part that is nobody's business.
    private static func withoutCredentials(_ address: String) -> String {
        guard let scheme = address.range(of: "://"), let at = address.lastIndex(of: "@"),
            at > scheme.upperBound
        else { return address }
        return address[..<scheme.upperBound] + String(address[address.index(after: at)...])
    }
}

extension String {
    fileprivate func range(of needle: String) -> Range<Index>? {
        ranges(of: needle).first
    }
}
