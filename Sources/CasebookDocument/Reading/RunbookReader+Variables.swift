// MARK: - Variables

extension RunbookReader {
    /// Finds the variables that cells read and nothing before them sets: they are blanks too.
    ///
    /// What a cell that a person does elsewhere sets does not reach the session. What a cell of another session sets
    /// does when it is exported and neither session has a name of its own.
    mutating func readVariables(_ metadata: Metadata) {
        var given = Set(metadata.parameters.map(\.name)).union(["CASEBOOK_OUTPUT", "CASEBOOK_RUN"])
        for environment in metadata.environments { given.formUnion(environment.values.keys) }
        var known: [String: Set<String>] = [:]
        // The sessions in which code from elsewhere has run: it may have set anything.
        var unknown: Set<String> = []
        let byHand = setByHand
        // The file of values for later cells can hold any name.
        var givesUnknown = false
        var captured: Set<String> = []
        // What sessions without a name have exported.
        var exported: Set<String> = []
        // The line of the secret cell that sets a variable, by session and name.
        var secret: [String: [String: Int]] = [:]
        for index in drafts.indices {
            guard
                case .cell(let cell, let handling) = drafts[index].content,
                let interpreter = cell.language.interpreter
            else { continue }
            let attributes = cell.attributes
            let code = cell.transcript.code
            defer {
                if let capture = attributes.capture {
                    given.insert(capture)
                    captured.insert(capture)
                }
                givesUnknown =
                    givesUnknown || attributes.background == nil && ValueFile.isNamed(in: code)
            }
            let isRun =
                switch handling {
                case .run, .confirm: true
                case .byHand, .shown, .undo, .check: false
                }
            guard interpreter.syntax == .shell, let variables = drafts[index].script?.variables else {
                if isRun, attributes.session == nil, attributes.background == nil {
                    exported.formUnion(ExportedName.all(in: code))
                }
                continue
            }
            let isFillable = drafts[index].filling != nil
            switch handling {
            case .run, .confirm, .check: break
            // An undo that is bound to a step may run without a person.
            case .undo where !attributes.undoes.isEmpty: break
            case .byHand, .shown, .undo: if !isFillable { continue }
            }
            let session = attributes.session ?? interpreter.name
            // Nothing comes back from a cell in the background.
            let comesBack = attributes.background == nil
            if comesBack, variables.setsUnknown, !isFillable { unknown.insert(session) }
            let needed =
                interpreter.name == "zsh"
                ? variables.needed.filter { !ShellVariables.isStandardOfZsh($0) } : variables.needed
            drafts[index].capturedVariables = needed.filter(captured.contains)
            if let lines = secret[session] {
                drafts[index].secretVariables = needed.compactMap { name in
                    lines[name].map { Cell.SecretVariable(name: name, line: $0) }
                }
            }
            if attributes.isSecret || secret[session] != nil, comesBack {
                for name in variables.set {
                    secret[session, default: [:]][name] = attributes.isSecret ? drafts[index].line : nil
                }
            }
            let missing = needed.filter { !given.contains($0) && known[session]?.contains($0) != true }
            let isShared: (String) -> Bool = { attributes.session == nil && exported.contains($0) }
            drafts[index].sharedVariables = missing.filter(isShared)
            drafts[index].openVariables = missing.filter { name in
                !isShared(name)
                    && (!unknown.contains(session) && !givesUnknown || byHand.contains(name))
            }
            // Nobody knows yet whether it will be filled, and run.
            if isFillable {
                drafts[index].filling?.sets = variables.set
            } else if comesBack {
                known[session, default: []].formUnion(variables.set)
                if attributes.session == nil { exported.formUnion(variables.exported) }
            }
        }
    }

    /// The variables that only cells done by hand set: no code from elsewhere is meant to.
    private var setByHand: Set<String> {
        var byHand: Set<String> = []
        for index in drafts.indices {
            guard case .cell(let cell, .byHand) = drafts[index].content,
                let variables = drafts[index].script?.variables, !variables.set.isEmpty,
                cell.language.interpreter?.syntax == .shell
            else { continue }
            byHand.formUnion(variables.set)
        }
        return byHand
    }
}

extension Cell {
    /// True for code that writes to the file of values for later cells.
    var givesValues: Bool { ValueFile.isNamed(in: code) }

    /// True for a cell that seems to give a value of this name through that file.
    func gives(_ name: String) -> Bool { ValueFile.isGiven(name, in: code) }
}

/// What code says of the file that `CASEBOOK_OUTPUT` names.
enum ValueFile {
    static func isNamed(in code: [UInt8]) -> Bool {
        ByteSearch.range(of: "CASEBOOK_OUTPUT", in: code[...]) != nil
    }

    /// True for code with `NAME=` or `NAME<<` in it, whatever stands before it.
    static func isGiven(_ name: String, in code: [UInt8]) -> Bool {
        ["=", "<<"].contains { ByteSearch.range(of: (name + $0), in: code[...]) != nil }
    }
}

/// What code in a language other than a shell's exports, as far as its words tell.
enum ExportedName {
    /// What such code says when it sets a variable of the environment.
    private static let signs = ["environ", "putenv", "process.env", "ENV", "set -gx", "set -x", "set -Ux"]

    /// Every word of code that sets something in the environment: which of them are names of variables is not looked at.
    static func all(in code: [UInt8]) -> Set<String> {
        guard signs.contains(where: { ByteSearch.range(of: $0, in: code[...]) != nil }) else {
            return []
        }
        let words = code.split { !($0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_")) }
        return Set(words.map { String(decoding: $0, as: UTF8.self) })
    }
}
