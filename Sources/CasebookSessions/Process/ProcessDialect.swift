import CasebookDocument
import CasebookRun

/// A program that is started anew for each cell, by a shell, with the code on its standard input.
///
/// Nothing carries over but what the run gives to every cell: variables of the environment.
struct ProcessDialect: Dialect {
    private let interpreter: Interpreter
    private var shell = ShDialect()
    private var file = ""
    private var workingDirectory = "/"

    init(_ interpreter: Interpreter) { self.interpreter = interpreter }

    func arguments(driverName: String) -> [String] { shell.arguments(driverName: driverName) }

    mutating func driver(_ context: DriverContext) -> [DriverFile] {
        // Some programs go by the ending of a file's name.
        file = "\(context.directory.path)/cell.\(interpreter.name)"
        workingDirectory = context.workingDirectory
        return shell.driver(context)
    }

    func cell(_ message: CellMessage) -> [UInt8] {
        // Messages of programs that count lines then give those of the document.
        let before = interpreter.countsLines ? max(0, message.line - 1) : 0
        let code = [UInt8](repeating: 0x0A, count: before) + message.code + [0x0A]
        var inner = message
        inner.line = 1
        inner.directory = message.directory ?? workingDirectory
        inner.code = Array("set +e; printf %s ".utf8) + shellQuoted(code) + Array(" >\(quotedFile)\n".utf8)
        inner.code += Array(invocation.utf8)
        return shell.cell(inner)
    }

    func restore(code: [UInt8]) -> [UInt8] { shell.restore(code: []) }

    func farewell() -> [UInt8]? { nil }

    mutating func readState(_ raw: [UInt8], number: Int, withheld: Withheld) -> StateReading? { nil }

    private var quotedFile: String { shellQuoted(file) }

    /// The command line, whose status is the cell's, and then nothing left of the code.
    private var invocation: String {
        let line = interpreter.commandLine
        let call =
            line.contains("{}")
            ? line.replacing("{}", with: quotedFile)
            : "{ \(line)\n} <\(quotedFile)"
        return "\(call)\n__casebook_code=$?; : >\(quotedFile); (exit $__casebook_code)"
    }
}
