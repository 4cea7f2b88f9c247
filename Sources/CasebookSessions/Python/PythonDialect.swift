import CasebookRun
struct PythonDialect: Dialect {
    func arguments(driverName: String) -> [String] { [driverName] }
    mutating func driver(_ context: DriverContext) -> [DriverFile] { [] }
    func cell(_ message: CellMessage) -> [UInt8] { [] }
    func restore(code: [UInt8]) -> [UInt8] { [] }
    func farewell() -> [UInt8]? { nil }
    mutating func readState(_ raw: [UInt8], secrets: [[UInt8]]) -> StateReading? { nil }
}
