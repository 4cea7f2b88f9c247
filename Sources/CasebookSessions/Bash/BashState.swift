import CasebookRun

/// A bash session's state: what it was at the start, and what the last cell left.
struct BashState {
    static var mark: String { ShellDump.mark }

    private struct Snapshot {
        var variables: [String: ArraySlice<UInt8>] = [:]
        /// The names in the order in which bash lists them.
        var order: [String] = []
        var functions: [String: [UInt8]] = [:]
        var aliases: [String: ArraySlice<UInt8>] = [:]
        var options: Set<String> = []
        var shellOptions: Set<String> = []
        var traps: [(name: String, code: [UInt8])] = []
        var mask: [UInt8] = []
    }

    private var start: Snapshot?
    /// The latest one, of which the next differs little.
    private var previous = Snapshot()
    private var previousText: [String: ArraySlice<UInt8>] = [:]
    /// Goes before a cell's code on its first line: what must not meet the driver's own commands.
    private(set) var prefix: [UInt8] = []
    /// Goes into a cell's message: the ERR trap.
    private(set) var arming = Array("builtin trap -- \"$__casebook_on_error\" ERR\n".utf8)
    private(set) var exitTrap: [UInt8]?
    /// SHELLOPTS and BASHOPTS as they were read last, and the words of the first.
    private var listedOptions: (ArraySlice<UInt8>?, ArraySlice<UInt8>?) = (nil, nil)
    private var plainOptions: Set<String> = []
    private(set) var hasDebugTrap = false
    /// True when the next dump must hold the text of functions: writing it costs more than all the rest.
    private(set) var wantsFunctions = true

    private static let sections = ["locals", "variables", "names", "functions", "aliases", "traps", "mask"]

    /// bash's own variables: it sets them itself, or refuses to have them set.
    private static let internals: Set<String> = [
        "_", "COMP_WORDBREAKS", "DIRSTACK", "EPOCHREALTIME", "EPOCHSECONDS", "EUID", "FUNCNAME", "GROUPS",
        "HISTCMD", "LINENO", "PIPESTATUS", "PPID", "PWD", "RANDOM", "SECONDS", "SHELLOPTS", "SHLVL",
        "SRANDOM",
        "UID",
    ]

    /// What the driver lifts before it writes the state, by its letter in `$-`.
    private static let liftedOptions = [
        (UInt8(ascii: "x"), "xtrace"), (UInt8(ascii: "v"), "verbose"), (UInt8(ascii: "e"), "errexit"),
        (UInt8(ascii: "u"), "nounset"),
    ]

    private static func isInternal(_ name: String) -> Bool {
        internals.contains(name) || name.hasPrefix("__casebook")
            || name.hasPrefix("BASH") && name != "BASH_ENV" && name != "BASH_XTRACEFD"
    }

    mutating func read(_ raw: [UInt8], secrets: [[UInt8]]) -> StateReading? {
        guard let dump = ShellDump(raw, sections: BashState.sections) else { return nil }
        // Taken over, not copied: what did not change stays as it is.
        var now = previous
        previous = Snapshot()
        readVariables(dump, &now)
        let hasFunctions = BashState.hasFunctions(dump["names"])
        let isIncomplete = hasFunctions && !wantsFunctions && !dump.has("functions")
        if dump.has("functions") {
            now.functions = BashState.functions(names: dump["names"], text: dump["functions"])
        } else if !hasFunctions {
            now.functions = [:]
        }
        wantsFunctions = hasFunctions
        if hasChanged("aliases", dump) {
            now.aliases = [:]
            for statement in ShellStatements.split(dump["aliases"]) {
                let name = statement.dropFirst("alias ".utf8.count).prefix { $0 != UInt8(ascii: "=") }
                now.aliases[String(decoding: name, as: UTF8.self)] = statement
            }
        }
        now.mask = Array(dump["mask"].prefix { $0 != UInt8(ascii: "\n") })
        now.traps = []
        readTraps(dump, &now)
        previous = now
        guard let start else {
            self.start = now
            let empty = SavedState(restoreCode: [], lost: [])
            return StateReading(live: [], saved: empty)
        }
        var reading = difference(from: start, to: now, secrets: secrets)
        reading.isIncomplete = isIncomplete
        return reading
    }

    /// True when a section is not what it was the last time; remembers it.
    private mutating func hasChanged(_ section: String, _ dump: ShellDump) -> Bool {
        let text = dump[section]
        guard previousText[section] != text else { return false }
        previousText[section] = text
        return true
    }

    // MARK: - Reading

