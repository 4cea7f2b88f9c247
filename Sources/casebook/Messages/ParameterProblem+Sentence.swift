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
        case .invalid(_, let reason): reason
        case .sourceFailed(let parameter, let reason):
            "parameter `\(parameter.name)`: \(reason); give it with `-p \(parameter.name)=VALUE`"
        case .environmentMissing(let known):
            "the runbook has environments; choose one with `--environment NAME`: \(Self.list(known))"
        case .environmentUnknown(let name, let known) where known.isEmpty:
            "environment `\(name)` is unknown: the runbook declares none"
        case .environmentUnknown(let name, let known):
            "environment `\(name)` is unknown; the runbook has \(Self.list(known))"
        }
    }

    private static func list(_ names: [String]) -> String {
        names.map { "`\($0)`" }.joined(separator: ", ")
    }
}
