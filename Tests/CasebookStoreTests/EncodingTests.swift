import CasebookDocument
import CasebookRun
import CasebookSimulation
import CasebookStore
import Foundation
import Testing

/// The parts in the database, beside what a plain JSON encoder with sorted keys makes of the same facts.
///
/// The record's own encoder takes short ways for what nearly every cell has; none may be seen in the bytes.
@Suite("the bytes of parts")
struct EncodingTests {
    /// A part as `docs/internals/record.md` says that it stands in the record.
    struct Part: Equatable, CustomStringConvertible {
        let name: String
        let content: RecordPart.Content

        init(_ name: String, _ content: RecordPart.Content) {
            self.name = name
            self.content = content
        }

        init(_ name: String, _ text: String) { self.init(name, .bytes(Array(text.utf8))) }

        var description: String {
            guard case .bytes(let bytes) = content else { return "\(name): \(content)" }
            return "\(name): \(String(decoding: bytes, as: UTF8.self))"
        }
    }

    @Test("every kind of event has the parts that a JSON encoder makes", arguments: [11, 12, 13] as [UInt64])
    func everyKind(seed: UInt64) throws {
        var maker = FactMaker(generator: SeededGenerator(seed: seed))
        var bodies = (0..<780).map { maker.body($0 % 26) }
        #expect(Set(bodies.map(\.kind)).count == 26, "every kind is tried")
        let salt = [UInt8](repeating: 1, count: 16)
        let file = StoredOutput.Place.file(name: "a-1", digest: salt + salt, salt: salt)
        let output = StoredOutput(place: file, byteCount: 400_000)
        bodies.append(.outputStored(OutputStored(item: ItemID("a"), attempt: 1, output: output)))
        let directory = try TemporaryDirectory()
        let store = try directory.store()
        let events = [Sample.start()] + bodies.map { RunEvent(time: Sample.time(1), $0) }
        try store.journal(of: Sample.run).append(events)
        let recorded = try store.recordedEvents(of: Sample.run)
        try #require(recorded.count == events.count)
        for (event, record) in zip(events, recorded) {
            #expect(record.kind == event.body.kind, "seed \(seed)")
            let found = record.parts.map { Part($0.part.name, $0.part.content) }
            #expect(try found == Self.parts(of: event.body.fact), "seed \(seed), \(event)")
        }
    }

    /// The parts of a fact, in the order in which its properties are declared.
    private static func parts(of fact: any RunFact) throws -> [Part] {
        try Mirror(reflecting: fact).children.flatMap { child -> [Part] in
            let name = try #require(child.label)
            switch child.value {
            case let bytes as [UInt8] where type(of: child.value) == [UInt8].self:
                return [Part(name, .bytes(bytes))]
            case let output as StoredOutput: return parts(of: output, name)
            case let state as SavedState:
                let lost = state.lost.isEmpty ? [] : [Part("\(name).lost", try json(state.lost))]
                return [Part(name, .bytes(state.restoreCode))] + lost
            case let value as any Encodable: return try text(of: value).map { [Part(name, $0)] } ?? []
            default:
                Issue.record("`\(name)` cannot be encoded")
                return []
            }
        }
    }

    private static func parts(of output: StoredOutput, _ name: String) -> [Part] {
        let count = Part("\(name).byteCount", "\(output.byteCount)")
        switch output.place {
        case .inline(let bytes): return [Part(name, .bytes(bytes)), count]
        case .file(let file, _, _): return [Part(name, .file(name: file)), count]
        case .lost(let reason): return [Part("\(name).lost", reason), count]
        }
    }

    /// A text, a number or a truth value as itself, nothing for nil or an empty list, JSON for all else.
    private static func text(of value: any Encodable) throws -> String? {
        let text = try json(value)
        if text == "null" || text == "[]" { return nil }
        guard text.hasPrefix("\"") else { return text }
        return try JSONDecoder().decode(String.self, from: Data(text.utf8))
    }

    private static func json(_ value: any Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
