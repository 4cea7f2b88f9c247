/// Recognises prompts of debuggers, of consoles and of shells on other machines.
///
/// Extend by a row and its test.
enum SessionPrompt {
    /// The prompt with which a line begins; nil when it begins with none.
    static func prompt(of line: ArraySlice<UInt8>) -> String? {
        // Most lines begin with none of those, and hold no sign with which another prompt ends.
        let mayBeFixed = line.first.map(firstBytes.contains) ?? false
        guard mayBeFixed || line.prefix(100).contains(where: isSign) else { return nil }
        let text = String(decoding: line.prefix(100), as: UTF8.self)
        if mayBeFixed, let found = fixed.first(where: text.hasPrefix) { return AttributeValue.trimmed(found) }
        // Most of these end with a sign of their own, with or without blanks around it.
        let hasSignAtEnd = !text.isASCII || text.utf8.prefix { $0 != .space }.last.map(isSign) ?? false
        return placed(text) ?? (hasSignAtEnd ? addressed(text) : nil) ?? bracketed(text) ?? named(line)
            ?? activated(line) ?? (mayBeSeparate(text) ? separate(text) : nil)
            ?? (hasSignAtEnd ? glued(text) : nil)
    }

    /// True for a text with a sign between two blanks, and for one of PowerShell.
    private static func mayBeSeparate(_ text: String) -> Bool {
        text.hasPrefix("PS ") || text.holds(" $ ") || text.holds(" # ") || text.holds(" % ")
    }

