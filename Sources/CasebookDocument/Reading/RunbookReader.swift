extension Runbook {
    /// Reads a document; never fails.
    ///
    /// The source may hold blocks of earlier runs: they are seen as owned and are no cells.
    package static func read(_ source: SourceText) -> Runbook {
        var reader = RunbookReader(BlockTree.of(source))
        return reader.read()
    }
}

/// Finds the items of a document: cells, checkpoints, tasks and steps.
struct RunbookReader {
    let tree: BlockTree
    private(set) var outline: Outline
    let owned: OwnedMarks
    /// The blocks that Casebook wrote.
    private(set) var ownedBlocks: BlockSet
    /// The text of each paragraph, read once for all rules.
    private(set) var paragraphs: [String]
    /// For each section, whether a run goes through its items.
    private(set) var acted: [Bool]
    /// The sections that only describe, and that hold cells for a run all the same.
    var withCells: Set<Int> = []
    /// The headings that are tabs and divide nothing, by their names.
    let tabs: [Int: String]
    /// The title in the front matter.
    private(set) var frontTitle: String?
    var drafts: [Draft] = []
    /// Cells that nobody is meant to run, such as recorded output; the step beside them stays a step.
    var samples: [Draft] = []
    /// The blocks of those.
    var sampleBlocks: Set<Int> = []
    /// The cell before, by which recorded sessions that repeat it are known.
    var previousCell: Transcript?
    /// What the output in the document shows, up to the block that is read.
    var printed = PrintedValues()
    var diagnostics: [Diagnostic] = []
    /// Blocks that hold a cell, a checkpoint or a task, so that they are no steps themselves.
    var holdsItem: BlockSet
    /// The list items that are tasks.
    var tasks: Set<Int> = []
    /// The list items that are steps with all that stands in them.
    var listSteps: Set<Int> = []
    /// The list items that hold items and are steps all the same.
    var parents: Set<Int> = []
    /// The headings that are steps with all that stands under them.
    var headingSteps: Set<Int> = []
    /// The languages that the front matter names an interpreter for.
    private(set) var ownLanguages: [String: Language] = [:]
    /// Each name in an `undoes` or a `check`, with where it stands.
    var undone: [NamedTarget] = []
    /// Each `when`, with the line of its block.
    var conditions: [(attribute: ScannedAttribute, line: Int)] = []
    /// Each `session`, with the line of its block.
    var sessions: [(name: String, range: ByteRange, line: Int)] = []

    var source: SourceText { tree.source }

    init(_ tree: BlockTree) {
        self.tree = tree
        tabs = Self.tabs(in: tree)
        outline = Outline(of: tree.blocks, without: Set(tabs.keys))
        owned = OwnedMarks(in: tree)
        paragraphs = Self.paragraphs(of: tree)
        holdsItem = BlockSet(count: tree.blocks.count)
        ownedBlocks = BlockSet(count: tree.blocks.count)
        for block in owned.blocks { ownedBlocks.insert(block) }
        acted = outline.acted
        let firstStep = tree.blocks.indices.first { block in
            tree.blocks[block].isCode && !isDirective(block) && !isOwned(block)
                || tree.blocks[block].kind == .list(isOrdered: true)
        }
        outline.findOwnProcedures(before: firstStep)
        showExamples()
        followExamples()
        acted = outline.acted
    }

    /// Sections that only hold examples, as a text before their sections says: *Below are examples of its use:*.
    private mutating func showExamples() {
        let found = outline.sections.indices.filter { index in
            guard index > 0, outline.sections[index].level > 1,
                let last = topBlocks(of: outline.sections[index]).last(where: { !isOwned($0) }),
                tree.blocks[last].kind == .paragraph
            else { return false }
            return AnnouncedText.announcesExamples(paragraphText(last))
        }
        guard !found.isEmpty else { return }
        for section in found { outline.show(section) }
    }

    /// *Examples* with its own *Requirements*, and *Example: a new key* with a list of acts: procedures, when somebody wants them.
    private mutating func followExamples() {
        for index in outline.sections.indices where outline.isExample(index) {
            if outline.hasRequirements(index) || startsWithActs(outline.sections[index]) {
                outline.follow(index)
            }
        }
    }

    /// True for a section of which the first block, or the second, is an ordered list of three acts or more.
    private func startsWithActs(_ section: Outline.Section) -> Bool {
        let blocks = topBlocks(of: section).filter { !isOwned($0) }.prefix(2)
        guard let list = blocks.first(where: { tree.blocks[$0].kind == .list(isOrdered: true) }) else {
            return false
        }
        let items = tree.children(of: list)
        return items.count > 2
            && items.count(where: { firstText(of: $0).map(ImperativeText.isImperative) ?? false }) * 3
                >= items.count * 2
    }

