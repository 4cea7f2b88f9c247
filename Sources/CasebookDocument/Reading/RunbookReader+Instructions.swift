// MARK: - Instructions

extension RunbookReader {
    /// Asks first before a cell whose heading or sentence says that it takes something away or down, whatever the command is.
    ///
    /// A cell that only looks is left alone, and so is one after a checkpoint: a person has looked before it.
    mutating func readInstructions() {
        var isApproved = false
        // The section in which a text says what has to be set before its cells.
        var assuming: Int?
        for index in drafts.indices {
            waitForPerson(index)
            let section = drafts[index].section
            switch drafts[index].content {
            case .checkpoint: isApproved = true
            case .step(let text):
                isApproved = false
                if AnnouncedText.assumesSetting(text) { assuming = section }
            case .task, .choice: isApproved = false
            case .cell: break
            }
            let assumes = assuming.map { outline.isInside(section, of: $0) } ?? false
            guard
                case .cell(let cell, let handling) = drafts[index].content,
                handling == .run || drafts[index].filling?.handling == .run,
                let block = drafts[index].block, cell.attributes.confirm == nil, !isApproved,
                let reason = reasonToAsk(before: block, in: section)
                    ?? (assumes ? "the text before it says what has to be set first" : nil)
            else { continue }
            let commands = drafts[index].script?.commands ?? []
            guard commands.isEmpty || !commands.allSatisfy(CommandTable.onlyLooks) else { continue }
            drafts[index].filling?.handling = .confirm(because: reason)
            guard handling == .run else { continue }
            let asking = CellHandling.confirm(because: reason)
            drafts[index].content = .cell(cell, asking)
        }
    }

    /// Leaves a cell to a person when the text beside it says that it asks, or that it does not end.
    private mutating func waitForPerson(_ index: Int) {
        guard
            case .cell(let cell, let handling) = drafts[index].content,
            let block = drafts[index].block, !cell.attributes.isHere
        else { return }
        switch handling {
        case .run, .confirm: break
        case .byHand, .shown, .undo, .check: return
        }
        let section = drafts[index].section
        guard
            let reason = reasonToWait(block)
                ?? (cell.attributes.background == nil ? reasonToServe(block, in: section, cell) : nil)
        else { return }
        let waiting = CellHandling.byHand(because: reason)
        drafts[index].content = .cell(cell, waiting)
        drafts[index].filling = nil
    }

    private func reasonToWait(_ block: Int) -> String? {
        let before = textBefore(block)
        if let words = WaitingText.phrase(in: before) ?? WaitingText.phrase(in: textAfter(block)) {
            return "the text beside it says \"\(words)\""
        }
        // *You will be asked for a name* in an item speaks of the items in it.
        var parent = tree.blocks[block].parent
        var levels = 0
        while let current = parent, levels < 12 {
            if tree.blocks[current].kind == .item, let words = question(in: current, before: block) {
                return "the text around it says \"\(words)\""
            }
            parent = tree.blocks[current].parent
            levels += 1
        }
        return nil
    }

    /// Why it seems to start what goes on.
    private func reasonToServe(_ block: Int, in section: Int, _ cell: DraftedCell) -> String? {
        guard cell.language.interpreter != .python,
            let words = ServerText.phrase(in: textBefore(block))
                ?? ServerText.phrase(in: outline.sections[section].title)
        else { return nil }
        let last = ShellReader.commands(in: cell.transcript.code).last
        return last.map(ServerText.mayServe) == true
            ? "it seems to start what does not end: \"\(words)\"" : nil
    }

    /// The words in the first paragraphs of an item that say that somebody will be asked.
    private func question(in item: Int, before block: Int) -> String? {
        var child = item + 1
        var count = 0
        while child < block, count < 8 {
            if tree.blocks[child].kind == .paragraph,
                let words = WaitingText.question(in: paragraphText(child))
            {
                return words
            }
            if !isOwned(child) { count += 1 }
            child = tree.blocks[child].subtreeEnd
        }
        return nil
    }

