/// One block of a document as cmark saw it, copied out of the C tree; inlines are not kept.
struct ParsedBlock: Sendable {
    enum Kind: Hashable, Sendable {
        case quote
        case list(isOrdered: Bool)
        case item
        case code(isFenced: Bool)
        case html
        case paragraph
        case heading(level: Int)
        case thematicBreak
        case table
        case tableRow
        case tableCell
        case other
    }

    let kind: Kind
    /// The index of the block that holds it; nil at the top level.
    let parent: Int?
    /// The lines of the document that cmark gives it, counted from 1.
    ///
    /// The end is checked before it is used.
    let startLine: Int
    let endLine: Int
    /// Code as cmark reads it, the plain text of a heading or table cell, or the heading in HTML; else empty.
    let content: [UInt8]
    /// The index after its last descendant, in document order.
    var subtreeEnd: Int
}

extension ParsedBlock {
    var isHeading: Bool {
        if case .heading = kind { true } else { false }
    }
}
