/// What Casebook writes into a document after one item.
package enum WrittenBlock: Hashable, Sendable {
    /// The output of a cell.
    ///
    /// - `marks`: what the marker says after the word `casebook`: `exit=0`, `timed-out`, `not-run`, ...
    /// - `text`: settled lines without the last line ending; may be empty.
    /// - `pictures`: linked after the text, between two lines `<!-- casebook -->`.
    case output(marks: [String], text: [UInt8], pictures: [Picture] = [])
    /// The answer to a gate, with its note.
    case decision(answer: String, note: String)
    /// The tick of a task box.
    case tick
}
