// MARK: - Instructions

extension RunbookReader {
    /// Asks first before a cell whose heading or sentence says that it takes something away, whatever the command is.
    ///
    /// A cell that only looks is left alone.
    mutating func readInstructions() {
        for index in drafts.indices {
            guard
                case .cell(let language, let transcript, let line, let attributes, let handling) =
                    drafts[index].content,
                handling == .run || drafts[index].filling?.handling == .run,
                let block = drafts[index].block, attributes.confirm == nil,
                let reason = reasonToAsk(before: block, in: drafts[index].section)
            else { continue }
            let commands = language.interpreter == .python ? [] : ShellReader.commands(in: transcript.code)
            guard commands.isEmpty || !commands.allSatisfy(CommandTable.onlyLooks) else { continue }
            drafts[index].filling?.handling = .confirm(because: reason)
            guard handling == .run else { continue }
            let asking = CellHandling.confirm(because: reason)
            drafts[index].content = .cell(language, transcript, codeLine: line, attributes, asking)
        }
    }

    private func reasonToAsk(before block: Int, in section: Int) -> String? {
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
        "cleanup", "clean-up", "drop",
    ]
    .map { HeadingWords($0).words }
}
