/// Writes blocks into a document after its items, touching no other byte.
///
/// Made from a runbook that was read from cleared bytes; each call starts from those, so that saving
/// twice with the same blocks gives the same bytes.
package struct DocumentWriter: Sendable {
    private let source: SourceText
    /// Where each item takes its block, in document order.
    private let places: [Place]

    private struct Place: Sendable {
        let id: ItemID
        let insertion: InsertionPoint?
        let box: TaskBox?
    }

    package init(_ runbook: Runbook) {
        source = runbook.source
        places = runbook.items.map { item in
            switch item {
            case .cell(let cell): Place(id: cell.id, insertion: cell.insertion, box: nil)
            case .gate(let gate):
                Place(id: gate.id, insertion: gate.insertion, box: gate.box(in: runbook.source))
            }
        }
    }

    /// The document with a block after each item named.
    ///
    /// Linear in the size of the document and of the blocks. A block for an item that takes none (an
    /// unclosed fence, a gate inside raw HTML), or that the document does not hold, is left out.
    ///
    /// - Throws: ``DocumentError/editsOverlap(first:second:)`` when two items share bytes: a bug here.
    package func bytes(with blocks: [ItemID: WrittenBlock]) throws(DocumentError) -> [UInt8] {
        var edits: [Edit] = []
        edits.reserveCapacity(blocks.count)
        let ending = source.lineEnding
        for place in places {
            guard let block = blocks[place.id] else { continue }
            if case .tick = block {
                edits += place.box?.tick ?? []
            } else if let insertion = place.insertion {
                edits.append(Self.edit(for: block, at: insertion, ending: ending))
            }
        }
        return try source.applying(edits)
    }
}

// MARK: - Blocks

extension DocumentWriter {
    private static func edit(for block: WrittenBlock, at point: InsertionPoint, ending: [UInt8]) -> Edit {
        let (word, marks, text, pictures): (String, [String], [UInt8], [Picture]) =
            switch block {
            case .output(let marks, let text, let pictures): ("output", marks, text, pictures)
            case .decision(let answer, let note):
                ("decision", ["answer=" + quoted(answer)], Array(note.utf8), [])
            case .tick: ("", [], [], [])
            }
        var lines = SafeText.lines(of: text)
        let fence = Self.fence(around: &lines)
        let emptyPrefix = Array(point.prefix.reversed().drop(while: \.isBlank).reversed())
        var bytes: [UInt8] = []
        bytes.reserveCapacity(lines.reduce(96) { $0 + $1.count + point.prefix.count + ending.count })
        bytes += ending + point.prefix + fence + Array("\(word) {casebook".utf8)
        if !marks.isEmpty { bytes += [.space] + SafeText.marks(marks) }
        bytes.append(UInt8(ascii: "}"))
        for line in lines {
            bytes += ending
            bytes += line.isEmpty ? emptyPrefix : point.prefix
            bytes += line
        }
        bytes += ending + point.prefix + fence
        if !pictures.isEmpty {
            let mark = Array(OwnedMarks.pictureMark.utf8)
            for line in [mark] + pictures.map(\.link) + [mark] { bytes += ending + point.prefix + line }
        }
        return Edit(range: point.offset..<point.offset, replacement: bytes)
    }

    /// An answer as a value: quoted when it holds more than letters, digits, `-`, `_` and `.`.
    private static func quoted(_ answer: String) -> String {
        let isPlain = answer.utf8.allSatisfy { byte in
            byte.isLetter || byte.isDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
                || byte == UInt8(ascii: ".")
        }
        return isPlain && !answer.isEmpty ? answer : "\"" + answer.split(separator: "\"").joined() + "\""
    }
}

extension Gate {
    /// The task box of the gate; nil when it has none.
    fileprivate func box(in source: SourceText) -> TaskBox? {
        guard case .task(let box, _) = kind else { return nil }
        var cursor = LineCursor(line: source.lineIndex(of: box) + 1, in: source)
        cursor.advance(bytes: box - 1 - cursor.offset)
        return TaskBox(at: cursor, in: source)
    }
}
