import CasebookRun

/// What differs from interpreter to interpreter: its driver, its messages and its state.
protocol Dialect {
    /// The arguments after the program's name.
    func arguments(driverName: String) -> [String]

    /// The driver, which reads messages and runs cells.
    mutating func driver(_ context: DriverContext) -> [DriverFile]

    /// A message that runs a cell.
    func cell(_ message: CellMessage) -> [UInt8]

    /// A message that runs restore code as the session's own, with nothing armed.
    func restore(code: [UInt8]) -> [UInt8]

    /// A message that takes the traps away which the end of the session, or a signal, would run; nil when none is saved.
    func disarming() -> [UInt8]?

    /// True when what a cell draws is looked for.
    var leavesPictures: Bool { get }

    /// A message that lets the interpreter run what was left for its end; nil when nothing was.
    func farewell() -> [UInt8]?

    /// Reads what the interpreter wrote about its state after the message of that number; nil when the bytes
    /// are not what that message left.
    mutating func readState(_ raw: [UInt8], number: Int, withheld: Withheld) -> StateReading?
}

extension Dialect {
    var leavesPictures: Bool { false }

    func disarming() -> [UInt8]? { nil }
}

/// A file that belongs to a driver.
struct DriverFile {
    let path: String
    let bytes: [UInt8]
}

/// What a driver is made from.
struct DriverContext {
    let program: String
    /// The driver's path below ``PrivateDirectory/driver``, which is the runbook's name.
    let driverName: String
    /// The directory that the interpreter starts in, from which `driverName` is right.
    let startDirectory: String
    let directory: PrivateDirectory
    let codeLines: [Int]
    let workingDirectory: String
}

/// One cell on its way to a driver.
struct CellMessage {
    var code: [UInt8]
    var line: Int
    /// Where to change to first, absolute.
    var directory: String?
    /// What the environment is given before it, sorted by name.
    var variables: [(key: String, value: String)] = []
    /// The FIFO that takes standard output; nil when nothing is captured.
    var capture: String?
    /// The terminal that it runs on; nil when it has none.
    var terminal: String?

    /// A cell of a shell that does nothing but tell its state.
    static let nothing = CellMessage(code: Array(":\n".utf8), line: 0)
}

/// What was read about a session's state.
struct StateReading {
    /// The code that restores it inside this run: secrets included, kept in memory.
    let live: [UInt8]
    /// The same without secrets, for the record.
    let saved: SavedState
    /// What the interpreter must be asked for once more: the functions whose text it was not asked for.
    var untold: [String] = []
    /// The exported variables that are not what they were at the session's start.
    var exported: [String: String] = [:]
    /// What the interpreter could not tell, in words, and what is taken for it.
    var doubts: [String] = []
    /// What the last cell set, when it is a secret one: its value by the name of the piece, empty when it has none.
    var setInSecret: [String: [UInt8]] = [:]
}
