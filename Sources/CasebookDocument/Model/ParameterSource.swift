/// Where the value of a parameter comes from when nobody gives one.
package enum ParameterSource: Hashable, Sendable {
    /// An environment variable of whoever starts the run.
    case variable(String)
    /// A file, relative to the document's folder; its text without the line endings at its end.
    case file(String)
    /// What a command line of `sh` prints, without the line endings at its end.
    case command(String)

    /// Reads `env:NAME`, `file:PATH` or `command: LINE`; nil for anything else.
    package init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let rest = AttributeValue.trimmed(text[text.index(after: colon)...])
        self.init(kind: String(text[..<colon]), rest)
    }

    init?(kind: String, _ text: String) {
        guard !text.isEmpty, !text.utf8.contains(0) else { return nil }
        switch kind {
        case "env" where AttributeValue.isVariable(text): self = .variable(text)
        case "file": self = .file(text)
        case "command": self = .command(text)
        default: return nil
        }
    }
}

extension ParameterSource {
    /// Why only a person can have its command run; nil for one that may run by itself, and for what is no command.
    package var reasonToAsk: String? {
        guard case .command(let line) = self else { return nil }
        let code = Array(line.utf8)
        let commands = ShellReader.commands(in: code)
        return CommandTable.byHand.reason(for: commands)
            ?? CommandTable.destruction(by: commands, in: code, .sh)
    }
}
