/// Reads the front matter into ``Metadata``.
///
/// At the top level a key counts when its value is valid for Casebook, because other tools use the same
/// words; below `casebook:` every key and value must be right.
struct MetadataReader {
    let source: SourceText
    var metadata = Metadata()
    var diagnostics: [Diagnostic] = []
    private var statusRange: ByteRange?
    var environmentRanges: [ByteRange] = []

    init(_ place: FrontMatterPlace, in source: SourceText) {
        self.source = source
        if let range = place.unclosed {
            diagnostics.append(
                Diagnostic(
                    .warning,
                    .frontMatterUnclosed,
                    at: range,
                    "the front matter that starts here is never closed, so it is read as Markdown",
                    advice: "close it with `---` on a line of its own"
                )
            )
        }
        // Yams is not touched without front matter: loading it costs more than a small run.
        guard place.yaml != nil else { return }
        do {
            guard let node = try YAMLNode.read(place, in: source) else { return }
            guard let pairs = node.pairs else {
                report(.frontMatterInvalid, at: node.range, "the front matter holds no keys", isStrict: true)
                return
            }
            read(pairs, isStrict: false)
            readAliases(pairs)
        } catch {
            diagnostics.append(
                Diagnostic(
                    .error,
                    .frontMatterInvalid,
                    at: error.range,
                    error.message,
                    advice: "make it YAML between two lines `---`"
                )
            )
        }
        checkStatus()
        checkEnvironments()
    }

    /// Adds an error below `casebook:`, else a warning.
    mutating func report(
        _ code: DiagnosticCode,
        at range: ByteRange,
        _ message: String,
        advice: String? = nil,
        isStrict: Bool
    ) {
        diagnostics.append(Diagnostic(isStrict ? .error : .warning, code, at: range, message, advice: advice))
    }
}

// MARK: - Keys

extension MetadataReader {
    private mutating func read(
        _ pairs: [(key: String, keyRange: ByteRange, value: YAMLNode)],
        isStrict: Bool
    ) {
        for pair in pairs {
            let key = pair.key.replacing("_", with: "-").lowercased()
            if key == "casebook", !isStrict {
                guard let inner = pair.value.pairs else {
                    report(
                        .frontMatterInvalid,
                        at: pair.value.range,
                        "`casebook:` takes keys of its own",
                        isStrict: true
                    )
                    continue
                }
                read(inner, isStrict: true)
            } else if let rule = MetadataTable.rule(named: key) {
                apply(rule, pair.keyRange, pair.value, isStrict)
            } else {
                reportUnknown(pair.key, key, at: pair.keyRange, isStrict)
            }
        }
    }

    private mutating func apply(
        _ rule: MetadataRule,
        _ keyRange: ByteRange,
        _ value: YAMLNode,
        _ isStrict: Bool
    ) {
        metadata.ranges[rule.name] = value.range
        switch rule.reading {
        case .text(let field):
            if let words = value.words {
                metadata[keyPath: field] = words
            } else if isStrict, !value.isEmpty {
                report(.frontMatterInvalid, at: value.range, "`\(rule.name)` takes text", isStrict: true)
            }
        case .list(let field):
            if let strings = value.strings {
                metadata[keyPath: field] = strings
            } else if isStrict {
                report(
                    .frontMatterInvalid,
                    at: value.range,
                    "`\(rule.name)` takes a list of texts",
                    isStrict: true
                )
            }
        case .duration(let field): readDuration(rule.name, field, value)
        case .type: readWord(rule.name, MetadataTable.types, value, isStrict) { $0.type = $1 }
        case .status:
            readWord(rule.name, RunbookStatus.allCases.map(\.rawValue), value, isStrict) {
                $0.status = RunbookStatus(rawValue: $1)
            }
            if metadata.status != nil { statusRange = value.range }
        case .write:
            readWord(rule.name, WriteTarget.allCases.map(\.rawValue), value, isStrict) {
                $0.write = WriteTarget(rawValue: $1)
            }
        case .onFailure:
            readWord(rule.name, FailurePlan.allCases.map(\.rawValue), value, isStrict) {
                $0.onFailure = FailurePlan(rawValue: $1) ?? .wait
            }
        case .unattended:
            readWord(rule.name, ["true", "false"], value, isStrict) { $0.isUnattended = $1 == "true" }
        case .parameters: readParameters(value)
        case .environments: readEnvironments(value)
        case .defaults: readDefaults(value)
        case .interpreters: readInterpreters(value, isStrict)
        case .prerequisites: readPrerequisites(value, isStrict)
        case .unread: break
        }
        if let effect = rule.rule.notYet {
            diagnostics.append(
                Diagnostic(
                    .warning,
                    .attributeUnsupported,
                    at: keyRange,
                    "this version does not act on `\(rule.name)`: \(effect)"
                )
            )
        }
    }

    private mutating func readInterpreters(_ value: YAMLNode, _ isStrict: Bool) {
        for pair in value.pairs ?? [] {
            let tag = pair.key.lowercased()
            let isTag =
                !tag.isEmpty && tag.utf8.allSatisfy { $0.isLetter || $0.isDigit || "-_+.#".utf8.contains($0) }
            if isTag, let command = pair.value.string, !command.isEmpty {
                metadata.interpreters[tag] = command
            } else {
                report(
                    .frontMatterInvalid,
                    at: isTag ? pair.value.range : pair.keyRange,
                    "`interpreters` takes a language and a command line, found `\(pair.key)`",
                    advice: "write it as `terraform: terraform console`",
                    isStrict: isStrict
                )
            }
        }
        if value.pairs == nil, !value.isEmpty, isStrict {
            report(
                .frontMatterInvalid,
                at: value.range,
                "`interpreters` takes languages with their command lines",
                isStrict: true
            )
        }
    }

