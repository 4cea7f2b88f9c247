/// What a shell wrote about its state, cut into named sections.
struct ShellDump {
    /// Stands at the start of the line that names a section.
    static let mark = "# casebook state:"

    private var sections: [String: ArraySlice<UInt8>] = [:]

    /// Nil when it does not reach its end: the shell was stopped while it wrote.
    init?(_ raw: [UInt8], sections names: [String]) {
        var start = 0
        var previous = "before"
        for name in names + ["end"] {
            let line = Array("\(ShellDump.mark) \(name)\n".utf8)
            guard let found = ShellDump.find(line, in: raw, from: start) else {
                if name == "end" { return nil }
                continue
            }
            sections[previous] = raw[start..<found]
            previous = name
            start = found + line.count
        }
    }

    subscript(name: String) -> ArraySlice<UInt8> { sections[name] ?? [] }

    private static func find(_ line: [UInt8], in raw: [UInt8], from start: Int) -> Int? {
        var at = start
        while at + line.count <= raw.count {
            guard let found = raw[at...].firstIndex(of: line[0]) else { return nil }
            let isStart = found == 0 || raw[found - 1] == UInt8(ascii: "\n")
            if isStart, raw[found...].starts(with: line) { return found }
            at = found + 1
        }
        return nil
    }
}

/// Collects restore code twice: as it is, and without what holds a secret.
struct RestoreCode {
    private(set) var live: [UInt8] = []
    private(set) var saved: [UInt8] = []
    private(set) var lost: [String] = []
    private let secrets: [[UInt8]]

    init(secrets: [[UInt8]]) { self.secrets = secrets.filter { !$0.isEmpty } }

    /// Adds code that restores what `name` names, unless a secret stands in it.
    mutating func add(_ code: some Collection<UInt8>, _ name: @autoclosure () -> String) {
        live.append(contentsOf: code)
        if !secrets.isEmpty {
            let bytes = Array(code)
            let plain = ShellStatements.unquoted(bytes[...])
            if secrets.contains(where: { bytes.contains($0) || plain.contains($0) }) {
                lost.append("\(name()) holds a secret")
                return
            }
        }
        saved.append(contentsOf: code)
    }

    mutating func add(_ code: String, _ name: @autoclosure () -> String) { add(Array(code.utf8), name()) }
}
