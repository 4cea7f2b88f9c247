/// The attributes of one block, each checked against its row of ``AttributeTable``.
struct AttributeSet: Sendable {
    private(set) var values: [String: ScannedAttribute] = [:]
    private(set) var classes: [String] = []
    private(set) var diagnostics: [Diagnostic] = []
    /// The values of other tools' attributes.
    private var foreignValues: [String: String] = [:]
    /// True with `run=no`: nothing that is missing can do harm.
    private var isKeptOut = false
    /// Every name as written.
    private var given: Set<String> = []

    init() {}

    init(_ info: InfoString, at place: AttributeRule.Place, in source: SourceText) {
        if let open = info.unclosedBrace {
            diagnostics.append(
                Diagnostic(
                    .error,
                    .attributeInvalid,
                    at: open,
                    "the attributes that start with `{` never end",
                    advice: "close them with `}` on the same line"
                )
            )
        }
        guard let braces = info.braces else { return }
        let scanner = AttributeScanner(braces: braces, in: source)
        classes = scanner.classes
        diagnostics += scanner.diagnostics
        given = Set(scanner.attributes.map(\.name))
        isKeptOut = scanner.attributes.contains { $0.name == "run" && AttributeValue.flag($0.value) == false }
        for attribute in scanner.attributes { add(attribute, at: place) }
    }

    subscript(_ name: String) -> ScannedAttribute? { values[name] }

    func flag(_ name: String) -> Bool? { values[name].flatMap { AttributeValue.flag($0.value) } }

    func text(_ name: String) -> String? { values[name]?.value }

    /// The value of another tool's attribute; nil when it is not given or empty.
    func foreign(_ name: String) -> String? {
        foreignValues[name].map(AttributeValue.trimmed).flatMap { $0.isEmpty ? nil : $0 }
    }

    func duration(_ name: String) -> Duration? { text(name).flatMap(AttributeValue.duration) }

    func names(_ name: String) -> [String] { text(name).flatMap(AttributeValue.names) ?? [] }
}

// MARK: - Checking

extension AttributeSet {
    private mutating func add(_ attribute: ScannedAttribute, at place: AttributeRule.Place) {
        let name = AttributeTable.aliases[attribute.name] ?? attribute.name
        guard let rule = AttributeTable.rule(named: name), rule.places.contains(place) else {
            if AttributeTable.foreignNames.contains(name) {
                foreignValues[name] = attribute.value
            } else {
                reportUnknown(attribute, name, at: place)
            }
            return
        }
        if let first = values[name] {
            diagnostics.append(
                Diagnostic(
                    .error,
                    .attributeInvalid,
                    at: attribute.nameRange,
                    "`\(name)` is given twice",
                    advice: "keep one of `\(first.value ?? name)` and `\(attribute.value ?? name)`"
                )
            )
            return
        }
        guard rule.kind.accepts(attribute.value) else {
            if rule.kind == .condition, let value = attribute.value {
                return refuseCondition(attribute, value)
            }
            let found = attribute.value.map { "`\($0)`" } ?? "no value"
            diagnostics.append(
                Diagnostic(
                    .error,
                    .attributeInvalid,
                    at: attribute.valueRange,
                    "`\(name)` takes \(rule.kind.expectation), found \(found)"
                )
            )
            return
        }
        let isOff = rule.kind == .flag && AttributeValue.flag(attribute.value) == false
        switch rule.support(on: place) {
        case .full: break
        case .noted(let effect):
            diagnostics.append(
                Diagnostic(
                    .warning,
                    .attributeUnsupported,
                    at: attribute.nameRange,
                    "this version does not act on `\(name)`: \(effect)"
                )
            )
        case .refused where isOff || isKeptOut: break
        case .refused:
            let advice =
                place == .cell
                ? "remove `\(name)`, or keep the cell out of the run with `run=no`" : "remove `\(name)`"
            refuse(attribute, name, advice)
        case .refusedFor(let instead): refuse(attribute, name, instead)
        }
        values[name] = attribute
    }

    /// Says where in a condition it is wrong.
    private mutating func refuseCondition(_ attribute: ScannedAttribute, _ value: String) {
        do throws(ConditionParser.Problem) {
            _ = try ConditionParser.condition(value)
        } catch {
            let whole = attribute.valueRange
            // Quotes stand around it, unless something in it was escaped and the places differ.
            let quote = (whole.count - value.utf8.count) / 2
            let isPlain = whole.count == value.utf8.count + quote * 2 && quote <= 1
            let start = whole.lowerBound + quote
            let end = max(start + error.range.lowerBound + 1, start + error.range.upperBound)
            diagnostics.append(
                Diagnostic(
                    .error,
                    .attributeInvalid,
                    at: isPlain ? (start + error.range.lowerBound)..<min(end, whole.upperBound) : whole,
                    "the condition cannot be read: \(error.message)"
                )
            )
        }
    }

