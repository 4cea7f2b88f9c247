/// Reads the text of a ``Condition``: `or` binds least, then `and`, then `not`, then a comparison.
struct ConditionParser {
    /// What is wrong, and where in the text, in bytes from its start.
    struct Problem: Error, Hashable {
        let range: Range<Int>
        let message: String
    }

    private struct Token {
        enum Kind: Hashable {
            case name(String)
            case literal(String)
            case number(String)
            case sign(String)
            case end
        }

        let kind: Kind
        let range: Range<Int>
    }

    private var tokens: [Token]
    private var next = 0
    private var depth = 0

    private init(_ text: String) throws(Problem) {
        tokens = try Self.tokens(of: Array(text.utf8))
    }

    static func condition(_ text: String) throws(Problem) -> Condition {
        var parser = try Self(text)
        let root = try parser.or()
        guard parser.current.kind == .end else { throw parser.unexpected("`and`, `or` or the end") }
        return Condition(text: text, root: root)
    }
}

// MARK: - Grammar

extension ConditionParser {
    private var current: Token { tokens[next] }

    private mutating func or() throws(Problem) -> Condition.Node {
        var node = try and()
        while take("or") { node = .or(node, try and()) }
        return node
    }

    private mutating func and() throws(Problem) -> Condition.Node {
        var node = try not()
        while take("and") { node = .and(node, try not()) }
        return node
    }

    private mutating func not() throws(Problem) -> Condition.Node {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthMax else {
            throw Problem(range: current.range, message: "the condition is nested too deeply")
        }
        if take("not") { return .not(try not()) }
        if takeSign("(") {
            let inner = try or()
            guard takeSign(")") else { throw unexpected("`)`") }
            return inner
        }
        return try comparison()
    }

    private mutating func comparison() throws(Problem) -> Condition.Node {
        let left = try operand()
        if take("in") { return .membership(left, try list()) }
        if current.kind == .name("not"), next + 1 < tokens.count, tokens[next + 1].kind == .name("in") {
            next += 2
            return .not(.membership(left, try list()))
        }
        guard case .sign(let sign) = current.kind, let comparison = Condition.Comparison(rawValue: sign)
        else {
            return .truth(left)
        }
        next += 1
        return .comparison(left, comparison, try operand())
    }

    private mutating func list() throws(Problem) -> [Condition.Operand] {
        let close = takeSign("(") ? ")" : "]"
        guard close == ")" || takeSign("[") else { throw unexpected("a list in `(` `)`") }
        var list = [try operand()]
        while takeSign(",") { list.append(try operand()) }
        guard takeSign(close) else { throw unexpected("`,` or `\(close)`") }
        return list
    }

    private mutating func operand() throws(Problem) -> Condition.Operand {
        switch current.kind {
        case .literal(let text):
            next += 1
            return .literal(text)
        case .number(let text):
            next += 1
            return .number(text)
        case .name(let name) where !Self.words.contains(name):
            next += 1
            let suffix = ".outcome"
            return name.hasSuffix(suffix) && name.utf8.count > suffix.utf8.count
                ? .outcome(of: String(name.dropLast(suffix.count))) : .name(name)
        default: throw unexpected("a name, a number or a text in quotes")
        }
    }

    private mutating func take(_ word: String) -> Bool {
        guard current.kind == .name(word) else { return false }
        next += 1
        return true
    }

    private mutating func takeSign(_ sign: String) -> Bool {
        guard current.kind == .sign(sign) else { return false }
        next += 1
        return true
    }

    private func unexpected(_ expected: String) -> Problem {
        let found =
            switch current.kind {
            case .name(let text): "`\(text)`"
            case .literal(let text): "the text `\(text)`"
            case .number(let text): "the number `\(text)`"
            case .sign(let sign): "`\(sign)`"
            case .end: "the end"
            }
        return Problem(range: current.range, message: "expected \(expected), found \(found)")
    }

    private static let words: Set<String> = ["and", "or", "not", "in"]
    /// A condition of so many words is read by nobody; its parts are nested in each other.
    private static let tokensMax = 500
    /// More than anybody writes, and little for a stack.
    private static let depthMax = 50
}

// MARK: - Words

extension ConditionParser {
    private static func tokens(of bytes: [UInt8]) throws(Problem) -> [Token] {
        var tokens: [Token] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let start = index
            guard tokens.count < tokensMax else {
                throw Problem(range: start..<bytes.count, message: "the condition is too long")
            }
            if byte.isBlank {
                index += 1
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                guard let close = bytes[(index + 1)...].firstIndex(of: byte) else {
                    throw Problem(range: start..<bytes.count, message: "the text in quotes never ends")
                }
                index = close + 1
                let text = String(decoding: bytes[(start + 1)..<close], as: UTF8.self)
                tokens.append(Token(kind: .literal(text), range: start..<index))
            } else if isPart(byte) {
                while index < bytes.count, isPart(bytes[index]) { index += 1 }
                let text = String(decoding: bytes[start..<index], as: UTF8.self)
                let isNumber = Double(text) != nil && byte.isDigit || byte == UInt8(ascii: "-")
                if isNumber, Double(text) == nil {
                    throw Problem(range: start..<index, message: "`\(text)` is no number")
                }
                tokens.append(Token(kind: isNumber ? .number(text) : .name(text), range: start..<index))
            } else if let sign = signs.first(where: { bytes[index...].starts(with: $0.utf8) }) {
                index += sign.utf8.count
                tokens.append(Token(kind: .sign(sign), range: start..<index))
            } else {
                index += 1
                while index < bytes.count, bytes[index] & 0xC0 == 0x80 { index += 1 }
                let text = String(decoding: bytes[start..<index], as: UTF8.self)
                throw Problem(range: start..<index, message: "`\(text)` means nothing in a condition")
            }
        }
        return tokens + [Token(kind: .end, range: bytes.count..<bytes.count)]
    }

    /// The longer ones first.
    private static let signs = ["==", "!=", "<=", ">=", "<", ">", "(", ")", "[", "]", ","]

    private static func isPart(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte >= 0x80 || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: ".")
    }
}
