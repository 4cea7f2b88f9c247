import Crypto

/// A SHA-256 digest.
package struct Digest: Hashable, Sendable, CustomStringConvertible {
    package let bytes: [UInt8]

    package init(bytes: [UInt8]) { self.bytes = bytes }

    /// What stands before the first event of a run.
    package static let none = Digest(bytes: [UInt8](repeating: 0, count: 32))

    /// 64 hexadecimal digits.
    package var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    package var description: String { hexadecimal }
}

extension Digest {
    /// The digest of some bytes as they are.
    package static func sha256(_ bytes: [UInt8]) -> Digest {
        var hash = SHA256()
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return Digest(hash)
    }

    /// The digest of one part: `SHA-256(salt, bytes)`.
    static func part(salt: [UInt8], bytes: [UInt8]) -> Digest {
        bytes.withUnsafeBytes { part(salt: salt, bytes: $0) }
    }

    /// The same for bytes that stand somewhere else.
    static func part(salt: [UInt8], bytes: UnsafeRawBufferPointer) -> Digest {
        var hash = SHA256()
        salt.withUnsafeBytes { hash.update(bufferPointer: $0) }
        hash.update(bufferPointer: bytes)
        return Digest(hash)
    }

    /// The digest of a side file from those of its pieces: `SHA-256(salt, digests)`.
    static func sideFile(salt: [UInt8], pieces: [Digest]) -> Digest {
        part(salt: salt, bytes: pieces.flatMap(\.bytes))
    }

    private init(_ hash: SHA256) {
        self.init(bytes: hash.finalize().withUnsafeBytes { Array($0) })
    }
}
