/// A variable that a cell of one shell reads and only a cell of another one sets: they are two sessions.
package struct SplitVariable: Hashable, Sendable {
    package let name: String
    package let reader: Cell
    package let setter: Cell
}

extension Runbook {
    /// The first cell for each variable that the cells of one shell set for those of another in vain.
    package var splitVariables: [SplitVariable] {
        var setters: [Interpreter: [String: Cell]] = [:]
        var seen: Set<String> = []
        var found: [SplitVariable] = []
        for cell in cells where cell.attributes.session == nil {
            guard let interpreter = cell.interpreter, interpreter.syntax == .shell else { continue }
            for name in cell.openVariables {
                let other = setters.first { $0.key != interpreter && $0.value[name] != nil }
                guard let setter = other?.value[name], seen.insert(name).inserted else { continue }
                found.append(SplitVariable(name: name, reader: cell, setter: setter))
            }
            switch cell.handling {
            case .run, .confirm: break
            case .byHand, .shown, .undo, .check: continue
            }
            for name in ShellScript(cell.code).variables.set where setters[interpreter]?[name] == nil {
                setters[interpreter, default: [:]][name] = cell
            }
        }
        return found
    }
}
