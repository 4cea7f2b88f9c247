import CasebookDocument
import CasebookRun
import Testing

@Suite struct ParameterResolutionTests {
    private func parameter(_ name: String, _ change: (inout Parameter) -> Void = { _ in }) -> Parameter {
        var parameter = Parameter(name: name)
        change(&parameter)
        return parameter
    }

    private func resolve(
        _ parameters: [Parameter],
        environments: [Environment] = [],
        given: [(String, String)] = [],
        environment: String? = nil,
        variables: [String: String] = [:]
    ) -> ParameterResolution {
        var metadata = Metadata()
        metadata.parameters = parameters
        metadata.environments = environments
        return ParameterResolution(
            metadata,
            given: given.map { (name: $0.0, value: $0.1) },
            environmentName: environment,
            source: { _, source in
                guard case .variable(let name) = source else { return .failed(reason: "its command failed") }
                return variables[name].map(SourcedValue.value) ?? .none
            }
        )
    }

    @Test
    func `a value comes from the command line, the environment, a variable, the default, in that order`() {
        let both = parameter("A") {
            $0.defaultValue = "default"
            $0.source = .variable("VAR")
        }
        let staging = Environment(name: "staging", values: ["A": "staging"], isProtected: false)
        #expect(resolve([both]).variables["A"] == "default")
        #expect(resolve([both], variables: ["VAR": "v"]).variables["A"] == "v")
        let chosen = resolve([both], environments: [staging], environment: "staging", variables: ["VAR": "v"])
        #expect(chosen.variables["A"] == "staging")
        let given = resolve([both], environments: [staging], given: [("A", "g")], environment: "staging")
        #expect(given.values == [ParameterValue(name: "A", value: "g", origin: .given)])
    }

    @Test func `a source is asked for nothing that was given, and its failure is not covered by the default`()
    {
        let token = parameter("TOKEN") {
            $0.source = .command("get-token")
            $0.defaultValue = "default"
        }
        #expect(resolve([token], given: [("TOKEN", "g")]).problems.isEmpty)
        let failed = resolve([token])
        #expect(failed.problems == [.sourceFailed(token, reason: "its command failed")])
        #expect(failed.variables.isEmpty)
    }

    @Test func `every mistake is said at once`() {
        let needed = parameter("NEEDED") { $0.isRequired = true }
        let port = parameter("PORT") {
            $0.kind = .integer
            $0.maximum = 65535
        }
        let result = resolve([needed, port], given: [("PORT", "99999"), ("TYPO", "x")])
        #expect(
            result.problems == [
                .undeclared(name: "TYPO", declared: ["NEEDED", "PORT"]), .missing(needed),
                .invalid(port, reason: "parameter `PORT`: `99999` is more than 65535"),
            ]
        )
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let kind: Parameter.Kind
        let value: String
        let isValid: Bool
        var testDescription: String { "\(kind) \(value)" }
    }

    @Test(arguments: [
        Case(kind: .integer, value: "12", isValid: true), Case(kind: .integer, value: "1.5", isValid: false),
        Case(kind: .integer, value: "", isValid: false), Case(kind: .number, value: "1.5", isValid: true),
        Case(kind: .number, value: "nan", isValid: false), Case(kind: .boolean, value: "true", isValid: true),
        Case(kind: .boolean, value: "yes", isValid: false),
        Case(kind: .string, value: "; rm x", isValid: true),
        Case(kind: .string, value: "a\u{0}b", isValid: false),
        Case(kind: .secret, value: "abc", isValid: true),
        Case(kind: .secret, value: "abcd", isValid: true),
    ])
    func `a value obeys its kind`(_ example: Case) {
        let parameter = parameter("A") { $0.kind = example.kind }
        #expect((parameter.rule(brokenBy: example.value) == nil) == example.isValid)
    }

    @Test func `patterns match the whole value, and allowed values are exact`() {
        let ticket = parameter("T") { $0.pattern = "INC-[0-9]+" }
        #expect(ticket.rule(brokenBy: "INC-42") == nil)
        #expect(ticket.rule(brokenBy: "xINC-42")?.isInvalid == true)
        let tier = parameter("T") { $0.allowed = ["gold", "silver"] }
        #expect(tier.rule(brokenBy: "Gold")?.isInvalid == true)
    }

    @Test func `a secret reaches cells and no record`() {
        let token = parameter("TOKEN") { $0.kind = .secret }
        let result = resolve([token], given: [("TOKEN", "s3cret")])
        #expect(result.variables["TOKEN"] == "s3cret")
        #expect(result.values == [ParameterValue(name: "TOKEN", value: nil, origin: .given)])
        #expect(result.secrets.values.sorted() == ["s3cret"])
    }

    @Test func `an environment is required when there are some, and must be one of them`() {
        let staging = Environment(name: "staging", values: ["DB": "s"], isProtected: false)
        #expect(resolve([], environments: [staging]).problems == [.environmentMissing(known: ["staging"])])
        let wrong = resolve([], environments: [staging], environment: "prod")
        #expect(wrong.problems == [.environmentUnknown(name: "prod", known: ["staging"])])
        #expect(resolve([], environments: [staging], environment: "staging").variables == ["DB": "s"])
    }
}

extension ParameterProblem {
    fileprivate var isInvalid: Bool {
        if case .invalid = self { true } else { false }
    }
}
