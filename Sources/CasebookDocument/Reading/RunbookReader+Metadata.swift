// MARK: - Metadata

extension RunbookReader {
    mutating func readMetadata() -> Metadata {
        var metadata = Metadata()
        metadata.title = outline.title
        return metadata
    }
}
