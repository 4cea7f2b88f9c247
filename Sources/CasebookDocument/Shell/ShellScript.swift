/// What the shell code of a cell does, read once for all who ask.
///
/// A class because many ask, and a copy would have a part for each of its sets.
final class ShellScript: Sendable {
    let commands: [ShellCommand]
    /// False when a quote, a substitution or a here-document has no end: commands may hide in it.
    let isWhole: Bool
    let variables: ShellVariables

    /// - `blanks`: those of the text, each of which is read as a word: `ssh <host>` reads no file `host`.
    init(_ text: ShellText, _ blanks: [Blank]) {
        let text = text.without(blanks)
        (commands, isWhole) = ShellReader.read(text)
        variables = ShellVariables(text, commands)
    }

    convenience init(_ code: [UInt8]) {
        let text = ShellText(code)
        self.init(text, BlankFinder(text, explained: []).blanks)
    }
}

extension ShellReader {
    /// The simple commands of code, those inside others after them all.
    static func commands(in code: [UInt8]) -> [ShellCommand] {
        let text = ShellText(code)
        // `<` or an entity for it; `&` alone is most often `&&`.
        let mayHold = code.indices.contains { index in
            code[index] == UInt8(ascii: "<")
                || code[index] == UInt8(ascii: "&") && index + 1 < code.count
                    && "l#".utf8.contains(code[index + 1])
        }
        return read(mayHold ? text.without(BlankFinder(text, explained: []).blanks) : text).commands
    }

    /// The word that stands in the place of a blank, as long as it is.
    static func word(for blank: Blank) -> String {
        guard blank.isRedirection else { return blank.text }
        let bytes = blank.text.utf8.map { $0.isLetter || $0.isDigit ? $0 : UInt8(ascii: "_") }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension ShellText {
    /// The text with a word in the place of each blank that a shell would see signs in.
    fileprivate func without(_ blanks: [Blank]) -> ShellText {
        let blanks = blanks.filter(\.isRedirection)
        guard !blanks.isEmpty else { return self }
        var code = code
        for blank in blanks {
            for (index, byte) in zip(blank.range, ShellReader.word(for: blank).utf8) { code[index] = byte }
        }
        return ShellText(code)
    }
}

extension Blank {
    /// True for `<name>`, and for the same with entities.
    fileprivate var isRedirection: Bool { text.hasPrefix("<") || text.hasPrefix("&") }
}
