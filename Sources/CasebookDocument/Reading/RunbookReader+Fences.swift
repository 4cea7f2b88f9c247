// MARK: - Fences

extension RunbookReader {
    mutating func readFences() {
        for index in tree.blocks.indices {
            guard tree.blocks[index].kind == .code(isFenced: true) else { continue }
            switch tree.fence(at: index) {
            case .proven(let fence): readFence(index, fence.opening, fence)
            case .unclosed(let opening): readFence(index, opening, nil)
            case .disagrees: reportDisagreement(index)
            }
        }
    }

    private mutating func readFence(_ index: Int, _ opening: Fence.Opening, _ fence: Fence?) {
        guard !opening.info.isEmpty else {
            if fence == nil { reportUnclosed(index, opening) }
            if !isOwned(index) { printed.addOutput(tree.blocks[index].content) }
            return
        }
        let info = InfoString(in: opening.info, of: source)
        if fence == nil { reportUnclosed(index, opening) }
        let tag = info.language(in: source)
        if tag == "expect" { addExpectation(index, opening) }
        guard let language = ownLanguages[tag] ?? language(index, tag) else {
            if Self.outputTags.contains(tag), !isOwned(index) {
                printed.addOutput(tree.blocks[index].content)
            }
            return
        }
        switch language {
        case .runs, .byHand: addCell(index, opening, fence, info, language)
        case .checkpoint: addCheckpoint(index, opening, fence, info)
        }
    }

    private static let outputTags: Set<String> = [
        "output", "text", "txt", "plain", "plaintext", "log", "json", "out", "none",
    ]

    /// What a tag says, and for `command`, `nohighlight` and the like also what the block holds.
    private func language(_ index: Int, _ tag: String) -> Language? {
        if let language = Language(tag: tag) { return language }
        let isPlain = ["nohighlight", "no-highlight"].contains(tag)
        guard
            isPlain || ["command", "commands", "commandline", "command-line", "cli", "cmdline"].contains(tag)
        else { return nil }
        // Such a tag stands over the commands of routers, too.
        let isShell = tree.blocks[index].content.split(separator: .lineFeed).contains { line in
            let line = line.drop(while: \.isBlank)
            return line.starts(with: "$ ".utf8) || RecordedLine.isKnownCommand(line)
        }
        if isShell { return Language(tag: "console") }
        return isPlain ? nil : .byHand("`\(tag)`")
    }

    private mutating func addCell(
        _ index: Int,
        _ opening: Fence.Opening,
        _ fence: Fence?,
        _ info: InfoString,
        _ language: Language
    ) {
        let attributes = AttributeSet(info, at: .cell, in: source)
        diagnostics += attributes.diagnostics
        if info.braces == nil { reportBareAttributes(opening, info) }
        let language = attributes.foreign("interpreter").map(language(ofProgram:)) ?? language
        let body = tree.blocks[index].content
        let trimmed = body.last == .lineFeed ? Array(body.dropLast()) : body
        let code = info.isDirective ? Transcript.withoutOptions(trimmed) : trimmed
        let transcript =
            language.interpreter.map { Transcript(code, $0.syntax) } ?? Transcript(verbatim: code)
        if let undoes = attributes["undoes"] {
            undone += attributes.names("undoes").map { NamedTarget(undoes, $0) }
        }
        if let check = attributes["check"] { undone.append(NamedTarget(check, check.value ?? "")) }
        diagnostics += attributes.conflicts(in: language.interpreter, code: transcript.code)
        if let session = attributes["session"], let name = session.value {
            sessions.append((name, session.valueRange, opening.line))
        }
        if let condition = attributes["when"] {
            conditions.append((condition, opening.line))
            if attributes["undoes"] != nil { reportConditionOfUndo(condition) }
        }
        let section = outline.sectionOfBlock[index]
        var handling = Handling(
            transcript: transcript,
            language: language,
            attributes: attributes,
            isClosed: fence != nil,
            titles: outline.roleTitles(of: section),
            introduction: introduction(of: index),
            previous: previousCell,
            printedValue: printed.value(usedBy: transcript.code)
        )
        handling.decide()
        var filling: BlankFilling?
        if language.interpreter?.syntax == .shell, let result = handling.resultWhenFilled,
            let script = handling.script, let finder = handling.finder
        {
            filling = BlankFilling(
                transcript.code,
                handling.blanks,
                finder.context,
                script.commands,
                result
            )
        }
        if case .shown = handling.result {
        } else {
            reportBlanks(handling.blanks, transcript, index, canBeFilled: filling != nil)
        }
        let draft = Draft(
            content: .cell(
                DraftedCell(
                    CellLanguage(tag: info.writtenLanguage(in: source), interpreter: language.interpreter),
                    transcript,
                    codeLine: opening.line + 1,
                    attributes.cellAttributes
                ),
                handling.result
            ),
            section: section,
            range: range(of: index, opening, fence),
            line: opening.line,
            insertion: fence.map { insertion(afterSamplesOf: index, $0) },
            name: attributes["name"].map { ($0.value ?? "", $0.valueRange) },
            block: index,
            script: handling.script,
            filling: filling,
            undoByHand: handling.undoByHand
        )
        if handling.isSample {
            printed.addOutput(body)
            samples.append(draft)
            sampleBlocks.insert(index)
        } else {
            printed.addCode(transcript.code)
            if transcript.code.count != code.count { printed.addOutput(body) }
            drafts.append(draft)
            previousCell = transcript
            markHolders(of: index)
        }
    }

