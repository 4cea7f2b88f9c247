/// Finds and reads the files that cells leave.
package protocol ArtifactFiles: Sendable {
    /// The files that a pattern matches, sorted: paths as the pattern is written, relative to the directory or absolute.
    ///
    /// Never a folder, a link or anything else that is no plain file.
    func files(matching pattern: String, in directory: String) throws(ArtifactError) -> [String]

    /// Reads a file piece by piece, as far as it reaches now: what is still written to is cut there.
    ///
    /// - Parameters:
    ///   - most: a file with more bytes is an error, and nothing of it is read.
    ///   - take: gets each piece; false when no more is wanted, which is an error.
    /// - Returns: its SHA-256, in hexadecimal.
    func read(
        _ path: String,
        in directory: String,
        atMost most: Int,
        _ take: (UnsafeRawBufferPointer) -> Bool
    ) throws(ArtifactError) -> String

    /// The SHA-256 of some bytes, in hexadecimal.
    func digest(of bytes: [UInt8]) -> String
}

/// Why files could not be found or read.
package struct ArtifactError: Error, Hashable, Sendable {
    /// A phrase: `open: Permission denied`.
    package let reason: String

    package init(_ reason: String) { self.reason = reason }
}
