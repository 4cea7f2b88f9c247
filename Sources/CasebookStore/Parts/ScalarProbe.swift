/// Finds out whether a value is one text, number or truth value, as identifiers and named cases are.
final class ScalarProbe: Encoder {
    /// The value's text, when it is one.
    private(set) var text: String?
    /// True when the value has members or elements: JSON is for those.
    private(set) var isStructured = false

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        isStructured = true
        return KeyedEncodingContainer(Ignored<Key>())
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        isStructured = true
        return Ignored<NoKey>()
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { Single(probe: self) }

    private struct Single: SingleValueEncodingContainer {
        let probe: ScalarProbe
        var codingPath: [any CodingKey] { [] }

        func encodeNil() { probe.isStructured = true }
        func encode(_ value: Bool) { probe.text = value ? "true" : "false" }
        func encode(_ value: String) { probe.text = value }
        func encode(_ value: Double) { probe.text = String(value) }
        func encode(_ value: Float) { probe.text = String(value) }
        func encode(_ value: Int) { probe.text = String(value) }
        func encode(_ value: Int8) { probe.text = String(value) }
        func encode(_ value: Int16) { probe.text = String(value) }
        func encode(_ value: Int32) { probe.text = String(value) }
        func encode(_ value: Int64) { probe.text = String(value) }
        func encode(_ value: UInt) { probe.text = String(value) }
        func encode(_ value: UInt8) { probe.text = String(value) }
        func encode(_ value: UInt16) { probe.text = String(value) }
        func encode(_ value: UInt32) { probe.text = String(value) }
        func encode(_ value: UInt64) { probe.text = String(value) }
        func encode(_ value: some Encodable) throws { try value.encode(to: probe) }
    }
}

private struct NoKey: CodingKey {
    var stringValue: String { "" }
    var intValue: Int? { nil }

    init?(stringValue: String) { return nil }
    init?(intValue: Int) { return nil }
}

/// Takes what a structured value encodes and keeps nothing.
private struct Ignored<Key: CodingKey>: KeyedEncodingContainerProtocol, UnkeyedEncodingContainer {
    var codingPath: [any CodingKey] { [] }
    var count: Int { 0 }

    func encodeNil() {}
    func encodeNil(forKey key: Key) {}
    func encode(_ value: some Encodable) {}
    func encode(_ value: some Encodable, forKey key: Key) {}

    func nestedContainer<Nested: CodingKey>(keyedBy keyType: Nested.Type) -> KeyedEncodingContainer<Nested> {
        KeyedEncodingContainer(Ignored<Nested>())
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy keyType: Nested.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        KeyedEncodingContainer(Ignored<Nested>())
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { Ignored<NoKey>() }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { Ignored<NoKey>() }
    func superEncoder() -> any Encoder { ScalarProbe() }
    func superEncoder(forKey key: Key) -> any Encoder { ScalarProbe() }
}
