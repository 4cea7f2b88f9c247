package import CasebookDocument

/// Whether every range of a runbook holds in the bytes what the reader says stands there.
package struct RunbookRanges {
    /// What is not where it was said to be.
    package private(set) var violations: [String] = []
    private let source: SourceText
    private let isUTF8: Bool

    package init(_ runbook: Runbook) {
        source = runbook.source
        isUTF8 = String(validating: source.bytes, as: UTF8.self) != nil
        var end = 0
        for item in runbook.items {
            check(item.place)
            if item.place.range.lowerBound < end, case .cell = item {
                violations.append("`\(item.id)` starts inside the item before it")
            }
            switch item {
            case .cell(let cell):
                end = cell.place.range.upperBound
                check(cell)
                check(cell.insertion, of: cell.id)
            case .gate(let gate):
                check(gate)
                check(gate.insertion, of: gate.id)
            }
        }
        if Set(runbook.items.map(\.id)).count != runbook.items.count {
            violations.append("two items have one name")
        }
        for diagnostic in runbook.diagnostics { check(diagnostic) }
    }
}

// MARK: - Items

extension RunbookRanges {
    private mutating func check(_ place: ItemPlace) {
        guard isInside(place.range), isInside(place.instruction) else {
            violations.append("`\(place.id)` lies outside of the document")
            return
        }
        if source.position(of: place.range.lowerBound).line != place.line {
            violations.append("`\(place.id)` does not start on its line")
        }
        if place.instruction.lowerBound > place.instruction.upperBound
            || place.instruction.upperBound > max(place.range.lowerBound, place.instruction.lowerBound)
        {
            violations.append("the instruction of `\(place.id)` reaches into it")
        }
        let opening = source.bytes[source.contentRange(ofLine: place.line)]
        if place.isNamed, !opening.contains(Array(place.id.name.utf8)) {
            violations.append("the name `\(place.id)` does not stand on its line")
        }
    }

    /// Each line of the code is the end of its line in the document, prompts and prefixes left out.
    private mutating func check(_ cell: Cell) {
        let lines = cell.code.split(separator: .lineFeed, omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let code = line.drop { $0 == .space || $0 == .tab }
            guard !code.isEmpty else { continue }
            let number = cell.codeLine + index
            guard number <= source.lineCount else {
                violations.append("line \(index + 1) of `\(cell.id)` lies after the document")
                return
            }
            let content = source.bytes[source.contentRange(ofLine: number)]
            // cmark puts U+FFFD in the place of a NUL.
            let whole = content.contains(0) ? content.flatMap { $0 == 0 ? [0xEF, 0xBF, 0xBD] : [$0] } : nil
            let isThere = whole.map { $0.suffix(code.count) == code } ?? (content.suffix(code.count) == code)
            if !isThere { violations.append("line \(index + 1) of `\(cell.id)` is not line \(number)") }
        }
    }

    private mutating func check(_ gate: Gate) {
        guard case .task(let box, let isTicked) = gate.kind else { return }
        guard box > 0, box + 1 < source.bytes.count, source.bytes[box - 1] == UInt8(ascii: "["),
            source.bytes[box + 1] == UInt8(ascii: "]")
        else {
            violations.append("the box of `\(gate.id)` is no box")
            return
        }
        if isTicked, source.bytes[box] | 0x20 != UInt8(ascii: "x") {
            violations.append("the box of `\(gate.id)` is not ticked")
        }
    }

    /// A block is inserted at the end of a line's content, before its ending.
    private mutating func check(_ insertion: InsertionPoint?, of id: ItemID) {
        guard let insertion else { return }
        guard insertion.offset >= 0, insertion.offset <= source.bytes.count else {
            violations.append("the block of `\(id)` would lie outside of the document")
            return
        }
        let line = source.lineIndex(of: max(0, insertion.offset - 1)) + 1
        if source.contentRange(ofLine: line).upperBound != insertion.offset {
            violations.append("the block of `\(id)` would stand inside a line")
        }
    }
}

// MARK: - Diagnostics

extension RunbookRanges {
    private mutating func check(_ diagnostic: Diagnostic) {
        guard let range = diagnostic.range else { return }
        guard isInside(range) else {
            violations.append("`\(diagnostic.code.rawValue)` lies outside of the document")
            return
        }
        if isUTF8, isInScalar(range.lowerBound) || isInScalar(range.upperBound) {
            violations.append("`\(diagnostic.code.rawValue)` cuts a character: \(diagnostic.message)")
        }
        switch diagnostic.code {
        case .duplicateName:
            if !diagnostic.message.contains("`\(source.text(in: range))`") {
                violations.append("`\(diagnostic.code.rawValue)` points at something else")
            }
        case .attributeUnknown, .attributeInvalid, .attributeUnsupported, .nameInvalid, .keyUnknown:
            if range.isEmpty, diagnostic.severity == .warning {
                violations.append("`\(diagnostic.code.rawValue)` points at nothing: \(diagnostic.message)")
            }
        default: break
        }
    }

    private func isInside(_ range: ByteRange) -> Bool {
        range.lowerBound >= 0 && range.upperBound <= source.bytes.count
    }

    /// True when a byte goes on with the character before it.
    private func isInScalar(_ offset: Int) -> Bool {
        offset < source.bytes.count && source.bytes[offset] & 0xC0 == 0x80
    }
}
