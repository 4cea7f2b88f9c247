package import CasebookDocument

/// What a run goes through, frozen from the runbook that was read at its start.
package struct RunPlan: Sendable {
    package let items: [PlannedItem]
    private let indices: [ItemID: Int]
    private let undoesByName: [String: [ItemID]]

    /// - Parameter unset: the variables that cells read and that nobody gave: what needs one is done by hand.
    package init(_ runbook: Runbook, unset: [String] = []) {
        let unset = Set(unset)
        let items = runbook.items.map { PlannedItem($0, unset: unset) }
        self.items = items
        var undoes: [String: [ItemID]] = [:]
        for item in items {
            for name in item.undone { undoes[name, default: []].append(item.id) }
        }
        undoesByName = undoes
        indices = Dictionary(items.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The cells and checkpoints that undo another cell, in the order of the document.
    func undoes(of id: ItemID) -> [ItemID] { undoesByName[id.name] ?? [] }

    /// The cells under a heading such as *Rollback* that are bound to no step.
    package var offeredUndoes: [ItemID] {
        items.compactMap(\.cell).filter { $0.attributes.undoes.isEmpty && $0.standsUnderRollback }.map(\.id)
    }

    package func index(of id: ItemID) -> Int? { indices[id] }

    /// True when a run could reach something: a cell to run or a gate to answer.
    package var hasSteps: Bool { items.contains { !$0.demand.isNotPlanned } }
}

/// One item of a plan and what it asks for.
package struct PlannedItem: Sendable {
    package let item: RunbookItem
    package let demand: Demand

    /// The variables that it reads and that nobody gave when the run started.
    let unset: [String]

    init(_ item: RunbookItem, unset: Set<String>) {
        self.item = item
        demand = Demand(item, unset: unset)
        if case .cell(let cell) = item {
            self.unset = cell.openVariables.filter(unset.contains)
        } else {
            self.unset = []
        }
    }

    private init(_ item: PlannedItem, demanding demand: Demand) {
        self.item = item.item
        self.demand = demand
        unset = item.unset
    }

    /// The same with another demand.
    func demanding(_ demand: Demand) -> PlannedItem { PlannedItem(self, demanding: demand) }

    package var id: ItemID { item.id }

    /// The cell behind it, when it is one.
    package var cell: Cell? {
        if case .cell(let cell) = item { cell } else { nil }
    }

    /// The checkpoint behind it, when it is one.
    var checkpoint: Checkpoint? {
        if case .gate(let gate) = item, case .checkpoint(let checkpoint) = gate.kind {
            checkpoint
        } else {
            nil
        }
    }

    /// The cells that it undoes.
    var undone: [String] { cell?.attributes.undoes ?? checkpoint?.undoes ?? [] }
}

/// What a run must do about one item.
package enum Demand: Hashable, Sendable {
    /// Run the cell.
    case run
    /// Ask a person, then run the cell.
    case confirm(because: String)
    /// Ask a person; nothing runs.
    case gate(GateDemand)
    /// Pass it over: shown only, or outside the forward order.
    case notPlanned(because: String)

    init(_ item: RunbookItem, unset: Set<String>) {
        switch item {
        case .gate(let gate):
            if case .checkpoint(let checkpoint) = gate.kind, !checkpoint.undoes.isEmpty {
                self = .notPlanned(because: item.reason ?? "it undoes something")
            } else {
                self = .gate(GateDemand(gate))
            }
        case .cell(let cell):
            switch cell.handling {
            case .run where !unset.isDisjoint(with: cell.openVariables),
                .confirm where !unset.isDisjoint(with: cell.openVariables):
                let names = cell.openVariables.filter(unset.contains).map { "`$\($0)`" }
                let reason = "nothing sets \(names.joined(separator: ", "))"
                self = .gate(GateDemand(byHand: cell, because: reason))
            case .run: self = .run
            case .confirm(let reason): self = .confirm(because: reason)
            case .byHand(let reason): self = .gate(GateDemand(byHand: cell, because: reason))
            case .shown(let reason), .undo(let reason), .check(let reason):
                self = .notPlanned(because: reason)
            }
        }
    }

    package var isNotPlanned: Bool {
        if case .notPlanned = self { true } else { false }
    }
}

/// What is asked of a person at a gate.
package struct GateDemand: Hashable, Sendable {
    /// What they read, as Markdown.
    package let text: String
    package let answers: [GateAnswer]
    package let isRequired: Bool
    /// Why an answer in advance is refused; nil when it is taken.
    package let refusesAdvanceAnswer: String?

    /// - Parameter why: why a person is asked although a cell was to answer; nil when none was.
    init(_ gate: Gate, because why: String? = nil) {
        text = gate.text + (why.map { "\n\n\($0)." } ?? "")
        answers = gate.answers
        isRequired = gate.isRequired
        if case .checkpoint(let checkpoint) = gate.kind {
            refusesAdvanceAnswer = checkpoint.refusesAdvanceAnswer
        } else {
            refusesAdvanceAnswer = nil
        }
    }

    init(byHand cell: Cell, because reason: String) {
        text = "Do this by hand: \(reason)."
        answers = [.done, .doesNotApply, .skip, .stop]
        isRequired = cell.attributes.isRequired
        refusesAdvanceAnswer = nil
    }
}

extension Cell {
    /// The session that it runs in; a cell without an interpreter runs in none.
    ///
    /// A background cell has one of its own; no author can give another cell that name.
    package var sessionName: String {
        attributes.background == nil ? sharedSessionName : "\(sharedSessionName)/\(id)"
    }

    /// The session whose state it finds.
    package var sharedSessionName: String { attributes.session ?? language.name }
}
