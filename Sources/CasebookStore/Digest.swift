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

    /// What a salted digest is taken of; its name is hashed first, so that none of them can pass for another.
    private enum Subject {
        case part
        case piece
        case sideFile

        var name: StaticString {
            switch self {
            case .part: "casebook-part"
            case .piece: "casebook-piece"
            case .sideFile: "casebook-file"
            }
        }
    }

    /// The digest of one part that stands in the database.
    static func part(salt: [UInt8], bytes: [UInt8]) -> Digest {
        salted(.part, salt, bytes)
    }

    /// The digest of one piece of a side file.
    static func piece(salt: [UInt8], bytes: UnsafeRawBufferPointer) -> Digest {
        salted(.piece, salt, bytes)
    }

    /// The same for bytes in an array.
    static func piece(salt: [UInt8], bytes: [UInt8]) -> Digest {
        salted(.piece, salt, bytes)
    }

    /// The digest of a side file from those of its pieces.
    static func sideFile(salt: [UInt8], pieces: [Digest]) -> Digest {
        salted(.sideFile, salt, pieces.flatMap(\.bytes))
    }

    private static func salted(_ subject: Subject, _ salt: [UInt8], _ bytes: [UInt8]) -> Digest {
        bytes.withUnsafeBytes { salted(subject, salt, $0) }
    }

    // The salt's length stands before it: no byte of it can be taken for one of the contents.
    private static func salted(
        _ subject: Subject,
        _ salt: [UInt8],
        _ bytes: UnsafeRawBufferPointer
    ) -> Digest {
        var hash = SHA256()
        subject.name.withUTF8Buffer { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        withUnsafeBytes(of: Int64(salt.count).bigEndian) { hash.update(bufferPointer: $0) }
        salt.withUnsafeBytes { hash.update(bufferPointer: $0) }
        hash.update(bufferPointer: bytes)
        return Digest(hash)
    }

    init(_ hash: SHA256) {
        self.init(bytes: hash.finalize().withUnsafeBytes { Array($0) })
    }
}
