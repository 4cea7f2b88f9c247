/// Code in a language that is run here, and yet meant for a program that is not: the console of an application, the
/// shell of a database, a page in a browser.
enum ForeignCode {
    /// Why code is meant for elsewhere, in words; nil when nothing says so.
    static func reason(_ code: [UInt8], _ syntax: CodeSyntax) -> String? {
        switch syntax {
        case .ruby:
            application(code).map { "`\($0)` belongs to an application, whose console it is meant for" }
        case .javaScript: host(code).map { "`\($0)` belongs to \($1), which it is meant for" }
        case .sql, .shell, .fish, .python, .perl, .lua, .r, .unknown: nil
        }
    }

    /// The first constant of Ruby that a line starts with or assigns from, and that neither Ruby nor this code defines.
    private static func application(_ code: [UInt8]) -> String? {
        // What is loaded may define anything.
        guard ByteSearch.range(of: "require", in: code[...]) == nil else { return nil }
        var own = rubyConstants
        for line in code.split(separator: .lineFeed) {
            let text = String(decoding: line.prefix(200), as: UTF8.self)
            let words = text.split { $0 == " " || $0 == "\t" }
            if let keyword = words.first, ["class", "module"].contains(keyword), words.count > 1 {
                own.insert(String(words[1].prefix { $0.isLetter || $0.isNumber }))
            }
            // `config.assets.digest = false`
            if words.first?.hasPrefix("config.") == true { return "config" }
            // `x = Feature.enabled?(:y)`
            let start = words.firstIndex(of: "=").map { $0 + 1 } ?? 0
            guard start < words.count, words[start].first?.isUppercase == true else { continue }
            let name = String(words[start].prefix { $0.isLetter || $0.isNumber || $0 == "_" })
            let rest = words[start].dropFirst(name.count)
            if rest.isEmpty || rest.hasPrefix("="),
                words.dropFirst(start + 1).first == "=" || rest.hasPrefix("=")
            {
                own.insert(name)
            } else if rest.hasPrefix(".") || rest.hasPrefix("::"), !own.contains(name) {
                return name
            }
        }
        return nil
    }

    /// What a line of JavaScript starts with when it is not for Node.js, and whose it is.
    private static func host(_ code: [UInt8]) -> (name: String, owner: String)? {
        for line in code.split(separator: .lineFeed) {
            let text = line.drop(while: \.isBlank)
            for (name, owner) in hosts where text.starts(with: "\(name).".utf8) {
                let isDeclared = ["const ", "let ", "var "].contains {
                    ByteSearch.range(of: "\($0)\(name)", in: code[...]) != nil
                }
                if !isDeclared { return (name, owner) }
            }
        }
        return nil
    }

    private static let hosts: [(String, String)] = [
        ("db", "the MongoDB shell"), ("rs", "the MongoDB shell"), ("sh", "the MongoDB shell"),
        ("document", "a browser"), ("window", "a browser"), ("grunt", "Grunt"),
    ]

    /// The constants of Ruby's own core that stand before a dot.
    private static let rubyConstants: Set<String> = [
        "Array", "Comparable", "Complex", "Dir", "ENV", "Encoding", "Enumerator", "Fiber", "File", "FileTest",
        "Float",
        "GC", "Hash", "IO", "Integer", "Kernel", "Marshal", "Math", "Module", "Mutex", "ObjectSpace",
        "Object", "Proc",
        "Process", "Queue", "RUBY_VERSION", "Random", "Range", "Rational", "Regexp", "Signal", "String",
        "Struct",
        "Symbol", "Thread", "Time", "STDERR", "STDIN", "STDOUT", "ARGV", "DATA", "Exception", "Class", "Set",
    ]
}
