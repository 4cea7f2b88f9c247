import CasebookDocument

/// What control characters and escape sequences (ECMA-48, sections 5 and 8; xterm's) do to the line they stand in.
enum ControlText {
    enum Movement: Comparable {
        /// The cursor only goes on.
        case none
        case withinLine
        case betweenLines
    }

    /// How far the cursor moves in a line, whose ending is not part of it.
    static func movement(in line: ArraySlice<UInt8>) -> Movement {
        var movement = Movement.none
        let line = withoutEnding(line)
        var index = line.startIndex
        while index < line.endIndex {
            switch line[index] {
            case .carriageReturn, 0x08: movement = max(movement, .withinLine)
            case .escape:
                let sequence = EscapeSequence(in: line, at: index)
                movement = max(movement, sequence.movement)
                index = sequence.end
                continue
            default: break
            }
            index += 1
        }
        return movement
    }

    /// The text of a line in which nothing moves, without its colours and other control characters but tabs.
    static func plain(_ line: ArraySlice<UInt8>) -> String {
        let line = withoutEnding(line)
        let isPlain = line.allSatisfy { $0 >= .space && $0 != 0x7F && $0 != 0xC2 || $0 == .tab }
        guard !isPlain else { return String(decoding: line, as: UTF8.self) }
        var text: [UInt8] = []
        text.reserveCapacity(line.count)
        var index = line.startIndex
        while index < line.endIndex {
            if line[index] == .escape {
                index = EscapeSequence(in: line, at: index).end
                continue
            }
            if line[index] >= .space && line[index] != 0x7F || line[index] == .tab {
                text.append(line[index])
            }
            index += 1
        }
        let scalars = String(decoding: text, as: UTF8.self).unicodeScalars.filter {
            !(0x80...0x9F).contains($0.value)
        }
        return String(String.UnicodeScalarView(scalars))
    }

    private static func withoutEnding(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        line.last == .carriageReturn ? line.dropLast() : line
    }
}

/// One escape sequence: where it ends, and what it does to the cursor.
private struct EscapeSequence {
    let end: Int
    let movement: ControlText.Movement

    init(in line: ArraySlice<UInt8>, at start: Int) {
        var index = start + 1
        guard index < line.endIndex else {
            (end, movement) = (line.endIndex, .none)
            return
        }
        switch line[index] {
        case UInt8(ascii: "["):
            index += 1
            // Parameters and intermediate bytes, then the final one.
            while index < line.endIndex, (0x20...0x3F).contains(line[index]) { index += 1 }
            let final = index < line.endIndex ? line[index] : 0
            movement = Self.movement(
                ofControl: final,
                isPrivate: start + 2 < index && line[start + 2] == UInt8(ascii: "?")
            )
            end = min(index + 1, line.endIndex)
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
            end = Self.endOfString(in: line, from: index + 1)
            movement = .none
        case 0x20...0x2F:
            end = min(index + 2, line.endIndex)
            movement = .none
        // Save, restore, index, next line, reverse index, reset.
        case let byte:
            end = index + 1
            movement = "78DEMc".utf8.contains(byte) ? .betweenLines : .none
        }
    }

    private static func movement(ofControl final: UInt8, isPrivate: Bool) -> ControlText.Movement {
        switch final {
        case _ where isPrivate:
            final == UInt8(ascii: "h") || final == UInt8(ascii: "l") ? .betweenLines : .none
        case _ where "CDGIKPX@Z`ab".utf8.contains(final): .withinLine
        case _ where "ABEFHJLMSTdefrsu".utf8.contains(final): .betweenLines
        default: .none
        }
    }

    /// Behind BEL, or behind the `ESC \` that ends a string.
    private static func endOfString(in line: ArraySlice<UInt8>, from start: Int) -> Int {
        var index = start
        while index < line.endIndex {
            if line[index] == 0x07 { return index + 1 }
            if line[index] == .escape, index + 1 < line.endIndex, line[index + 1] == UInt8(ascii: "\\") {
                return index + 2
            }
            index += 1
        }
        return line.endIndex
    }
}

extension UInt8 {
    fileprivate static var escape: UInt8 { 0x1B }
}
