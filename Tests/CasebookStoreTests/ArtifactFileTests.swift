import CasebookRun
import CasebookStore
import Foundation
import Glibc
import Testing

/// Finding and reading the files that cells leave, on the disk.
@Suite("files that cells leave") struct ArtifactFileTests {
    private static func write(_ text: String, to path: String) throws {
        try text.write(toFile: path, atomically: false, encoding: .utf8)
    }

    private static func directory() throws -> TemporaryDirectory {
        let directory = try TemporaryDirectory()
        for folder in ["out/a/b", ".hidden", "empty"] {
            try FileManager.default.createDirectory(
                atPath: "\(directory.path)/\(folder)",
                withIntermediateDirectories: true
            )
        }
        for file in [
            "x.log", "y.log", "x.txt", "out/z.log", "out/a/b/w.log", ".dot.log", ".hidden/h.log", "a[1].log",
        ] {
            try write("content of \(file)\n", to: "\(directory.path)/\(file)")
        }
        #expect(symlink("/etc/passwd", "\(directory.path)/link.log") == 0)
        #expect(symlink("out", "\(directory.path)/linked") == 0)
        #expect(mkfifo("\(directory.path)/pipe.log", 0o600) == 0)
        return directory
    }

    @Test(arguments: [
        ("*.log", ["a[1].log", "x.log", "y.log"]),
        ("[xy].log", ["x.log", "y.log"]),
        ("?.txt", ["x.txt"]),
        ("x.log", ["x.log"]),
        ("./x.log", ["x.log"]),
        ("a\\[1\\].log", ["a[1].log"]),
        (".*.log", [".dot.log"]),
        ("**/*.log", ["a[1].log", "out/a/b/w.log", "out/z.log", "x.log", "y.log"]),
        ("out/**", ["out/a/b/w.log", "out/z.log"]),
        ("out/**/w.log", ["out/a/b/w.log"]),
        ("linked/*.log", ["linked/z.log"]),
        ("*/z.log", ["linked/z.log", "out/z.log"]),
        ("none*", []), ("out", []), ("empty/*", []), ("link.log", []), ("pipe.log", []), ("/", []),
    ])
    func `a pattern matches plain files, as in a shell`(_ pattern: String, _ expected: [String]) throws {
        let directory = try Self.directory()
        #expect(try LocalArtifactFiles().files(matching: pattern, in: directory.path) == expected)
        let absolute = "\(directory.path)/\(pattern)"
        let found = try LocalArtifactFiles().files(matching: absolute, in: "/")
        #expect(found == expected.map { "\(directory.path)/\($0)" })
    }

    @Test func `a file is read with its digest`() throws {
        let directory = try Self.directory()
        var bytes: [UInt8] = []
        let digest = try LocalArtifactFiles().read("out/z.log", in: directory.path, atMost: 1 << 20) {
            bytes.append(contentsOf: $0)
            return true
        }
        #expect(bytes == Array("content of out/z.log\n".utf8))
        #expect(digest == Digest.sha256(bytes).hexadecimal)
    }

    @Test(arguments: ["link.log", "pipe.log", "out", "none"])
    func `what is no plain file is not read`(_ path: String) throws {
        let directory = try Self.directory()
        #expect(throws: ArtifactError.self) {
            _ = try LocalArtifactFiles().read(path, in: directory.path, atMost: 1 << 20) { _ in true }
        }
    }

    @Test func `a name that is not UTF-8 is found, and cannot be kept`() throws {
        let directory = try TemporaryDirectory()
        let name = (Array("\(directory.path)/a".utf8) + [0xFF] + Array(".log".utf8) + [0]).map {
            CChar(bitPattern: $0)
        }
        let made = open(name, O_CREAT | O_WRONLY, 0o600)
        #expect(made >= 0)
        close(made)
        let found = try LocalArtifactFiles().files(matching: "*.log", in: directory.path)
        #expect(found == ["a\u{FFFD}.log"])
        #expect(throws: ArtifactError("its name is not UTF-8")) {
            _ = try LocalArtifactFiles().read(found[0], in: directory.path, atMost: 1) { _ in true }
        }
    }

    @Test func `too many files are an error and not a long wait`() throws {
        let directory = try TemporaryDirectory()
        for number in 0...1000 { try Self.write("", to: "\(directory.path)/\(number).txt") }
        #expect(throws: ArtifactError("more than 1000 files match")) {
            _ = try LocalArtifactFiles().files(matching: "*", in: directory.path)
        }
    }

    @Test func `one that is larger is not read at all, and one that grows only as far as it reached`() throws
    {
        let directory = try Self.directory()
        let files = LocalArtifactFiles()
        #expect(throws: ArtifactError("read: File too large")) {
            _ = try files.read("x.log", in: directory.path, atMost: 3) { _ in
                Issue.record("it was read")
                return true
            }
        }
        var bytes: [UInt8] = []
        _ = try files.read("x.log", in: directory.path, atMost: 1 << 20) { piece in
            bytes.append(contentsOf: piece)
            let log = fopen("\(directory.path)/x.log", "a")
            fputs("more\n", log)
            fclose(log)
            return true
        }
        #expect(bytes == Array("content of x.log\n".utf8))
        #expect(throws: ArtifactError("read: Operation canceled")) {
            _ = try files.read("x.log", in: directory.path, atMost: 1 << 20) { _ in false }
        }
    }
}
