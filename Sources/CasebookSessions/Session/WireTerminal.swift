import CasebookRun
import Glibc

/// The host's end of a cell's terminal, and the keyboard of whoever types there.
final class WireTerminal {
    let path: String
    private let terminal: PseudoTerminal
    private var keyboard: Int32?
    private var size: (rows: UInt16, columns: UInt16)

    init(_ given: CellTerminal) throws(SessionError) {
        size = (UInt16(clamping: given.rows), UInt16(clamping: given.columns))
        terminal = try PseudoTerminal(rows: size.rows, columns: size.columns)
        path = try terminal.path()
        keyboard = given.keyboard
        // Nothing here waits for the other end.
        _ = fcntl(terminal.number, F_SETFL, fcntl(terminal.number, F_GETFL) | O_NONBLOCK)
    }

    /// What shows the cell's output.
    var primary: Int32 { terminal.number }

    /// What is waited for: its output, and what is typed.
    var numbers: [Int32] { [terminal.number] + (keyboard.map { [$0] } ?? []) }

    /// How long a change of the window may stay unnoticed; nil when nobody has one.
    var patience: Int64? { keyboard == nil ? nil : 200 }

    /// Gives the cell's terminal the size of the window in which a person types, when that has changed.
    func followWindow() throws(SessionError) {
        var window = winsize()
        guard let keyboard, ioctl(keyboard, UInt(TIOCGWINSZ), &window) == 0, window.ws_row > 0,
            (window.ws_row, window.ws_col) != size
        else { return }
        size = (window.ws_row, window.ws_col)
        try terminal.resize(rows: size.rows, columns: size.columns)
    }

    /// Passes on what was typed.
    func type() {
        guard let keyboard else { return }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(keyboard, &bytes, bytes.count)
        // A keyboard that has gone is listened to no more.
        guard count > 0 else {
            if count == 0 || errno != EINTR && errno != EAGAIN { self.keyboard = nil }
            return
        }
        // What does not fit into the terminal's own queue is lost there too when a person types ahead.
        _ = write(terminal.number, bytes, count)
    }
}
