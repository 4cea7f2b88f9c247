/// The code of a cell without prompts and recorded output; line N of the code stays line N of the block.
struct Transcript: Hashable, Sendable {
    let code: [UInt8]
    /// Why a person has to do it, when the prompts say that it is a session somewhere else.
    let byHand: String?
    /// Why nobody is meant to run it, when its first line cannot be a command.
    let recorded: String?
    /// True when prompts tell what is code.
    let hasPrompts: Bool
    /// True when no line holds code.
    let isEmpty: Bool

    init(_ body: [UInt8], _ syntax: CodeSyntax) {
        let body = Self.withoutTemplateMarks(body)
        switch syntax {
        case .shell, .fish: self = Self.shell(body)
        case .python: self = Self.split(body, prompt: ">>> ", continuation: "... ") ?? Self.python(body)
        default: self = Self.other(body, syntax)
        }
    }

    /// Code that is never split, in a language that this version does not run.
    init(verbatim body: [UInt8]) {
        self.init(code: body)
    }

    private init(
        code: [UInt8],
        byHand: String? = nil,
        recorded: String? = nil,
        hasPrompts: Bool = false,
        comment: String = "#"
    ) {
        self.code = code
        self.byHand = byHand
        self.recorded = recorded
        self.hasPrompts = hasPrompts
        isEmpty = code.split(separator: .lineFeed).allSatisfy { line in
            let text = line.drop(while: \.isBlank)
            return text.isEmpty || text.starts(with: comment.utf8)
        }
    }
}

extension Transcript {
    /// Empties the first lines of a directive that are its options, `:name: x`.
    static func withoutOptions(_ body: [UInt8]) -> [UInt8] {
        var start = body.startIndex
        while start < body.endIndex {
            let line = body[start...].prefix { $0 != .lineFeed }
            let text = line.drop(while: \.isBlank)
            let name = text.dropFirst().prefix {
                $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
            }
            guard text.first == UInt8(ascii: ":"), !name.isEmpty, name.endIndex < text.endIndex,
                body[name.endIndex] == UInt8(ascii: ":")
            else { break }
            start = min(line.endIndex + 1, body.endIndex)
        }
        let lines = body[..<start].count { $0 == .lineFeed }
        return start == body.startIndex ? body : Array(repeating: .lineFeed, count: lines) + body[start...]
    }

    /// The lines that hold code, without the blanks around them.
    var lines: Set<ArraySlice<UInt8>> {
        Set(
            code.split(separator: .lineFeed).map { line in
                var line = line.drop(while: \.isBlank)
                while line.last?.isBlank == true { line.removeLast() }
                return line
            }
            .filter { !$0.isEmpty && $0.first != UInt8(ascii: "#") }
        )
    }

    /// True for a file of its own, `#!/bin/sh`, that reads `$1` or `$@`; `awk '{ print $1 }'` reads none.
    var isScriptWithArguments: Bool {
        guard code.starts(with: "#!".utf8) else { return false }
        return code.split(separator: .lineFeed).contains { line in
            guard ByteSearch.range(of: "awk", in: line) == nil else { return false }
            return ["$1", "$2", "$@", "${1", "$*", "$#", "sys.argv"].contains {
                ByteSearch.range(of: $0, in: line) != nil
            }
        }
    }

    /// Empties the lines that only keep a site generator from reading what is between them.
    private static func withoutTemplateMarks(_ body: [UInt8]) -> [UInt8] {
        guard ByteSearch.range(of: "raw", in: body[...]) != nil else { return body }
        let marks: Set<String> = [
            "{% raw %}", "{% endraw %}", "{%- raw %}", "{%- endraw %}", "{%raw%}", "{%endraw%}",
        ]
        let lines = body.split(separator: .lineFeed, omittingEmptySubsequences: false).map { line in
            line.count < 40 && marks.contains(AttributeValue.trimmed(String(decoding: line, as: UTF8.self)))
                ? [] : line
        }
        return Array(lines.joined(separator: [.lineFeed]))
    }

    /// True when its last line only leaves the shell that it is typed into; `test -f x || exit 1` leaves nothing.
    var endsWithExit: Bool {
        var rest = code[...]
        while let end = rest.lastIndex(of: .lineFeed), !Self.isCode(rest[(end + 1)...]) {
            rest = rest[..<end]
        }
        var line = rest.lastIndex(of: .lineFeed).map { rest[($0 + 1)...] } ?? rest
        line = line.drop(while: \.isBlank)
        guard Self.isCode(line) else { return false }
        while line.last?.isBlank == true || line.last == UInt8(ascii: ";") { line.removeLast() }
        return line.elementsEqual("exit".utf8) || line.elementsEqual("logout".utf8)
    }

