/// What Casebook reads in one Markdown document.
///
/// Reading never fails: what is wrong is a diagnostic, and the rest of the document still works.
package struct Runbook: Sendable {
    package let source: SourceText
    package let metadata: Metadata
    /// What a run goes through, in document order: cells and gates.
    package let items: [RunbookItem]
    /// Sorted by place.
    package let diagnostics: [Diagnostic]

    package init(source: SourceText, metadata: Metadata, items: [RunbookItem], diagnostics: [Diagnostic]) {
        self.source = source
        self.metadata = metadata
        self.items = items
        self.diagnostics = diagnostics
    }
}

extension Runbook {
    /// The title that reports and listings show: front matter, else the first level-1 heading, else the name.
    package var title: String { metadata.title ?? source.name }

    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// The variables that cells read and nothing in the runbook sets, in the order of their first use.
    package var openVariables: [String] {
        var seen: Set<String> = []
        return cells.flatMap(\.openVariables).filter { seen.insert($0).inserted }
    }

    /// Every cell, also those outside the forward order.
    package var cells: [Cell] {
        items.compactMap { item in
            if case .cell(let cell) = item { cell } else { nil }
        }
    }
}

/// One thing that a run reaches: code to run, or a question to a person.
///
/// It is indirect because a cell is large and is handed on often.
package indirect enum RunbookItem: Hashable, Sendable {
    case cell(Cell)
    case gate(Gate)
}

extension RunbookItem {
    package var place: ItemPlace {
        switch self {
        case .cell(let cell): cell.place
        case .gate(let gate): gate.place
        }
    }

    package var id: ItemID { place.id }

    /// What must be so for it to be reached; nil when it always is.
    package var when: Condition? {
        switch self {
        case .cell(let cell): cell.attributes.when
        case .gate(let gate):
            if case .checkpoint(let checkpoint) = gate.kind { checkpoint.when } else { nil }
        }
    }
}

/// The name by which people and the record call one cell or gate; unique in its document.
///
/// The author's name, else the slug of the heading path (below the title) and an ordinal within it.
package struct ItemID: Hashable, Sendable, Codable, CustomStringConvertible {
    package let name: String

    package init(_ name: String) { self.name = name }

    package init(from decoder: any Decoder) throws {
        name = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }

    package var description: String { name }
}

/// Where an item stands and what is shown with it.
package struct ItemPlace: Hashable, Sendable {
    package let id: ItemID
    /// True when the author gave the name.
    package let isNamed: Bool
    /// The headings above it, outermost first, the title left out; plain text.
    package let headings: [String]
    /// The whole block in the document: fence, list item or section.
    package let range: ByteRange
    /// The line of its first byte, counted from 1.
    package let line: Int
    /// The prose of its step that stands before it and was not shown with an earlier item; may be empty.
    package let instruction: ByteRange
    /// What must have been answered for it to be reached; nil when it always is.
    package let condition: ItemCondition?

    package init(
        id: ItemID,
        isNamed: Bool,
        headings: [String],
        range: ByteRange,
        line: Int,
        instruction: ByteRange,
        condition: ItemCondition? = nil
    ) {
        self.id = id
        self.isNamed = isNamed
        self.headings = headings
        self.range = range
        self.line = line
        self.instruction = instruction
        self.condition = condition
    }
}

/// The answer that an earlier choice must have had for an item to be reached.
package struct ItemCondition: Hashable, Sendable {
    package let gate: ItemID
    /// The word of the answer.
    package let answer: String

    package init(gate: ItemID, answer: String) {
        self.gate = gate
        self.answer = answer
    }
}

/// Where a block that Casebook writes goes, and what stands before each of its lines.
package struct InsertionPoint: Hashable, Sendable {
    /// The offset right after the last byte of the block it follows, before that line's own ending.
    package let offset: Int
    /// The container's prefix for each inserted line: indentation, `> `, or both.
    package let prefix: [UInt8]

    package init(offset: Int, prefix: [UInt8]) {
        self.offset = offset
        self.prefix = prefix
    }
}
