import CasebookDocument

/// Turns captured bytes into the lines that a terminal would show in the end.
///
/// Colours and other escape sequences are dropped, carriage returns, backspaces and movements within a
/// line are carried out, bytes that are not UTF-8 are replaced, and other control characters vanish. Movements
/// between lines are not carried out: that takes a terminal emulator.
package enum SettledText {
    /// The lines of a text, without their endings; the last one is left out when it is empty.
    package static func lines(of bytes: [UInt8]) -> [String] {
        var lines = bytes.split(separator: .lineFeed, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines.map(settle)
    }

    private static func settle(_ line: ArraySlice<UInt8>) -> String {
        var line = line
        if line.last == .carriageReturn { line.removeLast() }
        let isPlain = line.allSatisfy { $0 >= .space && $0 != .delete || $0 == .tab }
        let text = String(decoding: line, as: UTF8.self)
        guard !isPlain || text.unicodeScalars.contains(where: \.isC1Control) else { return text }
        var row = TerminalRow()
        row.write(text)
        return row.text
    }
}

/// One row of a terminal that is as wide as it needs to be.
private struct TerminalRow {
    private var characters: [Character] = []
    private var column = 0

    var text: String { String(characters) }

    mutating func write(_ text: String) {
        var input = Substring(text)
        while let character = input.popFirst() {
            switch character {
            case "\u{1B}": obey(EscapeSequence.take(from: &input))
            case "\r": column = 0
            case "\u{8}": column = max(0, column - 1)
            case "\t": put(character)
            default:
                let isControl = character.unicodeScalars.allSatisfy {
                    $0.value < 0x20 || $0.value == 0x7F || $0.isC1Control
                }
                if !isControl { put(character) }
            }
        }
    }

    private mutating func put(_ character: Character) {
        while characters.count < column { characters.append(" ") }
        if column < characters.count { characters[column] = character } else { characters.append(character) }
        column += 1
    }

    private mutating func obey(_ sequence: EscapeSequence) {
        switch sequence {
        case .eraseInLine(let mode): erase(mode)
        case .moveBy(let columns): column = min(max(0, column + columns), Self.columnsMax)
        case .moveTo(let newColumn): column = min(max(0, newColumn), Self.columnsMax)
        case .other: break
        }
    }

    private mutating func erase(_ mode: Int) {
        switch mode {
        case 0: characters.removeLast(max(0, characters.count - column))
        case 1: for index in 0..<min(column + 1, characters.count) { characters[index] = " " }
        default: characters.removeAll()
        }
        while characters.last == " ", characters.count > column { characters.removeLast() }
    }

    /// A hostile `CSI 999999999 C` must not fill the memory with blanks.
    private static let columnsMax = 10_000
}

/// What one escape sequence asks of the row it stands in.
private enum EscapeSequence {
    case eraseInLine(Int)
    case moveBy(Int)
    /// Counted from 0.
    case moveTo(Int)
    case other

    /// Takes the rest of a sequence whose escape character was read (ECMA-48, section 5.4; xterm's OSC).
    static func take(from input: inout Substring) -> EscapeSequence {
        guard let introducer = input.popFirst() else { return .other }
        switch introducer {
        case "[": return takeControlSequence(from: &input)
        case "]", "P", "X", "^", "_":
            takeString(from: &input)
            return .other
        case " "..."/":
            _ = input.popFirst()
            return .other
        default: return .other
        }
    }

    private static func takeControlSequence(from input: inout Substring) -> EscapeSequence {
        var parameters = ""
        while let character = input.first, ("0"..."?").contains(character) {
            parameters.append(character)
            input.removeFirst()
        }
        while let character = input.first, (" "..."/").contains(character) { input.removeFirst() }
        guard let final = input.popFirst() else { return .other }
        let first = parameters.split(separator: ";", omittingEmptySubsequences: false).first.flatMap {
            Int($0)
        }
        switch final {
        case "K": return .eraseInLine(first ?? 0)
        case "C": return .moveBy(max(1, first ?? 1))
        case "D": return .moveBy(-max(1, first ?? 1))
        case "G", "`": return .moveTo((first ?? 1) - 1)
        default: return .other
        }
    }

    private static func takeString(from input: inout Substring) {
        while let character = input.popFirst() {
            if character == "\u{7}" { return }
            if character == "\u{1B}", input.first == "\\" {
                input.removeFirst()
                return
            }
        }
    }
}

extension UInt8 {
    fileprivate static var delete: UInt8 { 0x7F }
}

extension Unicode.Scalar {
    fileprivate var isC1Control: Bool { (0x80...0x9F).contains(value) }
}
