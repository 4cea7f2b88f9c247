/// Replaces secret values in a stream of bytes, also when one is cut by the border of two reads.
package struct SecretMask: Sendable {
    package static let replacement = Array("****".utf8)
    /// A shorter value would turn ordinary text into asterisks and tell where it stood.
    package static let bytesMin = 4

    /// Longest first, so that a secret that contains another is masked as a whole.
    private let secrets: [[UInt8]]
    private let firstBytes: Set<UInt8>
    private var held: [UInt8] = []

    package init(secrets: [[UInt8]]) {
        self.secrets = secrets.filter { !$0.isEmpty }.sorted { $0.count > $1.count }
        firstBytes = Set(self.secrets.compactMap(\.first))
    }

    package var isEmpty: Bool { secrets.isEmpty }

    /// Takes the next bytes and returns what is safe to show: all but an end that may begin a secret.
    package mutating func mask(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var text = held
        text.append(contentsOf: bytes)
        return release(text, keeping: true)
    }

    /// Returns what was held back; nothing more comes.
    package mutating func finish() -> [UInt8] {
        release(held, keeping: false)
    }

    /// A whole text with every secret replaced.
    package func masking(_ text: String) -> String {
        guard !isEmpty else { return text }
        var mask = self
        mask.held = Array(text.utf8)
        return String(decoding: mask.release(mask.held, keeping: false), as: UTF8.self)
    }

    private mutating func release(_ text: [UInt8], keeping: Bool) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            guard firstBytes.contains(text[index]) else {
                result.append(text[index])
                index += 1
                continue
            }
            let rest = text[index...]
            // A longer secret that may still come is waited for before a shorter one is replaced.
            if keeping, secrets.contains(where: { $0.count > rest.count && $0.starts(with: rest) }) { break }
            if let secret = secrets.first(where: { rest.starts(with: $0) }) {
                result.append(contentsOf: Self.replacement)
                index += secret.count
            } else {
                result.append(text[index])
                index += 1
            }
        }
        held = Array(text[index...])
        return result
    }
}
