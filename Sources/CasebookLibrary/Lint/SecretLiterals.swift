import CasebookDocument

/// Passwords, tokens and keys that stand in a document as they are.
enum SecretLiterals {
    static func diagnostics(of runbook: Runbook) -> [Diagnostic] {
        var found: [(range: ByteRange, name: String)] = []
        for secret in KnownSecret.all(in: runbook.source.bytes) { found.append(secret) }
        for cell in runbook.cells {
            let place = CodePlace(code: cell.code, firstLine: cell.codeLine, in: runbook.source)
            for (index, line) in place.lines.enumerated() {
                for secret in AssignedSecret.all(
                    in: cell.code[line],
                    isShell: cell.interpreter?.isShell == true
                ) {
                    let range = place.range(of: secret.range, onLine: index)
                    guard !found.contains(where: { $0.range.overlaps(range) }) else { continue }
                    found.append((range, secret.name))
                }
            }
        }
        return found.map { secret in
            Diagnostic(
                .warning,
                .secretLiteral,
                at: secret.range,
                "\(secret.name) seems to stand here as it is",
                advice:
                    "take it from a parameter of `type: secret`, and change it: whoever read this knows it"
            )
        }
    }
}

/// A secret that its own form gives away, wherever it stands.
enum KnownSecret {
    /// How secrets of one maker begin, what they are made of, and how many bytes follow.
    private static let rows: [(start: String, length: ClosedRange<Int>, letters: Letters, name: String)] = [
        ("AKIA", 16...16, .upper, "an AWS access key"),
        ("ASIA", 16...16, .upper, "an AWS access key"),
        ("ghp_", 36...255, .word, "a GitHub token"),
        ("gho_", 36...255, .word, "a GitHub token"),
        ("ghs_", 36...255, .word, "a GitHub token"),
        ("ghu_", 36...255, .word, "a GitHub token"),
        ("github_pat_", 40...255, .word, "a GitHub token"),
        ("glpat-", 20...64, .dashed, "a GitLab token"),
        ("xoxb-", 20...255, .dashed, "a Slack token"),
        ("xoxp-", 20...255, .dashed, "a Slack token"),
        ("xoxa-", 20...255, .dashed, "a Slack token"),
        ("sk_live_", 16...255, .word, "a Stripe key"),
        ("AIza", 35...35, .dashed, "a Google key"),
        ("hvs.", 24...255, .dashed, "a Vault token"),
        ("npm_", 36...36, .word, "an npm token"),
        ("eyJ", 60...4096, .dotted, "a signed token"),
    ]

    private enum Letters {
        case upper
        case word
        case dashed
        case dotted

        func contain(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"): self != .upper
            case UInt8(ascii: "-"): self == .dashed || self == .dotted
            case UInt8(ascii: "."): self == .dotted
            default: false
            }
        }
    }

    static func all(in bytes: [UInt8]) -> [(range: ByteRange, name: String)] {
        var found: [(range: ByteRange, name: String)] = []
        var index = 0
        var starts = [Bool](repeating: false, count: 256)
        for row in rows { if let first = row.start.utf8.first { starts[Int(first)] = true } }
        while index < bytes.count {
            let byte = bytes[index]
            let isStart = index == 0 || !SecretShape.isWordByte(bytes[index - 1])
            if isStart, starts[Int(byte)], let secret = token(at: index, in: bytes) {
                found.append(secret)
                index = secret.range.upperBound
            } else if byte == UInt8(ascii: "-"), let end = privateKey(at: index, in: bytes) {
                found.append((index..<end, "a private key"))
                index = end
            } else if isStart, byte | 0x20 == UInt8(ascii: "b"), let range = bearer(at: index, in: bytes) {
                found.append((range, "a bearer token"))
                index = range.upperBound
            } else {
                index += 1
            }
        }
        return found
    }

    private static func token(at start: Int, in bytes: [UInt8]) -> (range: ByteRange, name: String)? {
        for row in rows where bytes[start...].starts(with: row.start.utf8) {
            var end = start + row.start.utf8.count
            while end < bytes.count, row.letters.contain(bytes[end]) { end += 1 }
            let text = String(decoding: bytes[start..<end], as: UTF8.self)
            let isWhole = row.letters != .dotted || text.split(separator: ".").count == 3
            guard row.length.contains(end - start - row.start.utf8.count), isWhole,
                end == bytes.count || !SecretShape.isWordByte(bytes[end]),
                !SecretShape.isPlaceholder(text), Set(text.utf8).count >= 8
            else { continue }
            return (start..<end, row.name)
        }
        return nil
    }

    /// The marks and the first line of a key that is really there.
    private static func privateKey(at start: Int, in bytes: [UInt8]) -> Int? {
        guard bytes[start...].starts(with: "-----BEGIN ".utf8) else { return nil }
        let head = bytes[start...].prefix(64).prefix { $0 != .lineFeed }
        let text = String(decoding: head, as: UTF8.self)
        guard let marks = text.range(ofLast: "PRIVATE KEY-----") else { return nil }
        var rest = bytes[(start + marks)...].drop {
            $0.isSpace || $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: ">")
        }
        if rest.first == UInt8(ascii: "n") { rest = rest.dropFirst() }
        let body = rest.prefix { SecretShape.isBase64($0) }
        guard body.count >= 40, Set(body).count >= 10 else { return nil }
        return body.endIndex
    }

    private static func bearer(at start: Int, in bytes: [UInt8]) -> ByteRange? {
        let word = Array("bearer ".utf8)
        guard start + word.count < bytes.count,
            zip(bytes[start...], word).allSatisfy({ $0 == $1 || $0 | 0x20 == $1 })
        else { return nil }
        let value = bytes[(start + word.count)...].prefix {
            SecretShape.isBase64($0) || "._~-".utf8.contains($0)
        }
        let text = String(decoding: value, as: UTF8.self)
        guard value.count >= 20, SecretShape.looksGenerated(text) else { return nil }
        return value.startIndex..<value.endIndex
    }
}

extension String {
    /// The bytes up to the end of a text in it; nil when it is not there.
    fileprivate func range(ofLast text: String) -> Int? {
        let bytes = Array(utf8)
        let wanted = Array(text.utf8)
        guard bytes.count >= wanted.count else { return nil }
        for start in stride(from: bytes.count - wanted.count, through: 0, by: -1)
        where bytes[start..<(start + wanted.count)].elementsEqual(wanted) {
            return start + wanted.count
        }
        return nil
    }
}

extension UInt8 {
    fileprivate var isSpace: Bool {
        self == .space || self == .tab || self == .lineFeed || self == .carriageReturn
    }
}
