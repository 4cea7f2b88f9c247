import CasebookRun

/// bash, with its state kept in bash's own words.
struct BashDialect: Dialect {
    private var lines: [Int] = []
    private var state = BashState()

    func arguments(driverName: String) -> [String] { ["--", driverName] }

    mutating func driver(_ context: DriverContext) -> [DriverFile] {
        lines = BashDriver.lines(context.codeLines)
        let driver = BashDriver(context: context)
        return [
            DriverFile(path: "\(context.startDirectory)/\(context.driverName)", bytes: driver.text),
            DriverFile(path: "\(context.directory.path)/prologue", bytes: driver.prologue),
            DriverFile(path: "\(context.directory.path)/uncover", bytes: driver.uncovering),
        ]
    }

    func cell(_ message: CellMessage) -> [UInt8] {
        var text = header(line: message.line)
        text.append("__casebook_code=")
        text.append(contentsOf: shellQuoted(state.prefix + message.code))
        text.append("\n__casebook_check=")
        text.append(contentsOf: check(message.code))
        text.append("\n")
        for (name, value) in message.variables {
            text.append("builtin export \(name)=\(shellQuoted(value))\n")
        }
        if let terminal = message.terminal.map(shellQuoted) {
            text.append("exec <\(terminal) >\(terminal) 2>&1\n")
        }
        if let capture = message.capture { text.append("exec >\(shellQuoted(capture))\n") }
        text.append(contentsOf: state.arming)
        if let directory = message.directory {
            text.append("builtin cd -- \(shellQuoted(directory)) || ")
            text.append("__casebook_code='builtin return 1 2>/dev/null || (builtin exit 1)'\n")
        }
        return text
    }

    func restore(code: [UInt8]) -> [UInt8] {
        var text = header(line: 0)
        text.append("__casebook_check=:\n__casebook_code=")
        text.append(contentsOf: shellQuoted(Array("builtin set +e\n".utf8) + code + Array("\n:".utf8)))
        text.append("\n")
        if code.isEmpty {
            text.append("__casebook_code=:\n")
            text.append(contentsOf: BashDriver.arming)
        }
        return text
    }

    func disarming() -> [UInt8]? {
        cell(CellMessage(code: Array("trap - EXIT HUP INT TERM\n".utf8), line: 0))
    }

    func farewell() -> [UInt8]? {
        guard let trap = state.exitTrap else { return nil }
        var text = Array("exec >/dev/null 2>&1\nbuiltin set +e\nbuiltin trap -- ".utf8)
        text.append(contentsOf: shellQuoted(trap))
        text.append(" EXIT\nbuiltin exit\n")
        return text
    }

    mutating func readState(_ raw: [UInt8], number: Int, withheld: Withheld) -> StateReading? {
        state.read(raw, number: number, withheld: withheld)
    }

    private func header(line: Int) -> [UInt8] {
        Array(
            """
            __casebook_line=\(line) __casebook_chunk=\(BashDriver.chunk(of: line, in: lines))
            __casebook_debug=\(state.hasDebugTrap ? "1" : "") __casebook_piped=
            __casebook_bodies=\(state.wantsFunctions ? "1" : "")
            __casebook_signal=0

            """.utf8
        )
    }

    /// Reads the code as a function's body, which keeps extglob and the aliases that are known so far.
    ///
    /// Code that changes how bash reads the lines after it cannot be judged beforehand: it runs line by line.
    private func check(_ code: [UInt8]) -> [UInt8] {
        let changesReading = ["alias", "extglob", "shopt", "posix"].contains { code.contains(Array($0.utf8)) }
        var text = Array("__casebook_checked() { :;".utf8)
        text.append(contentsOf: code)
        text.append("\n\n}")
        guard changesReading else { return shellQuoted(text) }
        return Array(":".utf8)
    }
}