    /// The start of the paragraph after a block, and of the author's sample between them; empty when there is none.
    private func textAfter(_ block: Int) -> String {
        var text = ""
        var next = tree.blocks[block].subtreeEnd
        while next < tree.blocks.count, tree.blocks[next].parent == tree.blocks[block].parent {
            switch tree.blocks[next].kind {
            case _ where isOwned(next): break
            case .code(isFenced: true) where !holdsItem.contains(next) && text.isEmpty:
                text = String(decoding: tree.blocks[next].content.prefix(1_000), as: UTF8.self) + "\n"
            case .html: break
            case .paragraph
            where text.isEmpty && paragraphText(next).utf8.count < 40 && paragraphText(next).ends(with: ":"):
                // `Results:` and what is printed.
                break
            case .paragraph: return text + paragraphText(next).start(120)
            default: return text
            }
            next = tree.blocks[next].subtreeEnd
        }
        return text
    }

    /// True inside `> [!TIP]`, which says what one may do as well.
    private func standsInTip(_ block: Int) -> Bool {
        var next = tree.blocks[block].parent
        while let current = next {
            if tree.blocks[current].kind == .quote, current + 1 < block,
                tree.blocks[current + 1].kind == .paragraph
            {
                return paragraphText(current + 1).hasPrefix("[!TIP]")
            }
            next = tree.blocks[current].parent
        }
        return false
    }

    /// The last paragraph of the list before code that cuts it; empty when none stands there.
    private func textOfItemBefore(_ block: Int) -> String {
        guard let list = sibling(before: block), case .list = tree.blocks[list].kind else { return "" }
        let leaf = tree.lastLeaf(of: list)
        return tree.blocks[leaf].kind == .paragraph ? paragraphText(leaf) : ""
    }

    private func reasonToAsk(before block: Int, in section: Int) -> String? {
        if standsInTip(block) { return "it stands in a tip" }
        let title = outline.sections[section].title
        if RemovalText.isRemoval(title) { return "it stands under `\(title)`" }
        // The sentence right before it, else the first one of the list item that holds it.
        let before = textBefore(block)
        if RemovalText.isRemoval(before) { return "its instruction says that something is taken away" }
        if AnnouncedText.wantsWriting(before) { return "the text before it says what to write first" }
        if AnnouncedText.sendsAway(before.isEmpty ? textOfItemBefore(block) : before) {
            return "the text before it says to follow other steps first"
        }
        guard before.isEmpty, let item = tree.blocks[block].parent, tree.blocks[item].kind == .item,
            item + 1 < block, tree.blocks[item + 1].kind == .paragraph,
            RemovalText.isRemoval(paragraphText(item + 1))
        else { return nil }
        return "its instruction says that something is taken away"
    }
}

/// Recognises headings and sentences that take something away.
enum RemovalText {
    /// True for *Delete the cluster*, *Tearing down*, *Then uninstall it*.
    static func isRemoval(_ text: String) -> Bool {
        guard let opening = HeadingWords.first(of: text.start(80)),
            mayOpen.contains(opening) || isNumber(opening)
        else { return false }
        var words = HeadingWords(text.start(80)).words[...]
        while let first = words.first, leading.contains(first) || isNumber(first) {
            words.removeFirst()
        }
        guard let first = words.first else { return false }
        if first == "irreversible" || says(words) { return true }
        return firstWords.contains(first) && openings.contains { words.starts(with: $0) }
    }

    private static func isNumber(_ word: String) -> Bool {
        guard let first = word.utf8.first, first.isDigit || first >= 0x80 else { return false }
        return word.allSatisfy(\.isNumber)
    }

