import CasebookRun

/// A POSIX shell such as dash, which can tell less about itself than bash: not its functions.
///
/// Its messages count lines from the start of what `eval` reads, so the code comes after as many empty lines
/// as stand before it in the document.
struct ShDialect: Dialect {
    private struct Snapshot {
        var variables: [String: ArraySlice<UInt8>] = [:]
        var exported: Set<String> = []
        var readonly: Set<String> = []
        var aliases: [String: ArraySlice<UInt8>] = [:]
        var traps: [ArraySlice<UInt8>] = []
        var flags: Set<UInt8> = []
        var mask: [UInt8] = []
    }

    private var start: Snapshot?
    /// What the message before left.
    private var last = Snapshot()
    private var exitTrap: [UInt8]?
    private var prefix: [UInt8] = []
    private static let sections = [
        "variables", "exported", "readonly", "aliases", "traps", "mask", "exiting", "function",
    ]
    private static let internals: Set<String> = ["PPID", "PWD", "_", "LINENO", "OPTIND", "SHLVL"]

    func arguments(driverName: String) -> [String] { [driverName] }

    mutating func driver(_ context: DriverContext) -> [DriverFile] {
        [
            DriverFile(
                path: "\(context.startDirectory)/\(context.driverName)",
                bytes: Array(ShDriver(context: context).text.utf8)
            )
        ]
    }

    func cell(_ message: CellMessage) -> [UInt8] {
        let padding = [UInt8](repeating: 0x0A, count: max(0, message.line - 1))
        var text = Array("__casebook_signal=0\n__casebook_check=".utf8)
        text.append(
            contentsOf: shellQuoted(
                padding + Array("__casebook_checked() { :;".utf8) + message.code + Array("\n\n}".utf8)
            )
        )
        text.append("\n__casebook_code=")
        text.append(contentsOf: shellQuoted(padding + prefix + message.code))
        text.append("\n")
        // An alias changes how the lines after it are read: only running can tell.
        if message.code.contains(Array("alias".utf8)) { text.append("__casebook_check=:\n") }
        for (name, value) in message.variables { text.append("export \(name)=\(shellQuoted(value))\n") }
        if let terminal = message.terminal.map(shellQuoted) {
            text.append("exec <\(terminal) >\(terminal) 2>&1\n")
        }
        if let capture = message.capture { text.append("exec >\(shellQuoted(capture))\n") }
        if let directory = message.directory {
            text.append("cd -- \(shellQuoted(directory)) || __casebook_code='(exit 1)'\n")
        }
        return text
    }

    func restore(code: [UInt8]) -> [UInt8] {
        var text = Array("__casebook_check=:\n__casebook_code=".utf8)
        text.append(
            contentsOf: shellQuoted(
                code.isEmpty ? Array(":".utf8) : Array("set +e\n".utf8) + code + Array("\n:".utf8)
            )
        )
        return text + [0x0A]
    }

    func disarming() -> [UInt8]? {
        cell(CellMessage(code: Array("trap - EXIT HUP INT TERM\n".utf8), line: 0))
    }

    func farewell() -> [UInt8]? {
        exitTrap.map { Array("exec >/dev/null 2>&1\nset +e\n".utf8) + $0 + Array("\nexit\n".utf8) }
    }

    mutating func readState(_ raw: [UInt8], number: Int, withheld: Withheld) -> StateReading? {
        guard let dump = ShellDump(raw, sections: ShDialect.sections, number: number) else { return nil }
        var now = Snapshot()
        for statement in ShellStatements.split(dump["variables"]) {
            guard let name = assignedName(statement) else { continue }
            now.variables[name] = statement
        }
        for statement in ShellStatements.split(dump["exported"]) {
            if let name = assignedName(statement.dropFirst("export ".utf8.count)) {
                now.exported.insert(name)
            }
        }
        for statement in ShellStatements.split(dump["readonly"]) {
            if let name = assignedName(statement.dropFirst("readonly ".utf8.count)) {
                now.readonly.insert(name)
            }
        }
        for statement in ShellStatements.split(dump["aliases"]) {
            // dash prints `name='value'`, others `alias name='value'`.
            let head = Array("alias ".utf8)
            let plain = statement.starts(with: head) ? statement.dropFirst(head.count) : statement
            if let name = assignedName(plain) { now.aliases[name] = plain }
        }
        // The driver's own stands in the place of one that an earlier cell set; while the shell exits none is listed.
        var isKept = dump.has("exiting")
        var found: [UInt8]?
        for statement in ShellStatements.split(dump["traps"]) where !statement.isEmpty {
            let isOfExit = statement.suffix(5).elementsEqual(" EXIT".utf8)
            if statement.contains(Array("__casebook".utf8)) {
                isKept = isKept || isOfExit
                continue
            }
            now.traps.append(statement)
            if isOfExit { found = Array(statement) }
        }
        if found == nil, isKept, let exitTrap {
            now.traps.append(exitTrap[...])
        } else {
            exitTrap = found
        }
        now.mask = Array(dump["mask"].prefix { $0 != 0x0A })
        let flags = now.variables["__casebook_flags"].map { ShellStatements.unquoted($0.drop { $0 != 0x3D }) }
        now.flags = Set((flags ?? []).filter { "aCefuvx".utf8.contains($0) })
        prefix = []
        for flag in now.flags.intersection("vx".utf8).sorted() {
            prefix.append("set -\(Character(UnicodeScalar(flag))); ")
        }
        let doubtful = dump.has("function") ? takeBack(&now, to: last) : []
        last = now
        guard let start else {
            self.start = now
            return StateReading(live: [], saved: SavedState(restoreCode: [], lost: []))
        }
        let reading = difference(from: start, to: now, withheld)
        guard !doubtful.isEmpty else { return reading }
        let taken = doubtful.flatMap { name -> [UInt8] in
            // The next shell has what the one before exported, whatever it was at the session's start.
            var text = Array("unset \(name)\n".utf8) + (now.variables[name] ?? []) + [0x0A]
            if now.exported.contains(name) { text.append("export \(name)\n") }
            return text
        }
        var sure = StateReading(
            live: taken + reading.live,
            saved: reading.saved,
            exported: reading.exported,
            setInSecret: reading.setInSecret
        )
        sure.doubts = doubtful.map {
            "variable \($0), which a function may have hidden: it is what it was before the cell"
        }
        return sure
    }

