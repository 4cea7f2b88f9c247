// MARK: - Metadata

extension RunbookReader {
    /// What must hold before step 1 is asked before it, one checkpoint each.
    mutating func addPrerequisites(_ metadata: Metadata) {
        for (number, prerequisite) in metadata.prerequisites.enumerated() {
            var checkpoint = Checkpoint()
            if let check = prerequisite.check {
                checkpoint.check = check.cell
                undone.append(NamedTarget("check", at: check.range, check.cell))
            }
            drafts.append(
                Draft(
                    content: .checkpoint(checkpoint, text: prerequisite.text, isRequired: true),
                    section: 0,
                    range: prerequisite.range,
                    line: source.position(of: prerequisite.range.lowerBound).line,
                    insertion: nil,
                    name: ("prerequisite-\(number + 1)", prerequisite.range)
                )
            )
        }
    }

    mutating func readMetadata() -> Metadata {
        let reader = MetadataReader(FrontMatterPlace.find(in: source), in: source)
        diagnostics += reader.diagnostics
        var metadata = reader.metadata
        InfoTable.fill(&metadata, from: tree)
        if metadata.title == nil, let title = outline.title, !title.isEmpty { metadata.title = title }
        return metadata
    }
}