    /// True for *This will delete all data:*, *This drops the table*.
    private static func says(_ words: ArraySlice<String>) -> Bool {
        guard words.first == "this" else { return false }
        var rest = words.dropFirst()
        while let first = rest.first,
            ["command", "script", "step", "cell", "will", "also", "permanently"].contains(first)
        {
            rest.removeFirst()
        }
        guard let verb = rest.popFirst() else { return false }
        return removing.contains(verb) && !["nothing", "no"].contains(rest.first)
    }

    private static let removing: Set<String> = [
        "delete", "deletes", "destroy", "destroys", "drop", "drops", "wipe", "wipes", "erase", "erases",
        "purge",
        "purges", "remove", "removes", "terminate", "terminates",
    ]

    private static let leading: Set<String> = [
        "step", "please", "then", "now", "finally", "next", "optional", "optionally",
    ]

    private static let openings: [[String]] = [
        "delete", "deleting", "destroy", "destroying", "remove", "removing", "uninstall", "uninstalling",
        "purge",
        "wipe", "decommission", "decommissioning", "tear down", "tearing down", "teardown", "clean up",
        "cleaning up",
        "cleanup", "clean-up", "drop", "stop", "stopping", "shut down", "shutting down", "deallocate",
        "redeploy", "power off", "terminate", "terminating",
    ]
    .map { HeadingWords($0).words }

    private static let firstWords = Set(openings.compactMap(\.first))

    /// The words with which a text begins that takes something away.
    private static let mayOpen = firstWords.union(leading).union(["irreversible", "this"])
}

/// Recognises sentences about a command that asks a person or does not end.
enum WaitingText {
    /// The words that say so; nil when none do.
    static func phrase(in text: String) -> String? {
        guard !text.isEmpty else { return nil }
        let small = text.ending(400).lowercased()
        return phrases.first { small.holds($0) }
    }

    /// The words that say that somebody is asked; nil when none do.
    static func question(in text: String) -> String? {
        let small = text.ending(400).lowercased()
        return phrases.prefix(4).first { small.holds($0) }
    }

    private static let phrases = [
        "you will be asked", "you'll be asked", "you will be prompted", "you'll be prompted", "when prompted",
        "at the prompt", "on the screen", "press any key", "press ctrl", "starts watching",
        "running on http://", "listening on http://", "serving on http://", "keep it running",
        "keep this running", "leave it running", "leave this running", "in a second terminal",
        "in another terminal",
        "in a separate terminal", "in a new terminal",
    ]
}

/// Recognises sentences and headings about starting something that stays: *To run the metrics socket:*.
enum ServerText {
    /// The words that say so, *run the metrics socket*; nil when none do.
    static func phrase(in text: String) -> String? {
        guard let sentence = ImperativeText.lastSentence(of: text.ending(200)),
            let verb = HeadingWords.first(4, of: sentence).firstIndex(where: {
                ["run", "start", "launch"].contains($0)
            })
        else { return nil }
        let words = HeadingWords(sentence).words
        let rest = words[verb...].prefix(7)
        guard let noun = rest.firstIndex(where: nouns.contains),
            !rest[..<noun].contains(where: {
                ["on", "in", "against", "from", "command", "following"].contains($0)
            })
        else { return nil }
        return rest[...noun].joined(separator: " ")
    }

    /// True for a command that only says that something is run: `go run ./cmd/x`, `cargo run`, `x run`.
    static func mayServe(_ command: ShellCommand) -> Bool {
        guard !command.setting.isDetached, !command.setting.isBounded else { return false }
        let first = command.operands().first ?? ""
        return ["go", "cargo", "npm", "yarn", "poetry", "uv", "bazel", "dotnet", "mvn"].contains(command.name)
            && first == "run"
    }

    private static let nouns: Set<String> = [
        "server", "servers", "service", "services", "api", "socket", "daemon", "validator", "proxy",
        "frontend",
        "backend", "app", "application", "ui", "dashboard", "webserver", "listener", "agent", "controller",
        "operator", "exporter", "rp", "components", "node",
    ]
}
