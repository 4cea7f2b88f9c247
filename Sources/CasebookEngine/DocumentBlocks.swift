package import CasebookDocument
package import CasebookRun

/// What Casebook writes into the document, folded from a run's events.
package struct DocumentBlocks: Sendable {
    package private(set) var blocks: [ItemID: WrittenBlock] = [:]
    private var texts: [ItemID: [UInt8]] = [:]
    private var pictures: [ItemID: [Picture]] = [:]
    /// The name of the folder for pictures, beside the document.
    private let picturesFolder: String

    package init(picturesIn folder: String) { picturesFolder = folder }

    /// Takes one event.
    ///
    /// - Parameter text: the settled text of a stored output.
    package mutating func apply(
        _ event: RunEvent.Body,
        plan: RunPlan,
        text: (ItemID, StoredOutput) -> [UInt8]
    ) {
        switch event {
        case .outputStored(let stored):
            texts[stored.item] = text(stored.item, stored.output)
        case .attemptEnded(let ended):
            let shown = texts.removeValue(forKey: ended.item) ?? []
            let drawn = pictures.removeValue(forKey: ended.item) ?? []
            blocks[ended.item] = .output(
                marks: [ended.end?.mark ?? "unknown"],
                text: shown,
                pictures: drawn
            )
        case .artifactStored(let stored) where stored.isPicture == true:
            guard case .lost = stored.content.place else {
                let number = (pictures[stored.item]?.count ?? 0) + 1
                let picture = Picture(
                    path: "\(picturesFolder)/\(stored.path)",
                    title: "\(stored.item), figure \(number)"
                )
                pictures[stored.item, default: []].append(picture)
                return
            }
        case .backgroundReady(let ready):
            blocks[ready.item] = .output(marks: [Self.background], text: [])
        case .backgroundEnded(let ended):
            let shown = texts.removeValue(forKey: ended.item) ?? []
            blocks[ended.item] = .output(marks: [ended.end?.mark ?? Self.background], text: shown)
        case .outputChecked(let checked) where !checked.problems.isEmpty:
            guard case .output(let marks, let text, let pictures)? = blocks[checked.item] else { return }
            blocks[checked.item] = .output(marks: marks + ["unexpected"], text: text, pictures: pictures)
        case .failureDecided(let decided) where decided.decision == .retry:
            blocks[decided.item] = nil
        case .gateAnswered(let answered):
            guard let index = plan.index(of: answered.item) else { return }
            blocks[answered.item] = Self.block(for: answered, of: plan.items[index])
        default: break
        }
    }

    /// The same with every secret replaced: a note that was recorded while nobody knew the secrets may hold one.
    package func masked(by mask: SecretMask) -> DocumentBlocks {
        var copy = self
        copy.blocks = blocks.mapValues { block in
            switch block {
            case .decision(let answer, let note): .decision(answer: answer, note: mask.masking(note))
            case .output(["skipped"], let text, _):
                .output(
                    marks: ["skipped"],
                    text: Array(mask.masking(String(decoding: text, as: UTF8.self)).utf8)
                )
            case .output, .tick: block
            }
        }
        return copy
    }

    /// What the marker says of a cell that went on to the end of the run, or still does.
    private static let background = "background"

    private static func block(for answered: GateAnswered, of item: PlannedItem) -> WrittenBlock? {
        let note = answered.note ?? ""
        switch (item.item, item.demand) {
        case (.gate(let gate), _):
            guard case .task = gate.kind else { return .decision(answer: answered.answer, note: note) }
            return answered.answer == GateAnswer.done.word ? .tick : nil
        case (.cell, .gate):
            return .decision(answer: answered.answer, note: note)
        case (.cell, _):
            return answered.answer == GateAnswer.skip.word
                ? .output(marks: ["skipped"], text: Array(note.utf8)) : nil
        }
    }
}

extension CellEnd {
    /// The word that an output block's marker says.
    package var mark: String {
        switch self {
        case .exited(let status): "exit=\(status)"
        case .killed(let signal): "killed=\(SignalName.of(signal))"
        case .timedOut: "timed-out"
        case .stopped: "stopped"
        case .sessionLost: "session-lost"
        case .unexpected: "unexpected"
        }
    }
}
