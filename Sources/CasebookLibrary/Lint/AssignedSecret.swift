import CasebookDocument

/// A secret that the name before it gives away: `PASSWORD=...`, `--token ...`, `"api_key": "..."`, `user:...@host`.
enum AssignedSecret {
    /// The ends of names, in small letters without `-` and `_`.
    private static let names: [(end: String, name: String)] = [
        ("password", "a password"), ("passwd", "a password"), ("passphrase", "a passphrase"),
        ("pgpassword", "a password"), ("mysqlpwd", "a password"), ("authtoken", "a token"),
        ("token", "a token"),
        ("secretkey", "a secret key"), ("accesskey", "an access key"), ("apikey", "a key"),
        ("privatekey", "a private key"), ("clientsecret", "a secret"), ("secret", "a secret"),
    ]

    /// The secrets on one line of code, as ranges of the slice's own indices.
    ///
    /// - `isShell`: a word without quotes is a text; elsewhere it is a name.
    static func all(in line: ArraySlice<UInt8>, isShell: Bool) -> [(range: Range<Int>, name: String)] {
        var found: [(range: Range<Int>, name: String)] = []
        var index = line.startIndex
        while index < line.endIndex {
            guard SecretShape.isWordByte(line[index]) || line[index] == UInt8(ascii: "-") else {
                if let secret = urlPassword(at: index, in: line) { found.append(secret) }
                index += 1
                continue
            }
            var end = index
            while end < line.endIndex, SecretShape.isWordByte(line[end]) || line[end] == UInt8(ascii: "-") {
                end += 1
            }
            if let range = OptionPassword.value(of: index..<end, in: line) {
                found.append((range, "a password"))
                index = range.upperBound
            } else if let name = name(of: line[index..<end]),
                let range = value(after: end, name: line[index..<end], in: line, isShell)
            {
                found.append((range, name))
                index = range.upperBound
            } else {
                index = end
            }
        }
        return found
    }

    private static func name(of word: ArraySlice<UInt8>) -> String? {
        let plain = word.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }
        let text = String(decoding: plain, as: UTF8.self).lowercased()
        return names.first { text.hasSuffix($0.end) }?.name
    }

    private static func value(
        after end: Int,
        name: ArraySlice<UInt8>,
        in line: ArraySlice<UInt8>,
        _ isShell: Bool
    ) -> Range<Int>? {
        let quotes = "\"'".utf8
        var index = end
        while index < line.endIndex, quotes.contains(line[index]) || line[index] == UInt8(ascii: "\\") {
            index += 1
        }
        let isOption = name.starts(with: "--".utf8)
        let blanks = line[index...].prefix { $0 == .space }.count
        if index + blanks < line.endIndex, "=:".utf8.contains(line[index + blanks]) {
            index += blanks
            while index < line.endIndex, "=:".utf8.contains(line[index]) { index += 1 }
        } else if blanks == 0 || !isOption && !quotes.contains(line[(index + blanks)...].first ?? 0) {
            // Beside options, SQL has its value behind a blank: `PASSWORD '...'`.
            return nil
        }
        while index < line.endIndex, line[index] == .space || line[index] == UInt8(ascii: "\\") { index += 1 }
        var stops = Array(" \t\"';|&,)}".utf8)
        if index < line.endIndex, quotes.contains(line[index]) {
            stops = [line[index], UInt8(ascii: "\\")]
            index += 1
        } else if !isShell {
            return nil
        }
        let value = line[index...].prefix { !stops.contains($0) }
        return SecretShape.looksGenerated(String(decoding: value, as: UTF8.self)) ? value.indices : nil
    }

    /// The password of `scheme://user:password@host`, found at its `://`.
    private static func urlPassword(at index: Int, in line: ArraySlice<UInt8>) -> (
        range: Range<Int>, name: String
    )? {
        guard line[index...].starts(with: "://".utf8) else { return nil }
        let rest = line[(index + 3)...]
        let authority = rest.prefix { !"/ \"'\t?".utf8.contains($0) }
        guard let at = authority.lastIndex(of: UInt8(ascii: "@")),
            let colon = authority[..<at].firstIndex(of: UInt8(ascii: ":"))
        else { return nil }
        let value = authority[(colon + 1)..<at]
        guard SecretShape.looksGenerated(String(decoding: value, as: UTF8.self)) else { return nil }
        return (value.indices, "a password")
    }
}

/// What tells a secret from a placeholder, a name or a variable.
enum SecretShape {
    /// True for a text that somebody or something made up so that nobody guesses it.
    ///
    /// Names of files, objects and hosts are words with signs between them; samples say what they are.
    static func looksGenerated(_ text: String) -> Bool {
        guard (8...4096).contains(text.utf8.count), !isPlaceholder(text), Set(text).count >= 6 else {
            return false
        }
        if text.contains(where: { "$<>{}[]()`*|".contains($0) }) || text.hasSuffix("...") { return false }
        if let first = text.first, "/.~@%-=:".contains(first) { return false }
        if fileEndings.contains(where: text.lowercased().hasSuffix) || text.contains("://") { return false }
        if isPath(text) { return false }
        let digits = text.count { $0.isNumber }
        guard digits > 0, text.contains(where: \.isLetter) else { return false }
        let isMixed = text.contains(where: \.isUppercase) && text.contains(where: \.isLowercase)
        let hasSign = text.contains { "!#^&+=?%@".contains($0) }
        let isPlain = text.allSatisfy { $0.isLetter || $0.isNumber }
        return isMixed || hasSign || (isPlain && text.count >= 16 && digits >= 3)
    }

    /// True for names with dots between them: a host, or a field of something.
    private static func isPath(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count > 1
            && parts.allSatisfy { part in
                part.first?.isLetter == true
                    && part.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
            }
    }

    /// True for a text that says of itself that it stands for something else.
    static func isPlaceholder(_ text: String) -> Bool {
        let lower = text.lowercased()
        return words.contains { lower.contains($0) }
    }

    private static let words = [
        "example", "sample", "placeholder", "your", "change", "replace", "xxx", "dummy", "insert", "todo",
        "redact", "password", "passwd", "secret", "token", "apikey", "api_key", "api-key", "foobar", "fake",
        "abc123", "123456", "****", "....", "test", "demo",
    ]

    private static let fileEndings = [
        ".json", ".yaml", ".yml", ".txt", ".pem", ".key", ".crt", ".env", ".conf", ".enc", ".gpg",
    ]

    static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    static func isBase64(_ byte: UInt8) -> Bool {
        (isWordByte(byte) && byte != UInt8(ascii: "_")) || "+/=".utf8.contains(byte)
    }
}
