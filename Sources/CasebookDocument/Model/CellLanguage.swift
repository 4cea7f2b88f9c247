/// The language of a cell as its author wrote it, and what runs it.
package struct CellLanguage: Hashable, Sendable {
    /// The first word of the fence: `bash`, `console`, `Ruby`.
    package let tag: String
    /// Nil when this version does not run the language: the cell is done by hand.
    package let interpreter: Interpreter?

    package init(tag: String, interpreter: Interpreter?) {
        self.tag = tag
        self.interpreter = interpreter
    }

    /// The name of what runs it, else the author's word.
    package var name: String { interpreter?.name ?? tag }
}
