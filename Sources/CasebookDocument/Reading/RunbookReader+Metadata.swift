// MARK: - Metadata

extension RunbookReader {
    mutating func readMetadata() -> Metadata {
        let reader = MetadataReader(FrontMatterPlace.find(in: source), in: source)
        diagnostics += reader.diagnostics
        var metadata = reader.metadata
        InfoTable.fill(&metadata, from: tree)
        if metadata.title == nil, let title = outline.title, !title.isEmpty { metadata.title = title }
        return metadata
    }
}
