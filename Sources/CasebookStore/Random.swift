import Glibc

/// Chance from the kernel.
enum Random {
    /// Bytes that nobody can foresee.
    static func bytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                // `getentropy` gives at most 256 bytes a call, and fails for no other reason than more.
                let piece = UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[filled..<min(filled + 256, count)]
                )
                guard let address = piece.baseAddress else { break }
                precondition(getentropy(address, piece.count) == 0, "the kernel gives random bytes")
                filled += piece.count
            }
        }
    }

    /// Letters and digits for the name of a file.
    static func name(length: Int = 16) -> String {
        let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
        return String(decoding: bytes(length).map { digits[Int($0 & 31)] }, as: UTF8.self)
    }
}

/// Salts of 16 random bytes, sixteen for each call of the kernel.
struct Salts {
    private static let byteCount = 16

    private var drawn: [UInt8] = []
    private var offset = 0

    mutating func next() -> [UInt8] {
        if offset == drawn.count {
            drawn = Random.bytes(16 * Self.byteCount)
            offset = 0
        }
        defer { offset += Self.byteCount }
        return Array(drawn[offset..<offset + Self.byteCount])
    }
}
