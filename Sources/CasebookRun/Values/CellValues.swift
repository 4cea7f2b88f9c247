import CasebookDocument

/// What a cell gave to later cells through the file that `CASEBOOK_OUTPUT` names.
///
/// A line is `NAME=value`, or `NAME<<END` and the lines up to one that is `END`, as in the file of GitHub's actions.
package struct CellValues: Hashable, Sendable {
    package private(set) var values: [Value] = []
    /// What could not be read, a phrase each.
    package private(set) var problems: [String] = []

    package struct Value: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        guard bytes.count <= Self.bytesMax else {
            problems = [
                "$CASEBOOK_OUTPUT holds more than \(Self.bytesMax >> 10) KiB, and nothing of it was taken"
            ]
            return
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            problems = ["$CASEBOOK_OUTPUT is not UTF-8, and nothing of it was taken"]
            return
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var next = 0
        while next < lines.count {
            let number = next + 1
            let line = lines[next]
            next += 1
            guard !line.isEmpty else { continue }
            let name = line.prefix { $0 != "=" && $0 != "<" }
            let rest = line[name.endIndex...]
            if rest.hasPrefix("<<"), rest.count > 2 {
                guard let end = lines[next...].firstIndex(where: { $0 == rest.dropFirst(2) }) else {
                    problems.append("line \(number) of $CASEBOOK_OUTPUT: `\(rest)` never ends")
                    return
                }
                add(String(name), lines[next..<end].joined(separator: "\n"), number)
                next = end + 1
            } else if rest.hasPrefix("=") {
                add(String(name), String(rest.dropFirst()), number)
            } else {
                problems.append("line \(number) of $CASEBOOK_OUTPUT is neither `NAME=value` nor `NAME<<END`")
            }
        }
    }

    /// Standard output as a value: text without the white space around it; nil when no variable can hold it.
    package init(captured bytes: [UInt8]?, as name: String) {
        guard let bytes else {
            problems = ["the output is larger than 128 KiB and was not captured as `\(name)`"]
            return
        }
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
            problems = ["the output is no text and was not captured as `\(name)`"]
            return
        }
        let start = text.drop(while: \.isWhitespace)
        let end = start.lastIndex { !$0.isWhitespace }
        values = [Value(name: name, value: end.map { String(start[...$0]) } ?? "")]
    }

    private mutating func add(_ name: String, _ value: String, _ line: Int) {
        if let problem = VariableName.problem(with: name) {
            problems.append("line \(line) of $CASEBOOK_OUTPUT: `\(name)` \(problem)")
        } else if value.utf8.count > Self.valueMax {
            problems.append("line \(line) of $CASEBOOK_OUTPUT: the value of `\(name)` is larger than 128 KiB")
        } else if value.utf8.contains(0) {
            problems.append("line \(line) of $CASEBOOK_OUTPUT: the value of `\(name)` holds a NUL byte")
        } else {
            values.append(Value(name: name, value: value))
        }
    }

    private static let bytesMax = 1 << 20
    /// The most that Linux takes for one variable of an environment.
    private static let valueMax = (128 << 10) - 256
}
