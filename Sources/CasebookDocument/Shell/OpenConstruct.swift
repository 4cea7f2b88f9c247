/// Whether a shell line goes on: a backslash or an operator at its end, an open quote, a here-document, a loop.
struct OpenConstruct {
    private enum Quote {
        case single
        case double
        /// `$'it\'s'`
        case escaped
    }

    private var quote: Quote?
    private var isContinued = false
    private var terminator: [UInt8]?
    /// `|`, `&&` or `||` stands at the end.
    private var endsWithOperator = false
    /// How many loops, conditions, groups and parentheses are open.
    private var depth = 0
    private var parentheses = 0
    private var word: [UInt8] = []
    private var isAtCommand = true

    var isInDocument: Bool { terminator != nil }
    var isOpen: Bool { quote != nil || isContinued || terminator != nil || waitsForCommand }
    /// True when another command must follow: what was recorded after it is not told apart from it.
    var waitsForCommand: Bool { endsWithOperator || depth > 0 || parentheses > 0 }

    /// Reads a line for here-documents alone: what stands open in recorded output ends with its line.
    mutating func readStart(_ line: ArraySlice<UInt8>) {
        read(line)
        guard terminator == nil else { return }
        self = OpenConstruct()
    }

    mutating func read(_ line: ArraySlice<UInt8>) {
        if let word = terminator {
            if line.drop(while: \.isBlank).elementsEqual(word) { terminator = nil }
            return
        }
        if quote == nil, !isContinued { isAtCommand = true }
        isContinued = false
        endsWithOperator = false
        var index = line.startIndex
        while index < line.endIndex {
            let byte = line[index]
            if byte == UInt8(ascii: "\\"), quote != .single {
                isContinued = index + 1 == line.endIndex
                if quote == nil { word.append(byte) }
                index += 1
            } else if let open = quote {
                if byte == (open == .double ? UInt8(ascii: "\"") : UInt8(ascii: "'")) { quote = nil }
            } else if byte == UInt8(ascii: "'") {
                quote = word.last == UInt8(ascii: "$") ? .escaped : .single
                endsWithOperator = false
                word.append(byte)
            } else if byte == UInt8(ascii: "\"") {
                quote = .double
                endsWithOperator = false
                word.append(byte)
            } else if byte == UInt8(ascii: "#"), index == line.startIndex || line[index - 1].isBlank {
                break
            } else if byte == UInt8(ascii: "<"), parentheses == 0,
                let word = HereDocument.word(in: line, at: index)
            {
                terminator = word.text
                index = word.end
                continue
            } else {
                readPlain(byte)
            }
            index += 1
        }
        if !isContinued, quote == nil { endWord() }
    }

    private mutating func readPlain(_ byte: UInt8) {
        switch byte {
        case .space, .tab: endWord()
        case UInt8(ascii: "|"), UInt8(ascii: "&"), UInt8(ascii: ";"):
            let isDoubled = endsWithAmpersand && byte == UInt8(ascii: "&")
            endWord()
            isAtCommand = true
            endsWithOperator = byte == UInt8(ascii: "|") || isDoubled
            endsWithAmpersand = byte == UInt8(ascii: "&") && !isDoubled
            return
        case UInt8(ascii: "("):
            endWord()
            isAtCommand = true
            endsWithOperator = false
            parentheses += 1
        case UInt8(ascii: ")"):
            endWord()
            // A pattern of `case` ends with one that nothing opened.
            parentheses = max(0, parentheses - 1)
            isAtCommand = true
            endsWithOperator = false
        default:
            endsWithOperator = false
            word.append(byte)
        }
        endsWithAmpersand = false
    }

    private var endsWithAmpersand = false
    private var isFunction = false

    private mutating func endWord() {
        guard !word.isEmpty else { return }
        let text = String(decoding: word, as: UTF8.self)
        word.removeAll(keepingCapacity: true)
        guard isAtCommand else { return }
        // `function f {`: the name stands between the two.
        isAtCommand = Self.leading.contains(text) || isFunction
        isFunction = text == "function"
        if isFunction { isAtCommand = true }
        if Self.opening.contains(text) { depth += 1 }
        if Self.closing.contains(text) { depth = max(0, depth - 1) }
    }

    private static let opening: Set<String> = ["if", "for", "while", "until", "case", "select", "{"]
    private static let closing: Set<String> = ["fi", "done", "esac", "}"]
    private static let leading: Set<String> = [
        "if", "while", "until", "then", "do", "else", "elif", "{", "!",
    ]
}
