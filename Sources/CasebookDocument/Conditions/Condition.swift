/// What must be so for a step to be reached: the value of `when=`.
///
/// `environment == 'production' and (probe.outcome == 'failed' or replicas > 2)`
package struct Condition: Hashable, Sendable {
    /// As its author wrote it.
    package let text: String
    let root: Node

    /// Something that has a value: a name, or a text or a number as it stands.
    package enum Operand: Hashable, Sendable {
        /// A parameter, a captured variable, a checkpoint with choices, or `environment`.
        case name(String)
        /// What became of another cell or gate: `probe.outcome`.
        case outcome(of: String)
        /// In quotes: compared letter by letter.
        case literal(String)
        /// Without quotes: what is compared with it is compared as a number.
        case number(String)
    }

    enum Comparison: String, Hashable, Sendable, CaseIterable {
        case equal = "=="
        case unequal = "!="
        case atMost = "<="
        case atLeast = ">="
        case less = "<"
        case more = ">"
    }

    indirect enum Node: Hashable, Sendable {
        case or(Node, Node)
        case and(Node, Node)
        case not(Node)
        case comparison(Operand, Comparison, Operand)
        case membership(Operand, [Operand])
        /// An operand by itself: `dry_run`.
        case truth(Operand)
    }
}

extension Condition {
    /// Reads a condition; nil when it is none, which ``ConditionParser`` says more of.
    init?(_ text: String) {
        do throws(ConditionParser.Problem) {
            self = try ConditionParser.condition(text)
        } catch {
            return nil
        }
    }
}

// MARK: - Names

extension Condition {
    /// Every name that it reads, in the order of the text.
    package var names: [Operand] { Self.operands(in: root).filter { !$0.isLiteral } }

    private static func operands(in node: Node) -> [Operand] {
        switch node {
        case .or(let left, let right), .and(let left, let right): operands(in: left) + operands(in: right)
        case .not(let inner): operands(in: inner)
        case .comparison(let left, _, let right): [left, right]
        case .membership(let operand, let list): [operand] + list
        case .truth(let operand): [operand]
        }
    }
}

extension Condition.Operand {
    fileprivate var isNumber: Bool { if case .number = self { true } else { false } }

    fileprivate var isLiteral: Bool {
        switch self {
        case .literal, .number: true
        case .name, .outcome: false
        }
    }
}

// MARK: - Values

extension Condition {
    /// Whether it holds; nil when that cannot be said: `<` and `>` compare numbers, and a value is none.
    ///
    /// - Parameter value: the value of a name; nil when it has none yet, which equals nothing but the empty text.
    package func holds(_ value: (Operand) -> String?) -> Bool? { Self.holds(root, value) }

    private static func holds(_ node: Node, _ value: (Operand) -> String?) -> Bool? {
        func text(_ operand: Operand) -> String {
            switch operand {
            case .literal(let text), .number(let text): text
            case .name, .outcome: value(operand) ?? ""
            }
        }
        switch node {
        case .or(let left, let right):
            let first = holds(left, value)
            if first == true { return true }
            let second = holds(right, value)
            return second == true ? true : first.flatMap { _ in second }
        case .and(let left, let right):
            let first = holds(left, value)
            if first == false { return false }
            let second = holds(right, value)
            return second == false ? false : first.flatMap { _ in second }
        case .not(let inner): return holds(inner, value).map { !$0 }
        case .comparison(let left, let comparison, let right):
            return comparison.holds(text(left), text(right), asNumbers: left.isNumber || right.isNumber)
        case .membership(let operand, let list): return list.map(text).contains(text(operand))
        case .truth(let operand):
            return !["", "false", "no", "off", "0"].contains(text(operand).lowercased())
        }
    }
}

extension Condition.Comparison {
    /// Nil when an order is asked of anything but numbers.
    ///
    /// - `asNumbers`: one side is a number in the condition, so that `3` equals `3.0`. Identifiers that only look like
    ///   numbers are compared letter by letter.
    fileprivate func holds(_ left: String, _ right: String, asNumbers: Bool) -> Bool? {
        if asNumbers || self != .equal && self != .unequal, let left = Double(left),
            let right = Double(right), left.isFinite, right.isFinite
        {
            switch self {
            case .equal: return left == right
            case .unequal: return left != right
            case .atMost: return left <= right
            case .atLeast: return left >= right
            case .less: return left < right
            case .more: return left > right
            }
        }
        switch self {
        case .equal: return left == right
        case .unequal: return left != right
        case .atMost, .atLeast, .less, .more: return nil
        }
    }
}
