/// A table of commands, found by the name of the command.
struct CommandRules: Sendable {
    private var rulesByName: [String: [CommandRule]] = [:]
    /// Rows whose command is a pattern, such as `mkfs*`.
    private var patterns: [CommandRule] = []
    /// Rows for every program that has commands of its own.
    private var general: [CommandRule] = []

    init(_ rows: [CommandRule]) {
        for row in rows {
            if row.name == "*" {
                general.append(row)
            } else if row.name.hasSuffix("*") {
                patterns.append(row)
            } else {
                rulesByName[row.name, default: []].append(row)
            }
        }
    }

    /// True for a command that has rows of its own.
    func knows(_ name: String) -> Bool { rulesByName[name] != nil }

    /// The first row that one of the commands matches, in words: "`rm` deletes files without asking".
    func reason(for commands: [ShellCommand]) -> String? {
        for command in commands {
            guard let rule = rule(for: command) else { continue }
            return "`\(rule.spelling(in: command))` \(rule.because)"
        }
        return nil
    }

    /// The row of its own that a command matches, and none for every program.
    func ownRule(for command: ShellCommand) -> CommandRule? {
        rulesByName[command.name]?.first { $0.matches(command) } ?? patterns.first { $0.matches(command) }
    }

    /// The row that a command matches: one of its own before one for every program.
    func rule(for command: ShellCommand) -> CommandRule? {
        ownRule(for: command)
            ?? (CommandRule.takesCommands(command) ? general : []).first { $0.matches(command) }
    }
}
