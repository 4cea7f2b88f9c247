/// Lets only so many in at once.
///
/// Each session has six descriptors, and Foundation's `Process` falls over where a process has more than a thousand.
actor Turnstile {
    static let sessions = Turnstile(places: 24)

    private var places: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(places: Int) { self.places = places }

    func enter() async {
        guard places == 0 else { return places -= 1 }
        await withCheckedContinuation { waiting.append($0) }
    }

    /// Gives the place to whoever has waited longest.
    func leave() {
        guard !waiting.isEmpty else { return places += 1 }
        waiting.removeFirst().resume()
    }
}
