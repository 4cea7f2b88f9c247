import CasebookRun

/// A language whose driver is a script: it reads messages of one form and tells its state in one form.
struct ScriptDialect: Dialect {
    private let script: DriverScript

    init(_ script: DriverScript) { self.script = script }

    var leavesPictures: Bool { script.leavesPictures }

    func arguments(driverName: String) -> [String] { script.arguments + [driverName] }

    mutating func driver(_ context: DriverContext) -> [DriverFile] {
        let path = "\(context.startDirectory)/\(context.driverName)"
        return [DriverFile(path: path, bytes: Array(script.filled(context).utf8))]
    }

    func cell(_ message: CellMessage) -> [UInt8] {
        let terminal = message.terminal.map { " \($0)" } ?? ""
        var text = Array("cell \(message.line) \(message.variables.count)\(terminal)\n".utf8)
        text.append(contentsOf: "\(message.directory ?? "")\n\(message.capture ?? "")\n".utf8)
        for (name, value) in message.variables {
            // A value may hold line endings: its length goes before it.
            text.append(contentsOf: "\(name) \(value.utf8.count)\n\(value)\n".utf8)
        }
        return text + message.code
    }

    func restore(code: [UInt8]) -> [UInt8] { Array("restore 1 0\n\n\n".utf8) + code }

    func farewell() -> [UInt8]? { Array("quit 1 0\n\n\n".utf8) }

    mutating func readState(_ raw: [UInt8], number: Int, withheld: Withheld) -> StateReading? {
        StateReading(entries: raw, number: number, withheld: withheld)
    }
}
