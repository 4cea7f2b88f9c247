/// The sections of a document: each heading with what stands under it.
struct Outline: Sendable {
    struct Section: Sendable {
        /// The block of the heading; nil for what stands before the first one.
        let heading: Int?
        let level: Int
        /// The heading's plain text without `{#id}`.
        let title: String
        var role: SectionRole
        /// The section that holds it; nil at the top.
        let parent: Int?
        /// The blocks up to the next heading of any level.
        var blocks: Range<Int>
        /// The blocks up to the next heading of this level or above.
        var allBlocks: Range<Int>
    }

    private(set) var sections: [Section] = []
    /// The first level-1 heading, and its section.
    private(set) var title: String?
    private var titleSection: Int?
    private var hasActs = false
    private var isAboutUndoing = false
    /// Sections such as *Roll back a deploy* before anything that they could take back.
    private(set) var ownProcedures: Set<Int> = []
    /// The section of each block.
    private(set) var sectionOfBlock: [Int] = []

    /// - `tabs`: headings that divide nothing.
    init(of blocks: [ParsedBlock], without tabs: Set<Int>) {
        sections.append(
            Section(
                heading: nil,
                level: 0,
                title: "",
                role: .ordinary,
                parent: nil,
                blocks: 0..<0,
                allBlocks: 0..<0
            )
        )
        sectionOfBlock.reserveCapacity(blocks.count)
        var open = [0]
        let titleBlock = Self.titleBlock(in: blocks, without: tabs)
        for (index, block) in blocks.enumerated() {
            // A heading inside a list item or a quote divides nothing.
            if case .heading(let level) = block.kind, block.parent == nil, !tabs.contains(index) {
                begin(index, level, Self.plain(block.content), isTitle: index == titleBlock, &open)
            } else if block.kind == .html, block.parent == nil, !block.content.isEmpty,
                let heading = HTMLHeading(line: block.content)
            {
                begin(index, heading.level, heading.title, isTitle: false, &open)
            }
            sectionOfBlock.append(sections.count - 1)
        }
        for section in open {
            sections[section].allBlocks = sections[section].allBlocks.lowerBound..<blocks.count
        }
        sections[sections.count - 1].blocks = sections[sections.count - 1].blocks.lowerBound..<blocks.count
        followTroubleshooting()
    }

    /// *Roll back a deploy*, the first of several procedures: nothing stands before it that it takes back.
    ///
    /// - `firstStep`: the first block of code or of numbered items; nil when there is none.
    mutating func findOwnProcedures(before firstStep: Int?) {
        guard let first = sections.indices.first(where: { sections[$0].role == .undo }),
            let heading = sections[first].heading, SectionRole.isRollback(sections[first].title),
            HeadingWords(sections[first].title).words.count > 3,
            firstStep.map({ $0 > heading }) ?? true,
            sections[(first + 1)...].count(where: {
                $0.parent == sections[first].parent && $0.level == sections[first].level
                    && $0.role == .ordinary
            }) > 1
        else { return }
        sections[first].role = .ordinary
        ownProcedures.insert(first)
    }

    /// *Troubleshooting* that consists of *Diagnosis*, *Workaround* and the like is the procedure where there is no other.
    private mutating func followTroubleshooting() {
        let found = sections.indices.filter {
            sections[$0].role == .undo && SectionRole.isTroubleshooting(sections[$0].title)
        }
        guard let only = found.first, found.count == 1 else { return }
        let children = sections.filter { $0.parent == only }
        guard !children.isEmpty, children.allSatisfy({ $0.role == .acts }),
            sections.indices.allSatisfy({ index in
                sections[index].role != .acts && sections[index].role != .step || isInside(index, of: only)
            })
        else { return }
        sections[only].role = .ordinary
    }

    /// Makes a section one that is only shown.
    mutating func show(_ section: Int) {
        if sections[section].role == .ordinary { sections[section].role = .shown }
    }

    /// True for *Examples* and *Example: ...*, and not for what must not be run.
    func isExample(_ section: Int) -> Bool {
        guard sections[section].role == .shown,
            let first = HeadingWords.first(of: sections[section].title)
        else { return false }
        return ["example", "examples"].contains(first)
    }

    /// True for a section with one such as *Requirements* and another one right below it.
    func hasRequirements(_ section: Int) -> Bool {
        var count = 0
        var isFound = false
        for index in sections.indices[(section + 1)...] {
            guard sections[index].allBlocks.lowerBound <= sections[section].allBlocks.upperBound else {
                break
            }
            guard sections[index].parent == section else { continue }
            count += 1
            isFound = isFound || SectionRole.isRequirement(sections[index].title)
        }
        return isFound && count > 1
    }