    /// The first line that is no comment.
    var firstLine: ArraySlice<UInt8>? {
        code.split(separator: .lineFeed).first(where: Self.isCode)
    }
}

// MARK: - Shell

extension Transcript {
    /// A `$ ` at the start of any line makes it a transcript; a block of `# ` lines may be a root shell.
    private static func shell(_ body: [UInt8]) -> Transcript {
        let lines = body.split(separator: .lineFeed, omittingEmptySubsequences: false)
        var hasPrompt = false
        var isAllRoot = true
        var open = OpenConstruct()
        let mayHoldDocument = ByteSearch.range(of: "<<", in: body[...]) != nil
        for line in lines {
            let text = line.drop(while: \.isBlank)
            if text.isEmpty { continue }
            let isText = open.isInDocument
            let isPrompt = text.starts(with: "$ ".utf8) && !isText
            if mayHoldDocument { open.readStart(isPrompt ? text.dropFirst(2) : line) }
            if isPrompt { hasPrompt = true }
            if !text.starts(with: "# ".utf8) { isAllRoot = false }
            if !isText, let session = SessionPrompt.prompt(of: text) {
                return Transcript(code: body, byHand: "it is a session in `\(session)`")
            }
        }
        if hasPrompt, let split = split(body, prompt: "$ ", continuation: "> ") { return split }
        if isAllRoot, let word = RootShell.command(in: lines) {
            return Transcript(
                code: body,
                byHand: "its only prompt is the `# ` of a root shell, before `\(word)`"
            )
        }
        if !hasPrompt, let word = RootShell.commandWithOutput(in: lines) {
            return Transcript(
                code: body,
                byHand: "it looks like a root shell and its output: `# \(word)` is no comment"
            )
        }
        if !hasPrompt, let prompt = SessionPrompt.foreign(in: lines) {
            return Transcript(code: body, byHand: "it is a session in `\(prompt)`")
        }
        return plainShell(body, lines)
    }

    /// A block without prompts: commands, or output that somebody recorded, or commands and then their output.
    private static func plainShell(_ body: [UInt8], _ lines: [ArraySlice<UInt8>]) -> Transcript {
        if let first = lines.firstIndex(where: isCode) {
            let next = lines[(first + 1)...].first { $0.contains { !$0.isBlank } } ?? []
            if let reason = RecordedLine.reason(lines[first], next: next) {
                return Transcript(code: body, recorded: reason)
            }
        }
        if let tree = tree(body, lines) { return tree }
        guard
            lines.contains(where: {
                RecordedLine.isFence($0) || RecordedLine.isTableHead($0) || RecordedLine.isElision($0)
            })
        else { return Transcript(code: body) }
        var open = OpenConstruct()
        var isElided = false
        for (index, line) in lines.enumerated() {
            if !open.isInDocument, RecordedLine.isFence(line) {
                return Transcript(code: body, recorded: "it shows Markdown")
            }
            if !isElided, index > 0, !open.isOpen, RecordedLine.isElision(line) {
                // The first one decides: each look goes through the rest of the block.
                isElided = true
                if RecordedLine.arePrinted(lines[(index + 1)...]) { return code(of: lines, upTo: index) }
            }
            if !open.isOpen, RecordedLine.startsOutput(line) {
                let rest = lines[(index + 1)...]
                if let command = rest.first(where: RecordedLine.isKnownCommand) {
                    let word = String(decoding: command.prefix { !$0.isBlank }, as: UTF8.self)
                    return Transcript(
                        code: body,
                        byHand: "it mixes commands and their output, as in `\(word)` after a table"
                    )
                }
                return code(of: lines, upTo: index)
            }
            open.read(line)
        }
        return Transcript(code: body)
    }

    /// The first lines of a block, with an empty one for each of the others.
    private static func code(of lines: [ArraySlice<UInt8>], upTo end: Int) -> Transcript {
        let code = Array(lines[..<end].joined(separator: [.lineFeed]))
        return Transcript(code: code + Array(repeating: .lineFeed, count: lines.count - end))
    }

    /// A block with a tree of directories in it: a listing, or a command and the tree that it printed.
    private static func tree(_ body: [UInt8], _ lines: [ArraySlice<UInt8>]) -> Transcript? {
        guard let branch = lines.firstIndex(where: RecordedLine.isTree), branch > 0 else { return nil }
        var open = OpenConstruct()
        for line in lines[..<branch] { open.read(line) }
        let code = lines[..<branch].indices.filter { isCode(lines[$0]) }
        guard !open.isOpen, let root = code.last, let first = code.first else { return nil }
        let isCommand = RecordedLine.isKnownCommand(lines[first]) || lines[first].starts(with: "tree".utf8)
        guard isCommand else { return Transcript(code: body, recorded: "it is a listing, and no command") }
        // The tree begins with its root.
        let isRoot = root > first && !lines[root].contains(where: \.isBlank)
        return Self.code(of: lines, upTo: isRoot ? root : branch)
    }

