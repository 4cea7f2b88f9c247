import CasebookRun
import Foundation

/// Reads the facts of an event back from its parts; the reverse of ``PartEncoder``.
///
/// A removed text reads as ``removedText``, removed bytes and lists as none, a removed output as lost, so that an event
/// stays readable after a part was taken out.
struct PartDecoder: Decoder {
    static let removedText = "[removed]"

    private let parts: [String: SealedPart]
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    init(parts: [SealedPart]) {
        self.parts = Dictionary(parts.map { ($0.part.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(PartContainer<Key>(parts: parts))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw PartError.unreadable("") }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { throw PartError.unreadable("") }
}

private struct PartContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let parts: [String: SealedPart]
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { parts.keys.compactMap { Key(stringValue: $0) } }

    /// The side parts of an output whose bytes are lost stand for the output itself.
    func contains(_ key: Key) -> Bool {
        let name = key.stringValue
        return parts[name] != nil || parts["\(name).byteCount"] != nil
    }

    func decodeNil(forKey key: Key) -> Bool { !contains(key) }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try scalar(key) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try scalar(key) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try scalar(key) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try scalar(key) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try scalar(key) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try scalar(key) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try scalar(key) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try scalar(key) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try scalar(key) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try scalar(key) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try scalar(key) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try scalar(key) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try scalar(key) }

    func decode(_ type: String.Type, forKey key: Key) throws -> String {
        switch try part(key.stringValue).part.content {
        case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
        case .removed: PartDecoder.removedText
        case .file: throw PartError.unreadable(key.stringValue)
        }
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        let name = key.stringValue
        let value: Any =
            switch type {
            case is [UInt8].Type: try bytes(name) ?? []
            case is StoredOutput.Type: try output(name)
            case is SavedState.Type: try state(name)
            default: try structured(type, name)
            }
        guard let value = value as? Value else { throw PartError.unreadable(name) }
        return value
    }

    private func part(_ name: String) throws -> SealedPart {
        guard let part = parts[name] else { throw PartError.missing(name) }
        return part
    }

    /// The bytes of a part; nil when it was removed.
    private func bytes(_ name: String) throws -> [UInt8]? {
        switch try part(name).part.content {
        case .bytes(let bytes): bytes
        case .removed: nil
        case .file: throw PartError.unreadable(name)
        }
    }

    private func scalar<Value: LosslessStringConvertible>(_ key: Key) throws -> Value {
        guard let bytes = try bytes(key.stringValue),
            let value = Value(String(decoding: bytes, as: UTF8.self))
        else { throw PartError.unreadable(key.stringValue) }
        return value
    }

    private func output(_ name: String) throws -> StoredOutput {
        guard
            let text = try bytes("\(name).byteCount"), let count = Int(String(decoding: text, as: UTF8.self))
        else { throw PartError.unreadable(name) }
        if let lost = parts["\(name).lost"] {
            guard case .bytes(let reason) = lost.part.content else { throw PartError.unreadable(name) }
            return StoredOutput(
                place: .lost(reason: String(decoding: reason, as: UTF8.self)),
                byteCount: count
            )
        }
        let part = try part(name)
        let place: StoredOutput.Place =
            switch part.part.content {
            case .bytes(let bytes): .inline(bytes)
            case .file(let file): .file(name: file, digest: part.digest.bytes, salt: part.salt)
            case .removed: .lost(reason: PartDecoder.removedText)
            }
        return StoredOutput(place: place, byteCount: count)
    }

    private func state(_ name: String) throws -> SavedState {
        guard let code = try bytes(name) else {
            return SavedState(restoreCode: [], lost: [PartDecoder.removedText])
        }
        return SavedState(restoreCode: code, lost: try structured([String].self, "\(name).lost"))
    }

    private func structured<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
        // The encoder leaves an empty list out, and of one that was removed nothing is left.
        let isThere = parts[name].map { $0.part.content != .removed } ?? false
        if !isThere, let list = type as? any EmptyMakable.Type, let none = list.init() as? Value {
            return none
        }
        let stored = try bytes(name)
        do {
            let scalar = stored.map { String(decoding: $0, as: UTF8.self) } ?? PartDecoder.removedText
            return try Value(from: ScalarDecoder(text: scalar))
        } catch PartError.unreadable where stored != nil {
            // The decoder's own error knows neither the part nor the event.
            do { return try JSONDecoder().decode(type, from: Data(stored ?? [])) } catch {
                throw PartError.unreadable(name)
            }
        } catch {
            throw PartError.unreadable(name)
        }
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        throw PartError.unreadable(key.stringValue)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw PartError.unreadable(key.stringValue)
    }

    func superDecoder() throws -> any Decoder { throw PartError.unreadable("super") }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw PartError.unreadable(key.stringValue) }
}

/// An array of whatever.
private protocol EmptyMakable { init() }
extension Array: EmptyMakable {}
