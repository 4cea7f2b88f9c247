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
    ///   - source: reads the value of a parameter that nobody gave from where the runbook says.
    package init(
        _ metadata: Metadata,
        openVariables: [String] = [],
        given: [(name: String, value: String)],
        environmentName: String?,
        source: (Parameter, ParameterSource) -> SourcedValue
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
            let said =
                givenValues[parameter.name].map { ($0, ParameterValue.Origin.given) }
                ?? environment?.values[parameter.name].map { ($0, .environment) }
            var found = said
            if found == nil, let place = parameter.source {
                switch source(parameter, place) {
                case .value(let value): found = (value, place.origin)
                case .none: break
                case .failed(let reason):
                    add(.sourceFailed(parameter, reason: reason))
                    continue
                case .later: continue
                }
            }
            guard let (value, origin) = found ?? parameter.defaultValue.map({ ($0, .declaredDefault) }) else {
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
    /// The value could not be read from where the runbook says; the reason is a phrase.
    case sourceFailed(Parameter, reason: String)
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

/// What came of reading a value from where its runbook says.
package enum SourcedValue: Hashable, Sendable {
    case value(String)
    /// There is none: the default counts, or a person is asked.
    case none
    case failed(reason: String)
    /// It is read when the run starts.
    case later

    /// The most that Linux takes for one variable of an environment, nearly.
    package static let bytesMax = (128 << 10) - 256
}

extension ParameterSource {
    fileprivate var origin: ParameterValue.Origin {
        switch self {
        case .variable: .variable
        case .file: .file
        case .command: .command
        }
    }
}
