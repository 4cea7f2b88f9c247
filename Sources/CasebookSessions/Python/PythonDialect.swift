import CasebookRun

/// Python, with its state as pickles and as the source of what cells defined.
struct PythonDialect: Dialect {
    func arguments(driverName: String) -> [String] { ["-u", "--", driverName] }

    mutating func driver(_ context: DriverContext) -> [DriverFile] {
        let path = "\(context.startDirectory)/\(context.driverName)"
        return [DriverFile(path: path, bytes: Array(PythonDriver(context: context).text.utf8))]
    }

    func cell(_ message: CellMessage) -> [UInt8] {
        var text = Array("cell \(message.line) \(message.variables.count)\n".utf8)
        text.append(contentsOf: "\(message.directory ?? "")\n\(message.capture ?? "")\n".utf8)
        for (name, value) in message.variables {
            // A value may hold line endings: its length goes before it.
            text.append(contentsOf: "\(name) \(value.utf8.count)\n\(value)\n".utf8)
        }
        return text + message.code
    }

    func restore(code: [UInt8]) -> [UInt8] { Array("restore 1 0\n\n\n".utf8) + code }

    func farewell() -> [UInt8]? { Array("quit 1 0\n\n\n".utf8) }

    mutating func readState(_ raw: [UInt8], number: Int, secrets: [[UInt8]]) -> StateReading? {
        let secrets = secrets.filter { !$0.isEmpty }
        let head = Array("\(number)\n".utf8)
        guard raw.starts(with: head) else { return nil }
        var live: [UInt8] = []
        var saved: [UInt8] = []
        var lost: [String] = []
        var at = head.count
        // Each entry: the lengths of its name, its code and the bytes it holds, then these three.
        while let end = raw[at...].firstIndex(of: 0x0A) {
            let lengths = raw[at..<end].split(separator: 0x20).compactMap { part in
                Int(String(decoding: part, as: UTF8.self))
            }
            guard lengths.count == 3, end + 1 + lengths.reduce(0, +) <= raw.count else { return nil }
            let name = raw[end + 1..<end + 1 + lengths[0]]
            let code = raw[name.endIndex..<name.endIndex + lengths[1]]
            let plain = raw[code.endIndex..<code.endIndex + lengths[2]]
            at = plain.endIndex
            let label = String(decoding: name, as: UTF8.self)
            live.append(contentsOf: code)
            if code.isEmpty {
                lost.append(label)
            } else if secrets.contains(where: { code.contains($0) || plain.contains($0) }) {
                lost.append("\(label) holds a secret")
            } else {
                saved.append(contentsOf: code)
            }
        }
        return StateReading(live: live, saved: SavedState(restoreCode: saved, lost: lost))
    }
}
