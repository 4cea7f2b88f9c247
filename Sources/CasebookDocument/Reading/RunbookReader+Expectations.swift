// MARK: - What is expected of a cell

extension RunbookReader {
    /// An `expect` block gives the output of the cell right before it.
    mutating func addExpectation(_ index: Int, _ opening: Fence.Opening) {
        guard let draft = drafts.indices.last, let block = drafts[draft].block, block == cell(before: index),
            case .cell(let cell, let handling) = drafts[draft].content
        else {
            diagnostics.append(
                Diagnostic(
                    .warning,
                    .attributeUnknown,
                    at: opening.info,
                    "this `expect` block stands after no cell, so nothing is compared with it",
                    advice: "put it right after the cell whose output it gives"
                )
            )
            return
        }
        var lines = tree.blocks[index].content.split(separator: .lineFeed, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        let expected = lines.map { ExpectedLine(String(decoding: $0, as: UTF8.self)) }
        for (number, line) in expected.enumerated() {
            guard case .pattern(let pattern) = line, !OutputExpectation.isPattern(pattern) else { continue }
            diagnostics.append(
                Diagnostic(
                    .error,
                    .attributeInvalid,
                    at: source.contentRange(ofLine: min(opening.line + 1 + number, source.lineCount)),
                    "`\(pattern)` is no regular expression",
                    advice: "correct it, or leave ` (re)` out when the line is meant as it stands"
                )
            )
        }
        let expecting = cell.expecting(.lines(expected, line: opening.line + 1))
        drafts[draft].content = .cell(expecting, handling)
    }

    /// The block before an `expect` block; the author's own samples of the output stand between them.
    private func cell(before index: Int) -> Int? {
        var before = sibling(before: index)
        while let block = before, tree.blocks[block].kind == .code(isFenced: true),
            case .proven(let fence) = tree.fence(at: block),
            ["output", "expect"].contains(InfoString(in: fence.opening.info, of: source).language(in: source))
        {
            before = sibling(before: block)
        }
        return before
    }
}

// MARK: - Checks

extension RunbookReader {
    /// Takes the cells that check others out of the forward order.
    mutating func readChecks() {
        var checked: [String: [String]] = [:]
        for index in drafts.indices {
            guard let check = drafts[index].check else { continue }
            checked[check, default: []].append(drafts[index].name?.text ?? "line \(drafts[index].line)")
        }
        guard !checked.isEmpty else { return }
        for index in drafts.indices {
            guard let name = drafts[index].name?.text, let subjects = checked[name],
                case .cell(let cell, let handling) = drafts[index].content
            else { continue }
            let attributes = cell.attributes
            guard handling == .run else {
                reportCheck(index, "`\(name)` is named by a `check` and does not run by itself")
                continue
            }
            if attributes.check != nil {
                reportCheck(index, "`\(name)` is named by a `check` and has one itself")
                continue
            }
            if attributes.background != nil {
                reportCheck(index, "`\(name)` is named by a `check` and goes on in the background")
                continue
            }
            if attributes.when != nil {
                reportCheck(
                    index,
                    "`\(name)` is named by a `check` and has a condition, which would leave it out"
                )
                continue
            }
            let because = "it checks " + subjects.map { "`\($0)`" }.joined(separator: ", ")
            drafts[index].content = .cell(cell, .check(because: because))
        }
    }

    private mutating func reportCheck(_ index: Int, _ message: String) {
        diagnostics.append(
            Diagnostic(
                .error,
                .nameInvalid,
                at: drafts[index].name?.range,
                message,
                advice:
                    "a check runs whenever it is wanted, by itself and alone; `casebook outline` says what it is"
            )
        )
    }
}

// MARK: - Conditions

extension RunbookReader {
    mutating func reportConditionOfUndo(_ attribute: ScannedAttribute) {
        diagnostics.append(
            Diagnostic(
                .error,
                .attributeUnsupported,
                at: attribute.nameRange,
                "an undo is run when what it undoes was started; this version does not act on a condition of it",
                advice: "look in its code whether there is anything to undo"
            )
        )
    }

    /// Reports the names in conditions that nothing before them gives.
    mutating func checkConditions(_ items: [RunbookItem], _ metadata: Metadata) {
        // Looking for what was meant compares with every name; nobody reads the advice of more than these.
        var adviceLeft = 20
        guard !conditions.isEmpty else { return }
        var known = Set(metadata.parameters.filter { $0.kind != .secret }.map(\.name))
        var secrets = Set(metadata.parameters.filter { $0.kind == .secret }.map(\.name))
        if !metadata.environments.isEmpty { known.insert("environment") }
        let checks = Set(items.filter { $0.kind == .check }.map(\.id.name))
        var reached: Set<String> = []
        // The cells before that write to the file of values: their code says which.
        var givers: [Cell] = []
        var next = 0
        for (attribute, line) in conditions {
            while next < items.count, items[next].place.line < line {
                reached.insert(items[next].id.name)
                if case .cell(let cell) = items[next] {
                    if let capture = cell.attributes.capture {
                        if cell.attributes.isSecret { secrets.insert(capture) } else { known.insert(capture) }
                    }
                    if cell.givesValues { givers.append(cell) }
                }
                if case .gate(let gate) = items[next], case .checkpoint(let checkpoint) = gate.kind,
                    !checkpoint.choices.isEmpty
                {
                    known.insert(gate.id.name)
                }
                next += 1
            }
            guard let condition = attribute.value.flatMap(Condition.init) else {
                continue
            }
            for name in condition.names {
                let message: String
                let near: String?
                switch name {
                case .literal, .number: continue
                case .name(let text)
                where secrets.contains(text) || givers.contains { $0.attributes.isSecret && $0.gives(text) }:
                    message = "`\(text)` is a secret and decides nothing: the record could not say why"
                    near = nil
                case .name(let text):
                    guard !known.contains(text), !givers.contains(where: { $0.gives(text) }) else { continue }
                    message = "`\(text)` is neither a parameter nor an answer before this step"
                    near = adviceLeft > 0 ? NearMiss.of(text, among: known.sorted()) : nil
                    adviceLeft -= 1
                case .outcome(let text) where checks.contains(text):
                    message = "`\(text)` only checks another step, and has no outcome of its own"
                    near = nil
                case .outcome(let text):
                    guard !reached.contains(text) else { continue }
                    message = "no step before this one is named `\(text)`"
                    near = adviceLeft > 0 ? NearMiss.of(text, among: reached.sorted()) : nil
                    adviceLeft -= 1
                }
                diagnostics.append(
                    Diagnostic(
                        .error,
                        .nameInvalid,
                        at: attribute.valueRange,
                        message,
                        advice: near.map { "did you mean `\($0)`?" }
                    )
                )
            }
        }
    }
}