    /// Gives the variables that are not what they were before the cell their value from then.
    ///
    /// dash 0.5.12 does not tell a function's own from the session's, and cannot be made to.
    private func takeBack(_ now: inout Snapshot, to before: Snapshot) -> [String] {
        let names = before.variables.keys.filter { name in
            !isInternal(name)
                && (now.variables[name] != before.variables[name]
                    || now.exported.contains(name) != before.exported.contains(name))
        }
        for name in names {
            now.variables[name] = before.variables[name]
            now.exported.remove(name)
            if before.exported.contains(name) { now.exported.insert(name) }
        }
        return names.sorted()
    }

    private func difference(from start: Snapshot, to now: Snapshot, _ withheld: Withheld) -> StateReading {
        var code = RestoreCode(withheld)
        if now.variables["PWD"] != start.variables["PWD"], let statement = now.variables["PWD"] {
            let path = String(
                decoding: shellQuoted(ShellStatements.unquoted(statement).dropFirst(4)),
                as: UTF8.self
            )
            code.add(
                "cd -- \(path) 2>/dev/null || printf 'the directory %s\\n' \(path)\n",
                "the working directory"
            )
        }
        for name in start.variables.keys.sorted() where now.variables[name] == nil && !isInternal(name) {
            code.add("unset \(name)\n", "variable \(name)")
        }
        for (name, statement) in now.variables.sorted(by: { $0.key < $1.key }) where !isInternal(name) {
            var text: [UInt8] = []
            let isUnexported = start.exported.contains(name) && !now.exported.contains(name)
            if statement != start.variables[name] || isUnexported {
                if isUnexported { text.append("unset \(name)\n") }
                text.append(contentsOf: statement)
                text.append("\n")
            }
            if now.exported.contains(name), !start.exported.contains(name) { text.append("export \(name)\n") }
            if now.readonly.contains(name), !start.readonly.contains(name) {
                text.append("readonly \(name)\n")
            }
            if !text.isEmpty { code.add(text, "variable \(name)") }
        }
        for (name, text) in now.aliases.sorted(by: { $0.key < $1.key }) where start.aliases[name] != text {
            code.add(Array("alias ".utf8) + text + [0x0A], "alias \(name)")
        }
        for trap in now.traps {
            let signal = trap.split(separator: UInt8(ascii: " ")).last ?? []
            code.add(Array(trap) + [0x0A], "trap on \(String(decoding: signal, as: UTF8.self))")
        }
        if now.mask != start.mask { code.add(Array("umask ".utf8) + now.mask + [0x0A], "umask") }
        for (flags, sign) in [
            (now.flags.subtracting(start.flags), "-"), (start.flags.subtracting(now.flags), "+"),
        ] {
            for flag in flags.sorted() {
                code.add("set \(sign)\(Character(UnicodeScalar(flag)))\n", "an option")
            }
        }
        if !code.live.isEmpty, now.flags.contains(UInt8(ascii: "e")) { code.add("set -e\n", "an option") }
        let saved = SavedState(restoreCode: code.saved, lost: code.lost)
        return StateReading(
            live: code.live,
            saved: saved,
            exported: exported(from: start, now),
            setInSecret: code.setInSecret
        )
    }

    private func exported(from start: Snapshot, _ now: Snapshot) -> [String: String] {
        now.exported.reduce(into: [:]) { exported, name in
            guard let statement = now.variables[name], !isInternal(name),
                statement != start.variables[name] || !start.exported.contains(name)
            else { return }
            let value = ShellStatements.unquoted(statement.drop { $0 != UInt8(ascii: "=") }.dropFirst())
            exported[name] = String(validating: value, as: UTF8.self)
        }
    }

    private func isInternal(_ name: String) -> Bool {
        ShDialect.internals.contains(name) || name.hasPrefix("__casebook")
    }

    private func assignedName(_ statement: ArraySlice<UInt8>) -> String? {
        let name = statement.prefix { $0 != UInt8(ascii: "=") }
        return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
    }
}
