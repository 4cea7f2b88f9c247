/// One simple command of a shell cell: its words, and whether something is fed into it.
struct ShellCommand: Hashable, Sendable {
    /// Words without their quotes; assignments and wrappers such as `sudo` are left out.
    let words: [String]
    /// The first word without its directory.
    let name: String
    /// True when a pipe, a redirection or a here-document feeds it.
    let hasInput: Bool
    /// True when it runs in the background.
    let isDetached: Bool
    /// True when `timeout` ends it.
    let isBounded: Bool

    init(words: [String], hasInput: Bool, isDetached: Bool, isBounded: Bool) {
        self.words = words
        let first = words.first ?? ""
        name =
            first.utf8.contains(UInt8(ascii: "/"))
            ? first.split(separator: "/").last.map(String.init) ?? first : first
        self.hasInput = hasInput
        self.isDetached = isDetached
        self.isBounded = isBounded
    }
}

extension ShellCommand {
    /// The words after the name that are no options.
    func operands(valueOptions: Set<String> = []) -> [String] {
        var operands: [String] = []
        var isValue = false
        for word in words.dropFirst() {
            if isValue {
                isValue = false
            } else if word.hasPrefix("-"), word.count > 1 {
                isValue = valueOptions.contains(word)
            } else {
                operands.append(word)
            }
        }
        return operands
    }

    /// True when an option is given: a long one with or without value, or a letter in a cluster such as
    /// `-it`.
    func has(option: String) -> Bool {
        for word in words.dropFirst() where word.hasPrefix("-") {
            if word == option || word.hasPrefix(option + "=") { return true }
            if option.count == 2, !word.hasPrefix("--"), let letter = option.last,
                word.dropFirst().allSatisfy({ $0.isLetter || $0.isNumber }), word.count <= 5,
                word.dropFirst().contains(letter)
            {
                return true
            }
        }
        return false
    }
}
