// MARK: - Parameters

extension MetadataReader {
    /// `parameters:` as a mapping of names, or as a list of mappings with a `name`.
    mutating func readParameters(_ value: YAMLNode) {
        switch value.content {
        case .empty: return
        case .mapping(let pairs):
            for pair in pairs { readParameter(pair.key, at: pair.keyRange, pair.value, isListed: false) }
        case .sequence(let values):
            for value in values {
                guard let pairs = value.pairs, let name = pairs.first(where: { $0.key == "name" }),
                    let text = name.value.string
                else {
                    report(.parameterInvalid, at: value.range, "a parameter has no `name`", isStrict: true)
                    continue
                }
                readParameter(text, at: name.value.range, value, isListed: true)
            }
        case .scalar:
            report(
                .parameterInvalid,
                at: value.range,
                "`parameters` takes names with their rules",
                isStrict: true
            )
        }
    }

    private mutating func readParameter(
        _ name: String,
        at range: ByteRange,
        _ value: YAMLNode,
        isListed: Bool
    ) {
        if let problem = VariableName.problem(with: name) {
            report(.parameterInvalid, at: range, "the parameter `\(name)` \(problem)", isStrict: true)
            return
        }
        guard !metadata.parameters.contains(where: { $0.name == name }) else {
            report(.parameterInvalid, at: range, "the parameter `\(name)` is declared twice", isStrict: true)
            return
        }
        var parameter = Parameter(name: name)
        parameter.range = range
        switch value.content {
        case .empty: break
        case .scalar(let text): parameter.defaultValue = text
        case .sequence:
            report(
                .parameterInvalid,
                at: value.range,
                "the parameter `\(name)` takes rules, found a list",
                isStrict: true
            )
        case .mapping(let pairs):
            for pair in pairs where !(isListed && pair.key == "name") {
                if let problem = set(&parameter, pair.key, pair.value) {
                    let isKey = ParameterKey(rawValue: pair.key) == nil
                    report(
                        .parameterInvalid,
                        at: isKey ? pair.keyRange : pair.value.range,
                        "the parameter `\(name)`: \(problem)",
                        advice: isKey
                            ? NearMiss.of(pair.key, among: ParameterKey.allCases.map(\.rawValue))
                                .map { "did you mean `\($0)`?" } : nil,
                        isStrict: true
                    )
                }
            }
        }
        check(parameter, at: range)
        metadata.parameters.append(parameter)
    }

    /// Sets one rule; what is wrong comes back in words.
    private func set(_ parameter: inout Parameter, _ name: String, _ value: YAMLNode) -> String? {
        guard let key = ParameterKey(rawValue: name) else { return "the key `\(name)` is unknown" }
        let text = value.string ?? ""
        switch key {
        case .type:
            guard let kind = Parameter.Kind(rawValue: text) else {
                let kinds = Parameter.Kind.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
                return "`type` takes \(kinds), found `\(text)`"
            }
            parameter.kind = kind
        case .required:
            guard let flag = AttributeValue.flag(text) else {
                return "`required` takes `true` or `false`, found `\(text)`"
            }
            parameter.isRequired = flag
        case .default: parameter.defaultValue = value.isEmpty ? nil : text
        case .allowed:
            guard let allowed = value.strings, !allowed.isEmpty else {
                return "`allowed` takes a list of values"
            }
            parameter.allowed = allowed
        case .pattern:
            guard TextPattern(text) != nil, !text.isEmpty else {
                return "`pattern` is no regular expression: `\(text)`"
            }
            parameter.pattern = text
        case .min:
            guard let number = Double(text) else { return "`min` takes a number, found `\(text)`" }
            parameter.minimum = number
        case .max:
            guard let number = Double(text) else { return "`max` takes a number, found `\(text)`" }
            parameter.maximum = number
        case .prompt: parameter.prompt = text
        case .description: if parameter.prompt == nil { parameter.prompt = text }
        case .from:
            guard let source = Self.source(value) else {
                return "`from` takes `env:NAME`, `file:PATH` or `command: LINE`, found `\(text)`"
            }
            parameter.source = source
        }
        return nil
    }

