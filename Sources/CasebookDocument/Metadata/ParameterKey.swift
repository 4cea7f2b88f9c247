/// The keys of one parameter, each with its row of the reference.
enum ParameterKey: String, CaseIterable, Sendable {
    case type
    case required
    case `default`
    case allowed
    case pattern
    case min
    case max
    case prompt
    case description
    case from

    var rule: KeyRule {
        switch self {
        case .type:
            KeyRule(
                KeyRule.words(Parameter.Kind.allCases.map(\.rawValue)),
                normally: "`string`",
                "What values are taken. A `secret` is masked wherever it would be shown and is never stored."
            )
        case .required:
            KeyRule("`true` or `false`", normally: "`false`", "A run does not start without a value.")
        case .default:
            KeyRule("a value", normally: "none", "The value when nobody gives one; a secret takes none.")
        case .allowed:
            KeyRule(
                "a list of values",
                normally: "every value of the type",
                "The only values taken; a `choice` must have it."
            )
        case .pattern:
            KeyRule("a regular expression", normally: "any text", "What the whole value must look like.")
        case .min: KeyRule("a number", normally: "no limit", "The smallest number taken.")
        case .max: KeyRule("a number", normally: "no limit", "The largest number taken.")
        case .prompt: KeyRule("text", normally: "the name", "The question, when a person is asked for it.")
        case .description: KeyRule("text", normally: "nothing", "Read as `prompt` when there is none.")
        case .from:
            KeyRule(
                "`env:NAME`, `file:PATH` or `command: LINE`",
                normally: "nothing",
                "Where the value comes from when nobody gives it: an environment variable, the text of a file beside the document, or what a command line of `sh` prints. A command is shown, and at a terminal asked for; unattended, one that destroys something or needs a person is refused."
            )
        }
    }
}

/// The keys of `defaults:`, each with its row of the reference.
enum DefaultKey: String, CaseIterable, Sendable {
    case timeout
    case runTimeout = "run-timeout"

    var rule: KeyRule {
        let time = AttributeRule.ValueKind.duration.expectation
        return switch self {
        case .timeout:
            KeyRule(
                time,
                normally: "none; unattended `5m`",
                "The time limit of each cell that names none."
            )
        case .runTimeout:
            KeyRule(time, normally: "none; unattended `1h`", "The time limit of the whole run.")
        }
    }
}