    private static func isSign(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "$"), UInt8(ascii: "#"), UInt8(ascii: ">"), UInt8(ascii: "%"): true
        default: false
        }
    }

    /// The prompt of a shell that begins a line with a sign of the shell's own, in a block without `$ `: `% ls`, `> ls`.
    ///
    /// A line may begin with `> file` as well, which empties the file: only before a command is it a prompt.
    static func foreign(in lines: [ArraySlice<UInt8>]) -> String? {
        if let first = lines.first(where: { $0.contains { !$0.isBlank } })?.drop(while: \.isBlank),
            let sign = signs.first(where: { first.starts(with: $0.utf8) })
        {
            return AttributeValue.trimmed(sign)
        }
        guard
            lines.contains(where: { line in
                let text = line.drop(while: \.isBlank)
                return text.starts(with: "% ".utf8) || text.starts(with: "> ".utf8)
            })
        else { return nil }
        var open = OpenConstruct()
        for line in lines {
            let text = line.drop(while: \.isBlank)
            if !open.isOpen, let first = text.first, text.dropFirst().first?.isBlank == true {
                if first == UInt8(ascii: "%") { return "%" }
                if first == UInt8(ascii: ">"), RecordedLine.isKnownCommand(text.dropFirst(2)) { return ">" }
            }
            open.read(line)
        }
        return nil
    }

    /// Prompts only at the start of a block: further down, and in output, such a sign means something else.
    private static let signs = [">>> ", "➜ ", "❯ ", "λ "]

    /// Prompts that are always written in the same way; each ends with its blank.
    private static let fixed = [
        "(dlv) ", "(gdb) ", "(lldb) ", "(Pdb) ", "(pdb) ", "ipdb> ", "(rr) ", "(mdb) ", "(byebug) ",
        "test> ", "admin> ", "mongosh> ", "local> ", "MariaDB [", "MySQL [", "scala> ", "jshell> ", "ksql> ",
        "hive> ", "presto> ", "trino> ", "spark-sql> ", "influx> ", "cypher> ", "rabbitmq> ", "grunt> ",
        "zkCli> ", "nsq> ", "virsh # ", "virsh> ", "lxc> ", "PS C:\\", "PS /", "PS> ", "~ $ ", "~ # ", "/ # ",
        "/ $ ", ">$ ", "In [", "[zk: ", "OpenSSL> ", "redis 1", "cqlsh:",
    ]

    private static let firstBytes = Set(fixed.compactMap(\.utf8.first))

    /// `host:~$ ls`, `me@host:/srv# ls`, `I have no name!@pod:/$ ls`: a place before the sign.
    private static func placed(_ text: String) -> String? {
        guard text.holds(UInt8(ascii: ":")) else { return nil }
        let bytes = Array(text.utf8)
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
        guard inside.contains("@") || inside.first?.isLetter == true && !inside.contains(" "),
            sign.hasPrefix("# ") || sign.hasPrefix("$ "),
            inside.allSatisfy({ !"\"'`|;&=<>".contains($0) })
        else { return nil }
        return String(text[...close]) + sign.prefix(1)
    }

    /// `root# ls`, `web1$ ls`, `root@web1# ls`, `sh-5.1$ ls`, `/srv/app$ ls`, `mysql> select 1`: a name and a sign at its end.
    private static func named(_ line: ArraySlice<UInt8>) -> String? {
        let word = line.prefix(61).prefix { !$0.isBlank }
        guard word.count >= 2, word.endIndex < line.endIndex, word.count <= 60, let first = word.first,
            let last = word.last
        else { return nil }
        let name = word.dropLast()
        switch last {
        case UInt8(ascii: "$"), UInt8(ascii: "#"):
            let isPostgres =
                last == UInt8(ascii: "#") && "=-".utf8.contains(word[word.endIndex - 2])
            guard first.isLetter || "~/".utf8.contains(first),
                name.allSatisfy({ isNameByte($0) || "~/()".utf8.contains($0) })
                    || isPostgres && name.dropLast().allSatisfy(isNameByte)
            else { return nil }
            return String(decoding: word, as: UTF8.self)
        case UInt8(ascii: ">"):
            let text = String(decoding: word, as: UTF8.self)
            let isPlace = name.contains(UInt8(ascii: "@")) && name.allSatisfy(isNameByte)
            let isDisk = first.isLetter && word.dropFirst().starts(with: ":\\".utf8)
            return consoles.contains(text) || text.hasPrefix("irb(") || text.hasSuffix("=>") || isPlace
                || isDisk
                ? text : nil
        default: return nil
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || "-_.@:".utf8.contains(byte)
    }

    /// Consoles with a name before the sign: any other name would be a command, `ls> x`.
    private static let consoles: Set<String> = [
        "mysql>", "mariadb>", "redis>", "irb>", "sqlite>", "postgres=>", "ftp>", "sftp>", "mongo>",
        "cqlsh>", "ceph>", "telnet>",
    ]

    /// `(venv) $ ls`, `(base) me@host % ls`, `me@host $ ls`: what is switched on, or who is where, and then a sign.
    private static func activated(_ line: ArraySlice<UInt8>) -> String? {
        var rest = line.prefix(100)
        let group = rest.prefix { !$0.isBlank }
        let isGroup =
            group.first == UInt8(ascii: "(") && group.last == UInt8(ascii: ")") && group.count > 2
            && group.dropFirst().dropLast().allSatisfy(isPlaceByte)
        if isGroup { rest = rest[group.endIndex...].drop(while: \.isBlank) }
        let place = rest.prefix { !$0.isBlank }
        let isPlace =
            place.contains(UInt8(ascii: "@")) && place.first?.isLetter == true
            && place.allSatisfy(isPlaceByte)
        if isPlace { rest = rest[place.endIndex...].drop(while: \.isBlank) }
        let sign = rest.prefix { !$0.isBlank }
        guard isGroup || isPlace, sign.endIndex < line.endIndex, let last = sign.last,
            "$#%>".utf8.contains(last), sign.dropLast().allSatisfy(isPlaceByte)
        else { return nil }
        // `(ls) > out` writes a file.
        if isGroup, !isPlace, sign.elementsEqual(">".utf8), !RecordedLine.isKnownCommand(rest.dropFirst(2)) {
            return nil
        }
        // `(make) # twice` is a group of commands and a comment.
        if isGroup, !isPlace, sign.elementsEqual("#".utf8), RootShell.command(in: [rest]) == nil,
            !RecordedLine.isKnownCommand(rest.dropFirst(2))
        {
            return nil
        }
        return String(decoding: line[..<sign.endIndex], as: UTF8.self)
    }

    /// `node1 $ ls`, `me@host ~ $ ls`, `/app # ls`, `PS D:\> ls`: a name or a directory, a blank and a sign.
    private static func separate(_ text: String) -> String? {
        if text.hasPrefix("PS "), text.dropFirst(4).hasPrefix(":\\"), let sign = text.firstIndex(of: ">") {
            return String(text[...sign])
        }
        let words = text.split(maxSplits: 3, omittingEmptySubsequences: false) { $0 == " " }
        guard words.count > 2, let first = words.first, !first.isEmpty,
            first.utf8.allSatisfy(isPlaceByte), first.contains(where: \.isLetter) || "~/".contains(first)
        else { return nil }
        let isAt = words.count > 3 && (words[1].hasPrefix("~") || words[1].hasPrefix("/"))
        let sign = words[isAt ? 2 : 1]
        let rest = text.dropFirst(words[...(isAt ? 2 : 1)].reduce(0) { $0 + $1.count + 1 })
        guard rest.first.map({ $0.isLetter || "./".contains($0) }) == true else { return nil }
        let found = words[...(isAt ? 2 : 1)].joined(separator: " ")
        switch sign {
        case "$": return found
        // `/app # twice` has a comment.
        case "#", "%":
            let isPlace = first.hasPrefix("/") || first.hasPrefix("~") || isAt
            return isPlace && RecordedLine.isKnownCommand(Array(rest.utf8)[...]) ? found : nil
        default: return nil
        }
    }

    /// `db> select 1`, `rs0:PRIMARY> show x`, `(env)$ ls`: no command has such a name, or none writes to such a file.
    private static func glued(_ text: String) -> String? {
        let word = text.prefix { $0 != " " }
        let rest = text.dropFirst(word.count + 1)
        guard word.count > 1, word.count < 40, let next = rest.first, next.isLetter else { return nil }
        let name = word.dropLast()
        if word.hasPrefix("("), word.hasSuffix(")$") || word.hasSuffix(")#"),
            name.dropFirst().dropLast().utf8.allSatisfy(isPlaceByte)
        {
            return String(word)
        }
        if word.hasPrefix("-bash") || word.hasPrefix("-sh"), word.hasSuffix("$") { return String(word) }
        if word.hasSuffix("%"), name.contains("@"), name.utf8.allSatisfy(isPlaceByte) { return String(word) }
        guard word.hasSuffix(">"), name.first?.isLetter == true || name.first?.isNumber == true,
            name.contains(where: \.isLetter) || name.contains(":"),
            name.utf8.allSatisfy({ isPlaceByte($0) || "[]".utf8.contains($0) })
        else { return nil }
        if name.contains(where: { ":@~[".contains($0) }), !name.contains("/") { return String(word) }
        let target = rest.prefix { $0 != " " }
        let isFile =
            target.contains { "./$".contains($0) } || target.count == rest.count && !rest.hasSuffix(";")
        return isFile || name.contains { "./".contains($0) }
            || RecordedLine.isKnownCommand(Array(name.utf8)[...]) ? nil : String(word)
    }

    private static func isPlaceByte(_ byte: UInt8) -> Bool { isNameByte(byte) || "~/".utf8.contains(byte) }
}