    /// A text such as `env:NAME`, or a mapping with one of its words: `{command: pass show db}`.
    private static func source(_ value: YAMLNode) -> ParameterSource? {
        if let text = value.string { return ParameterSource(text) }
        guard case .mapping(let pairs) = value.content, pairs.count == 1, let pair = pairs.first else {
            return nil
        }
        return pair.value.string.flatMap { ParameterSource(kind: pair.key, $0) }
    }

    private mutating func check(_ parameter: Parameter, at range: ByteRange) {
        if parameter.kind == .choice, parameter.allowed.isEmpty {
            report(
                .parameterInvalid,
                at: range,
                "the parameter `\(parameter.name)` is a choice of nothing: `allowed` is missing",
                isStrict: true
            )
        }
        if let minimum = parameter.minimum, let maximum = parameter.maximum, minimum > maximum {
            report(
                .parameterInvalid,
                at: range,
                "the parameter `\(parameter.name)` has a `min` above its `max`",
                isStrict: true
            )
        }
        guard let value = parameter.defaultValue else { return }
        if parameter.kind == .secret {
            report(
                .parameterInvalid,
                at: range,
                "the parameter `\(parameter.name)` is a secret and has a `default` in the document",
                advice: "remove the `default`, and take it from the environment with `from: env:NAME`",
                isStrict: true
            )
        } else if let problem = parameter.problem(with: value) {
            report(.parameterInvalid, at: range, "the `default` of \(problem)", isStrict: true)
        }
    }
}

// MARK: - Environments

extension MetadataReader {
    mutating func readEnvironments(_ value: YAMLNode) {
        if value.isEmpty { return }
        guard let pairs = value.pairs else {
            report(
                .environmentInvalid,
                at: value.range,
                "`environments` takes names with their values",
                isStrict: true
            )
            return
        }
        for pair in pairs { readEnvironment(pair.key, at: pair.keyRange, pair.value) }
    }

    private mutating func readEnvironment(_ name: String, at range: ByteRange, _ value: YAMLNode) {
        guard AttributeValue.isName(name), value.isEmpty || value.pairs != nil else {
            report(
                .environmentInvalid,
                at: range,
                "the environment `\(name)` takes a name of letters, digits, `-`, `_` and `.`, and values",
                isStrict: true
            )
            return
        }
        var values: [String: String] = [:]
        var isProtected = false
        for pair in value.pairs ?? [] {
            if pair.key == "protected" {
                guard let flag = pair.value.string.flatMap({ AttributeValue.flag($0) }) else {
                    report(
                        .environmentInvalid,
                        at: pair.value.range,
                        "`protected` takes `true` or `false`",
                        isStrict: true
                    )
                    continue
                }
                isProtected = flag
            } else if let problem = VariableName.problem(with: pair.key) {
                report(
                    .environmentInvalid,
                    at: pair.keyRange,
                    "the variable `\(pair.key)` \(problem)",
                    isStrict: true
                )
            } else if pair.value.isEmpty || pair.value.string != nil {
                values[pair.key] = pair.value.string ?? ""
            } else {
                report(
                    .environmentInvalid,
                    at: pair.value.range,
                    "the variable `\(pair.key)` takes one value",
                    isStrict: true
                )
            }
        }
        metadata.environments.append(Environment(name: name, values: values, isProtected: isProtected))
        environmentRanges.append(range)
    }

    /// Checks the values that environments give to parameters; all are known only at the end.
    mutating func checkEnvironments() {
        for (environment, range) in zip(metadata.environments, environmentRanges) {
            for parameter in metadata.parameters {
                guard let problem = environment.values[parameter.name].flatMap(parameter.problem) else {
                    continue
                }
                report(
                    .environmentInvalid,
                    at: range,
                    "in the environment `\(environment.name)`, \(problem)",
                    isStrict: true
                )
            }
        }
    }
}
