import CasebookDocument
import CasebookRun
import CasebookSimulation
import CasebookStore
import Foundation
import GRDB
import Testing

@Suite("the spool")
struct RecordSpoolTests {
    @Test(
        "what was printed is read back byte for byte, in memory or beside the database",
        arguments: [0, 1, 262_144, 262_145, 1_048_576, 3_500_001]
    )
    func exactBytes(count: Int) throws {
        let directory = try TemporaryDirectory()
        let store = try directory.store()
        let journal = try store.journal(of: Sample.run)
        var generator = SeededGenerator(seed: UInt64(count))
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
        let spool = try journal.makeSpool()
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = rest.prefix(Int.random(in: 1...200_000, using: &generator))
            Array(piece).withUnsafeBytes { spool.receive($0) }
            rest = rest.dropFirst(piece.count)
        }
        let output = spool.finish()
        #expect(output.byteCount == count)
        if case .file = output.place { #expect(count > 262_144) } else { #expect(count <= 262_144) }
        let stored = OutputStored(item: ItemID("a"), attempt: 1, output: output)
        try journal.append([Sample.start(), RunEvent(time: Sample.time(1), .outputStored(stored))])
        #expect(try store.events(of: Sample.run)[1].body == .outputStored(stored))
        var read: [UInt8] = []
        try store.readOutput(output) { read.append(contentsOf: $0) }
        #expect(read == bytes)
        #expect(try store.verify(Sample.run).isConsistent)
    }

    @Test("a side file with one other byte does not verify, one that is gone is named")
    func changedSideFile() throws {
        let directory = try TemporaryDirectory()
        let store = try directory.store()
        let journal = try store.journal(of: Sample.run)
        let spool = try journal.makeSpool()
        [UInt8](repeating: 65, count: 300_000).withUnsafeBytes { spool.receive($0) }
        let output = spool.finish()
        guard case .file(let name, _, _) = output.place else {
            Issue.record("300,000 bytes go into a side file")
            return
        }
        let stored = OutputStored(item: ItemID("a"), attempt: 1, output: output)
        try journal.append([Sample.start(), RunEvent(time: Sample.time(1), .outputStored(stored))])
        let path = "\(directory.path)/store/outputs/\(name)"
        let handle = try #require(FileHandle(forUpdatingAtPath: path))
        try handle.seek(toOffset: 299_999)
        handle.write(Data([66]))
        try handle.close()
        #expect(try store.verify(Sample.run).fault?.reason == .partChanged(name: "output"))
        try FileManager.default.removeItem(atPath: path)
        #expect(try store.verify(Sample.run).fault?.reason == .fileMissing(name: name))
    }

    @Test("the digests of a side file's pieces do not pass for the output itself")
    func swappedContents() throws {
        let directory = try TemporaryDirectory()
        let store = try directory.store()
        let journal = try store.journal(of: Sample.run)
        let spool = try journal.makeSpool()
        let bytes = [UInt8](repeating: 65, count: 300_000)
        bytes.withUnsafeBytes { spool.receive($0) }
        let output = spool.finish()
        guard case .file(_, _, let salt) = output.place else {
            Issue.record("300,000 bytes go into a side file")
            return
        }
        let stored = OutputStored(item: ItemID("a"), attempt: 1, output: output)
        try journal.append([Sample.start(), RunEvent(time: Sample.time(1), .outputStored(stored))])
        // One piece, by the digest of a part and by that of a piece.
        let length = (0..<8).map { UInt8(truncatingIfNeeded: salt.count >> (56 - 8 * $0)) }
        for head in [[], Array("casebook-piece".utf8) + length] {
            let digests = Data(Digest.sha256(head + salt + bytes).bytes)
            try DatabaseQueue(path: directory.database).write { database in
                try database.execute(
                    sql: "UPDATE part SET bytes = ?, file = NULL WHERE name = 'output'",
                    arguments: [digests]
                )
            }
            #expect(try store.verify(Sample.run).fault?.reason == .partChanged(name: "output"))
        }
    }

    @Test("output that cannot be stored is counted and lost, the cell goes on")
    func lost() throws {
        let directory = try TemporaryDirectory()
        let store = try directory.store()
        let spool = try store.journal(of: Sample.run).makeSpool()
        let outputs = "\(directory.path)/store/outputs"
        try FileManager.default.removeItem(atPath: outputs)
        for _ in 0..<4 { [UInt8](repeating: 65, count: 100_000).withUnsafeBytes { spool.receive($0) } }
        let output = spool.finish()
        #expect(
            output
                == StoredOutput(place: .lost(reason: "open: No such file or directory"), byteCount: 400_000)
        )
    }

    @Test("a spool that nobody ended leaves no file")
    func abandoned() throws {
        let directory = try TemporaryDirectory()
        let store = try directory.store()
        do {
            let spool = try store.journal(of: Sample.run).makeSpool()
            [UInt8](repeating: 65, count: 2_500_000).withUnsafeBytes { spool.receive($0) }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(directory.path)/store/outputs") == [])
    }
}