    mutating func read() -> Runbook {
        let metadata = readMetadata()
        frontTitle = metadata.title
        ownLanguages = Dictionary(
            uniqueKeysWithValues: metadata.interpreters.map { ($0, .runs(Interpreter(tag: $0, command: $1))) }
        )
        addPrerequisites(metadata)
        readFences()
        findCells()
        readTasks()
        readListSteps()
        readBullets()
        readHeadingSteps()
        readProseSteps()
        readOrderingSections()
        addSamples()
        removeCommented()
        sortDrafts()
        readChoices()
        readPlaces()
        readChecks()
        readInstructions()
        readVariables(metadata)
        checkSessions()
        // All rules have read them, and they are as large as the document.
        paragraphs = []
        var naming = Naming(outline: outline, tree: tree, referred: referredNames)
        let items = naming.items(for: drafts, in: source)
        diagnostics += naming.diagnostics
        if let limit = tree.limit { diagnostics.append(limit.diagnostic(in: source)) }
        checkUndone(items)
        checkConditions(items, metadata)
        diagnostics += DocumentChecks.diagnostics(of: tree, owned)
        if !source.isUTF8 { reportEncoding() }
        diagnostics.sort { ($0.range?.lowerBound ?? -1) < ($1.range?.lowerBound ?? -1) }
        return Runbook(source: source, metadata: metadata, items: items, diagnostics: diagnostics)
    }

    /// Leaves out what the site generator of the document leaves out.
    private mutating func removeCommented() {
        let commented = CommentedText(in: tree, isOwned: isOwned)
        guard !commented.isEmpty else { return }
        drafts.removeAll { commented.holds(line: $0.line) }
    }

    /// Puts the drafts into the order of the document.
    mutating func sortDrafts() {
        drafts.sort {
            ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
        }
    }

    /// Says that a block and everything around it is no step of its own.
    mutating func markHolders(of index: Int) {
        var next: Int? = index
        while let current = next, holdsItem.insert(current) { next = tree.blocks[current].parent }
    }
}

// MARK: - Checks over the whole document

extension RunbookReader {
    private mutating func checkUndone(_ items: [RunbookItem]) {
        let names = Set(items.map(\.id.name))
        // Looking for what was meant compares with every name; nobody reads the advice of more than these.
        var adviceLeft = 20
        lazy var sorted = names.sorted()
        for named in undone where !names.contains(named.target) {
            let near = adviceLeft > 0 ? NearMiss.of(named.target, among: sorted) : nil
            adviceLeft -= 1
            diagnostics.append(
                Diagnostic(
                    .error,
                    .nameInvalid,
                    at: named.range,
                    "`\(named.attribute)` names `\(named.target)`, and no cell has that name",
                    advice: near.map { "did you mean `\($0)`?" }
                )
            )
        }
    }

    /// The names in `undoes`, `check` and `when`, and in the front matter.
    private var referredNames: Set<String> {
        var names = Set(undone.map(\.target))
        for (attribute, _) in conditions {
            for operand in attribute.value.flatMap(Condition.init)?.names ?? [] {
                switch operand {
                case .name(let name), .outcome(let name): names.insert(name)
                case .literal, .number: break
                }
            }
        }
        return names
    }

    private mutating func reportEncoding() {
        diagnostics.append(
            Diagnostic(
                .warning,
                .notUTF8,
                at: source.firstInvalidUTF8,
                "the document is not all UTF-8; the bytes that are not are kept as they stand",
                advice: "save it as UTF-8"
            )
        )
    }
}

extension SourceText {
    /// True when all of it is UTF-8; the bytes are not copied for it.
    fileprivate var isUTF8: Bool {
        do {
            _ = try UTF8Span(validating: bytes.span)
            return true
        } catch {
            return false
        }
    }

    /// The first bytes that are not UTF-8, as far as the line that holds them; nil when all are.
    var firstInvalidUTF8: ByteRange? {
        for line in 1...lineCount {
            let range = contentRange(ofLine: line)
            if String(validating: bytes[range], as: UTF8.self) == nil { return range }
        }
        return nil
    }
}

/// The name of another item in an attribute or in the front matter.
struct NamedTarget {
    let attribute: String
    let range: ByteRange
    let target: String

    init(_ attribute: ScannedAttribute, _ target: String) {
        self.init(attribute.name, at: attribute.valueRange, target)
    }

    init(_ attribute: String, at range: ByteRange, _ target: String) {
        self.attribute = attribute
        self.range = range
        self.target = target
    }
}
