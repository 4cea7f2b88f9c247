/// One attribute as it stands in the bytes.
struct ScannedAttribute: Hashable, Sendable {
    let name: String
    let nameRange: ByteRange
    /// The value without quotes; nil for a flag such as `confirm`.
    let value: String?
    /// The value without quotes, or the name when there is none.
    let valueRange: ByteRange
}

/// What stands between the braces of an info string, each part with its exact range.
///
/// Reads Pandoc's notation (`#name .class key=value key="quoted"`), and both of runme's: `{"name":"x"}` and
/// `{ name=x }`. A `$` or any other sign in a value is kept as it stands.
struct AttributeScanner: Sendable {
    private let source: SourceText
    private let end: Int
    private var position: Int

    private(set) var attributes: [ScannedAttribute] = []
    private(set) var classes: [String] = []
    private(set) var diagnostics: [Diagnostic] = []

    init(braces: ByteRange, in source: SourceText) {
        self.source = source
        position = braces.lowerBound
        end = braces.upperBound
        skipBlanks()
        if byte == UInt8(ascii: "\"") { scanObject() } else { scanPairs() }
    }

    private var byte: UInt8? { position < end ? source.bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte, byte.isBlank { position += 1 }
    }
}

// MARK: - Pandoc and runme's pairs

extension AttributeScanner {
    private mutating func scanPairs() {
        while true {
            skipBlanks()
            guard let first = byte else { return }
            if first == UInt8(ascii: "#") || first == UInt8(ascii: ".") {
                scanShort(first)
            } else {
                scanPair()
            }
        }
    }

    private mutating func scanShort(_ sign: UInt8) {
        let start = position
        position += 1
        let word = takeWord { _ in false }
        guard !word.isEmpty else {
            return report(start..<position, "`\(source.text(in: start..<position))` has no name after it")
        }
        if sign == UInt8(ascii: ".") {
            classes.append(source.text(in: word))
        } else {
            attributes.append(
                ScannedAttribute(
                    name: "name",
                    nameRange: start..<word.lowerBound,
                    value: source.text(in: word),
                    valueRange: word
                )
            )
        }
    }

    private mutating func scanPair() {
        let name = takeWord { $0 == UInt8(ascii: "=") }
        guard byte == UInt8(ascii: "=") else {
            append(name, value: nil, at: name)
            return
        }
        guard !name.isEmpty else {
            position += 1
            return report((position - 1)..<position, "`=` has no name before it")
        }
        position += 1
        guard let first = byte, !first.isBlank else {
            return report(name, "`\(source.text(in: name))=` has no value")
        }
        if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
            let start = position
            guard let (value, range) = takeQuoted(by: first) else {
                return report(
                    start..<end,
                    "the quote that starts the value of `\(source.text(in: name))` never ends"
                )
            }
            append(name, value: value, at: range)
        } else {
            let range = takeValue()
            append(name, value: source.text(in: range), at: range)
        }
    }

    /// A bare value; `/re/` and `!/re/` may hold spaces.
    private mutating func takeValue() -> ByteRange {
        let start = position
        if byte == UInt8(ascii: "!") { position += 1 }
        if byte == UInt8(ascii: "/") {
            var index = position + 1
            while index < end, source.bytes[index] != UInt8(ascii: "/") {
                index += source.bytes[index] == UInt8(ascii: "\\") ? 2 : 1
            }
            // A path with slashes is no pattern: a pattern ends with its slash.
            if index < end, index + 1 == end || source.bytes[index + 1].isBlank {
                position = index + 1
                return start..<position
            }
        }
        position = start
        return takeWord { _ in false }
    }

    private mutating func takeWord(until isEnd: (UInt8) -> Bool) -> ByteRange {
        let start = position
        while let byte, !byte.isBlank, !isEnd(byte) { position += 1 }
        return start..<position
    }

    private mutating func append(_ name: ByteRange, value: String?, at range: ByteRange) {
        attributes.append(
            ScannedAttribute(name: source.text(in: name), nameRange: name, value: value, valueRange: range)
        )
    }

    private mutating func report(_ range: ByteRange, _ message: String) {
        diagnostics.append(
            Diagnostic(
                .error,
                .attributeInvalid,
                at: range,
                message,
                advice: "write attributes as `{#name key=value key=\"quoted value\"}`"
            )
        )
    }
}

// MARK: - runme's JSON

extension AttributeScanner {
    private mutating func scanObject() {
        while true {
            skipBlanks()
            guard let first = byte else { return }
            let start = position
            guard first == UInt8(ascii: "\""), let (name, nameRange) = takeQuoted(by: first) else {
                return report(start..<end, "the attributes start as JSON and do not go on as JSON")
            }
            skipBlanks()
            guard byte == UInt8(ascii: ":") else {
                return report(nameRange, "`\(name)` has no value after it")
            }
            position += 1
            skipBlanks()
            guard let (value, valueRange) = takeJSONValue() else {
                return report(nameRange, "the value of `\(name)` is no text, number, true or false")
            }
            attributes.append(
                ScannedAttribute(name: name, nameRange: nameRange, value: value, valueRange: valueRange)
            )
            skipBlanks()
            if byte == UInt8(ascii: ",") { position += 1 }
        }
    }

    private mutating func takeJSONValue() -> (String, ByteRange)? {
        guard let first = byte else { return nil }
        if first == UInt8(ascii: "\"") { return takeQuoted(by: first) }
        let range = takeWord { $0 == UInt8(ascii: ",") }
        guard !range.isEmpty, first != UInt8(ascii: "["), first != UInt8(ascii: "{") else { return nil }
        return (source.text(in: range), range)
    }

    /// Text between quotes; a backslash keeps the next byte as it stands.
    private mutating func takeQuoted(by quote: UInt8) -> (String, ByteRange)? {
        var value: [UInt8] = []
        let start = position + 1
        var index = start
        while index < end, source.bytes[index] != quote {
            if source.bytes[index] == UInt8(ascii: "\\"), index + 1 < end,
                source.bytes[index + 1] == quote || source.bytes[index + 1] == UInt8(ascii: "\\")
            {
                index += 1
            }
            value.append(source.bytes[index])
            index += 1
        }
        guard index < end else {
            position = end
            return nil
        }
        position = index + 1
        return (String(decoding: value, as: UTF8.self), start..<index)
    }
}
