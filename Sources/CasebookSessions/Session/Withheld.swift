import CasebookRun

/// What the record may not learn of a session's state.
struct Withheld {
    /// Values that no piece of the state may hold.
    var secrets: [[UInt8]] = []
    /// Finds those that are long enough to be told from other text in every spelling.
    var mask = SecretMask()
    /// What secret cells have set, as the pieces of the state are named: `variable TOKEN`, `alias login`.
    var names: Set<String> = []
    /// The code that restored the session before its last cell, when that cell is secret.
    var before: [UInt8]?

    /// Pieces that are a place or a setting.
    private static let harmless = ["the working directory", "umask", "option ", "an option", "module "]

    /// Nothing is withheld.
    static let nothing = Withheld()

    /// Why a piece of the state is not told; nil when it may be.
    ///
    /// - Parameter plain: the bytes that the code holds in another form.
    func reason(_ code: some Collection<UInt8>, _ plain: some Collection<UInt8>, _ name: String) -> String? {
        let holders = secrets.lazy.filter { !$0.isEmpty }
        if holders.contains(where: { code.contains($0) || plain.contains($0) })
            || mask.finds(in: code) || mask.finds(in: plain)
        {
            return "\(name) holds a secret"
        }
        return names.contains(name) ? "\(name) was set by a secret cell" : nil
    }

    /// True when the last cell, a secret one, has made a piece of the state, and the piece could hold what it knew.
    func isSetBySecretCell(_ code: some Collection<UInt8>, _ name: String) -> Bool {
        guard let before, !Self.harmless.contains(where: name.hasPrefix) else { return false }
        return !before.contains(Array(code))
    }
}

extension Withheld: Equatable {
    /// The mask is made of the secrets.
    static func == (one: Withheld, other: Withheld) -> Bool {
        one.secrets == other.secrets && one.names == other.names && one.before == other.before
    }
}
