import Glibc

/// How a terminal is set, and its size.
struct TerminalMode {
    let rows: Int
    let columns: Int
    private let number: Int32
    private let settings: termios

    /// Nil when the descriptor is no terminal.
    init?(of number: Int32) {
        var settings = termios()
        guard tcgetattr(number, &settings) == 0 else { return nil }
        var size = winsize()
        let isKnown = ioctl(number, UInt(TIOCGWINSZ), &size) == 0 && size.ws_row > 0 && size.ws_col > 0
        rows = isKnown ? Int(size.ws_row) : 24
        columns = isKnown ? Int(size.ws_col) : 80
        self.number = number
        self.settings = settings
    }

    /// Gives every key to whoever reads, and shows nothing by itself: the terminal behind it does both.
    func makeRaw() {
        var raw = settings
        cfmakeraw(&raw)
        tcsetattr(number, TCSADRAIN, &raw)
    }

    func restore() {
        var settings = settings
        tcsetattr(number, TCSADRAIN, &settings)
    }
}
