import CasebookDocument
import CasebookRun
import CasebookStore
import Foundation
import Testing

/// A file system of a few MiB that a test may fill, named in `CASEBOOK_SMALL_DISK`:
/// `unshare -rm sh -c 'mount -t tmpfs -o size=4m none DIR && CASEBOOK_SMALL_DISK=DIR swift test'`.
private let smallDisk = ProcessInfo.processInfo.environment["CASEBOOK_SMALL_DISK"]

@Suite("a disk that is really full", .enabled(if: smallDisk != nil, "CASEBOOK_SMALL_DISK names none"))
struct FullDiskTests {
    @Test("nothing starts, output is lost, the end is still written, and all of it verifies")
    func full() throws {
        let disk = try #require(smallDisk)
        let path = "\(disk)/store"
        let store = try RecordStore(at: path, access: .writing)
        let journal = try store.journal(of: Sample.run)
        try journal.append([Sample.start()])
        let spool = try journal.makeSpool()
        let piece = [UInt8](repeating: 65, count: 1 << 20)
        for _ in 0..<16 { piece.withUnsafeBytes { spool.receive($0) } }
        let output = spool.finish()
        #expect(
            output
                == StoredOutput(place: .lost(reason: "write: No space left on device"), byteCount: 16 << 20)
        )
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(path)/outputs") == [])

        let filler = open("\(disk)/filler", O_WRONLY | O_CREAT, 0o600)
        defer {
            close(filler)
            unlink("\(disk)/filler")
        }
        for size in [1 << 16, 1] {
            while piece.withUnsafeBytes({ write(filler, $0.baseAddress, size) }) > 0 {}
        }
        var started = 1
        let full = #expect(throws: JournalError.self) {
            for number in 1...100_000 {
                try journal.append(Sample.cell(number))
                started += 4
            }
        }
        #expect(full == .full(path: "\(path)/record.sqlite"))
        #expect(!FileManager.default.fileExists(atPath: "\(path)/reserve"))
        try journal.append([RunEvent(time: Sample.time(9), .paused(Paused(reason: "the disk is full")))])
        try journal.append([Sample.end(.failed)])
        #expect(throws: JournalError.full(path: "\(path)/record.sqlite")) {
            try RecordStore(at: path, access: .writing).journal(of: Sample.run).append(Sample.cell(1))
        }
        #expect(try store.events(of: Sample.run).count == started + 2)
        #expect(try store.verify(Sample.run).isConsistent)
        let document = AtomicDocumentFile(path: "\(disk)/a.md")
        while piece.withUnsafeBytes({ write(filler, $0.baseAddress, 1) }) > 0 {}
        #expect(throws: DocumentFileError.diskFull(path: "\(disk)/a.md")) {
            try document.replace(with: piece)
        }
        #expect(try document.read() == nil)
    }
}
