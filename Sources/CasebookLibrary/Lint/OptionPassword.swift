import CasebookDocument

/// A password that is known by the program and its option: `mysql -pWORD`, `curl -u user:WORD`, `sshpass -p WORD`.
enum OptionPassword {
    /// - `option`: a word of the line that may be the option.
    static func value(of option: Range<Int>, in line: ArraySlice<UInt8>) -> Range<Int>? {
        let text = String(decoding: line[option], as: UTF8.self)
        guard text.hasPrefix("-") else { return nil }
        let value: ArraySlice<UInt8>
        if text.hasPrefix("-p"), hasProgram(databases, before: option.lowerBound, in: line) {
            value = word(at: option.lowerBound + 2, in: line)
        } else if text == "-p", hasProgram(["sshpass"], before: option.lowerBound, in: line) {
            value = word(after: option.upperBound, in: line)
        } else if text == "-u" || text == "--user", hasProgram(["curl"], before: option.lowerBound, in: line)
        {
            let whole = word(after: option.upperBound, in: line)
            guard let colon = whole.firstIndex(of: UInt8(ascii: ":")) else { return nil }
            value = whole[(colon + 1)...]
        } else {
            return nil
        }
        return SecretShape.looksGenerated(String(decoding: value, as: UTF8.self)) ? value.indices : nil
    }

    private static let databases: Set<String> = [
        "mysql", "mysqldump", "mysqladmin", "mariadb", "mariadb-dump",
    ]

    private static func hasProgram(_ names: Set<String>, before end: Int, in line: ArraySlice<UInt8>) -> Bool
    {
        // A line may be long, and a command is not.
        line[max(line.startIndex, end - 1024)..<end].split { " \t;|&(/`".utf8.contains($0) }
            .contains { names.contains(String(decoding: $0, as: UTF8.self)) }
    }

    private static func word(after index: Int, in line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard index < line.endIndex, " =".utf8.contains(line[index]) else { return [] }
        return word(at: line[index...].firstIndex { !" =".utf8.contains($0) } ?? line.endIndex, in: line)
    }

    private static func word(at index: Int, in line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let start = index < line.endIndex && "\"'".utf8.contains(line[index]) ? index + 1 : index
        return line[start...].prefix { !" \t\"';|&)".utf8.contains($0) }
    }
}
