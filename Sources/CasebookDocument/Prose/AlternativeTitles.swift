/// Recognises headings that stand for one way of several.
enum AlternativeTitles {
    /// What the ways differ in; only headings that differ in the same are alternatives of each other.
    enum Kind: Hashable {
        case numbered
        case operatingSystem
        case cloud
        case packageManager
        case engine
        case securityModule
        case architecture
        case cluster
        case interface
        case version
        case environment
        /// *Deploying manually with manifests* and *Deploying with Helm*: the words before the means.
        case means([String])
        /// *With load balancers* and *without load balancers*: the words besides.
        case presence([String])
    }

    static func kind(of title: String) -> Kind? {
        var words = HeadingWords(title.start(200).before(UInt8(ascii: "("))).words[...]
        if words.first == "the" { words.removeFirst() }
        let all = Array(words)
        if let first = words.first, numbered.contains(first), words.count >= 2,
            isNumber(words.dropFirst().first)
        {
            return .numbered
        }
        if words.last == "scenario", words.count > 1, words.count < 6 { return .numbered }
        // `Steps to perform on Mac`
        if let first = words.first, ["steps", "instructions"].contains(first) {
            words = words.dropFirst(words.dropFirst().first == "to" ? 3 : 1)
        }
        while let first = words.first, leading.contains(first) { words.removeFirst() }
        // `For other cloud providers`: the last of several.
        if words.first == "other", words.dropFirst().first == "cloud" { return .cloud }
        if let first = words.first, firstWords.contains(first) || first.utf8.first?.isDigit == true {
            for (kind, names) in systems where isOnly(words, names) { return kind }
        }
        if isVersion(title, all) { return .version }
        if let before = beforeMeans(all) { return .means(before) }
        guard let index = all.firstIndex(where: { ["with", "without"].contains($0) }), all.count > index + 1
        else {
            return nil
        }
        return .presence(Array(all[..<index]) + ["with"] + Array(all[(index + 1)...]))
    }

    /// The words before *with Helm chart*, *using kubectl*, *from source*; nil for what names no means.
    private static func beforeMeans(_ words: [String]) -> [String]? {
        guard let index = words.firstIndex(where: { ["with", "using", "via", "from", "by"].contains($0) }),
            index > 0, index < 6, words[(index + 1)...].prefix(2).contains(where: means.contains)
        else { return nil }
        return words[..<index].filter { $0 != "manually" && $0 != "the" }
    }

    private static let means: Set<String> = [
        "helm", "kubectl", "kustomize", "manifest", "manifests", "yaml", "terraform", "ansible", "docker",
        "docker-compose", "podman", "script", "operator", "olm", "source", "sources", "binary", "binaries",
        "package",
        "packages", "snapshot", "cli", "console", "ui", "api", "hand", "pulumi", "argocd", "flux", "pip",
        "npm",
        "homebrew", "brew", "apt", "yum",
    ]

    /// True for ways that differ in a system or a version, whatever their number.
    static func isNamed(_ kind: Kind) -> Bool {
        switch kind {
        case .numbered, .presence, .interface, .means, .environment: false
        default: true
        }
    }

    /// `For versions <= 1.2`, `Version 2 and later`.
    private static func isVersion(_ title: String, _ words: [String]) -> Bool {
        guard words.prefix(4).contains(where: { ["version", "versions", "releases"].contains($0) }) else {
            return false
        }
        return title.contains { "<>≤≥".contains($0) } || words.contains(where: comparisons.contains)
    }

    private static let comparisons: Set<String> = [
        "before", "after", "older", "newer", "later", "earlier", "above", "below", "prior",
    ]

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
        "web", "platform", "environment", "environments", "env", "lts", "x", "family", "microsoft",
        "clusters",
    ]

    private static func isNumber(_ word: String?) -> Bool {
        guard let word else { return false }
        return word.count == 1 || word.allSatisfy(\.isNumber)
            || ["one", "two", "three", "four"].contains(word)
    }

    private static let numbered: Set<String> = [
        "option", "method", "alternative", "approach", "variant", "way", "scenario", "workaround", "solution",
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
                """
                aws, amazon, eks, gcp, google, gke, azure, aks, openshift, digitalocean, ibm cloud, oracle cloud, alibaba cloud,
                hetzner, linode, on-prem, on-premises, on premises, bare metal
                """
            )
        ),
        (
            .environment,
            words(
                """
                staging, stage, production, prod, development, dev, preproduction, pre-production, preprod, qa, uat, sandbox,
                integration
                """
            )
        ),
        (.securityModule, words("apparmor, selinux, seccomp")),
        (.engine, words("docker, podman, nerdctl")),
        (.architecture, words("amd64, arm64, x86_64, aarch64, x86-64, intel, apple silicon")),
        (.cluster, words("minikube, kind, k3s, k3d, microk8s, docker desktop")),
        (
            .interface,
            words(
                """
                cli, command line, console, web console, portal, azure portal, azure cli, aws cli, azure powershell,
                powershell, gui, ui, web ui, dashboard, bicep, arm template
                """
            )
        ),
        (.packageManager, words("apt, yum, dnf, brew, homebrew, snap, pacman, zypper, chocolatey, winget")),
    ]

    /// The words with which a title begins that names systems and says nothing else.
    private static let firstWords = Set(systems.flatMap { $0.1.compactMap(\.first) }).union(filling)

    /// True for *Option 1* and the like at the start of a text.
    static func isNumbered(_ text: String) -> Bool {
        guard let first = HeadingWords.first(of: text.start(40)), first == "the" || numbered.contains(first)
        else { return false }
        let word = HeadingWords(text.start(40)).words.first { $0 != "the" }
        guard let word, numbered.contains(word) else { return false }
        return kind(of: String(text.start(40))) == .numbered
    }

    private static func words(_ list: String) -> [[String]] {
        list.split(separator: ",").map { HeadingWords($0).words }
    }
}
