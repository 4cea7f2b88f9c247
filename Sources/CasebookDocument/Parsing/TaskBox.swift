/// The `[ ]` at the start of a task-list item, and whether Casebook ticked it.
///
/// Casebook's tick of an open box is `[x] <!-- casebook -->`. A box that the author had ticked keeps its
/// own letter and gets `<!-- casebook confirmed -->`: so `clear` knows which boxes to open again.
struct TaskBox: Hashable, Sendable {
    enum Mark: Hashable, Sendable {
        case ticked
        case confirmed
    }

    /// The byte between the brackets.
    let offset: Int
    /// True when the box is ticked and Casebook did not do it.
    let isTickedByAuthor: Bool
    /// Casebook's mark with the space before it, and what it says.
    let mark: Mark?
    let markRange: ByteRange

    init?(at cursor: LineCursor, in source: SourceText) {
        let start = cursor.offset
        guard start + 3 < cursor.end, source.bytes[start] == UInt8(ascii: "["),
            source.bytes[start + 2] == UInt8(ascii: "]"), source.bytes[start + 3].isBlank
        else { return nil }
        let letter = source.bytes[start + 1]
        let isTicked = letter | 0x20 == UInt8(ascii: "x")
        guard letter == .space || isTicked else { return nil }
        let rest = source.bytes[(start + 3)..<cursor.end]
        guard rest.contains(where: { !$0.isBlank }) else { return nil }
        offset = start + 1
        let found = Self.mark(at: rest, letter: letter)
        mark = found
        let length = found.map { Self.text(of: $0).count } ?? 0
        markRange = (start + 3)..<(start + 3 + length)
        isTickedByAuthor = isTicked && found != .ticked
    }

    /// What is written right after the box.
    static func text(of mark: Mark) -> [UInt8] {
        switch mark {
        case .ticked: Array(" <!-- casebook -->".utf8)
        case .confirmed: Array(" <!-- casebook confirmed -->".utf8)
        }
    }

    private static func mark(at rest: ArraySlice<UInt8>, letter: UInt8) -> Mark? {
        for mark in [Mark.ticked, .confirmed] {
            let text = text(of: mark)
            guard rest.starts(with: text), rest.count > text.count, rest[rest.startIndex + text.count].isBlank
            else { continue }
            // A tick is always written as a small letter; anything else is the author's.
            if mark == .ticked, letter != UInt8(ascii: "x") { return nil }
            return letter == .space ? nil : mark
        }
        return nil
    }
}

extension TaskBox {
    /// The edits that tick the box, so that `clear` can take them back.
    var tick: [Edit] {
        let after = (offset + 2)..<(offset + 2)
        guard !isTickedByAuthor else { return [Edit(range: after, replacement: Self.text(of: .confirmed))] }
        return [
            Edit(range: offset..<(offset + 1), replacement: [UInt8(ascii: "x")]),
            Edit(range: after, replacement: Self.text(of: .ticked)),
        ]
    }

    /// The edits that give the author's box back; empty when Casebook did not tick it.
    var untick: [Edit] {
        guard let mark else { return [] }
        let removal = Edit(range: markRange, replacement: [])
        guard mark == .ticked else { return [removal] }
        return [Edit(range: offset..<(offset + 1), replacement: [.space]), removal]
    }
}