    private mutating func refuse(_ attribute: ScannedAttribute, _ name: String, _ advice: String) {
        diagnostics.append(
            Diagnostic(
                .error,
                .attributeUnsupported,
                at: attribute.nameRange,
                "this version does not act on `\(name)`, and without it something else would run than was meant",
                advice: advice
            )
        )
    }

    private mutating func reportUnknown(
        _ attribute: ScannedAttribute,
        _ name: String,
        at place: AttributeRule.Place
    ) {
        let known = AttributeTable.rules.filter { $0.places.contains(place) }.map(\.name)
        if AttributeTable.rule(named: name) != nil {
            diagnostics.append(
                Diagnostic(
                    .warning,
                    .attributeUnknown,
                    at: attribute.nameRange,
                    "`\(name)` means nothing on a \(place.rawValue) and is ignored"
                )
            )
            return
        }
        // `RUN=no` and `run: no` can only mean one thing, and a cell must not run because of how it is spelt.
        let plain = String(name.lowercased().filter { $0.isLetter || $0 == "-" })
        diagnostics.append(
            Diagnostic(
                AttributeTable.rule(named: plain) == nil ? .warning : .error,
                .attributeUnknown,
                at: attribute.nameRange,
                "the attribute `\(name)` is unknown and is ignored",
                advice: NearMiss.of(name, among: known).map { "did you mean `\($0)`?" },
                fixes: rename(attribute, to: NearMiss.certain(name, among: known), at: place)
            )
        )
    }

    /// The new name, where nothing but a slip can have been meant.
    private func rename(_ attribute: ScannedAttribute, to name: String?, at place: AttributeRule.Place)
        -> [Diagnostic.Fix]
    {
        guard let name, let rule = AttributeTable.rule(named: name), case .full = rule.support(on: place),
            rule.kind.accepts(attribute.value), !given.contains(name)
        else { return [] }
        return [
            .init("write `\(name)`", [Edit(range: attribute.nameRange, replacement: Array(name.utf8))])
        ]
    }
}

extension AttributeRule.ValueKind {
    func accepts(_ value: String?) -> Bool {
        if self == .flag { return AttributeValue.flag(value) != nil }
        guard let value else { return false }
        switch self {
        case .flag: return true
        case .name: return AttributeValue.isName(value)
        case .names: return AttributeValue.names(value) != nil
        case .duration: return AttributeValue.duration(value) != nil
        case .number(let range): return Int(value).map(range.contains) ?? false
        case .statuses: return AttributeValue.statuses(value) != nil
        case .oneOf(let words): return words.contains(value)
        case .output: return AttributeValue.output(value) != nil
        case .expectation: return OutputExpectation(attribute: value) != nil
        case .search: return !value.hasPrefix("!") && OutputExpectation(attribute: value) != nil
        case .globs: return AttributeValue.globs(value) != nil
        case .condition: return Condition(value) != nil
        case .variable: return VariableName.problem(with: value) == nil
        case .text: return !value.isEmpty
        }
    }
}

// MARK: - Typed

extension AttributeSet {
    var cellAttributes: CellAttributes {
        var typed = CellAttributes()
        // Most cells have none.
        guard !values.isEmpty || !foreignValues.isEmpty else { return typed }
        typed.timeout = duration("timeout")
        typed.successStatuses = text("status").flatMap(AttributeValue.statuses) ?? [0]
        typed.isRequired = flag("required") ?? true
        typed.confirm = flag("confirm")
        typed.effect = text("effect").flatMap(CellEffect.init) ?? .once
        typed.output = text("output").flatMap(AttributeValue.output) ?? .standard
        typed.session = text("session")
        typed.directory = text("dir")
        typed.isSecret = flag("secret") ?? false
        typed.isHere = text("place") == "here"
        typed.usesTerminal = flag("tty") ?? false
        typed.undoes = names("undoes")
        typed.retries = text("retries").flatMap(Int.init) ?? 0
        typed.delay = duration("delay")
        typed.backoff = text("backoff").flatMap(Int.init) ?? 1
        typed.expectations = text("expect").flatMap(OutputExpectation.init(attribute:)).map { [$0] } ?? []
        typed.check = text("check")
        typed.when = condition
        typed.capture = text("capture")
        typed.artifacts = text("artifacts").flatMap(AttributeValue.globs) ?? []
        typed.mitigates = flag("mitigates") ?? false
        if flag("background") == true {
            typed.background = Background(ready: text("ready").flatMap(OutputExpectation.init(attribute:)))
        }
        return typed
    }

    private var condition: Condition? { text("when").flatMap(Condition.init) }

    var checkpoint: Checkpoint {
        var typed = Checkpoint()
        typed.when = condition
        typed.role = text("role")
        typed.approvals = text("approvals").flatMap(Int.init) ?? 1
        typed.needsFourEyes = flag("four-eyes") ?? false
        typed.choices = names("choices").filter { $0 != GateAnswer.stop.word }
        typed.input = text("input")
        typed.inputPattern = text("pattern")
        typed.isInputSecret = flag("secret") ?? false
        typed.needsEvidence = text("evidence") != nil
        typed.timeout = duration("timeout")
        typed.undoes = names("undoes")
        return typed
    }
}