    /// The language behind a program that runme is told to use: `bash`, `/usr/bin/env python3 -u`.
    private func language(ofProgram command: String) -> Language {
        let words = command.split(separator: " ").map { $0.split(separator: "/").last.map(String.init) ?? "" }
        let program = words.first == "env" ? words.dropFirst().first : words.first
        // Only under its own name: `shell` is a tag and no program.
        let known = Interpreter.all.first { $0.name == program || $0.program == program }
        return known.map { .runs($0) } ?? .byHand("`\(command)`")
    }

    private mutating func addCheckpoint(
        _ index: Int,
        _ opening: Fence.Opening,
        _ fence: Fence?,
        _ info: InfoString
    ) {
        let attributes = AttributeSet(info, at: .checkpoint, in: source)
        diagnostics += attributes.diagnostics
        if let condition = attributes["when"] {
            conditions.append((condition, opening.line))
            if attributes["undoes"] != nil { reportConditionOfUndo(condition) }
        }
        markHolders(of: index)
        guard let fence else { return }
        let section = outline.sectionOfBlock[index]
        if let undoes = attributes["undoes"] {
            undone += attributes.names("undoes").map { NamedTarget(undoes, $0) }
        } else if outline.governing(section, where: { $0 == .undo || $0 == .shown }) != nil {
            return
        }
        drafts.append(
            Draft(
                content: .checkpoint(
                    attributes.checkpoint,
                    text: AttributeValue.trimmed(String(decoding: tree.blocks[index].content, as: UTF8.self)),
                    isRequired: attributes.flag("required") ?? true
                ),
                section: section,
                range: fence.range,
                line: opening.line,
                insertion: fence.insertion,
                name: attributes["name"].map { ($0.value ?? "", $0.valueRange) }
            )
        )
    }

    /// After what is expected of a cell and the author's own sample of its output, which follow it at once.
    private func insertion(afterSamplesOf cell: Int, _ fence: Fence) -> InsertionPoint {
        var insertion = fence.insertion
        var next = tree.blocks[cell].subtreeEnd
        while next < tree.blocks.count, tree.blocks[next].parent == tree.blocks[cell].parent {
            if !isOwned(next) {
                guard tree.blocks[next].kind == .code(isFenced: true),
                    case .proven(let sample) = tree.fence(at: next)
                else { break }
                let info = InfoString(in: sample.opening.info, of: source)
                guard ["expect", "output"].contains(info.language(in: source)) else { break }
                insertion = sample.insertion
            }
            next = tree.blocks[next].subtreeEnd
        }
        return insertion
    }

    private func range(of index: Int, _ opening: Fence.Opening, _ fence: Fence?) -> ByteRange {
        if let fence { return fence.range }
        let lines = tree.blocks[index].content.count { $0 == .lineFeed }
        let last = min(opening.line + lines, source.lineCount)
        return opening.marks.lowerBound..<source.contentRange(ofLine: last).upperBound
    }
}

// MARK: - Diagnostics

extension RunbookReader {
    private mutating func reportUnclosed(_ index: Int, _ opening: Fence.Opening) {
        diagnostics.append(OpenFence(index, opening, in: tree).diagnostic)
    }

    /// `bash run=no` would run: what only looks like an attribute of ours must not be passed over.
    private mutating func reportBareAttributes(_ opening: Fence.Opening, _ info: InfoString) {
        guard let tag = info.tag, tag.upperBound < opening.info.upperBound else { return }
        let bytes = source.bytes[tag.upperBound..<opening.info.upperBound]
        for word in bytes.split(whereSeparator: {
            $0.isBlank || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ":")
        }) {
            guard let equals = word.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let name = source.text(in: word.startIndex..<equals).lowercased()
            // A name and a title change nothing of what is run.
            guard AttributeTable.rule(named: name) != nil, name != "name", name != "title" else { continue }
            diagnostics.append(
                Diagnostic(
                    .error,
                    .attributeInvalid,
                    at: word.startIndex..<word.endIndex,
                    "`\(name)` stands outside of braces, so it would be no attribute",
                    advice: "write `{\(source.text(in: word.startIndex..<word.endIndex))}`"
                )
            )
        }
    }

    private mutating func reportDisagreement(_ index: Int) {
        let line = min(tree.blocks[index].startLine, source.lineCount)
        diagnostics.append(
            Diagnostic(
                .warning,
                .rangeDisagrees,
                at: source.contentRange(ofLine: line),
                "the place that the Markdown parser gives for this fence is not where its bytes stand, so it is left alone",
                advice: "put the fence on lines of its own"
            )
        )
    }

    /// Each different blank once, at its place in the document.
    private mutating func reportBlanks(
        _ blanks: [Blank],
        _ transcript: Transcript,
        _ index: Int,
        canBeFilled: Bool
    ) {
        var seen: Set<String> = []
        var counted = 0
        var linesBefore = 0
        for blank in blanks where seen.insert(blank.text).inserted {
            linesBefore += transcript.code[counted..<blank.range.lowerBound].count { $0 == .lineFeed }
            counted = blank.range.lowerBound
            let line = source.contentRange(ofLine: tree.blocks[index].startLine + 1 + linesBefore)
            let found = ByteSearch.range(of: blank.text, in: source.bytes[line])
            diagnostics.append(
                Diagnostic(
                    .warning,
                    .blank,
                    at: found ?? line,
                    "the cell has the blank `\(blank.shortText)`, so it is done by hand"
                        + (canBeFilled ? " unless a value is given" : ""),
                    advice: ((canBeFilled ? blank.name : nil).map { "give it with `-p \($0)=VALUE`, " } ?? "")
                        + "write a variable in its place, or `blanks=no` if it is meant as it stands"
                )
            )
        }
    }
}
