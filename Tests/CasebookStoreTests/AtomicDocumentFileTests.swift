import CasebookRun
import CasebookStore
import Foundation
import Testing

@Suite("the document's file")
struct AtomicDocumentFileTests {
    @Test("replacing keeps the mode, leaves a link a link and nothing else behind")
    func keeps() throws {
        let directory = try TemporaryDirectory()
        let real = "\(directory.path)/real.md"
        let link = "\(directory.path)/link.md"
        #expect(
            FileManager.default.createFile(
                atPath: real,
                contents: Data("old".utf8),
                attributes: [.posixPermissions: 0o640]
            )
        )
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "real.md")
        let file = AtomicDocumentFile(path: link)
        #expect(try file.read() == Array("old".utf8))
        try file.replace(with: Array("new".utf8))
        #expect(try file.read() == Array("new".utf8))
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "real.md")
        #expect(try FileManager.default.attributesOfItem(atPath: real)[.posixPermissions] as? Int == 0o640)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() == [
                "link.md", "real.md",
            ]
        )
    }

    @Test("a new file is made, through a link too")
    func new() throws {
        let directory = try TemporaryDirectory()
        let link = "\(directory.path)/link.md"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "later.md")
        let file = AtomicDocumentFile(path: link)
        #expect(try file.read() == nil)
        try file.replace(with: [65])
        #expect(try AtomicDocumentFile(path: "\(directory.path)/later.md").read() == [65])
    }

    @Test("a directory, a FIFO and a device are refused")
    func refuses() throws {
        let directory = try TemporaryDirectory()
        let fifo = "\(directory.path)/fifo"
        #expect(mkfifo(fifo, 0o600) == 0)
        let other = { (path: String) in
            DocumentFileError.system(path: path, operation: "open as a regular file", errno: EINVAL)
        }
        #expect(throws: DocumentFileError.isDirectory(path: directory.path)) {
            try AtomicDocumentFile(path: directory.path).read()
        }
        #expect(throws: DocumentFileError.isDirectory(path: directory.path)) {
            try AtomicDocumentFile(path: directory.path).replace(with: [])
        }
        for path in [fifo, "/dev/null"] {
            #expect(throws: other(path)) { try AtomicDocumentFile(path: path).read() }
            #expect(throws: other(path)) { try AtomicDocumentFile(path: path).replace(with: []) }
        }
    }

    @Test("a missing directory is an error and nothing is written")
    func missingDirectory() throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/none/a.md"
        #expect(throws: DocumentFileError.notFound(path: path)) {
            try AtomicDocumentFile(path: path).replace(with: [1])
        }
    }

    @Test("a reader beside a writer never sees a torn file", .timeLimit(.minutes(10)))
    func neverTorn() async throws {
        let directory = try TemporaryDirectory()
        let file = AtomicDocumentFile(path: "\(directory.path)/a.md")
        let versions = (0..<4).map { [UInt8](repeating: UInt8(65 + $0), count: 100_000 + $0) }
        try file.replace(with: versions[0])
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for index in 0..<200 { try file.replace(with: versions[index % 4]) } }
            group.addTask {
                for _ in 0..<400 {
                    let read = try #require(try file.read())
                    #expect(versions.contains(read))
                }
            }
            try await group.waitForAll()
        }
    }
}
