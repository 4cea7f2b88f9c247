import CasebookRun

/// fish, whose driver evaluates each cell.
struct FishDialect: Dialect {
    func arguments(driverName: String) -> [String] { DriverScript.fish.arguments + [driverName] }

    mutating func driver(_ context: DriverContext) -> [DriverFile] {
        let path = "\(context.startDirectory)/\(context.driverName)"
        return [DriverFile(path: path, bytes: Array(DriverScript.fish.filled(context).utf8))]
    }

    func cell(_ message: CellMessage) -> [UInt8] {
        let before = message.line > 1 ? String(repeating: "\n", count: message.line - 1) : "; "
        let code = Array("set -g __casebook_begun 1\(before)".utf8) + message.code
        let words =
            [message.directory ?? "", message.capture ?? ""]
            + message.variables.flatMap { [$0.key, $0.value] }
        let quoted = words.map(DriverScript.singleQuoted).joined(separator: " ")
        return Array("__casebook_cell ".utf8) + DriverScript.singleQuoted(code) + Array(" \(quoted)\n".utf8)
    }

    func restore(code: [UInt8]) -> [UInt8] { cell(CellMessage(code: [], line: 3)) + code }

    func disarming() -> [UInt8]? {
        cell(CellMessage(code: Array("trap - EXIT HUP INT TERM\n".utf8), line: 0))
    }

    func farewell() -> [UInt8]? { Array("set -g __casebook_closing 1\n".utf8) }

    mutating func readState(_ raw: [UInt8], number: Int, withheld: Withheld) -> StateReading? {
        StateReading(entries: raw, number: number, withheld: withheld)
    }
}