    /// Makes an example a procedure of its own, for when somebody asks for it.
    mutating func follow(_ section: Int) {
        sections[section].role = .ordinary
        ownProcedures.insert(section)
    }

    private mutating func begin(
        _ index: Int,
        _ level: Int,
        _ text: String,
        isTitle: Bool,
        _ open: inout [Int]
    ) {
        let current = sections.count - 1
        sections[current].blocks = sections[current].blocks.lowerBound..<index
        while let last = open.last, last != 0, sections[last].level >= level {
            sections[last].allBlocks = sections[last].allBlocks.lowerBound..<index
            open.removeLast()
        }
        if isTitle {
            title = text
            titleSection = sections.count
            isAboutUndoing = SectionRole.isRollback(text)
        }
        open.append(sections.count)
        sections.append(
            Section(
                heading: index,
                level: level,
                title: text,
                role: isTitle ? .ordinary : role(of: text),
                parent: open.dropLast().last,
                blocks: (index + 1)..<(index + 1),
                allBlocks: (index + 1)..<(index + 1)
            )
        )
    }

    /// The role of a heading; *Next steps* in a document about an incident are not those of a tutorial.
    private mutating func role(of title: String) -> SectionRole {
        var role = SectionRole(ofHeading: title)
        // In a runbook that is the rollback, its steps are the way forward.
        if role == .undo, isAboutUndoing, SectionRole.isRollback(title) { role = .acts }
        if role == .acts { hasActs = true }
        return role == .shown && hasActs && HeadingWords(title).words.contains("next") ? .ordinary : role
    }

    private static func titleBlock(in blocks: [ParsedBlock], without tabs: Set<Int>) -> Int? {
        blocks.indices.first { index in
            blocks[index].kind == .heading(level: 1) && blocks[index].parent == nil && !tabs.contains(index)
        }
    }

    /// A heading without the trailing `{#id}` of site generators.
    private static func plain(_ content: [UInt8]) -> String {
        var text = AttributeValue.trimmed(String(decoding: content, as: UTF8.self))
        if text.ends(with: "}"), let open = text.lastIndex(of: "{") {
            let inside = text[text.index(after: open)...]
            if inside.hasPrefix("#") || inside.hasPrefix(":") || inside.hasPrefix(".") {
                text = AttributeValue.trimmed(text[..<open])
            }
        }
        return text
    }
}

// MARK: - Questions

extension Outline {
    /// The headings above what stands in a section, outermost first, the title of the document left out.
    func path(of section: Int) -> [String] {
        chain(of: section).reversed().compactMap { index in
            let section = sections[index]
            return section.heading == nil || index == titleSection ? nil : section.title
        }
    }

    /// True for a section that is another one or stands under it; the title holds nothing but its own text.
    func isInside(_ section: Int, of other: Int) -> Bool {
        if other == 0 || other == titleSection { return section == other }
        var next: Int? = section
        while let current = next {
            if current == other { return true }
            next = sections[current].parent
        }
        return false
    }

    /// The nearest section with a role that is not ordinary, from the inside out, and that role's section.
    func governing(_ section: Int, where matches: (SectionRole) -> Bool) -> Int? {
        var next: Int? = section
        while let current = next {
            if matches(sections[current].role) { return current }
            next = sections[current].parent
        }
        return nil
    }

    /// The titles of the nearest sections around something that say what a run does with it.
    struct RoleTitles: Sendable {
        fileprivate(set) var shown: String?
        fileprivate(set) var describes: String?
        fileprivate(set) var undo: String?
    }

    func roleTitles(of section: Int) -> RoleTitles {
        var titles = RoleTitles()
        var next: Int? = section
        while let current = next {
            switch sections[current].role {
            case .shown: titles.shown = titles.shown ?? sections[current].title
            case .describes: titles.describes = titles.describes ?? sections[current].title
            case .undo: titles.undo = titles.undo ?? sections[current].title
            case .ordinary, .step, .acts: break
            }
            next = sections[current].parent
        }
        return titles
    }

    /// For each section, whether neither it nor one above it is outside the forward order or only describes.
    var acted: [Bool] {
        var acted: [Bool] = []
        acted.reserveCapacity(sections.count)
        // A section stands after the one that holds it.
        for section in sections {
            let isOwn =
                switch section.role {
                case .undo, .shown, .describes: false
                case .ordinary, .step, .acts: true
                }
            acted.append(isOwn && (section.parent.map { acted[$0] } ?? true))
        }
        return acted
    }

    private func chain(of section: Int) -> [Int] {
        var chain: [Int] = []
        var next: Int? = section
        while let current = next {
            chain.append(current)
            next = sections[current].parent
        }
        return chain
    }
}
