package import CasebookDocument

/// The values of a run's parameters, or everything that is wrong with them at once.
package struct ParameterResolution: Sendable {
    /// Parameters and the other variables of the environment, in the order declared.
    package private(set) var values: [ParameterValue] = []
    /// What cells find in their environment, secrets included.
    package private(set) var variables: [String: String] = [:]
    /// The values of secrets, by name.
    package private(set) var secrets: [String: String] = [:]
    package private(set) var problems: [ParameterProblem] = []

    /// - Parameters:
    ///   - openVariables: what the cells read and nothing sets: it may be given without being declared.
    ///   - given: `-p NAME=VALUE` in the order given; a later one wins.
    ///   - environmentName: what `--environment` names.
    ///   - variable: looks up an environment variable of the caller.
    package init(
        _ metadata: Metadata,
        openVariables: [String] = [],
        given: [(name: String, value: String)],
        environmentName: String?,
        variable: (String) -> String?
    ) {
        let environment = chooseEnvironment(metadata, environmentName)
        let givenValues = Dictionary(given.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        let declaredNames = metadata.parameters.map(\.name)
        for (name, value) in given where !declaredNames.contains(name) {
            if openVariables.contains(name) {
                take(value, .given, for: Parameter(openVariable: name))
            } else {
                add(.undeclared(name: name, declared: declaredNames + openVariables))
            }
        }
        for parameter in metadata.parameters {
            let candidates: [(String?, ParameterValue.Origin)] = [
                (givenValues[parameter.name], .given),
                (environment?.values[parameter.name], .environment),
                (parameter.fromVariable.flatMap(variable), .variable),
                (parameter.defaultValue, .declaredDefault),
            ]
            let given = candidates.lazy.compactMap { value, origin in value.map { ($0, origin) } }.first
            guard let (value, origin) = given else {
                if parameter.isRequired { add(.missing(parameter)) }
                continue
            }
            take(value, origin, for: parameter)
        }
        for (name, value) in (environment?.values ?? [:]).sorted(by: { $0.key < $1.key })
        where !declaredNames.contains(name) {
            values.append(ParameterValue(name: name, value: value, origin: .environment))
            variables[name] = value
        }
    }

    /// The required parameters that nobody gave.
    package var missing: [Parameter] {
        problems.compactMap { problem in
            if case .missing(let parameter) = problem { parameter } else { nil }
        }
    }

    private mutating func take(_ value: String, _ origin: ParameterValue.Origin, for parameter: Parameter) {
        if let problem = parameter.rule(brokenBy: value) { return add(problem) }
        let isSecret = parameter.kind == .secret
        if isSecret { secrets[parameter.name] = value }
        variables[parameter.name] = value
        values.append(ParameterValue(name: parameter.name, value: isSecret ? nil : value, origin: origin))
    }

    private mutating func chooseEnvironment(_ metadata: Metadata, _ name: String?) -> Environment? {
        let known = metadata.environments.map(\.name)
        guard let name else {
            if !known.isEmpty { add(.environmentMissing(known: known)) }
            return nil
        }
        let chosen = metadata.environments.first { $0.name == name }
        if chosen == nil { add(.environmentUnknown(name: name, known: known)) }
        return chosen
    }

    private mutating func add(_ problem: ParameterProblem) {
        if !problems.contains(problem) { problems.append(problem) }
    }
}

/// What is wrong with one value.
package enum ParameterProblem: Error, Hashable, Sendable {
    case undeclared(name: String, declared: [String])
    case missing(Parameter)
    /// The value breaks a rule of its declaration; the reason is a sentence without the secret.
    case invalid(Parameter, reason: String)
    case environmentMissing(known: [String])
    case environmentUnknown(name: String, known: [String])
}

extension Parameter {
    /// The rule that a value breaks; nil when it obeys all.
    package func rule(brokenBy value: String) -> ParameterProblem? {
        problem(with: value).map { .invalid(self, reason: $0) }
    }
}

extension Parameter {
    /// What stands for a variable that nothing in the runbook sets; one whose name says so is a secret.
    package init(openVariable name: String) {
        self.init(name: name)
        let words = name.uppercased().split(separator: "_")
        let secretWords: Set<Substring> = [
            "PASSWORD", "PASSWD", "PASS", "TOKEN", "SECRET", "CREDENTIALS", "APIKEY", "PASSPHRASE",
        ]
        let endsInKey = words.last == "KEY" && words.count > 1
        if endsInKey || words.contains(where: secretWords.contains) { kind = .secret }
    }
}
