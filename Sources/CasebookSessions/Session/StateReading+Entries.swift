import CasebookRun

extension StateReading {
    /// Reads a state that is a list of entries.
    ///
    /// Each is a line with the lengths of a name, a code and the bytes that the code
    /// holds, and then these three. The line of an exported variable ends with `x`; its bytes are the value.
    ///
    /// Nil when the bytes are not what the message of that number left.
    init?(entries raw: [UInt8], number: Int, withheld: Withheld) {
        let head = Array("\(number)\n".utf8)
        guard raw.starts(with: head) else { return nil }
        var live: [UInt8] = []
        var saved: [UInt8] = []
        var lost: [String] = []
        var exported: [String: String] = [:]
        var setInSecret: [String: [UInt8]] = [:]
        var at = head.count
        while let end = raw[at...].firstIndex(of: 0x0A) {
            let words = raw[at..<end].split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
            let lengths = words.prefix(3).compactMap { Int($0) }
            guard lengths.count == 3, end + 1 + lengths.reduce(0, +) <= raw.count else { return nil }
            let name = raw[end + 1..<end + 1 + lengths[0]]
            let code = raw[name.endIndex..<name.endIndex + lengths[1]]
            let plain = raw[code.endIndex..<code.endIndex + lengths[2]]
            at = plain.endIndex
            let label = String(decoding: name, as: UTF8.self)
            live.append(contentsOf: code)
            if words.count > 3, !code.isEmpty, let variable = label.split(separator: " ").last {
                exported[String(variable)] = String(validating: plain, as: UTF8.self)
            }
            if withheld.isSetBySecretCell(code, label) { setInSecret[label] = withoutLineEnds(plain) }
            if code.isEmpty {
                lost.append(label)
            } else if let reason = withheld.reason(code, plain, label) {
                lost.append(reason)
            } else {
                saved.append(contentsOf: code)
            }
        }
        self.init(live: live, saved: SavedState(restoreCode: saved, lost: lost), exported: exported)
        self.setInSecret = setInSecret
    }
}

/// The bytes of one value, behind which a driver may write a line end.
private func withoutLineEnds(_ plain: ArraySlice<UInt8>) -> [UInt8] {
    let rest = plain.reversed().drop { $0 == 0x0A }
    return rest.reversed()
}