    /// Takes the listing of variables into a snapshot that holds the one before it.
    ///
    /// Both are in bash's order, so that a walk along the two finds what changed, came and went; only that
    /// is read.
    private mutating func readVariables(_ dump: ShellDump, _ now: inout Snapshot) {
        let locals = Set(ShellStatements.split(dump["locals"]).compactMap(BashState.name))
        let known = now.order
        now.order = []
        now.order.reserveCapacity(known.count)
        var next = 0
        for statement in ShellStatements.split(dump["variables"]) {
            if next < known.count, now.variables[known[next]] == statement {
                now.order.append(known[next])
                next += 1
                continue
            }
            guard let name = BashState.name(statement) else { continue }
            // What stands before this name in the old listing and not in the new one is gone.
            if let found = known[next...].firstIndex(of: name) {
                for gone in known[next..<found] { now.variables[gone] = nil }
                next = found + 1
            }
            // A function's own variable hides the session's; the value before the cell is the best known.
            if !locals.contains(name) {
                now.variables[name] = statement
            } else if now.variables[name] == nil {
                continue
            }
            now.order.append(name)
        }
        for gone in known[next...] { now.variables[gone] = nil }
        readOptions(&now)
    }

    private mutating func readOptions(_ now: inout Snapshot) {
        let listed = (now.variables["SHELLOPTS"], now.variables["BASHOPTS"])
        if listed.0 != listedOptions.0 || listed.1 != listedOptions.1 {
            plainOptions = words(now, "SHELLOPTS", ":")
            now.shellOptions = words(now, "BASHOPTS", ":")
            listedOptions = listed
        }
        now.options = plainOptions
        let flags = value(now, "__casebook_flags")
        for (letter, option) in BashState.liftedOptions where flags.contains(letter) {
            now.options.insert(option)
        }
    }

    private mutating func readTraps(_ dump: ShellDump, _ now: inout Snapshot) {
        let own = Array("__casebook".utf8)
        prefix = []
        arming = Array("builtin trap -- \"$__casebook_on_error\" ERR\n".utf8)
        hasDebugTrap = false
        // A DEBUG trap may have printed something around the listing.
        let head = ShellStatements.split(dump["before"]).filter { $0.starts(with: Array("trap -- ".utf8)) }
        for statement in head + ShellStatements.split(dump["traps"]) where !statement.contains(own) {
            let name = String(decoding: statement.split(separator: 0x20).last ?? [], as: UTF8.self)
            guard name != "EXIT" else { continue }
            now.traps.append((name: name, code: Array(statement)))
            if name == "ERR" { arming = Array("builtin ".utf8) + statement + [0x0A] }
            if name == "DEBUG" || name == "RETURN" {
                prefix.append("builtin ")
                prefix.append(contentsOf: statement)
                prefix.append("; ")
            }
            hasDebugTrap = hasDebugTrap || name == "DEBUG"
        }
        let exit = value(now, "__casebook_exit")
        exitTrap = exit.isEmpty ? nil : exit
        if !exit.isEmpty {
            now.traps.append(
                (name: "EXIT", code: Array("trap -- ".utf8) + shellQuoted(exit) + Array(" EXIT".utf8))
            )
        }
        for (option, letter) in [("verbose", "v"), ("xtrace", "x")] where now.options.contains(option) {
            prefix.append("builtin set -\(letter); ")
        }
    }

    private func value(_ snapshot: Snapshot, _ name: String) -> [UInt8] {
        guard let statement = snapshot.variables[name],
            let equals = statement.firstIndex(of: UInt8(ascii: "="))
        else { return [] }
        return ShellStatements.unquoted(statement[(equals + 1)...])
    }

    private func words(_ snapshot: Snapshot, _ name: String, _ separator: Character) -> Set<String> {
        let text = String(decoding: value(snapshot, name), as: UTF8.self)
        return Set(text.split(separator: separator).map(String.init))
    }

    /// The name in `declare -x NAME="value"`.
    private static func name(_ statement: ArraySlice<UInt8>) -> String? {
        let parts = statement.prefix { $0 != UInt8(ascii: "=") }.split(separator: 0x20)
        guard parts.count == 3 else { return nil }
        return String(decoding: parts[2], as: UTF8.self)
    }

    /// True when a name is listed that is not the driver's own.
    private static func hasFunctions(_ names: ArraySlice<UInt8>) -> Bool {
        names.split(separator: 0x0A).contains { line in
            let name = line.split(separator: 0x20, maxSplits: 2).last ?? []
            return !name.starts(with: "__casebook".utf8) && !name.elementsEqual("trap".utf8)
        }
    }