    private static func python(_ body: [UInt8]) -> Transcript {
        let lines = body.split(separator: .lineFeed, omittingEmptySubsequences: false)
        return Transcript(code: body, recorded: lines.first(where: isCode).flatMap(RecordedLine.pythonReason))
    }

    /// Code of a language that is no shell and not Python: a session of its console is told by its prompt.
    private static func other(_ body: [UInt8], _ syntax: CodeSyntax) -> Transcript {
        // JSON is often tagged as JavaScript.
        if syntax == .javaScript, RecordedLine.isJSON(body) {
            return Transcript(code: body, recorded: "it is data, and no command")
        }
        let lines = body.split(separator: .lineFeed)
        let first = lines.first { $0.contains { !$0.isBlank } } ?? []
        if let prompt = ConsolePrompt.prompt(of: first, syntax) {
            return Transcript(code: body, byHand: "it is a session in `\(prompt)`")
        }
        return Transcript(code: body, comment: syntax.comment ?? "#")
    }

    /// True for a line that is neither blank nor a comment.
    private static func isCode(_ line: ArraySlice<UInt8>) -> Bool {
        line.first { !$0.isBlank }.map { $0 != UInt8(ascii: "#") } ?? false
    }
}

// MARK: - Splitting

extension Transcript {
    /// Keeps the lines after prompts with their continuations; every other line becomes an empty one.
    ///
    /// Lines before the first prompt are code as well, when they may be: no output comes before a command.
    private static func split(_ body: [UInt8], prompt: String, continuation: String) -> Transcript? {
        let lines = body.split(separator: .lineFeed, omittingEmptySubsequences: false)
        guard
            let first = lines.firstIndex(where: { $0.drop(while: \.isBlank).starts(with: prompt.utf8) })
        else { return nil }
        let column = lines[first].prefix(while: \.isBlank).count
        let isPreambleCode = prompt == "$ " && lines[..<first].allSatisfy(mayPrecedePrompt)
        var code: [UInt8] = []
        code.reserveCapacity(body.count)
        var open = OpenConstruct()
        var wasCode = false
        // After a command that opens a shell elsewhere, `# ` is that shell's prompt; as a comment it is kept.
        var isAway = false
        // What the recorded output asks whoever runs it.
        var question: String?
        for (index, line) in lines.enumerated() {
            if index > 0 { code.append(.lineFeed) }
            let text = line.drop(while: \.isBlank)
            let kept: ArraySlice<UInt8>?
            // A prompt further in than the first one was printed: `Examples:` and `  $ tool deploy`.
            let isPrompt = text.starts(with: prompt.utf8) && line.count - text.count <= column
            if !open.isOpen, isPrompt {
                kept = text.dropFirst(prompt.utf8.count)
            } else if open.waitsForCommand, isPrompt {
                return Transcript(
                    code: body,
                    byHand: "a command in it ends before it is whole",
                    hasPrompts: true
                )
            } else if wasCode, open.isOpen || prompt != "$ ", text.starts(with: continuation.utf8) {
                kept = text.dropFirst(continuation.utf8.count)
            } else if open.isOpen {
                kept = line
            } else if index < first, isPreambleCode, isCode(text) {
                kept = text
            } else if isAway, text.starts(with: "# ".utf8) {
                kept = text
            } else {
                kept = nil
            }
            wasCode = kept != nil
            guard let kept else {
                if prompt == "$ ", question == nil, index > first { question = RecordedLine.question(line) }
                continue
            }
            if !kept.starts(with: "# ".utf8) {
                isAway =
                    prompt == "$ "
                    && ShellReader.commands(in: Array(kept)).contains(where: PlaceText.opensShell)
            }
            code += kept
            open.read(kept)
        }
        if open.waitsForCommand {
            return Transcript(code: body, byHand: "a command in it ends before it is whole", hasPrompts: true)
        }
        return Transcript(
            code: code,
            byHand: question.map { "it asks a person, as its recorded output shows: `\($0)`" },
            hasPrompts: true
        )
    }

    /// True for a blank line, a comment, and a line that may be a command: `export X=1`, `make config`.
    private static func mayPrecedePrompt(_ line: ArraySlice<UInt8>) -> Bool {
        guard isCode(line), let first = line.first(where: { !$0.isBlank }) else { return true }
        return !(first >= 0x41 && first <= 0x5A && !line.contains(UInt8(ascii: "=")))
            && RecordedLine.reason(line, next: []) == nil
    }
}
