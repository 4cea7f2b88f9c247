/// Gives every item its identifier and its instruction.
struct Naming {
    private let outline: Outline
    /// Where the text of each section starts, after its heading.
    private let bodyStarts: [Int]
    private var used: [String: ByteRange] = [:]
    private var counts: [String: Int] = [:]
    private(set) var diagnostics: [Diagnostic] = []
    private var choices: [Int: ItemID] = [:]
    /// The names that another block or the front matter refers to.
    private let referred: Set<String>

    init(outline: Outline, tree: BlockTree, referred: Set<String>) {
        self.outline = outline
        self.referred = referred
        let first =
            tree.firstLine <= tree.source.lineCount
            ? tree.source.lineStarts[tree.firstLine - 1] : tree.source.bytes.count
        bodyStarts = outline.sections.map { section in
            guard let heading = section.heading else { return first }
            return tree.source.contentRange(ofLine: tree.lastLine(of: heading)).upperBound
        }
    }

    /// The items in the order of the drafts, each with a name that no other has.
    ///
    /// Every item counts in its headings' numbering, named or not, so that naming one renames no other.
    mutating func items(for drafts: [Draft], in source: SourceText) -> [RunbookItem] {
        used.reserveCapacity(drafts.count)
        for index in drafts.indices { claim(drafts[index].name) }
        var named: Set<String> = []
        var instructionStart = 0
        var section = -1
        var headings: [String] = []
        var base = ""
        return drafts.map { draft in
            // Items of one section stand side by side.
            if draft.section != section {
                section = draft.section
                headings = outline.path(of: section)
                base = Self.base(of: headings)
            }
            let automatic = automaticName(base)
            var name = automatic
            var isNamed = false
            if let own = draft.name, named.insert(own.text).inserted {
                name = own.text
                isNamed = true
            }
            let start = max(instructionStart, bodyStarts[draft.section])
            // The item's own line begins with its container's prefix or a list marker: no prose.
            let end = source.lineStarts[draft.line - 1]
            instructionStart = max(instructionStart, draft.range.upperBound)
            if case .choice(let number, _, _) = draft.content { choices[number] = ItemID(name) }
            let place = ItemPlace(
                id: ItemID(name),
                isNamed: isNamed,
                headings: headings,
                range: draft.range,
                line: draft.line,
                instruction: Self.trimmed(start..<max(start, end), in: source),
                condition: draft.condition.flatMap { condition in
                    choices[condition.choice].map { ItemCondition(gate: $0, answer: condition.answer) }
                }
            )
            return Self.item(draft, at: place)
        }
    }

    private mutating func claim(_ name: (text: String, range: ByteRange)?) {
        guard let name else { return }
        guard let first = used[name.text] else {
            used[name.text] = name.range
            return
        }
        guard referred.contains(name.text) else {
            diagnostics.append(
                Diagnostic(
                    .warning,
                    .duplicateName,
                    at: name.range,
                    "the name `\(name.text)` is given to a block before, so this one is called by its headings",
                    advice: "give each its own name"
                )
            )
            return
        }
        for range in [first, name.range] {
            diagnostics.append(
                Diagnostic(
                    .error,
                    .duplicateName,
                    at: range,
                    "the name `\(name.text)` is given to more than one block, and something refers to it",
                    advice: "give each its own name"
                )
            )
        }
    }

    /// What the names of items under headings begin with.
    private static func base(of headings: [String]) -> String {
        let slug = headings.map(slug).filter { !$0.isEmpty }.joined(separator: "-")
        return slug.isEmpty ? "step" : slug
    }

    private mutating func automaticName(_ base: String) -> String {
        while true {
            counts[base, default: 0] += 1
            let count = counts[base] ?? 1
            let name = "\(base)-\(count)"
            if used[name] == nil {
                used[name] = 0..<0
                return name
            }
        }
    }

    /// Letters and digits in small, everything else one `-`.
    static func slug(_ heading: String) -> String {
        if heading.utf8.allSatisfy({ $0 < 0x80 }) { return asciiSlug(heading) }
        var slug = ""
        var needsDash = false
        for character in heading.lowercased() {
            guard character.isLetter || character.isNumber else {
                needsDash = !slug.isEmpty
                continue
            }
            if needsDash { slug.append("-") }
            needsDash = false
            slug.append(character)
        }
        return slug
    }

    /// The same for most headings, byte by byte: a document has thousands, and characters are looked up.
    private static func asciiSlug(_ heading: String) -> String {
        var slug: [UInt8] = []
        var needsDash = false
        for byte in heading.utf8 {
            guard byte.isLetter || byte.isDigit else {
                needsDash = !slug.isEmpty
                continue
            }
            if needsDash { slug.append(UInt8(ascii: "-")) }
            needsDash = false
            slug.append(byte.isLetter ? byte | 0x20 : byte)
        }
        return String(decoding: slug, as: UTF8.self)
    }
}

// MARK: - Items

extension Naming {
    private static func item(_ draft: Draft, at place: ItemPlace) -> RunbookItem {
        switch draft.content {
        case .cell(let cell, let handling):
            return .cell(
                Cell(
                    place: place,
                    language: cell.language,
                    code: cell.transcript.code,
                    codeLine: cell.codeLine,
                    attributes: cell.attributes,
                    handling: handling,
                    filling: draft.filling,
                    openVariables: draft.openVariables,
                    capturedVariables: draft.capturedVariables,
                    sharedVariables: draft.sharedVariables,
                    secretVariables: draft.secretVariables,
                    undoByHand: draft.undoByHand,
                    insertion: draft.insertion
                )
            )
        case .checkpoint(let checkpoint, let text, let isRequired):
            let choices = checkpoint.choices.map(GateAnswer.choice)
            var answers = choices.isEmpty ? [GateAnswer.proceed] : choices
            if !isRequired { answers.append(.skip) }
            return gate(.checkpoint(checkpoint), text, isRequired, answers + [.stop], draft, place)
        case .step(let text):
            return gate(.manualStep, text, false, [.done, .doesNotApply, .skip, .stop], draft, place)
        case .choice(_, let text, let answers):
            return gate(.choice, text, true, answers, draft, place)
        case .task(let box, let text):
            let kind = Gate.Kind.task(box: box.offset, isTickedByAuthor: box.isTickedByAuthor)
            return gate(kind, text, false, [.done, .doesNotApply, .skip, .stop], draft, place)
        }
    }

    private static func gate(
        _ kind: Gate.Kind,
        _ text: String,
        _ isRequired: Bool,
        _ answers: [GateAnswer],
        _ draft: Draft,
        _ place: ItemPlace
    ) -> RunbookItem {
        .gate(
            Gate(
                place: place,
                kind: kind,
                text: text,
                isRequired: isRequired,
                answers: answers,
                insertion: draft.insertion
            )
        )
    }

    /// A range without the white space and line endings at its ends.
    private static func trimmed(_ range: ByteRange, in source: SourceText) -> ByteRange {
        var start = range.lowerBound
        var end = range.upperBound
        func isSpace(_ offset: Int) -> Bool {
            let byte = source.bytes[offset]
            return byte.isBlank || byte == .lineFeed || byte == .carriageReturn
        }
        while start < end, isSpace(start) { start += 1 }
        while end > start, isSpace(end - 1) { end -= 1 }
        return start..<end
    }
}
