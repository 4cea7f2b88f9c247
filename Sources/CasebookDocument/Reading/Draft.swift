/// An item that was found and has no identifier yet.
struct Draft: Sendable {
    enum Content: Sendable {
        case cell(CellLanguage, Transcript, codeLine: Int, CellAttributes, CellHandling)
        case checkpoint(Checkpoint, text: String, isRequired: Bool)
        case step(text: String)
        case task(TaskBox, text: String)
    }

    let content: Content
    let section: Int
    let range: ByteRange
    let line: Int
    let insertion: InsertionPoint?
    /// The author's name and where it stands.
    var name: (text: String, range: ByteRange)?
}
