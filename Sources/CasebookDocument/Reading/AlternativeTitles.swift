/// Recognises headings that stand for one way of several.
enum AlternativeTitles {
    /// What the ways differ in; only headings that differ in the same are alternatives of each other.
    enum Kind: Hashable {
        case numbered
        case operatingSystem
        case cloud
        case packageManager
    }

    static func kind(of title: String) -> Kind? {
        var words = HeadingWords(title).words[...]
        if let first = words.first, numbered.contains(first), words.count >= 2,
            isNumber(words.dropFirst().first)
        {
            return .numbered
        }
        while let first = words.first, leading.contains(first) { words.removeFirst() }
        for (kind, names) in systems where isOnly(words, names) { return kind }
        return nil
    }

    /// True when a title names systems and says nothing else: `Azure` and not `Azure Files`.
    private static func isOnly(_ words: ArraySlice<String>, _ names: [[String]]) -> Bool {
        var rest = words
        var hasName = false
        while let first = rest.first {
            if let name = names.first(where: { rest.starts(with: $0) }) {
                rest = rest.dropFirst(name.count)
                hasName = true
            } else if filling.contains(first) || first.allSatisfy(\.isNumber) {
                rest.removeFirst()
            } else {
                return false
            }
        }
        return hasName
    }

    private static let filling: Set<String> = [
        "and", "or", "based", "systems", "users", "server", "enterprise", "distributions", "cloud",
        "services",
        "web", "platform", "lts", "x", "family",
    ]

    private static func isNumber(_ word: String?) -> Bool {
        guard let word else { return false }
        return word.count == 1 || word.allSatisfy(\.isNumber)
            || ["one", "two", "three", "four"].contains(word)
    }

    private static let numbered: Set<String> = [
        "option", "method", "alternative", "approach", "variant", "way",
    ]
    private static let leading: Set<String> = [
        "on", "using", "with", "via", "for", "from", "through", "the", "install", "installing",
        "installation",
    ]

    private static let systems: [(Kind, [[String]])] = [
        (
            .operatingSystem,
            words(
                """
                linux, macos, mac os, mac, os x, windows, ubuntu, debian, centos, rhel, red hat, fedora, alpine, arch,
                suse, opensuse, amazon linux, rocky, wsl, freebsd
                """
            )
        ),
        (
            .cloud,
            words(
                "aws, amazon, eks, gcp, google, gke, azure, aks, openshift, digitalocean, on-prem, bare metal"
            )
        ),
        (.packageManager, words("apt, yum, dnf, brew, homebrew, snap, pacman, zypper, chocolatey, winget")),
    ]

    private static func words(_ list: String) -> [[String]] {
        list.split(separator: ",").map { HeadingWords($0).words }
    }
}
