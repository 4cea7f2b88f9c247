import CasebookRun

/// A bash session's state: what it was at the start, and what the last cell left.
struct BashState {
    static var mark: String { ShellDump.mark }

    private struct Snapshot {
        /// The statement that makes each variable, by its name.
        var variables: [String: ArraySlice<UInt8>] = [:]
        var functions: [String: [UInt8]] = [:]
        var aliases: [String: ArraySlice<UInt8>] = [:]
        var traps: [String: ArraySlice<UInt8>] = [:]
        var options: Set<String> = []
        var shellOptions: Set<String> = []
        var mask: ArraySlice<UInt8> = []
    }

    private var listing = BashListing()
    /// What the driver listed before it lifted the traps that its own commands must not meet.
    private var liftedTraps: ArraySlice<UInt8> = []
    private var functionText: ArraySlice<UInt8> = []
    private var start: Snapshot?
    private var now = Snapshot()
    /// The author's variables that are not what they were at the start.
    private var changed: Set<String> = []
    /// The author's functions, by name.
    private var functionNames: Set<ArraySlice<UInt8>> = []
    /// What the last dump could not show, because a function that the shell ended in hides it.
    private var hidden: Set<String> = []
    /// SHELLOPTS, BASHOPTS and the flags as they were read last.
    private var listedOptions: [ArraySlice<UInt8>?] = []
    /// The last reading, good for as long as nothing changes.
    private var reading: (withheld: Withheld, reading: StateReading)?
    /// Goes before a cell's code on its first line: what must not meet the driver's own commands.
    private(set) var prefix: [UInt8] = []
    /// Goes into a cell's message: the ERR trap.
    private(set) var arming = BashDriver.arming
    private(set) var exitTrap: [UInt8]?
    private(set) var hasDebugTrap = false
    /// True when the next dump must hold the text of functions: writing it costs more than all the rest.
    private(set) var wantsFunctions = true

    /// bash's own variables: it sets them itself, or refuses to have them set.
    private static let internals: Set<String> = [
        "_", "COMP_WORDBREAKS", "DIRSTACK", "EPOCHREALTIME", "EPOCHSECONDS", "EUID", "FUNCNAME", "GROUPS",
        "HISTCMD", "LINENO", "PIPESTATUS", "PPID", "PWD", "RANDOM", "SECONDS", "SHELLOPTS", "SHLVL",
        "SRANDOM",
        "UID",
    ]

    /// Those among them that tell something about the state.
    private static let telling: Set<String> = [
        "PWD", "SHELLOPTS", "BASHOPTS", "__casebook_flags", "__casebook_exit",
    ]

    /// How bash lists the options that a function made its own with `local -`.
    private static let localOptions = "-"
    /// How the driver says that a function does not show the session's DEBUG and RETURN traps.
    private static let uninherited = "-T"
    private static let optionVariables: Set<String> = ["SHELLOPTS", "__casebook_flags"]

    /// What the driver lifts before it writes the state, by its letter in `$-`.
    private static let liftedOptions = [
        (UInt8(ascii: "x"), "xtrace"), (UInt8(ascii: "v"), "verbose"), (UInt8(ascii: "e"), "errexit"),
        (UInt8(ascii: "u"), "nounset"),
    ]

    private static func isInternal(_ name: String) -> Bool {
        internals.contains(name) || name.hasPrefix("__casebook")
            || name.hasPrefix("BASH") && name != "BASH_ENV" && name != "BASH_XTRACEFD"
    }

    /// Reads what bash wrote after a message; nil when it does not hold what that message left.
    mutating func read(_ raw: [UInt8], number: Int, withheld: Withheld) -> StateReading? {
        let sections = ["hidden", "listing", "functions"]
        guard let dump = ShellDump(raw, sections: sections, number: number) else { return nil }
        var listed = listing
        let changes = listed.update(dump["listing"])
        // The disk may have been full for a moment, of which bash 5.2 says nothing: what is missing is not gone.
        if changes.contains(where: { $0.statement == nil && BashState.isAlwaysThere($0.subject) }) {
            return nil
        }
        listing = listed
        var isTouched = take(changes, hiddenBy: dump)
        let lifted = dump["before"] + hiddenTraps
        if lifted != liftedTraps {
            liftedTraps = Array(lifted)[...]
            isTouched = true
        }
        let isIncomplete = !functionNames.isEmpty && !wantsFunctions && !dump.has("functions")
        if takeFunctions(dump) { isTouched = true }
        wantsFunctions = !functionNames.isEmpty
        if !isTouched, !isIncomplete, let reading, reading.withheld == withheld { return reading.reading }
        readOptions()
        readTraps()
        guard let start else {
            start = now
            changed = []
            return StateReading(live: [], saved: SavedState(restoreCode: [], lost: []))
        }
        var fresh = difference(from: start, withheld)
        reading = hidden.isEmpty ? (withheld, fresh) : nil
        if isIncomplete {
            fresh.untold = functionNames.map { "function \(String(decoding: $0, as: UTF8.self))" }.sorted()
        }
        fresh.doubts = doubts
        return fresh
    }

