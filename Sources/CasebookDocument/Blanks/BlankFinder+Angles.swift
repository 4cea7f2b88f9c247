/// Blanks in angle brackets, `<name>`, which are also how shells redirect, languages compare and markup is written.
///
/// Whatever stands between `<` and `>` on one line is a blank, except for the rules of ``angle(at:)``.
extension BlankFinder {
    /// `<name>`, `<NAME>`, `<your name here>`, `<1st-node>`, `<name=x>`, `<...>`.
    func angle(at start: Int) -> Int? {
        let before = start > 0 ? code[start - 1] : .lineFeed
        // `<<EOF`, `(?<group>`, `(?P<group>`, `\k<group>`, `#include <x>`.
        guard before != UInt8(ascii: "<"), !isGroup(before: start), !isInclude(before: start) else {
            return nil
        }
        let isCode = isShell && context[start] == .code
        var close = start + 1
        while close < code.count,
            Self.mayStandInAngles(code[close]) || isCode && "[]\";$".utf8.contains(code[close])
        {
            close += 1
        }
        guard close < code.count, code[close] == UInt8(ascii: ">"), close > start + 1 else { return nil }
        let content = code[(start + 1)..<close]
        guard let first = content.first, let last = content.last else { return nil }
        if isCode, content.contains(where: { "\";$".utf8.contains($0) }) {
            return isStrangeRedirection(content) ? close + 1 : nil
        }
        if readsWithAngles, context[start] == .code, content.allSatisfy({ isWord($0) }) { return nil }
        if first.isBlank || last.isBlank { return isImpossibleRedirection(content) ? close + 1 : nil }
        guard first.isLetter || first.isDigit || first >= 0x80 || "_.".utf8.contains(first),
            content.contains(where: { $0.isLetter || $0 >= 0x80 }) || content.elementsEqual("...".utf8),
            // `a<b->c`, `<in &>out`.
            last != UInt8(ascii: "-"), last != UInt8(ascii: "&")
        else { return nil }
        let isText = context[start] == .quoted || context[start] == .unsure
        if isText, isReplaced(at: start) { return nil }
        // What `kubectl` and `docker` print where there is nothing: `grep "<none>"`.
        if isText, Self.printed.contains(String(decoding: content.prefix(12), as: UTF8.self)) { return nil }
        if isText {
            if isMarkup(content) || isAddress(content) || isTextComparison(content) { return nil }
        } else if isShell ? isRedirection(content) : isComparison(content) {
            return nil
        }
        return close + 1
    }

    /// `<<name>>`, unless a line ends the here-document that a shell sees in it.
    func doubleAngle(at start: Int) -> Int? {
        guard code[start...].starts(with: "<<".utf8), start == 0 || code[start - 1] != UInt8(ascii: "<"),
            let first = byte(at: start + 2), first.isLetter || first == UInt8(ascii: "_")
        else { return nil }
        let name = code[(start + 2)...].prefix(while: Self.mayStandInAngles)
        guard code[name.endIndex...].starts(with: ">>".utf8), name.last?.isBlank == false else { return nil }
        return context.startsDocument(at: start) ? nil : name.endIndex + 2
    }

    private static func mayStandInAngles(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte >= 0x80 || byte.isBlank
            || "-_./:,#*|'()+@=!?&%~".utf8.contains(byte)
    }

    private func byte(at offset: Int) -> UInt8? { code.indices.contains(offset) ? code[offset] : nil }

    private func isWord(_ byte: UInt8?) -> Bool {
        guard let byte else { return false }
        return byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") || byte >= 0x80
    }

    private func contains(_ content: ArraySlice<UInt8>, _ text: String) -> Bool {
        ByteSearch.range(of: text, in: content) != nil
    }
}

// MARK: - What precedes

extension BlankFinder {
    private func isGroup(before start: Int) -> Bool {
        ["?", "?P", "\\k", "\\g"].contains { code[..<start].suffix($0.utf8.count).elementsEqual($0.utf8) }
    }

