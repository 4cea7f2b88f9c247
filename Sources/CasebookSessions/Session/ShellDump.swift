import Glibc

/// What a shell wrote about its state, cut into named sections.
struct ShellDump {
    /// Stands at the start of the line that names a section.
    static let mark = "# casebook state:"

    private var sections: [String: ArraySlice<UInt8>] = [:]

    /// Nil when it does not reach the end of that message's dump: the shell was stopped while it wrote.
    ///
    /// What an earlier, longer dump left behind that end is not looked at.
    init?(_ raw: [UInt8], sections names: [String], number: Int) {
        let last = Array("\(ShellDump.mark) end \(number)\n".utf8)
        guard let end = ShellDump.find(last, in: raw[...], from: 0) else { return nil }
        var start = 0
        var previous = "before"
        for name in names {
            let line = Array("\(ShellDump.mark) \(name)\n".utf8)
            guard let found = ShellDump.find(line, in: raw[..<end], from: start) else { continue }
            sections[previous] = raw[start..<found]
            previous = name
            start = found + line.count
        }
        sections[previous] = raw[start..<end]
    }

    /// True when the shell wrote this section, empty or not.
    func has(_ name: String) -> Bool { sections[name] != nil }

    subscript(name: String) -> ArraySlice<UInt8> { sections[name] ?? [] }

    /// Finds a line from an offset on, at the start of a line; the slice starts at 0.
    private static func find(_ line: [UInt8], in raw: ArraySlice<UInt8>, from start: Int) -> Int? {
        raw.withUnsafeBytes { raw in
            var at = start
            while at + line.count <= raw.count, let base = raw.baseAddress {
                guard let found = memchr(base + at, Int32(line[0]), raw.count - at) else { return nil }
                let offset = UnsafeRawPointer(found) - base
                let isStart = offset == 0 || raw[offset - 1] == UInt8(ascii: "\n")
                if isStart, offset + line.count <= raw.count, memcmp(found, line, line.count) == 0 {
                    return offset
                }
                at = offset + 1
            }
            return nil
        }
    }
}

/// Collects restore code twice: as it is, and without what holds a secret.
struct RestoreCode {
    private(set) var live: [UInt8] = []
    private(set) var saved: [UInt8] = []
    private(set) var lost: [String] = []
    /// What the last cell set, when it is a secret one: its value by the name of the piece, empty when it has none.
    private(set) var setInSecret: [String: [UInt8]] = [:]
    private let withheld: Withheld

    /// More of one variable or function is kept by the session alone.
    private static let pieceMax = 1 << 20

    init(_ withheld: Withheld) { self.withheld = withheld }

    /// Adds code that restores what `name` names, to what is saved unless that is withheld.
    mutating func add(_ code: some Collection<UInt8>, _ name: @autoclosure () -> String) {
        live.append(contentsOf: code)
        guard code.count <= Self.pieceMax else {
            lost.append("\(name()): larger than 1 MiB")
            return
        }
        if withheld != .nothing {
            let bytes = Array(code)
            let name = name()
            if withheld.isSetBySecretCell(bytes, name) { setInSecret[name] = Self.value(of: name, in: bytes) }
            if let reason = withheld.reason(bytes, ShellStatements.unquoted(bytes[...]), name) {
                lost.append(reason)
                return
            }
        }
        saved.append(contentsOf: code)
    }

    /// What the code of `variable X` assigns to `X`.
    private static func value(of name: String, in code: [UInt8]) -> [UInt8] {
        guard let variable = name.split(separator: " ").last else { return [] }
        let assignment = Array("\(variable)=".utf8)
        for statement in ShellStatements.split(code[...]) {
            guard let start = statement.firstIndex(of: UInt8(ascii: "=")),
                statement[...start].suffix(assignment.count).elementsEqual(assignment)
            else { continue }
            return ShellStatements.unquoted(statement[(start + 1)...])
        }
        return []
    }

    mutating func add(_ code: String, _ name: @autoclosure () -> String) { add(Array(code.utf8), name()) }
}