    /// Cuts the listing at the names that are known to come, in their order.
    private static func functions(names: ArraySlice<UInt8>, text: ArraySlice<UInt8>) -> [String: [UInt8]] {
        var functions: [String: [UInt8]] = [:]
        var heads: [(name: String, flags: String, at: Int)] = []
        var at = text.startIndex
        for line in names.split(separator: 0x0A) {
            let parts = line.split(separator: 0x20, maxSplits: 2)
            guard parts.count == 3 else { continue }
            let name = String(decoding: parts[2], as: UTF8.self)
            for head in ["\(name) () \n{ \n", "function \(name) () \n{ \n"] {
                guard let found = find(Array(head.utf8), in: text, from: at) else { continue }
                heads.append((name, String(decoding: parts[1], as: UTF8.self), found))
                at = found + head.utf8.count
                break
            }
        }
        for (index, head) in heads.enumerated()
        where !head.name.hasPrefix("__casebook") && head.name != "trap" {
            let end = index + 1 < heads.count ? heads[index + 1].at : text.endIndex
            var code = Array(text[head.at..<end])
            if head.flags.count > 2 { code.append("declare \(head.flags) \(head.name)\n") }
            functions[head.name] = code
        }
        return functions
    }

    private static func find(_ head: [UInt8], in text: ArraySlice<UInt8>, from start: Int) -> Int? {
        var at = start
        while at < text.endIndex {
            if text[at...].starts(with: head) { return at }
            guard let end = text[at...].firstIndex(of: 0x0A) else { return nil }
            at = end + 1
        }
        return nil
    }

    // MARK: - The difference

    private func difference(
        from start: Snapshot,
        to now: Snapshot,
        secrets: [[UInt8]]
    ) -> StateReading {
        var code = RestoreCode(secrets: secrets)
        let directory = value(now, "PWD")
        if directory != value(start, "PWD") {
            let path = shellQuoted(String(decoding: directory, as: UTF8.self))
            code.add(
                "cd -- \(path) 2>/dev/null || printf 'the directory %s\\n' \(path)\n",
                "the working directory"
            )
        }
        addVariables(from: start, to: now, &code)
        for option in now.shellOptions.subtracting(start.shellOptions).sorted() {
            code.add("shopt -s \(option) 2>/dev/null\n", "option \(option)")
        }
        for option in start.shellOptions.subtracting(now.shellOptions).sorted() {
            code.add("shopt -u \(option) 2>/dev/null\n", "option \(option)")
        }
        for (name, text) in now.functions.sorted(by: { $0.key < $1.key }) where start.functions[name] != text
        {
            code.add(text, "function \(name)")
        }
        for name in start.functions.keys.sorted() where now.functions[name] == nil {
            code.add("unset -f \(name)\n", "function \(name)")
        }
        for (name, text) in now.aliases.sorted(by: { $0.key < $1.key }) where start.aliases[name] != text {
            code.add(text + [0x0A], "alias \(name)")
        }
        for name in start.aliases.keys.sorted() where now.aliases[name] == nil {
            code.add("unalias \(name)\n", "alias \(name)")
        }
        for trap in now.traps { code.add(trap.code + [0x0A], "trap on \(trap.name)") }
        if now.mask != start.mask { code.add(Array("umask ".utf8) + now.mask + [0x0A], "umask") }
        // Options last: `-e`, `-u` and `-x` must not meet what stands above. Restoring begins without `-e`.
        for option in now.options.subtracting(start.options).sorted() {
            code.add("set -o \(option)\n", "option \(option)")
        }
        for option in start.options.subtracting(now.options).sorted() {
            code.add("set +o \(option)\n", "option \(option)")
        }
        if !code.live.isEmpty, now.options.contains("errexit") { code.add("set -e\n", "option errexit") }
        let saved = SavedState(restoreCode: code.saved, lost: code.lost)
        return StateReading(live: code.live, saved: saved)
    }

    private func addVariables(from start: Snapshot, to now: Snapshot, _ code: inout RestoreCode) {
        for name in start.order where now.variables[name] == nil && !BashState.isInternal(name) {
            code.add("unset -v \(name) 2>/dev/null\n", "variable \(name)")
        }
        for name in now.order where !BashState.isInternal(name) {
            guard let statement = now.variables[name] else { continue }
            let before = start.variables[name]
            guard before != statement else { continue }
            var text: [UInt8] = []
            // Attributes are only ever added by `declare`.
            if before != nil { text.append("unset -v \(name) 2>/dev/null\n") }
            text.append(contentsOf: statement)
            text.append(0x0A)
            code.add(text, "variable \(name)")
        }
    }
}