    private mutating func readPrerequisites(_ value: YAMLNode, _ isStrict: Bool) {
        guard case .sequence(let nodes) = value.content else {
            if let text = value.string, !text.isEmpty {
                metadata.prerequisites = [Prerequisite(text: text, range: value.range)]
            } else if isStrict, !value.isEmpty {
                report(
                    .frontMatterInvalid,
                    at: value.range,
                    "`prerequisites` takes a list of texts",
                    isStrict: true
                )
            }
            return
        }
        for node in nodes {
            if let prerequisite = Prerequisite(node) {
                metadata.prerequisites.append(prerequisite)
            } else {
                // One that is not asked would be taken for one that holds.
                diagnostics.append(
                    Diagnostic(
                        .error,
                        .frontMatterInvalid,
                        at: node.range,
                        "a prerequisite is a text, or a `text` with the name of the cell that checks it, and what is not read would not be asked",
                        advice: "write `- text: The VPN is up` and, below it, `check: vpn`"
                    )
                )
            }
        }
    }

    /// Fills what our own keys leave out from those of other tools.
    private mutating func readAliases(_ pairs: [(key: String, keyRange: ByteRange, value: YAMLNode)]) {
        for alias in MetadataTable.aliases {
            guard case .text(let field)? = MetadataTable.rule(named: alias.own)?.reading,
                metadata[keyPath: field] == nil,
                let pair = pairs.first(where: {
                    $0.key.replacing("_", with: "-").lowercased() == alias.foreign
                })
            else { continue }
            metadata[keyPath: field] = pair.value.words
        }
    }

    private mutating func readWord(
        _ name: String,
        _ words: [String],
        _ value: YAMLNode,
        _ isStrict: Bool,
        _ set: (inout Metadata, String) -> Void
    ) {
        let word = value.string?.lowercased().replacing("-", with: "_")
        if let word, words.contains(word) {
            set(&metadata, word)
        } else if isStrict {
            let list = words.map { "`\($0)`" }.joined(separator: ", ")
            report(
                .frontMatterInvalid,
                at: value.range,
                "`\(name)` takes \(list), found `\(value.words ?? "")`",
                advice: word.flatMap { NearMiss.of($0, among: words) }.map { "did you mean `\($0)`?" },
                isStrict: true
            )
        }
    }

    private mutating func readDuration(
        _ name: String,
        _ field: WritableKeyPath<Metadata, Duration?>,
        _ value: YAMLNode
    ) {
        guard let duration = value.string.flatMap(AttributeValue.duration) else {
            report(
                .frontMatterInvalid,
                at: value.range,
                "`\(name)` takes \(AttributeRule.ValueKind.duration.expectation), found `\(value.words ?? "")`",
                isStrict: true
            )
            return
        }
        metadata[keyPath: field] = duration
    }

    private mutating func readDefaults(_ value: YAMLNode) {
        guard let pairs = value.pairs else { return }
        for pair in pairs {
            switch DefaultKey(rawValue: pair.key.replacing("_", with: "-").lowercased()) {
            case .timeout?: readDuration("timeout", \.defaultTimeout, pair.value)
            case .runTimeout?: readDuration("run-timeout", \.runTimeout, pair.value)
            case nil:
                report(
                    .attributeUnsupported,
                    at: pair.keyRange,
                    "this version knows no default `\(pair.key)`",
                    advice: "use " + DefaultKey.allCases.map { "`\($0.rawValue)`" }.joined(separator: " or "),
                    isStrict: true
                )
            }
        }
    }

    private mutating func reportUnknown(
        _ written: String,
        _ key: String,
        at range: ByteRange,
        _ isStrict: Bool
    ) {
        let near = NearMiss.of(key, among: MetadataTable.rules.map(\.name))
        guard isStrict || (near != nil && MetadataTable.maySlip(key)) else { return }
        report(
            .keyUnknown,
            at: range,
            "the key `\(written)` is unknown and is ignored",
            advice: near.map { "did you mean `\($0)`?" },
            isStrict: isStrict
        )
    }

    private mutating func checkStatus() {
        guard let status = metadata.status, status != .active, let statusRange else { return }
        diagnostics.append(
            Diagnostic(
                .warning,
                .statusInactive,
                at: statusRange,
                "the runbook is `\(status.rawValue)`, not `active`"
            )
        )
    }
}

extension Prerequisite {
    /// A text, or a mapping of `text` and `check` and nothing else; nil for anything else.
    fileprivate init?(_ node: YAMLNode) {
        range = node.range
        if let text = node.string, !text.isEmpty {
            self.text = text
            return
        }
        guard case .mapping(let pairs) = node.content else { return nil }
        var text: String?
        for pair in pairs {
            guard let value = pair.value.string, !value.isEmpty else { return nil }
            switch pair.key {
            case "text": text = value
            case "check" where AttributeValue.isName(value):
                check = Check(cell: value, range: pair.value.range)
            default: return nil
            }
        }
        guard let text else { return nil }
        self.text = text
    }
}
