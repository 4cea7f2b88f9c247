import CasebookDocument
import CasebookRun
import CasebookTerminal

/// Looks at answers in advance before a run starts, when a mistake in them costs nothing.
enum AdvanceAnswers {
    /// - Throws: a ``Problem`` with every answer that no gate of the plan would take.
    ///
    /// - Parameter open: the gate that is open already: an answer to it is not one in advance.
    static func check(
        _ answers: [String: PersonAnswer],
        against plan: RunPlan,
        standing: RunMachine? = nil,
        sourceName: String,
        mode: RunMode,
        open: ItemID? = nil
    ) throws {
        let machine = standing ?? RunMachine(plan)
        var wrong: [String] = []
        for (name, answer) in answers.sorted(by: { $0.key < $1.key }) {
            guard let index = plan.items.firstIndex(where: { $0.id.name == name }) else {
                wrong.append("`\(name)` is no gate of `\(sourceName)`\(gates(of: plan))")
                continue
            }
            if mode == .unattended, machine.item(at: index).demand == .run {
                wrong.append("`\(name)` asks nothing in an unattended run; `--decide` answers gates")
                continue
            }
            let allowed = machine.allowedAnswers(at: index)
            if !allowed.contains(answer.word) {
                let expected = allowed.map { "`\($0)`" }.joined(separator: ", ")
                wrong.append(
                    "`\(name)` does not take `\(answer.word)`\(expected.isEmpty ? "" : "; expected \(expected)")"
                )
            } else if answer.word == "skip", answer.note?.isEmpty ?? true {
                wrong.append("`\(name)=skip` needs its reason: `--decide \(name)=skip:WHY`")
            } else if name != open?.name, case .gate(let demand) = machine.item(at: index).demand,
                let reason = demand.refusesAdvanceAnswer
            {
                wrong.append("`\(name)` cannot be answered in advance: \(reason)")
            }
        }
        guard wrong.isEmpty else {
            throw Problem(
                .usage,
                "\(Wording.count(wrong.count, "answer")) in advance cannot be taken: nothing was run",
                advice: wrong
            )
        }
    }

    private static func gates(of plan: RunPlan) -> String {
        let names = plan.items.compactMap { item in
            switch item.demand {
            case .gate, .confirm: "`\(item.id)`"
            case .run, .notPlanned: nil
            }
        }
        return names.isEmpty ? ", which has none" : "; it has \(names.joined(separator: ", "))"
    }
}
