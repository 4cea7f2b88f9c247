/// The file in which the outputs of a run are written.
package protocol DocumentFile: Sendable {
    /// The path as people know it.
    var path: String { get }

    /// The file's bytes as they are now; nil when there is no such file.
    func read() throws(DocumentFileError) -> [UInt8]?

    /// Replaces the file in one step, keeping mode and owner: a reader sees the old bytes or the new, never less.
    func replace(with bytes: [UInt8]) throws(DocumentFileError)

    /// The name of the folder for pictures, beside the file.
    var picturesFolder: String { get }

    /// Writes a picture into that folder, over one of the same name.
    func write(picture bytes: [UInt8], named name: String) throws(DocumentFileError)
}

/// Why a document could not be read or written.
package enum DocumentFileError: Error, Hashable, Sendable {
    case notFound(path: String)
    case isDirectory(path: String)
    case notPermitted(path: String, operation: String)
    case diskFull(path: String)
    case readOnly(path: String)
    case system(path: String, operation: String, errno: Int32)
}
