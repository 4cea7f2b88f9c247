/// Reads what a shell prints about itself, one statement at a time: a line end inside quotes ends none.
enum ShellStatements {
    /// The statements of a listing, without their line ends; what is cut off at its end is none.
    static func split(_ text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var statements: [ArraySlice<UInt8>] = []
        text.withUnsafeBufferPointer { bytes in
            var start = 0
            while start < bytes.count {
                let end = end(ofStatementIn: bytes, from: start)
                guard end < bytes.count else { return }
                statements.append(text[text.startIndex + start..<text.startIndex + end])
                start = end + 1
            }
        }
        return statements
    }

    /// Where the line end stands that ends the statement, or the end of the text.
    private static func end(ofStatementIn bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var at = start
        // 0 outside quotes; else the quote, with `$'` as its dollar sign.
        var quote: UInt8 = 0
        while at < bytes.count {
            let byte = bytes[at]
            if byte == backslash, quote != apostrophe {
                at += 1
            } else if quote == 0 {
                if byte == newline {
                    return at
                } else if byte == doubleQuote {
                    quote = doubleQuote
                } else if byte == apostrophe {
                    quote = at > start && bytes[at - 1] == dollar ? dollar : apostrophe
                }
            } else if byte == (quote == dollar ? apostrophe : quote) {
                quote = 0
            }
            at += 1
        }
        return bytes.count
    }

    /// The first statement of a listing, without its line end.
    static func first(in text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        text.withUnsafeBufferPointer { bytes in
            text.prefix(end(ofStatementIn: bytes, from: 0))
        }
    }

    /// The text with quotes and escapes taken away, in which a value stands as it is.
    static func unquoted(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var plain: [UInt8] = []
        plain.reserveCapacity(text.count)
        var quote: UInt8 = 0
        var at = text.startIndex
        while at < text.endIndex {
            let byte = text[at]
            at += 1
            if byte == backslash, quote != apostrophe, at < text.endIndex {
                if quote == dollar {
                    at = appendEscape(text, at, &plain)
                } else {
                    plain.append(text[at])
                    at += 1
                }
            } else if quote == 0, byte == dollar, at < text.endIndex, text[at] == apostrophe {
                quote = dollar
                at += 1
            } else if quote == 0, byte == doubleQuote || byte == apostrophe {
                quote = byte
            } else if quote != 0, byte == (quote == dollar ? apostrophe : quote) {
                quote = 0
            } else {
                plain.append(byte)
            }
        }
        return plain
    }

    private static func appendEscape(
        _ text: ArraySlice<UInt8>,
        _ start: Int,
        _ plain: inout [UInt8]
    ) -> Int {
        let named: [UInt8: UInt8] = [
            UInt8(ascii: "n"): 10, UInt8(ascii: "t"): 9, UInt8(ascii: "r"): 13, UInt8(ascii: "a"): 7,
            UInt8(ascii: "b"): 8, UInt8(ascii: "v"): 11, UInt8(ascii: "f"): 12, UInt8(ascii: "E"): 27,
        ]
        let byte = text[start]
        if let value = named[byte] {
            plain.append(value)
            return start + 1
        }
        var at = start
        var value = 0
        while at < text.endIndex, at < start + 3, (48...55).contains(text[at]) {
            value = value * 8 + Int(text[at] - 48)
            at += 1
        }
        if at > start {
            plain.append(UInt8(truncatingIfNeeded: value))
            return at
        }
        plain.append(byte)
        return start + 1
    }
}

private let newline = UInt8(ascii: "\n")
private let backslash = UInt8(ascii: "\\")
private let apostrophe = UInt8(ascii: "'")
private let doubleQuote = UInt8(ascii: "\"")
private let dollar = UInt8(ascii: "$")
