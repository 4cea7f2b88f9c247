import CasebookRun
import Foundation

/// Turns the facts of an event into parts: one for each top-level property that is not nil or an empty list.
///
/// A text becomes its UTF-8 bytes, a number or a truth value its text, bytes themselves, everything else JSON
/// with sorted keys. A ``StoredOutput`` becomes the part `output` (the bytes or their side file) and two more.
struct PartEncoder {
    /// A part before it is sealed; a side file brings its own salt and digest.
    struct Draft {
        let part: RecordPart
        let seal: (salt: [UInt8], digest: Digest)?
    }

    static func parts(of fact: some RunFact) throws -> [Draft] {
        let sink = PartSink()
        try fact.encode(to: FactEncoder(sink: sink))
        return sink.drafts
    }
}

/// Collects the parts of one event.
final class PartSink {
    private(set) var drafts: [PartEncoder.Draft] = []

    func add(_ name: String, _ bytes: [UInt8]) {
        drafts.append(.init(part: RecordPart(name: name, content: .bytes(bytes)), seal: nil))
    }

    func add(_ name: String, _ text: String) { add(name, Array(text.utf8)) }

    func add(_ name: String, _ output: StoredOutput) {
        switch output.place {
        case .inline(let bytes): add(name, bytes)
        case .file(let file, let digest, let salt):
            drafts.append(
                .init(
                    part: RecordPart(name: name, content: .file(name: file)),
                    seal: (salt, Digest(bytes: digest))
                )
            )
        case .lost(let reason): add("\(name).lost", reason)
        }
        add("\(name).byteCount", String(output.byteCount))
    }

    func add(_ name: String, _ state: SavedState) throws {
        add(name, state.restoreCode)
        try addJSON("\(name).lost", state.lost)
    }

    func add<Value: Encodable>(_ name: String, any value: Value) throws {
        // Types are compared before anything is cast: a cast that fails is slow, and an empty array of
        // anything casts to any array.
        let type = Value.self
        if type == [UInt8].self, let bytes = value as? [UInt8] { return add(name, bytes) }
        if type == StoredOutput.self, let output = value as? StoredOutput { return add(name, output) }
        if type == SavedState.self, let state = value as? SavedState { return try add(name, state) }
        if type == [String].self { return try addJSON(name, value) }
        if let text = shortJSON(value) { return add(name, text) }
        let probe = ScalarProbe()
        try value.encode(to: probe)
        if let text = probe.text, !probe.isStructured {
            add(name, text)
        } else {
            try addJSON(name, value)
        }
    }

    /// What the encoder would write for the two values that nearly every cell has; it takes far longer.
    private func shortJSON<Value: Encodable>(_ value: Value) -> String? {
        if Value.self == CellEnd.self, case .exited(let status)? = value as? CellEnd {
            return #"{"exited":{"status":\#(status)}}"#
        }
        if Value.self == ItemOutcome.self, case .succeeded? = value as? ItemOutcome {
            return #"{"succeeded":{}}"#
        }
        return nil
    }

    private func addJSON(_ name: String, _ value: some Encodable) throws {
        // Most lists are empty (notes, survivors): no part says as much. An empty array is one of any type.
        if let list = value as? [String], list.isEmpty { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        add(name, Array(try encoder.encode(value)))
    }
}

private struct FactEncoder: Encoder {
    let sink: PartSink
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(FactContainer<Key>(sink: sink))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        preconditionFailure("the facts of an event are properties with names")
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        preconditionFailure("the facts of an event are properties with names")
    }
}

private struct FactContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let sink: PartSink
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) {}
    func encode(_ value: Bool, forKey key: Key) { sink.add(key.stringValue, value ? "true" : "false") }
    func encode(_ value: String, forKey key: Key) { sink.add(key.stringValue, value) }
    func encode(_ value: Int, forKey key: Key) { sink.add(key.stringValue, String(value)) }
    func encode(_ value: Int8, forKey key: Key) { sink.add(key.stringValue, String(value)) }
    func encode(_ value: Int16, forKey key: Key) { sink.add(key.stringValue, String(value)) }
    func encode(_ value: Int32, forKey key: Key) { sink.add(key.stringValue, String(value)) }
    func encode(_ value: Int64, forKey key: Key) { sink.add(key.stringValue, String(value)) }
    func encode(_ value: UInt, forKey key: Key) { sink.add(key.stringValue, String(value)) }
    func encode(_ value: UInt8, forKey key: Key) { sink.add(key.stringValue, String(value)) }
    func encode(_ value: UInt16, forKey key: Key) { sink.add(key.stringValue, String(value)) }
    func encode(_ value: UInt32, forKey key: Key) { sink.add(key.stringValue, String(value)) }
    func encode(_ value: UInt64, forKey key: Key) { sink.add(key.stringValue, String(value)) }
    func encode(_ value: Double, forKey key: Key) { sink.add(key.stringValue, String(value)) }
    func encode(_ value: Float, forKey key: Key) { sink.add(key.stringValue, String(value)) }

    func encode(_ value: some Encodable, forKey key: Key) throws {
        try sink.add(key.stringValue, any: value)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy keyType: Nested.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        preconditionFailure("a fact encodes its properties as values")
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        preconditionFailure("a fact encodes its properties as values")
    }

    func superEncoder() -> any Encoder { preconditionFailure("a fact has no superclass") }
    func superEncoder(forKey key: Key) -> any Encoder { preconditionFailure("a fact has no superclass") }
}
