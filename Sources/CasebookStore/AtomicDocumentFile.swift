package import CasebookRun
import Glibc

/// A document on the disk, replaced in one step: a reader sees the old bytes or the new, never less.
///
/// A symbolic link stays one; the file it leads to is replaced.
package struct AtomicDocumentFile: DocumentFile {
    package let path: String

    package init(path: String) { self.path = path }

    package func read() throws(DocumentFileError) -> [UInt8]? {
        do throws(SystemFailure) {
            // Without O_NONBLOCK the opening of a FIFO would wait for a writer.
            let file = try Descriptor.open(path, O_RDONLY | O_NONBLOCK)
            try refuseOtherThanFile(file.status())
            return try file.readAll()
        } catch {
            if error.errno == ENOENT { return nil }
            throw DocumentFileError(error, path)
        }
    }

    package func replace(with bytes: [UInt8]) throws(DocumentFileError) {
        do throws(SystemFailure) {
            try replaceFile(at: realPath(), bytes)
        } catch {
            throw DocumentFileError(error, path)
        }
    }

    package var picturesFolder: String {
        (path.split(separator: "/").last.map(String.init) ?? "document") + ".assets"
    }

    package func write(picture bytes: [UInt8], named name: String) throws(DocumentFileError) {
        let folder = "\(path).assets"
        do throws(SystemFailure) {
            guard mkdir(folder, 0o777) == 0 || errno == EEXIST else {
                throw SystemFailure(operation: "create the folder", errno: errno)
            }
            let target = "\(folder)/\(name)"
            var status = stat()
            // A link there would lead out of the folder.
            if lstat(target, &status) == 0, status.st_mode & S_IFMT == S_IFLNK { _ = unlink(target) }
            try replaceFile(at: target, bytes)
        } catch {
            throw DocumentFileError(error, "\(folder)/\(name)")
        }
    }

    private func replaceFile(at target: String, _ bytes: [UInt8]) throws(SystemFailure) {
        let original = try originalStatus(target)
        let slash = target.lastIndex(of: "/")
        let directory = slash.map { $0 == target.startIndex ? "/" : String(target[..<$0]) } ?? "."
        let name = slash.map { String(target[target.index(after: $0)...]) } ?? target
        let temporary = "\(directory)/\(Self.temporaryName(beside: name))"
        let file = try Descriptor.open(
            temporary,
            O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW,
            mode: original == nil ? 0o666 : 0o600
        )
        do throws(SystemFailure) {
            try file.write(bytes)
            if let original { try keep(original, on: file) }
            try file.synchronize()
            guard rename(temporary, target) == 0 else {
                throw SystemFailure(operation: "rename", errno: errno)
            }
        } catch {
            _ = unlink(temporary)
            throw error
        }
        try Descriptor.synchronizeDirectory(directory)
    }

    /// The state of the file that is replaced; nil when there is none.
    private func originalStatus(_ target: String) throws(SystemFailure) -> stat? {
        var status = stat()
        guard stat(target, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw SystemFailure(operation: "stat", errno: errno)
        }
        try refuseOtherThanFile(status)
        // A rename asks the directory alone: a file that is write-protected would be replaced all the same.
        guard access(target, W_OK) == 0 else { throw SystemFailure(operation: "write", errno: errno) }
        return status
    }

    /// The owner first: changing it takes set-user-ID bits away.
    private func keep(_ original: stat, on file: borrowing Descriptor) throws(SystemFailure) {
        let made = try file.status()
        if made.st_uid != original.st_uid || made.st_gid != original.st_gid {
            guard fchown(file.number, original.st_uid, original.st_gid) == 0 else {
                throw SystemFailure(operation: "keep the owner", errno: errno)
            }
        }
        try file.setMode(original.st_mode & 0o7777)
    }

    private func refuseOtherThanFile(_ status: stat) throws(SystemFailure) {
        switch status.st_mode & S_IFMT {
        case S_IFREG: return
        case S_IFDIR: throw SystemFailure(operation: "open", errno: EISDIR)
        default: throw SystemFailure(operation: "open as a regular file", errno: EINVAL)
        }
    }

    /// Follows symbolic links, the last one too when it leads to nothing yet.
    private func realPath() throws(SystemFailure) -> String {
        var path = path
        for _ in 0..<40 {
            var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
            let count = buffer.withUnsafeMutableBufferPointer { bytes in
                bytes.withMemoryRebound(to: CChar.self) { characters in
                    characters.baseAddress.map { readlink(path, $0, characters.count) } ?? -1
                }
            }
            guard count >= 0 else {
                if errno == EINVAL || errno == ENOENT { return path }
                throw SystemFailure(operation: "follow the link", errno: errno)
            }
            let goal = String(decoding: buffer.prefix(count), as: UTF8.self)
            if !goal.hasPrefix("/"), let slash = path.lastIndex(of: "/") {
                path = "\(path[...slash])\(goal)"
            } else {
                path = goal
            }
        }
        throw SystemFailure(operation: "follow the link", errno: ELOOP)
    }

    /// `.NAME.casebook-LETTERS.tmp`: what is left of it after a crash can be told and removed.
    private static func temporaryName(beside name: String) -> String {
        let suffix = ".casebook-\(Random.name(length: 8)).tmp"
        // A file name has at most 255 bytes.
        return name.utf8.count + suffix.utf8.count < 255 ? ".\(name)\(suffix)" : suffix
    }
}

extension DocumentFileError {
    fileprivate init(_ failure: SystemFailure, _ path: String) {
        self =
            switch failure.errno {
            case ENOENT: .notFound(path: path)
            case EISDIR: .isDirectory(path: path)
            case EACCES, EPERM: .notPermitted(path: path, operation: failure.operation)
            case EROFS: .readOnly(path: path)
            case ENOSPC, EDQUOT: .diskFull(path: path)
            default: .system(path: path, operation: failure.operation, errno: failure.errno)
            }
    }
}
