import CasebookDocument
import CasebookRun

extension ParameterProblem {
    /// One sentence, with what to do.
    var sentence: String {
        switch self {
        case .undeclared(let name, let declared) where declared.isEmpty:
            "parameter `\(name)` is not declared: the runbook declares none"
        case .undeclared(let name, let declared):
            "parameter `\(name)` is not declared; the runbook declares \(Self.list(declared))"
        case .missing(let parameter):
            "parameter `\(parameter.name)` is required; give it with `-p \(parameter.name)=VALUE`"
        case .notOfKind(let parameter, let value):
            "parameter `\(parameter.name)` is `\(shown(value, parameter))`, which is not \(parameter.kind.article)"
        case .notAllowed(let parameter, let value):
            "parameter `\(parameter.name)` is `\(shown(value, parameter))`; allowed: \(Self.list(parameter.allowed))"
        case .patternInvalid(let parameter):
            "parameter `\(parameter.name)` has a pattern that is not a regular expression: "
                + "`\(parameter.pattern ?? "")`"
        case .patternNotMatched(let parameter, let value):
            "parameter `\(parameter.name)` is `\(shown(value, parameter))`, which does not match `\(parameter.pattern ?? "")`"
        case .outOfRange(let parameter, let value):
            "parameter `\(parameter.name)` is `\(value)`; \(parameter.limits)"
        case .secretTooShort(let parameter):
            "secret `\(parameter.name)` has fewer than \(SecretMask.bytesMin) bytes and could not be masked in outputs"
        case .environmentMissing(let known):
            "the runbook has environments; choose one with `--environment NAME`: \(Self.list(known))"
        case .environmentUnknown(let name, let known) where known.isEmpty:
            "environment `\(name)` is unknown: the runbook declares none"
        case .environmentUnknown(let name, let known):
            "environment `\(name)` is unknown; the runbook has \(Self.list(known))"
        }
    }

    private func shown(_ value: String, _ parameter: Parameter) -> String {
        parameter.kind == .secret ? "****" : value
    }

    private static func list(_ names: [String]) -> String {
        names.map { "`\($0)`" }.joined(separator: ", ")
    }
}

extension Parameter {
    fileprivate var limits: String {
        let bounds = [minimum.map { "at least \(plain($0))" }, maximum.map { "at most \(plain($0))" }]
        return "expected " + bounds.compactMap(\.self).joined(separator: " and ")
    }

    private func plain(_ number: Double) -> String {
        Int(exactly: number).map(String.init) ?? String(number)
    }
}

extension Parameter.Kind {
    fileprivate var article: String {
        switch self {
        case .integer: "an integer"
        case .boolean: "`true` or `false`"
        case .number: "a number"
        case .string, .choice, .secret, .file: "a text without NUL bytes"
        }
    }
}
