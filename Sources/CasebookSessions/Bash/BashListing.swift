import Glibc

/// What bash lists about itself, one statement at a time, compared with what it listed before.
///
/// From one cell to the next hardly anything changes. What stayed is skipped by comparing bytes; only what is
/// new is read.
struct BashListing {
    /// What a statement is about.
    struct Subject: Hashable {
        enum Kind { case variable, function, alias, trap, mask, other }

        let kind: Kind
        let name: ArraySlice<UInt8>
    }

    /// A statement that is not what it was; nil when its subject has gone.
    struct Change {
        let subject: Subject
        let statement: ArraySlice<UInt8>?
    }

    private var statements: [ArraySlice<UInt8>] = []

    /// The statements of one kind, in bash's order.
    func statements(of kind: Subject.Kind) -> [ArraySlice<UInt8>] {
        statements.filter { Subject($0).kind == kind }
    }

    /// Takes the next listing and returns what differs from the one before, in bash's order.
    mutating func update(_ text: ArraySlice<UInt8>) -> [Change] {
        var changes: [Change] = []
        var now: [ArraySlice<UInt8>] = []
        now.reserveCapacity(statements.count + 8)
        var at = text.startIndex
        // The next statement of the listing before, and where its subjects stand in it, made when needed.
        var next = 0
        var places: [Subject: Int]?
        while at < text.endIndex {
            if next < statements.count, let end = BashListing.end(of: statements[next], in: text, at: at) {
                now.append(statements[next])
                next += 1
                at = end
                continue
            }
            let found = ShellStatements.first(in: text[at...])
            at = min(found.endIndex + 1, text.endIndex)
            // A copy: a slice would keep the whole listing in memory for as long as the statement stays.
            let statement = Array(found)[...]
            let subject = Subject(statement)
            now.append(statement)
            changes.append(Change(subject: subject, statement: statement))
            guard next < statements.count else { continue }
            if subject == Subject(statements[next]) {
                next += 1
                continue
            }
            if places == nil {
                places = Dictionary(
                    statements.indices.map { (Subject(statements[$0]), $0) },
                    uniquingKeysWith: { $1 }
                )
            }
            // What stood before this subject, and was not met again, has gone.
            guard let place = places?[subject], place >= next else { continue }
            changes += statements[next..<place].map { Change(subject: Subject($0), statement: nil) }
            next = place + 1
        }
        changes += statements[next...].map { Change(subject: Subject($0), statement: nil) }
        statements = now
        return changes
    }

    /// Where the text goes on after this statement and its line end; nil when it does not stand there.
    private static func end(
        of statement: ArraySlice<UInt8>,
        in text: ArraySlice<UInt8>,
        at start: Int
    ) -> Int? {
        let end = start + statement.count
        guard end < text.endIndex, text[end] == UInt8(ascii: "\n") else { return nil }
        let isEqual = text[start..<end].withUnsafeBytes { new in
            statement.withUnsafeBytes { old in
                guard let new = new.baseAddress, let old = old.baseAddress else { return true }
                // Both have as many bytes.
                return memcmp(new, old, statement.count) == 0
            }
        }
        return isEqual ? end + 1 : nil
    }
}

extension BashListing.Subject {
    /// Reads what a line such as `declare -x NAME="value"` is about.
    init(_ statement: ArraySlice<UInt8>) {
        func rest(after head: StaticString) -> ArraySlice<UInt8>? {
            let isThere = head.withUTF8Buffer { statement.starts(with: $0) }
            return isThere ? statement.dropFirst(head.utf8CodeUnitCount) : nil
        }
        if let text = rest(after: "declare -") {
            let flags = text.prefix { $0 != UInt8(ascii: " ") }
            let rest = text[flags.endIndex...].dropFirst()
            // A function's name may hold the sign that ends a variable's.
            let isFunction = flags.contains(UInt8(ascii: "f"))
            let name = isFunction ? rest : rest.prefix { $0 != UInt8(ascii: "=") }
            self.init(kind: isFunction ? .function : .variable, name: name)
        } else if let text = rest(after: "alias ") {
            self.init(kind: .alias, name: text.prefix { $0 != UInt8(ascii: "=") })
        } else if rest(after: "trap -- ") != nil {
            let last = statement.lastIndex(of: UInt8(ascii: " ")) ?? statement.startIndex
            self.init(kind: .trap, name: statement[last...].dropFirst())
        } else if statement.allSatisfy({ (0x30...0x37).contains($0) }), !statement.isEmpty {
            self.init(kind: .mask, name: [])
        } else {
            self.init(kind: .other, name: statement)
        }
    }
}
