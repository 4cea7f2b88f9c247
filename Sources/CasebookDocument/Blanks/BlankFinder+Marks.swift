/// Blanks between the marks of templates, and between marks that a page shows in another way than it holds them.
///
/// Each stands where a shell would only see a strange word; what a tool reads itself is none. Extend by a row and its
/// test.
extension BlankFinder {
    /// `{pod_name}`, `{{ pod }}`: a name in braces, which a shell leaves as it is; `{a,b}` it does not.
    func bracedName(at start: Int) -> Int? {
        let before = start > 0 ? code[start - 1] : .lineFeed
        guard isShell, before.isBlank || "\n=/:@\"".utf8.contains(before) else { return nil }
        let isDouble = code[start...].starts(with: "{{".utf8)
        var end = start + (isDouble ? 2 : 1)
        while isDouble, end < code.count, code[end].isBlank { end += 1 }
        let name = code[end...].prefix(60).prefix { $0.isLetter || $0.isDigit || "_-".utf8.contains($0) }
        end = name.endIndex
        while isDouble, end < code.count, code[end].isBlank { end += 1 }
        let close = isDouble ? "}}" : "}"
        guard name.count > 1, name.first?.isLetter == true, code[end...].starts(with: close.utf8) else {
            return nil
        }
        end += close.utf8.count
        // `exec {fd}>log` opens a file.
        let after = end < code.count ? code[end] : .lineFeed
        guard after.isBlank || "\n/:.,;)|&\"-_@".utf8.contains(after) else { return nil }
        let words = commandWords(before: start)
        guard !isToolsOwn(String(decoding: name, as: UTF8.self), after: words) else { return nil }
        switch context[start] {
        case .code: return isFirstWord(after: words) ? nil : end
        case .quoted: return isWholeString(start, end) || isHost(at: start) ? end : nil
        case .comment, .unsure: return nil
        }
    }

    /// `${{ x.y }}`, which no shell reads.
    func workflowExpression(at start: Int) -> Int? {
        guard isShell, context[start] == .code, code[start...].starts(with: "${{".utf8) else { return nil }
        let line = code[start...].prefix(200).prefix { $0 != .lineFeed }
        return ByteSearch.range(of: "}}", in: line)?.upperBound
    }

    /// `[pod-name]`, `[POD]`, `[--option]` as a word of its own; `[a-z]` and `[abc]` are patterns, `[ -f x ]` is a test.
    func bracketedName(at start: Int) -> Int? {
        let before = start > 0 ? code[start - 1] : .lineFeed
        guard isShell, before.isBlank || before == UInt8(ascii: "="), context[start] == .code else {
            return nil
        }
        let name = code[(start + 1)...].prefix(60).prefix {
            $0.isLetter || $0.isDigit || "_-".utf8.contains($0)
        }
        guard name.endIndex < code.count, code[name.endIndex] == UInt8(ascii: "]") else { return nil }
        let end = name.endIndex + 1
        guard end == code.count || code[end].isBlank || "\n;|&)".utf8.contains(code[end]),
            isNoPattern(String(decoding: name, as: UTF8.self))
        else { return nil }
        let words = commandWords(before: start)
        return isFirstWord(after: words) || words.contains(where: Self.patternTools.contains)
            || isToolsOwn(String(decoding: name, as: UTF8.self), after: words) ? nil : end
    }

    /// `__POD__`, `%POD%`.
    func enclosedCapitals(at start: Int) -> Int? {
        let mark = code[start] == UInt8(ascii: "_") ? "__" : "%"
        let before = start > 0 ? code[start - 1] : .lineFeed
        guard isShell, before.isBlank || "\n=/:@\"".utf8.contains(before),
            code[start...].starts(with: mark.utf8)
        else { return nil }
        var end = start + mark.utf8.count
        let first = end
        while end < code.count, end - first < 60,
            code[end] >= 0x41 && code[end] <= 0x5A || code[end].isDigit || code[end] == UInt8(ascii: "_"),
            !code[end...].starts(with: mark.utf8)
        {
            end += 1
        }
        guard end - first >= 2, code[first].isLetter, code[end...].starts(with: mark.utf8) else { return nil }
        end += mark.utf8.count
        let after = end < code.count ? code[end] : .lineFeed
        guard after.isBlank || "\n/:.,;)|&\"-@".utf8.contains(after) else { return nil }
        let words = commandWords(before: start)
        guard !words.contains(where: Self.patternTools.contains) else { return nil }
        switch context[start] {
        case .code: return isFirstWord(after: words) ? nil : end
        case .quoted: return isWholeString(start, end) ? end : nil
        case .comment, .unsure: return nil
        }
    }

    /// `&lt;pod&gt;`, as the source of a page that shows `<pod>`.
    func entity(at start: Int) -> Int? {
        guard isShell, context[start] == .code else { return nil }
        for open in ["&lt;", "&#60;", "&#x3c;", "&#x3C;"] where code[start...].starts(with: open.utf8) {
            let name = code[(start + open.utf8.count)...].prefix(60).prefix(while: Self.mayBeNamed)
            guard !name.isEmpty else { return nil }
            for close in ["&gt;", "&#62;", "&#x3e;", "&#x3E;", ">"]
            where code[name.endIndex...].starts(with: close.utf8) {
                return name.endIndex + close.utf8.count
            }
        }
        return nil
    }

