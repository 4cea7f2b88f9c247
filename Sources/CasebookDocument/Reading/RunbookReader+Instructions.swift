// MARK: - Instructions

extension RunbookReader {
    /// Asks first before a cell whose heading or sentence says that it takes something away or down, whatever the command is.
    ///
    /// A cell that only looks is left alone, and so is one after a checkpoint: a person has looked before it.
    mutating func readInstructions() {
        var isApproved = false
        for index in drafts.indices {
            waitForPerson(index)
            switch drafts[index].content {
            case .checkpoint: isApproved = true
            case .step, .task, .choice: isApproved = false
            case .cell: break
            }
            guard
                case .cell(let language, let transcript, let line, let attributes, let handling) =
                    drafts[index].content,
                handling == .run || drafts[index].filling?.handling == .run,
                let block = drafts[index].block, attributes.confirm == nil, !isApproved,
                let reason = reasonToAsk(before: block, in: drafts[index].section)
            else { continue }
            let commands = drafts[index].script?.commands ?? []
            guard commands.isEmpty || !commands.allSatisfy(CommandTable.onlyLooks) else { continue }
            drafts[index].filling?.handling = .confirm(because: reason)
            guard handling == .run else { continue }
            let asking = CellHandling.confirm(because: reason)
            drafts[index].content = .cell(language, transcript, codeLine: line, attributes, asking)
        }
    }

    /// Leaves a cell to a person when the text beside it says that it asks, or that it does not end.
    private mutating func waitForPerson(_ index: Int) {
        guard
            case .cell(let language, let transcript, let line, let attributes, let handling) = drafts[index]
                .content,
            let block = drafts[index].block, !attributes.isHere
        else { return }
        switch handling {
        case .run, .confirm: break
        case .byHand, .shown, .undo, .check: return
        }
        guard
            let words = WaitingText.phrase(in: textBefore(block)) ?? WaitingText.phrase(in: textAfter(block))
        else {
            return
        }
        let waiting = CellHandling.byHand(because: "the text beside it says \"\(words)\"")
        drafts[index].content = .cell(language, transcript, codeLine: line, attributes, waiting)
        drafts[index].filling = nil
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

    private func reasonToAsk(before block: Int, in section: Int) -> String? {
        if standsInTip(block) { return "it stands in a tip" }
        let title = outline.sections[section].title
        if RemovalText.isRemoval(title) { return "it stands under `\(title)`" }
        // The sentence right before it, else the first one of the list item that holds it.
        let before = textBefore(block)
        if RemovalText.isRemoval(before) { return "its instruction says that something is taken away" }
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
        var words = HeadingWords(text.start(80)).words[...]
        while let first = words.first, leading.contains(first) || first.allSatisfy(\.isNumber) {
            words.removeFirst()
        }
        return openings.contains { words.starts(with: $0) }
    }

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
}

/// Recognises sentences about a command that asks a person or does not end.
enum WaitingText {
    /// The words that say so; nil when none do.
    static func phrase(in text: String) -> String? {
        let small = text.ending(400).lowercased()
        return phrases.first { small.holds($0) }
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