    private func isInclude(before start: Int) -> Bool {
        var index = start
        while index > 0, code[index - 1].isBlank { index -= 1 }
        return code[..<index].suffix("#include".utf8.count).elementsEqual("#include".utf8)
    }
}

// MARK: - Shell

extension BlankFinder {
    /// `<in 2>err`, `<in 2>&1`, `<in.txt 2> err.log`, `<in | tee>out`, `a <b && c> d`.
    ///
    /// A person's `<pod 2>` differs from `<in 2>err` only in what follows the `>`.
    private func isRedirection(_ content: ArraySlice<UInt8>) -> Bool {
        if contains(content, "&&") || contains(content, "||") { return true }
        let words = content.split(whereSeparator: \.isBlank)
        guard words.count > 1, let source = words.first, let last = words.last else { return false }
        let rest = code[(content.endIndex + 1)...].prefix(400).prefix { $0 != .lineFeed }
        let isPipe = content.contains(UInt8(ascii: "|"))
        if isPipe { return startsTarget(rest) }
        guard last.count == 1, last.first?.isDigit == true else { return false }
        let target = rest.drop(while: \.isBlank)
        if target.starts(with: "/dev/null".utf8) || rest.starts(with: "&".utf8) {
            return startsTarget(target)
        }
        let isPath = source.contains { "./".utf8.contains($0) }
        if target.startIndex == rest.startIndex { return startsTarget(rest) && (words.count == 2 || isPath) }
        // After blanks it is a file name only next to another one, with nothing of the command after it.
        let name = target.prefix { !$0.isBlank && !";|&<>)".utf8.contains($0) }
        let after = code[name.endIndex...].drop(while: \.isBlank).first ?? .lineFeed
        return isPath && startsTarget(target) && name.contains { "./$".utf8.contains($0) }
            && "\n;|&<>)".utf8.contains(after)
    }

    /// True for what a redirection may write to: a word, a path, a variable, `&1`, a second `>`.
    private func startsTarget(_ rest: ArraySlice<UInt8>) -> Bool {
        guard let first = rest.first else { return false }
        if first == UInt8(ascii: "&") {
            guard let next = rest.dropFirst().first else { return false }
            return next.isDigit || next == UInt8(ascii: "-") || next == UInt8(ascii: "$")
        }
        if first == UInt8(ascii: ".") { return rest.starts(with: "./".utf8) || rest.starts(with: "../".utf8) }
        return isWord(first) || "/~$\"'>".utf8.contains(first)
    }

    /// `<pod "x">`, `<pod; see above> -n x`, `<$POD> -n x`: with signs that a shell reads, unless a file is named.
    private func isStrangeRedirection(_ content: ArraySlice<UInt8>) -> Bool {
        guard let first = content.first, let last = content.last, !first.isBlank, !last.isBlank,
            context[content.endIndex] == .code
        else { return false }
        let line = code[(content.endIndex + 1)...].prefix(400).prefix { $0 != .lineFeed }
        if startsTarget(line) { return false }
        let rest = line.drop(while: \.isBlank)
        let endsCommand = rest.first.map { "-;|&)".utf8.contains($0) } ?? true
        if content.contains(UInt8(ascii: "$")) {
            let name = content.dropFirst()
            return first == UInt8(ascii: "$") && !name.isEmpty && name.allSatisfy { isWord($0) }
                && endsCommand
        }
        guard isWord(first) else { return false }
        return content.contains(UInt8(ascii: ";")) ? endsCommand : true
    }

    /// `< pod > -n x` and `< pod >` at the end of a command: no file is called so.
    private func isImpossibleRedirection(_ content: ArraySlice<UInt8>) -> Bool {
        let words = content.split(whereSeparator: \.isBlank)
        guard isShell, context[content.startIndex] == .code, words.count == 1, let word = words.first,
            word.contains(where: { $0.isLetter || $0 >= 0x80 }),
            word.allSatisfy({ isWord($0) || "-.".utf8.contains($0) })
        else { return false }
        let rest = code[(content.endIndex + 1)...].prefix(400).prefix { $0 != .lineFeed }.drop(
            while: \.isBlank
        )
        guard let first = rest.first else { return true }
        if first == UInt8(ascii: "-") { return rest.dropFirst().first.map { !$0.isBlank } ?? false }
        return first == UInt8(ascii: ";")
            || first == UInt8(ascii: "|") && rest.dropFirst().first != nil
                && rest.dropFirst().first?.isBlank == true
    }
}