    /// `\<pod\>`, as a page needs it to show `<pod>`; to `grep` and the like it is a word.
    func escapedAngle(at start: Int) -> Int? {
        let before = start > 0 ? code[start - 1] : .lineFeed
        guard isShell, context[start] == .code, code[start...].starts(with: "\\<".utf8),
            before.isBlank || "\n=/:@,-".utf8.contains(before),
            !commandWords(before: start).contains(where: Self.patternTools.contains)
        else { return nil }
        let name = code[(start + 2)...].prefix(60).prefix(while: Self.mayBeNamed)
        guard name.first?.isBlank == false else { return nil }
        return ["\\>", ">"].first { code[name.endIndex...].starts(with: $0.utf8) }
            .map { name.endIndex + $0.utf8.count }
    }

    /// `«pod»`, `‹pod›`, `⟨pod⟩`.
    func quotationMarks(at start: Int) -> Int? {
        guard isShell, context[start] == .code || context.expandsVariables(at: start) else { return nil }
        for (open, close) in [("«", "»"), ("‹", "›"), ("⟨", "⟩")] where code[start...].starts(with: open.utf8)
        {
            let name = code[(start + open.utf8.count)...].prefix(60).prefix(while: Self.mayBeNamed)
            guard name.first?.isBlank == false, name.last?.isBlank == false,
                code[name.endIndex...].starts(with: close.utf8)
            else { return nil }
            return name.endIndex + close.utf8.count
        }
        return nil
    }

    /// `x.x.x.x`, `10.0.0.x`, `X.Y.Z`, `vX.Y.Z`: an address or a version; `1.2.x` names a line of versions.
    func dotted(at start: Int) -> Int? {
        let before = start > 0 ? code[start - 1] : .lineFeed
        guard isShell, !before.isLetter, !before.isDigit, before < 0x80, !"_.$\\%".utf8.contains(before)
        else {
            return nil
        }
        var first = start
        if code[first] | 0x20 == UInt8(ascii: "v") { first += 1 }
        let text = code[first...].prefix(20).prefix { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: ".") }
        guard text.contains(UInt8(ascii: ".")), text.contains(where: { $0 | 0x20 == UInt8(ascii: "x") })
        else {
            return nil
        }
        let end = text.last == UInt8(ascii: ".") ? text.endIndex - 1 : text.endIndex
        if end < code.count, code[end] == UInt8(ascii: "_") || code[end] >= 0x80 { return nil }
        let parts = code[first..<end].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isSign = { (part: ArraySlice<UInt8>) in
            (1...2).contains(part.count) && part.allSatisfy { $0 | 0x20 == UInt8(ascii: "x") }
        }
        if parts.count == 4, first == start, context[start] != .comment {
            let isAddress = parts.allSatisfy {
                isSign($0) || !$0.isEmpty && $0.count <= 3 && $0.allSatisfy(\.isDigit)
            }
            return isAddress && parts.contains(where: isSign) ? end : nil
        }
        guard parts.count == 3, context[start] == .code else { return nil }
        let isVersion =
            parts.allSatisfy(isSign)
            || ["X.Y.Z", "x.y.z"].contains { code[first..<end].elementsEqual($0.utf8) }
        return isVersion ? end : nil
    }

    /// `"a,b,..."`, `[host1,...]`: a list that somebody has to go on with.
    func ellipsisOfList(at start: Int) -> Int? {
        guard isShell, start > 1, code[start - 1] == UInt8(ascii: ","), context[start] != .comment else {
            return nil
        }
        for sign in ["...", "…"] where code[start...].starts(with: sign.utf8) {
            let end = start + sign.utf8.count
            let after = end < code.count ? code[end] : .lineFeed
            guard after.isBlank || "\n\"'])".utf8.contains(after),
                !commandWords(before: start).contains(where: Self.patternTools.contains)
            else { return nil }
            return end
        }
        return nil
    }

    /// `<the pod; -n x`: an angle that nothing closes, before words that no file is called.
    func openAngle(at start: Int) -> Int? {
        guard isShell, context[start] == .code, start > 0,
            code[start - 1].isBlank || code[start - 1] == UInt8(ascii: "=")
        else { return nil }
        let line = code[(start + 1)...].prefix(200).prefix { $0 != .lineFeed }
        guard ["the ", "your ", "name of "].contains(where: { line.starts(with: $0.utf8) }),
            !line.contains(UInt8(ascii: ">"))
        else { return nil }
        var end = line.prefix { $0.isLetter || $0.isDigit || $0.isBlank || $0 == UInt8(ascii: "_") }.endIndex
        while code[end - 1].isBlank { end -= 1 }
        return end
    }
}

// MARK: - What is around

