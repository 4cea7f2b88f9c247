/// Recognises prompts of debuggers, of consoles and of shells on other machines.
///
/// Extend by a row and its test.
enum SessionPrompt {
    /// The prompt with which a line begins; nil when it begins with none.
    static func prompt(of line: ArraySlice<UInt8>) -> String? {
        let text = String(decoding: line.prefix(100), as: UTF8.self)
        if let first = line.first, firstBytes.contains(first), let found = fixed.first(where: text.hasPrefix)
        {
            return AttributeValue.trimmed(found)
        }
        return placed(text) ?? addressed(text) ?? bracketed(text)
    }

    /// Prompts that are always written in the same way; each ends with its blank.
    private static let fixed = [
        "(dlv) ", "(gdb) ", "(lldb) ", "(Pdb) ", "(pdb) ", "ipdb> ", "(rr) ", "(mdb) ", "(byebug) ",
        "test> ", "admin> ", "mongosh> ", "local> ", "MariaDB [", "MySQL [", "scala> ", "jshell> ", "ksql> ",
        "hive> ", "presto> ", "trino> ", "spark-sql> ", "influx> ", "cypher> ", "rabbitmq> ", "grunt> ",
        "zkCli> ", "nsq> ", "virsh # ", "virsh> ", "lxc> ", "PS C:\\", "PS /", "PS> ", "~ $ ", "~ # ", "/ # ",
        "/ $ ",
    ]

    private static let firstBytes = Set(fixed.compactMap(\.utf8.first))

    /// `host:~$ ls`, `me@host:/srv# ls`, `I have no name!@pod:/$ ls`: a place before the sign.
    private static func placed(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.contains(UInt8(ascii: ":")) else { return nil }
        for index in bytes.indices
        where bytes[index] == UInt8(ascii: "$") || bytes[index] == UInt8(ascii: "#") {
            guard index + 1 == bytes.count || bytes[index + 1].isBlank else { continue }
            let before = bytes[..<index]
            guard let colon = before.lastIndex(of: UInt8(ascii: ":")), colon > 0 else { return nil }
            let directory = before[(colon + 1)...].reversed().drop(while: \.isBlank).reversed()
            // `rsync a me@host:/srv # twice` has a comment.
            if before.last?.isBlank == true, before[..<colon].contains(where: \.isBlank) { return nil }
            guard let first = directory.first, "~/".utf8.contains(first),
                directory.allSatisfy({ !$0.isBlank && !"\"'`()|;&=<>*".utf8.contains($0) }),
                isHost(before[..<colon])
            else { return nil }
            return String(decoding: bytes[...index], as: UTF8.self)
        }
        return nil
    }

    /// `host`, `me@host`, or a name with blanks before the `@`.
    private static func isHost(_ bytes: ArraySlice<UInt8>) -> Bool {
        let host = bytes.lastIndex(of: UInt8(ascii: "@")).map { bytes[($0 + 1)...] } ?? bytes
        return host.allSatisfy { $0.isLetter || $0.isDigit || "-._".utf8.contains($0) } && !host.isEmpty
            && bytes.allSatisfy { !"\"'`|;&=<>/$#".utf8.contains($0) }
    }

    /// `127.0.0.1:6379> get x`, `localhost:26257/db> select 1`.
    private static func addressed(_ text: String) -> String? {
        let word = text.prefix { $0 != " " }
        guard word.hasSuffix(">"), let colon = word.firstIndex(of: ":"), colon > word.startIndex,
            word[word.index(after: colon)...].first?.isNumber == true,
            word.dropLast().allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || ".-:/_@".contains($0)) }
            )
        else { return nil }
        return String(word)
    }

    /// `[root@host ~]# ls`, `[me@host dir]$ ls`.
    private static func bracketed(_ text: String) -> String? {
        guard text.hasPrefix("["), let close = text.firstIndex(of: "]") else { return nil }
        let inside = text[..<close].dropFirst()
        let sign = text[text.index(after: close)...]
        guard inside.contains("@"), sign.hasPrefix("# ") || sign.hasPrefix("$ "),
            inside.allSatisfy({ !"\"'`|;&=<>".contains($0) })
        else { return nil }
        return String(text[...close]) + sign.prefix(1)
    }
}