    // MARK: - Reading

    /// Takes what changed; false when none of it matters.
    private mutating func take(_ changes: [BashListing.Change], hiddenBy dump: ShellDump) -> Bool {
        // What a function hides is taken to be what it was before the cell: the best known.
        hidden = Set(dump["hidden"].split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) })
        if hidden.contains(BashState.localOptions) { hidden.formUnion(BashState.optionVariables) }
        var isTouched = !hidden.isEmpty
        for change in changes {
            let name = String(decoding: change.subject.name, as: UTF8.self)
            switch change.subject.kind {
            case .variable where hidden.contains(name): continue
            case .variable:
                now.variables[name] = change.statement
                if BashState.isInternal(name) {
                    isTouched = isTouched || BashState.telling.contains(name)
                    continue
                }
                if start?.variables[name] == change.statement {
                    changed.remove(name)
                } else {
                    changed.insert(name)
                }
            case .alias: now.aliases[name] = change.statement
            case .trap: now.traps[name] = change.statement
            case .mask: if let mask = change.statement { now.mask = mask }
            case .function where BashState.isOwnFunction(change.subject.name): continue
            case .function where change.statement == nil: functionNames.remove(change.subject.name)
            case .function: functionNames.insert(change.subject.name)
            case .other: continue
            }
            isTouched = true
        }
        return isTouched
    }

    /// Takes the functions; false when they are what they were.
    private mutating func takeFunctions(_ dump: ShellDump) -> Bool {
        guard !functionNames.isEmpty else {
            defer { (now.functions, functionText) = ([:], []) }
            return !now.functions.isEmpty
        }
        guard dump.has("functions"), dump["functions"] != functionText else { return false }
        functionText = Array(dump["functions"])[...]
        now.functions = BashState.functions(names: listing.statements(of: .function), text: functionText)
        return true
    }

    private mutating func readOptions() {
        let listed = ["SHELLOPTS", "BASHOPTS", "__casebook_flags"].map { now.variables[$0] }
        guard listed != listedOptions else { return }
        listedOptions = listed
        now.options = words("SHELLOPTS", ":")
        now.shellOptions = words("BASHOPTS", ":")
        let flags = value("__casebook_flags")
        for (letter, option) in BashState.liftedOptions where flags.contains(letter) {
            now.options.insert(option)
        }
    }

    private mutating func readTraps() {
        prefix = []
        arming = BashDriver.arming
        hasDebugTrap = false
        for name in ["DEBUG", "ERR", "RETURN", "EXIT"] { now.traps[name] = nil }
        // A DEBUG trap may have printed something around the listing.
        for statement in ShellStatements.split(liftedTraps) where !BashState.isOwn(statement) {
            let subject = BashListing.Subject(statement)
            guard subject.kind == .trap else { continue }
            let name = String(decoding: subject.name, as: UTF8.self)
            now.traps[name] = statement
            if name == "ERR" { arming = Array("builtin ".utf8) + statement + [0x0A] }
            if name == "DEBUG" || name == "RETURN" {
                prefix.append("builtin ")
                prefix.append(contentsOf: statement)
                prefix.append("; ")
            }
            hasDebugTrap = hasDebugTrap || name == "DEBUG"
        }
        let exit = value("__casebook_exit")
        exitTrap = exit.isEmpty ? nil : exit
        if !exit.isEmpty {
            now.traps["EXIT"] = (Array("trap -- ".utf8) + shellQuoted(exit) + Array(" EXIT".utf8))[...]
        }
        for (option, letter) in [("verbose", "v"), ("xtrace", "x")] where now.options.contains(option) {
            prefix.append("builtin set -\(letter); ")
        }
    }

    /// The traps that the last dump could not show, as they were before it.
    private var hiddenTraps: [UInt8] {
        guard hidden.contains(BashState.uninherited) else { return [] }
        return ["DEBUG", "RETURN"].flatMap { now.traps[$0].map { $0 + [0x0A] } ?? [] }
    }

    /// The next shell has none of these from the one before, whatever they were at the session's start.
    private var hiddenVariables: [UInt8] {
        hidden.sorted().filter { !BashState.isInternal($0) }.flatMap { name in
            now.variables[name].map { $0 + [0x0A] } ?? []
        }
    }

    /// What the next shell gets as it was before the cell, in words.
    private var doubts: [String] {
        let variables = hidden.subtracting(BashState.optionVariables)
            .subtracting([BashState.localOptions, BashState.uninherited])
        var doubts = variables.sorted().map { name in
            "variable \(name), which a function had made readonly for itself: it is what it was before the cell"
        }
        if hidden.contains(BashState.localOptions) {
            doubts.append(
                "options, which a function had made its own: they are what they were before the cell"
            )
        }
        return doubts
    }

    private func value(_ name: String, in snapshot: Snapshot? = nil) -> [UInt8] {
        guard let statement = (snapshot ?? now).variables[name],
            let equals = statement.firstIndex(of: UInt8(ascii: "="))
        else { return [] }
        return ShellStatements.unquoted(statement[(equals + 1)...])
    }

    private func words(_ name: String, _ separator: Character) -> Set<String> {
        let text = String(decoding: value(name), as: UTF8.self)
        return Set(text.split(separator: separator).map(String.init))
    }

    /// True for a trap of the driver's.
    private static func isOwn(_ statement: ArraySlice<UInt8>) -> Bool {
        statement.contains(Array("__casebook".utf8))
    }

    private static func isOwnFunction(_ name: ArraySlice<UInt8>) -> Bool {
        name.starts(with: "__casebook".utf8) || name.elementsEqual("trap".utf8)
    }

    /// True for a variable and a function of the driver's that every listing has.
    private static func isAlwaysThere(_ subject: BashListing.Subject) -> Bool {
        subject.kind == .variable && subject.name.elementsEqual("__casebook_status".utf8)
            || subject.kind == .function && subject.name.elementsEqual("__casebook_syntax".utf8)
    }

    /// Cuts the text of all functions at the names that are known to come, in their order.
    private static func functions(
        names: [ArraySlice<UInt8>],
        text: ArraySlice<UInt8>
    ) -> [String: [UInt8]] {
        var functions: [String: [UInt8]] = [:]
        var heads: [(name: ArraySlice<UInt8>, flags: String, at: Int)] = []
        var at = text.startIndex
        for line in names {
            let parts = line.split(separator: 0x20, maxSplits: 2)
            guard parts.count == 3 else { continue }
            let name = String(decoding: parts[2], as: UTF8.self)
            for head in ["\(name) () \n{ \n", "function \(name) () \n{ \n"] {
                guard let found = find(Array(head.utf8), in: text, from: at) else { continue }
                heads.append((parts[2], String(decoding: parts[1], as: UTF8.self), found))
                at = found + head.utf8.count
                break
            }
        }
        for (index, head) in heads.enumerated() where !isOwnFunction(head.name) {
            let end = index + 1 < heads.count ? heads[index + 1].at : text.endIndex
            var code = Array(text[head.at..<end])
            let name = String(decoding: head.name, as: UTF8.self)
            // bash lists it so that it reads as an assignment.
            if head.name.contains(UInt8(ascii: "=")) { code = Array("function ".utf8) + code }
            if head.flags.count > 2 { code.append("declare \(head.flags) \(name)\n") }
            functions[name] = code
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

    private func difference(from start: Snapshot, _ withheld: Withheld) -> StateReading {
        var code = RestoreCode(withheld)
        let directory = value("PWD")
        if directory != value("PWD", in: start) {
            let path = shellQuoted(String(decoding: directory, as: UTF8.self))
            code.add(
                "cd -- \(path) 2>/dev/null || printf 'the directory %s\\n' \(path)\n",
                "the working directory"
            )
        }
        addVariables(from: start, &code)
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
        for (name, text) in now.traps.sorted(by: { $0.key < $1.key }) where !BashState.isOwn(text) {
            code.add(text + [0x0A], "trap on \(name)")
        }
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
        return StateReading(
            live: hiddenVariables + code.live,
            saved: saved,
            exported: exported,
            setInSecret: code.setInSecret
        )
    }

    /// What `declare -x NAME="value"` says; an array is never exported.
    private var exported: [String: String] {
        changed.reduce(into: [:]) { exported, name in
            guard let statement = now.variables[name], !hidden.contains(name) else { return }
            let flags = statement.dropFirst("declare -".utf8.count).prefix { $0 != UInt8(ascii: " ") }
            guard flags.contains(UInt8(ascii: "x")), flags.allSatisfy({ !"aA".utf8.contains($0) }),
                statement.contains(UInt8(ascii: "="))
            else { return }
            exported[name] = String(validating: value(name), as: UTF8.self)
        }
    }

    private func addVariables(from start: Snapshot, _ code: inout RestoreCode) {
        let names = changed.sorted()
        for name in names where now.variables[name] == nil {
            code.add("unset -v \(name) 2>/dev/null\n", "variable \(name)")
        }
        for name in names {
            guard let statement = now.variables[name] else { continue }
            var text: [UInt8] = []
            // Attributes are only ever added by `declare`.
            if start.variables[name] != nil { text.append("unset -v \(name) 2>/dev/null\n") }
            text.append(contentsOf: statement)
            text.append(0x0A)
            code.add(text, "variable \(name)")
        }
    }
}