// MARK: - Languages

extension BlankFinder {
    /// `a <b and c> d` in Python: an operand on both sides, and no keyword before.
    private func isComparison(_ content: ArraySlice<UInt8>) -> Bool {
        let left = code[..<(content.startIndex - 1)].reversed().drop(while: \.isBlank)
        guard let before = left.first, isWord(before) || ")]}\"'".utf8.contains(before) else { return false }
        let word = String(decoding: left.prefix { isWord($0) }.reversed(), as: UTF8.self)
        if ["return", "in", "is", "and", "or", "not", "if", "elif", "while", "print", "yield"].contains(word)
        {
            return false
        }
        let right = code[(content.endIndex + 1)...].drop(while: \.isBlank)
        return isWord(right.first) || right.first.map { "=([{\"'-.".utf8.contains($0) } ?? false
    }

    /// `a<b and c>3`, `a<5 && b>c` inside a query or a program in quotes.
    private func isTextComparison(_ content: ArraySlice<UInt8>) -> Bool {
        let folded = content.map { $0.isLetter ? $0 | 0x20 : $0 }[...]
        if contains(content, "&&") || contains(content, "||") { return true }
        guard contains(folded, " and ") || contains(folded, " or ") else { return false }
        let first = content.prefix { !$0.isBlank }
        if first.allSatisfy(\.isDigit) { return true }
        let right = code[(content.endIndex + 1)...].drop { $0.isBlank || $0 == UInt8(ascii: "=") }.first
        return right.map { $0.isDigit || "$'".utf8.contains($0) } ?? false
    }

    /// `<b>` with its `</b>` after it, `<a href=x>`, `<x/>`.
    private func isMarkup(_ content: ArraySlice<UInt8>) -> Bool {
        if content.last == UInt8(ascii: "/") { return true }
        let name = content.prefix { !$0.isBlank }
        let text = String(decoding: name, as: UTF8.self)
        if let closing = closings[text], closing > content.endIndex { return true }
        return name.count < content.count && content.contains(UInt8(ascii: "="))
            && Self.elements.contains(text.lowercased())
    }

    /// The last offset of each closing tag, `</name>`.
    static func closings(in code: [UInt8]) -> [String: Int] {
        var closings: [String: Int] = [:]
        var rest = code[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
            rest = code[(open + 1)...]
            guard rest.first == UInt8(ascii: "/") else { continue }
            let name = rest.dropFirst().prefix { isNameByte($0) }
            guard name.endIndex < code.count, code[name.endIndex] == UInt8(ascii: ">") else { continue }
            closings[String(decoding: name, as: UTF8.self)] = open
        }
        return closings
    }

    /// The author of a commit or a trailer in quotes, `Name <a@b.c>`; `ssh <user@host.org>` is a blank.
    private func isAddress(_ content: ArraySlice<UInt8>) -> Bool {
        let parts = content.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), !content.contains(where: \.isBlank),
            parts[1].contains(UInt8(ascii: ".")), let before = byte(at: content.startIndex - 2),
            before.isBlank
        else { return false }
        let name = code[..<(content.startIndex - 2)].reversed().prefix { isWord($0) }.reversed()
        guard let initial = name.first else { return false }
        return initial >= 0x80 || initial.isLetter && initial < 0x60
    }

    private static let printed: Set<String> = [
        "none", "pending", "unknown", "nil", "missing", "invalid", "no value", "unset",
    ]

    /// The elements of HTML that are written with attributes.
    private static let elements: Set<String> = [
        "a", "body", "button", "div", "form", "html", "img", "input", "li", "link", "meta", "option", "p",
        "script", "section", "select", "span", "style", "svg", "table", "td", "textarea", "th", "tr",
    ]
}
