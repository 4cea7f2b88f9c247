import CasebookRun

extension StateReading {
    /// Reads a state that is a list of entries: a line with the lengths of a name, a code and the bytes that the code
    /// holds, and then these three.
    ///
    /// Nil when the bytes are not what the message of that number left.
    init?(entries raw: [UInt8], number: Int, secrets: [[UInt8]]) {
        let secrets = secrets.filter { !$0.isEmpty }
        let head = Array("\(number)\n".utf8)
        guard raw.starts(with: head) else { return nil }
        var live: [UInt8] = []
        var saved: [UInt8] = []
        var lost: [String] = []
        var at = head.count
        while let end = raw[at...].firstIndex(of: 0x0A) {
            let lengths = raw[at..<end].split(separator: 0x20).compactMap { part in
                Int(String(decoding: part, as: UTF8.self))
            }
            guard lengths.count == 3, end + 1 + lengths.reduce(0, +) <= raw.count else { return nil }
            let name = raw[end + 1..<end + 1 + lengths[0]]
            let code = raw[name.endIndex..<name.endIndex + lengths[1]]
            let plain = raw[code.endIndex..<code.endIndex + lengths[2]]
            at = plain.endIndex
            let label = String(decoding: name, as: UTF8.self)
            live.append(contentsOf: code)
            if code.isEmpty {
                lost.append(label)
            } else if secrets.contains(where: { code.contains($0) || plain.contains($0) }) {
                lost.append("\(label) holds a secret")
            } else {
                saved.append(contentsOf: code)
            }
        }
        self.init(live: live, saved: SavedState(restoreCode: saved, lost: lost))
    }
}
