/// The terminal that a cell with `tty` runs on.
package struct CellTerminal: Hashable, Sendable {
    package let rows: Int
    package let columns: Int
    /// The descriptor of the terminal at which a person types; nil when nobody does.
    package let keyboard: Int32?

    package init(rows: Int, columns: Int, keyboard: Int32?) {
        self.rows = rows
        self.columns = columns
        self.keyboard = keyboard
    }

    /// At which nobody sits.
    package static let unattended = CellTerminal(
        rows: Screen.standard.rows,
        columns: Screen.standard.columns,
        keyboard: nil
    )
}
