/// What the record may not learn of a session's state.
struct Withheld: Hashable {
    /// Values that no piece of the state may hold.
    var secrets: [[UInt8]] = []
    /// The variables that secret cells have set, as the pieces of the state are named: `variable TOKEN`.
    var names: Set<String> = []
    /// The code that restored the session before its last cell, when that cell is secret.
    var before: [UInt8]?

    /// Nothing is withheld.
    static let nothing = Withheld()

    /// Why a piece of the state is not told; nil when it may be.
    ///
    /// - Parameter plain: the bytes that the code holds in another form.
    func reason(_ code: some Collection<UInt8>, _ plain: some Collection<UInt8>, _ name: String) -> String? {
        let holders = secrets.lazy.filter { !$0.isEmpty }
        if holders.contains(where: { code.contains($0) || plain.contains($0) }) {
            return "\(name) holds a secret"
        }
        return names.contains(name) ? "\(name) was set by a secret cell" : nil
    }

    /// True when a piece of the state is a variable that the last cell, a secret one, has set.
    func isSetBySecretCell(_ code: some Collection<UInt8>, _ name: String) -> Bool {
        guard let before, name.hasPrefix("variable ") || name.hasPrefix("environment variable ") else {
            return false
        }
        return !before.contains(Array(code))
    }
}
