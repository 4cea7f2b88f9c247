import CasebookDocument
package import CasebookRun
import Synchronization

/// Gives the answers of a script, one for each question, and then goes away.
package final class ScriptedApprover: Approver {
    private struct State {
        var answers: [PersonAnswer]
        var questions: [String] = []
    }

    private let state: Mutex<State>
    /// Called before each answer with the question's item: what the world looks like when a person is asked.
    private let whenAsked: @Sendable (String) -> Void

    package init(_ answers: [PersonAnswer], whenAsked: @escaping @Sendable (String) -> Void = { _ in }) {
        state = Mutex(State(answers: answers))
        self.whenAsked = whenAsked
    }

    /// The items that were asked about, in order.
    package var questions: [String] { state.withLock(\.questions) }

    package func answer(_ question: RunQuestion) async -> PersonAnswer? {
        let item =
            switch question {
            case .offer(let cell, _): "offer \(cell.id)"
            case .gate(let item, _, _): "gate \(item.id)"
            case .failure(let cell, _, _): "failure \(cell.id)"
            }
        whenAsked(item)
        return state.withLock { state in
            state.questions.append(item)
            return state.answers.isEmpty ? nil : state.answers.removeFirst()
        }
    }
}