extension BlankFinder {
    /// True for what `sed "s|<host>|$H|"` replaces, and not for what it puts there.
    func isReplaced(at start: Int) -> Bool {
        guard isShell, start > 2, "|/#,@!".utf8.contains(code[start - 1]),
            code[start - 2] == UInt8(ascii: "s"),
            code[start - 3].isBlank || "\"';".utf8.contains(code[start - 3])
        else { return false }
        var first = start
        while first > 0, start - first < 400,
            code[first - 1] != .lineFeed || code[..<(first - 1)].last == UInt8(ascii: "\\")
        {
            first -= 1
        }
        return code[first..<start].split { $0.isBlank || "|;&(\n".utf8.contains($0) }
            .contains { word in ["sed", "gsed", "perl"].contains { word.elementsEqual($0.utf8) } }
    }

    /// True for `grep TODO` and `git commit -m "fix TODO"`: a word that somebody seeks or writes about.
    func isSought(at start: Int) -> Bool {
        let words = commandWords(before: start)
        return words.contains(where: Self.patternTools.contains) || words.starts(with: ["git", "commit"])
    }

    /// The words of the command in front of an offset, at most 400 bytes of them.
    private func commandWords(before start: Int) -> [String] {
        var first = start
        while first > 0, start - first < 400 {
            let byte = code[first - 1]
            if byte == .lineFeed, first < 2 || code[first - 2] != UInt8(ascii: "\\") { break }
            if "|;&()`".utf8.contains(byte), context[first - 1] != .quoted { break }
            first -= 1
        }
        return code[first..<start].split { $0.isBlank || $0 == .lineFeed || $0 == UInt8(ascii: "\\") }
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// True where a command is named, after assignments and words such as `then` too.
    private func isFirstWord(after words: [String]) -> Bool { words.allSatisfy(Self.leading.contains) }

    /// True where a tool reads braces or brackets itself: `xargs -I {x}`, `--format {{json}}`.
    private func isToolsOwn(_ name: String, after words: [String]) -> Bool {
        if words.contains(where: Self.templateTools.contains) { return true }
        guard let last = words.last else { return false }
        if Self.templateOptions.contains(String(last.prefix { $0 != "=" })) { return true }
        // `helm --set hosts={a}` gives a list of one.
        return words.contains { $0.hasPrefix("--set") } && !Self.nouns.contains(name.lowercased())
            && !name.contains("_")
    }

    /// True for what fills double quotes.
    private func isWholeString(_ start: Int, _ end: Int) -> Bool {
        start > 0 && end < code.count && code[start - 1] == UInt8(ascii: "\"")
            && code[end] == UInt8(ascii: "\"")
            && context.expandsVariables(at: start)
    }

    /// True right after the `//` of an address that begins with a double quote.
    private func isHost(at start: Int) -> Bool {
        guard code[..<start].suffix(3).elementsEqual("://".utf8) else { return false }
        return code[max(0, start - 20)..<(start - 3)].last { !$0.isLetter } == UInt8(ascii: "\"")
    }

    private static func mayBeNamed(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte.isBlank || "-_./:".utf8.contains(byte)
            || byte >= 0x80 && byte != 0xC2 && byte != 0xE2
    }

    /// True for words that no pattern of one letter is written with.
    private func isNoPattern(_ name: String) -> Bool {
        if name.hasPrefix("-") { return name.utf8.dropFirst().contains(where: \.isLetter) }
        let parts = name.split { "-_".contains($0) }
        guard let first = name.utf8.first, first.isLetter else { return false }
        if parts.count > 1 {
            return parts.contains { $0.utf8.count > 2 } && parts.allSatisfy { $0.utf8.count > 1 }
        }
        return Self.nouns.contains(name.lowercased())
    }

    private static let leading: Set<String> = [
        "then", "do", "else", "if", "while", "until", "!", "{", "sudo", "time",
    ]

    private static let patternTools: Set<String> = [
        "grep", "egrep", "fgrep", "zgrep", "rg", "ag", "ack", "sed", "gsed", "perl", "awk", "gawk", "mawk",
        "tr", "expr",
        "vim", "case", "envsubst", "rename", "replace", "rpl", "declare", "typeset", "local", "unset", "test",
        "[", "[[",
    ]

    private static let templateTools: Set<String> = [
        "awk", "gawk", "mawk", "jq", "yq", "gojq", "xargs", "parallel", "find", "fd", "fzf", "borg",
        "hyperfine",
        "watchexec", "rename", "logcli", "amtool", "promtool", "git",
    ]

    private static let templateOptions: Set<String> = [
        "--format", "--template", "--query", "--jq", "--jsonpath", "--go-template", "--write-out", "-w", "-I",
        "--replace", "--pretty", "--output-format", "--print-format", "jsonpath", "go-template", "template",
    ]

    private static let nouns: Set<String> = Set(
        """
        account address app application args arguments bucket branch cluster command commit container count database date
        db deployment directory dir domain email env environment file filename flags folder group host hostname id image
        index ingress instance ip job key label name names namespace node nodes number option options package password path
        pod pods port profile project pvc region registry release replicas repo repository resource role secret server
        service size tag table target team tenant time timestamp token topic type url user username value version volume
        zone
        """
        .split(whereSeparator: \.isWhitespace).map(String.init)
    )
}
