/// Recognises sentences that tell somebody to do something.
enum ImperativeText {
    /// True for *Check the queue*, *Please restart it*, *Then run ...*.
    static func isImperative(_ text: String) -> Bool {
        var words = HeadingWords(text.prefix(80)).words[...]
        while let first = words.first, leading.contains(first) { words.removeFirst() }
        return words.first.map(verbs.contains) ?? false
    }

    /// True when a text holds inline code that looks like a command with an argument.
    static func holdsCommand(_ text: String) -> Bool {
        let parts = text.split(separator: "`", omittingEmptySubsequences: false)
        return parts.indices.contains { index in
            guard index % 2 == 1, index + 1 < parts.count else { return false }
            let words = parts[index].split(separator: " ")
            guard words.count > 1, let name = words.first else { return false }
            return name.allSatisfy { character in
                character.isASCII
                    && (character.isLowercase || character.isNumber || "._/-".contains(character))
            }
        }
    }

    private static let leading: Set<String> = [
        "please", "then", "first", "next", "now", "finally", "also", "and",
    ]

    private static let verbs: Set<String> = Set(
        """
        acknowledge add adjust alert analyse analyze apply approve archive ask assess assign attach block bring call cancel
        capture change check choose clean clear click close collect communicate compare configure confirm connect
        consider contact contain copy cordon create declare delete demote deny deploy describe determine disable
        disconnect document download drain edit enable ensure escalate establish estimate evaluate examine execute
        expand export extend fail failover file find fix follow free gather get give go grant identify import
        increase inform inspect install investigate isolate join keep kill launch list locate lock log login look lower
        make manually mark message mitigate modify monitor move navigate note notify open page patch pause perform pick
        ping post preserve press promote provide purge put query quarantine raise read reboot rebuild record
        recover redeploy redirect reduce refer reinstall release reload remove rename repair repeat replace report request
        rerun re-run reset resize resolve restart restore resume retrieve retry return revert review revoke roll rotate
        run save scale scan schedule search see select send set share shut sign snapshot ssh start stop submit suspend
        switch take tell terminate test trigger try turn uncordon undo uninstall unlock unpause update upgrade upload use
        validate verify view visit wait watch wipe write
        """
        .split(whereSeparator: \.isWhitespace).map(String.init)
    )
}
