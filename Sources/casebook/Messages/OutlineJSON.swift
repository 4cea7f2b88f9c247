import CasebookDocument

/// The JSON of `outline`; the keys are stable, and a fact that is not there is null.
struct OutlineJSON: Encodable {
    let title: String
    let metadata: MetadataJSON
    let parameters: [ParameterJSON]
    let environments: [EnvironmentJSON]
    /// Languages of the runbook's own, and the command that runs each.
    let interpreters: [String: String]
    let counts: [String: Int]
    /// How many errors `check` finds; with one the runbook is not run as it stands.
    let errors: Int
    /// How many blocks only the author's site shows as code.
    let unseen: Int
    let steps: [Step]

    init(_ runbook: Runbook) {
        title = runbook.title
        metadata = MetadataJSON(runbook.metadata)
        parameters = runbook.metadata.parameters.map(ParameterJSON.init)
        environments = runbook.metadata.environments.map {
            EnvironmentJSON(name: $0.name, protected: $0.isProtected)
        }
        interpreters = runbook.metadata.interpreters
        counts = Dictionary(
            ItemKind.allCases.map { kind in (kind.rawValue, runbook.items.count { $0.kind == kind }) },
            uniquingKeysWith: { $1 }
        )
        errors = runbook.diagnostics.count { $0.severity == .error }
        unseen = runbook.diagnostics.count { $0.code.hidesCode }
        steps = runbook.items.map(Step.init)
    }

    struct MetadataJSON: Encodable {
        let id, description, owner, author, escalation, permissions, type, status, version: Nullable<String>
        let lastUpdated: Nullable<String>
        let tools, tags: [String]

        init(_ metadata: Metadata) {
            id = Nullable(metadata.id)
            description = Nullable(metadata.description)
            owner = Nullable(metadata.owner)
            author = Nullable(metadata.author)
            escalation = Nullable(metadata.escalation)
            permissions = Nullable(metadata.permissions)
            type = Nullable(metadata.type)
            status = Nullable(metadata.status?.rawValue)
            version = Nullable(metadata.version)
            lastUpdated = Nullable(metadata.lastUpdated)
            tools = metadata.tools
            tags = metadata.tags
        }
    }

    struct ParameterJSON: Encodable {
        let name, kind: String
        let required: Bool
        let `default`: Nullable<String>
        let allowed: [String]

        init(_ parameter: Parameter) {
            name = parameter.name
            kind = parameter.kind.rawValue
            required = parameter.isRequired
            `default` = Nullable(parameter.kind == .secret ? nil : parameter.defaultValue)
            allowed = parameter.allowed
        }
    }

    struct EnvironmentJSON: Encodable {
        let name: String
        let protected: Bool
    }

    struct Step: Encodable {
        let name, kind: String
        let reason: Nullable<String>
        let line: Int
        let headings: [String]
        let language: Nullable<String>
        let code: Nullable<String>
        /// The variables that its code reads and nothing in the runbook sets.
        let needs: [String]
        /// The names of its blanks, when it runs once each has a value.
        let blanks: [String]
        /// What is asked, for an item that is no cell.
        let text: Nullable<String>
        let answers: [String]
        let condition: Nullable<Condition>

        struct Condition: Encodable {
            let gate, answer: String
        }

        init(_ item: RunbookItem) {
            name = item.id.name
            kind = item.kind.rawValue
            reason = Nullable(item.reason)
            line = item.place.line
            headings = item.place.headings
            condition = Nullable(
                item.place.condition.map { Condition(gate: $0.gate.name, answer: $0.answer) }
            )
            switch item {
            case .cell(let cell):
                language = Nullable(cell.language.name)
                code = Nullable(String(decoding: cell.code, as: UTF8.self))
                needs = cell.openVariables
                blanks = cell.filling?.names ?? []
                text = Nullable(nil)
                answers = []
            case .gate(let gate):
                language = Nullable(nil)
                code = Nullable(nil)
                needs = []
                blanks = []
                text = Nullable(gate.text)
                answers = gate.answers.map(\.word)
            }
        }
    }
}

/// A value whose key is written also when there is none.
struct Nullable<Value: Encodable>: Encodable {
    let value: Value?

    init(_ value: Value?) { self.value = value }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let value { try container.encode(value) } else { try container.encodeNil() }
    }
}
