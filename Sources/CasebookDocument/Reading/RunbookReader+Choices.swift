// MARK: - Choices

extension RunbookReader {
    /// Finds what is done only under a condition, and which of several ways is gone.
    ///
    /// Each becomes a question before the items that its answer decides about.
    mutating func readChoices() {
        var scopes: [ChoiceScope] = []
        for (index, section) in outline.sections.enumerated() where offersChoice(index) {
            addConditionalHeading(index, to: &scopes)
            addChoices(among: topBlocks(of: section), inside: nil, section: index, to: &scopes)
        }
        for index in tree.blocks.indices {
            let isItem = tree.blocks[index].kind == .item
            guard isItem || tree.blocks[index].kind == .quote && holdsItem.contains(index) else { continue }
            let section = outline.sectionOfBlock[index]
            guard tree.blocks[index].subtreeEnd > index + 1, offersChoice(section) else { continue }
            addChoices(
                among: tree.children(of: index),
                inside: isItem ? index : nil,
                section: section,
                to: &scopes
            )
        }
        addAlternativeHeadings(to: &scopes)
        addProducts(to: &scopes)
        addTabs(to: &scopes)
        apply(scopes)
    }

    /// True for a section whose items a run goes through.
    func isActed(_ section: Int) -> Bool { acted[section] }

    /// True for a section whose cells a run goes through, also under *Overview* or *FAQ*.
    func offersChoice(_ section: Int) -> Bool { isActed(section) || withCells.contains(section) }

    /// Finds the sections that only describe and whose cells are part of the run.
    mutating func findCells() {
        for index in drafts.indices where !isActed(drafts[index].section) {
            switch drafts[index].handling {
            case .run?, .confirm?, .byHand?: withCells.insert(drafts[index].section)
            case .shown?, .undo?, .check?, nil: break
            }
        }
    }

    func topBlocks(of section: Outline.Section) -> [Int] {
        var blocks: [Int] = []
        var index = section.blocks.lowerBound
        while index < section.blocks.upperBound {
            if tree.blocks[index].parent == nil { blocks.append(index) }
            index = tree.blocks[index].subtreeEnd
        }
        return blocks
    }

    /// Gives the items inside each scope its condition, the innermost one where several hold.
    private mutating func apply(_ found: [ChoiceScope]) {
        let starts = drafts.map(\.range.lowerBound)
        let scopes = found.filter { scope in
            scope.needsItems
                ? scope.parts.allSatisfy { starts.hasElement(in: $0.range) }
                : scope.parts.contains { starts.hasElement(in: $0.range) }
        }
        guard !scopes.isEmpty else { return }
        var parts: [(range: ByteRange, condition: Draft.Condition)] = []
        for (number, scope) in scopes.enumerated() {
            drafts.append(scope.draft(number: number))
            for part in scope.parts {
                parts.append((part.range, Draft.Condition(choice: number, answer: part.answer.word)))
            }
        }
        sortDrafts()
        parts.sort { ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound) }
        var open: [(range: ByteRange, condition: Draft.Condition)] = []
        var next = 0
        for index in drafts.indices {
            let start = drafts[index].range.lowerBound
            while next < parts.count, parts[next].range.lowerBound <= start {
                open.append(parts[next])
                next += 1
            }
            open.removeAll { $0.range.upperBound <= start }
            var own: Int?
            if case .choice(let number, _, _) = drafts[index].content { own = number }
            drafts[index].condition = open.last { $0.condition.choice != own }?.condition
        }
    }
}

/// A question, and what each answer to it lets be reached.
struct ChoiceScope {
    let text: String
    let section: Int
    let range: ByteRange
    let line: Int
    let insertion: InsertionPoint?
    let parts: [(answer: GateAnswer, range: ByteRange)]
    /// The answers besides those that let a part be reached.
    var otherAnswers: [GateAnswer] = [.doesNotApply, .stop]
    /// False when a part may hold no item: a way that is only text is one all the same.
    var needsItems = true

    /// Each answer once: one way may have several parts.
    private var answers: [GateAnswer] {
        var seen: Set<GateAnswer> = []
        return (parts.map(\.answer) + otherAnswers).filter { seen.insert($0).inserted }
    }

    func draft(number: Int) -> Draft {
        Draft(
            content: .choice(number, text: text, answers: answers),
            section: section,
            range: range,
            line: line,
            insertion: insertion
        )
    }
}

// MARK: - Places

extension RunbookReader {
    func end(of block: Int) -> Int {
        source.contentRange(ofLine: max(tree.lastLine(of: block), tree.startLine(of: block))).upperBound
    }

    func range(ofBlock block: Int) -> ByteRange {
        let line = tree.startLine(of: block)
        let start =
            tree.containers.cursor(onLine: line, inside: tree.container(of: block))?.offset
            ?? source.lineStarts[line - 1]
        return start..<max(start, end(of: block))
    }

    /// The Markdown of a paragraph on one line, without the prefix of its container.
    func paragraphText(_ block: Int) -> String { paragraphs[block] }

    /// The text of each paragraph, read once for all rules; empty for every other block.
    static func paragraphs(of tree: BlockTree) -> [String] {
        tree.blocks.indices.map { block in
            tree.blocks[block].kind == .paragraph ? text(ofParagraph: block, in: tree) : ""
        }
    }

    private static func text(ofParagraph block: Int, in tree: BlockTree) -> String {
        let container = tree.container(of: block)
        let first = tree.startLine(of: block)
        let last = max(first, tree.lastLine(of: block))
        var text: [UInt8] = []
        for line in first...last {
            // What a paragraph says of steps stands at its start or at its end.
            if line - first == linesOfParagraph, last - line > linesOfParagraph {
                return String(decoding: text, as: UTF8.self) + " "
                    + textOfLines((last - linesOfParagraph)...last, inside: container, in: tree)
            }
            append(line, inside: container, in: tree, to: &text)
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static let linesOfParagraph = 20

    private static func textOfLines(
        _ lines: ClosedRange<Int>,
        inside container: Int?,
        in tree: BlockTree
    ) -> String {
        var text: [UInt8] = []
        for line in lines { append(line, inside: container, in: tree, to: &text) }
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends a line without the prefix of its container and the white space around it.
    private static func append(
        _ line: Int,
        inside container: Int?,
        in tree: BlockTree,
        to text: inout [UInt8]
    ) {
        let content = tree.source.contentRange(ofLine: line)
        var start = content.lowerBound
        if container != nil, let cursor = tree.containers.cursor(onLine: line, inside: container) {
            start = min(cursor.offset, content.upperBound)
        }
        var rest = tree.source.bytes[start..<content.upperBound].drop(while: \.isBlank)
        while let byte = rest.last, byte.isBlank || byte == .carriageReturn { rest.removeLast() }
        if !text.isEmpty { text.append(.space) }
        text += rest
    }
}

extension [Int] {
    /// True when one of these sorted numbers lies in a range.
    fileprivate func hasElement(in range: Range<Int>) -> Bool {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < range.lowerBound { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low] < range.upperBound
    }
}
