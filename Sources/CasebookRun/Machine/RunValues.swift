import CasebookDocument

/// The values that a run has, and which session was given which of them.
package struct RunValues: Hashable, Sendable {
    /// What conditions read: parameters, captured values, the answers of checkpoints with choices.
    private(set) var byName: [String: String] = [:]
    /// What cells are given, in the order in which it came; the value of a secret is not known here.
    private var given: [Given] = []
    /// The names whose values are gone.
    private var lostNames: Set<String> = []
    /// How many of them each session has.
    private var taken: [String: Int] = [:]
    /// How many of them the cell that runs found.
    private var offered = 0

    private struct Given: Hashable, Sendable {
        let name: String
        let value: String?
        let isExported: Bool
    }

    init() {}

    /// Takes a value that is in the environment of every session from its start.
    mutating func know(_ name: String, _ value: String?) { byName[name] = value }

    /// Takes a value that later cells find in their environment.
    ///
    /// - Parameter isExported: true for what a session exported; no condition reads that.
    mutating func give(_ name: String, _ value: String?, isExported: Bool = false) {
        if !isExported { byName[name] = value }
        guard VariableName.problem(with: name) == nil else { return }
        given.append(Given(name: name, value: value, isExported: isExported))
    }

    /// True for a variable that other sessions do not have, or have with another value.
    ///
    /// - Parameter secret: the value that is known of a secret one.
    package func isNews(_ name: String, _ value: String, secret: String?) -> Bool {
        guard VariableName.isShared(name), value.utf8.count <= SourcedValue.bytesMax else {
            return false
        }
        guard let last = given.last(where: { $0.name == name }) else { return true }
        return (last.value ?? secret) != value
    }

    /// Forgets a value that was in no record.
    mutating func lose(_ name: String) {
        byName[name] = nil
        let lost = given.indices.filter { given[$0].name == name && given[$0].value == nil }
        // What a session has is counted from the start of the list.
        taken = taken.mapValues { count in count - lost.count { $0 < count } }
        for index in lost.reversed() { given.remove(at: index) }
        if !given.contains(where: { $0.name == name }) { lostNames.insert(name) }
    }

    /// True for a value that was given, and is in no record and gone.
    func isLost(_ name: String) -> Bool { lostNames.contains(name) && !isGiven(name) }

    /// True for a value that some cell or answer gave, also for a secret one.
    func isGiven(_ name: String) -> Bool { byName[name] != nil || given.contains { $0.name == name } }

    /// The names whose values are in no record.
    package var secretNames: [String] {
        let last = Dictionary(given.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        var seen: Set<String> = []
        return given.map(\.name).filter { last[$0] == .some(nil) && seen.insert($0).inserted }
    }

    /// Notes that a cell starts, with all values that there are.
    mutating func offer() { offered = given.count }

    /// Notes that the session of that cell has them, and that its saved state holds them.
    mutating func settle(session: String) { taken[session] = offered }

    /// What a session is still to be given; nil for the value of a secret.
    ///
    /// - Parameter isNamed: true for a session with a name of its own, which gets nothing that others exported.
    package func missing(in session: String, isNamed: Bool) -> [String: String?] {
        let rest = given.dropFirst(taken[session] ?? 0).filter { !isNamed || !$0.isExported }
        return Dictionary(rest.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    }
}
