package import CasebookRun

/// Files in memory, which their whole path matches.
package struct MemoryArtifactFiles: ArtifactFiles {
    /// The bytes of each file by its path.
    package var files: [String: [UInt8]] = [:]

    package init() {}

    package func files(matching pattern: String, in directory: String) throws(ArtifactError) -> [String] {
        files.keys.filter { $0 == pattern || pattern == "*" }.sorted()
    }

    package func digest(of bytes: [UInt8]) -> String { "digest of \(bytes.count) bytes" }

    package func read(
        _ path: String,
        in directory: String,
        atMost most: Int,
        _ take: (UnsafeRawBufferPointer) -> Bool
    ) throws(ArtifactError) -> String {
        guard let bytes = files[path] else { throw ArtifactError("open: No such file or directory") }
        guard bytes.withUnsafeBytes(take) else { throw ArtifactError("read: Operation canceled") }
        return digest(of: bytes)
    }
}
