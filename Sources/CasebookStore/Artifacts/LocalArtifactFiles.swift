package import CasebookRun
import Crypto
import Glibc

/// The files of this machine.
package struct LocalArtifactFiles: ArtifactFiles {
    package init() {}

    package func files(matching pattern: String, in directory: String) throws(ArtifactError) -> [String] {
        try FilePattern(pattern).files(in: directory)
    }

    package func digest(of bytes: [UInt8]) -> String { Digest.sha256(bytes).hexadecimal }

    package func read(
        _ path: String,
        in directory: String,
        atMost most: Int,
        _ take: (UnsafeRawBufferPointer) -> Bool
    ) throws(ArtifactError) -> String {
        do throws(SystemFailure) {
            // It may have become a FIFO or a link since it was found.
            let file = try Descriptor.open(
                path.hasPrefix("/") ? path : "\(directory)/\(path)",
                O_RDONLY | O_NOFOLLOW | O_NONBLOCK
            )
            let status = try file.status()
            guard status.st_mode & S_IFMT == S_IFREG else {
                throw SystemFailure(operation: "open", errno: EINVAL)
            }
            guard status.st_size <= most else { throw SystemFailure(operation: "read", errno: EFBIG) }
            var left = Int(status.st_size)
            var hash = SHA256()
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
            defer { buffer.deallocate() }
            while left > 0 {
                let count = min(left, try file.readFully(into: buffer))
                guard count > 0 else { break }
                let piece = UnsafeRawBufferPointer(rebasing: buffer[..<count])
                hash.update(bufferPointer: piece)
                guard take(piece) else { throw SystemFailure(operation: "read", errno: ECANCELED) }
                left -= count
            }
            return Digest(hash).hexadecimal
        } catch {
            guard !FilePattern.isRepaired(path) else { throw ArtifactError("its name is not UTF-8") }
            throw ArtifactError(error.sentence)
        }
    }
}
