import CasebookRun

/// zsh, which reads each cell as a file of the runbook's name.
struct ZshDialect: Dialect {
    // The driver's own name: the runbook's is that of the file with the cell.
    private static let ending = ".zsh"
    private static let begin = "__casebook_begun=1; builtin setopt \"${__casebook_armed[@]}\""

    func arguments(driverName: String) -> [String] { DriverScript.zsh.arguments + [driverName + Self.ending] }

    mutating func driver(_ context: DriverContext) -> [DriverFile] {
        let path = "\(context.startDirectory)/\(context.driverName)\(Self.ending)"
        return [DriverFile(path: path, bytes: Array(DriverScript.zsh.filled(context).utf8))]
    }

    func cell(_ message: CellMessage) -> [UInt8] {
        var text = head(message)
        text.append(message.line > 1 ? String(repeating: "\n", count: message.line - 1) : "; ")
        // An alias changes how the lines after it are read: such code is not read whole.
        let isReadWhole = !message.code.contains(Array("alias".utf8))
        text.append((isReadWhole ? "{ " : "") + Self.begin + "; ")
        return text + message.code + Array((isReadWhole ? "\n}\n" : "\n").utf8)
    }

    func restore(code: [UInt8]) -> [UInt8] {
        head(CellMessage(code: [], line: 1)) + Array("; \(Self.begin)\n".utf8) + code
    }

    func disarming() -> [UInt8]? {
        cell(CellMessage(code: Array("trap - EXIT HUP INT TERM\n".utf8), line: 0))
    }

    func farewell() -> [UInt8]? {
        Array("__casebook_closing=1; __casebook_cell '' ''; builtin exit 0\n".utf8)
    }

    mutating func readState(_ raw: [UInt8], number: Int, withheld: Withheld) -> StateReading? {
        StateReading(entries: raw, number: number, withheld: withheld)
    }

    private func head(_ message: CellMessage) -> [UInt8] {
        let words =
            [message.directory ?? "", message.capture ?? ""]
            + message.variables.flatMap { [$0.key, $0.value] }
        let quoted = words.map { shellQuoted($0) }.joined(separator: " ")
        return Array("__casebook_cell \(quoted) || builtin return 1".utf8)
    }
}
