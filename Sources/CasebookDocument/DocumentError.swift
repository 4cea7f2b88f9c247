/// Why the document layer could not do its work.
package enum DocumentError: Error, Hashable, Sendable {
    /// Two edits touch the same bytes: a bug of the caller, reported instead of writing a wrong document.
    case editsOverlap(first: Int, second: Int)
}
