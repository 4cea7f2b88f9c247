package import CasebookDocument

/// Makes runbooks without Markdown, for tests of what happens to them.
package struct RunbookBuilder {
    private var items: [RunbookItem] = []

    package init() {}

    package func cell(
        _ name: String,
        handling: CellHandling = .run,
        _ change: (inout CellAttributes) -> Void = { _ in }
    ) -> Self {
        var attributes = CellAttributes()
        change(&attributes)
        let cell = Cell(
            place: place(name),
            language: CellLanguage(tag: "bash", interpreter: .bash),
            code: Array("code of \(name)\n".utf8),
            codeLine: items.count + 1,
            attributes: attributes,
            handling: handling,
            insertion: nil
        )
        return adding(.cell(cell))
    }

    package func checkpoint(_ name: String, _ change: (inout Checkpoint) -> Void = { _ in }) -> Self {
        var checkpoint = Checkpoint()
        change(&checkpoint)
        let choices = checkpoint.choices.map(GateAnswer.choice)
        return gate(
            name,
            .checkpoint(checkpoint),
            isRequired: true,
            answers: (choices.isEmpty ? [.proceed] : choices) + [.stop]
        )
    }

    package func manualStep(_ name: String) -> Self {
        gate(name, .manualStep, isRequired: false, answers: [.done, .doesNotApply, .skip, .stop])
    }

    package var runbook: Runbook {
        Runbook(
            source: SourceText(name: "test.md", bytes: []),
            metadata: Metadata(),
            items: items,
            diagnostics: []
        )
    }

    private func gate(
        _ name: String,
        _ kind: Gate.Kind,
        isRequired: Bool,
        answers: [GateAnswer]
    ) -> Self {
        let gate = Gate(
            place: place(name),
            kind: kind,
            text: "text of \(name)",
            isRequired: isRequired,
            answers: answers,
            insertion: nil
        )
        return adding(.gate(gate))
    }

    private func adding(_ item: RunbookItem) -> Self {
        var copy = self
        copy.items.append(item)
        return copy
    }

    private func place(_ name: String) -> ItemPlace {
        ItemPlace(
            id: ItemID(name),
            isNamed: true,
            headings: [],
            range: 0..<0,
            line: items.count + 1,
            instruction: 0..<0
        )
    }
}
