/// What the reference says of one key: the same for the front matter, a parameter and the defaults.
struct KeyRule: Sendable {
    /// What a value must look like, in words.
    let value: String
    /// What holds without it, in words.
    let normally: String
    let help: String
    /// Nil when this version acts on it; else what happens, in words.
    var notYet: String?

    init(_ value: String, normally: String, _ help: String, notYet: String? = nil) {
        self.value = value
        self.normally = normally
        self.help = help
        self.notYet = notYet
    }
}

extension KeyRule {
    static func words(_ words: [String]) -> String {
        words.map { "`\($0)`" }.joined(separator: ", ")
    }
}
