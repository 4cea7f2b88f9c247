import Glibc

/// A failed system call.
struct SystemFailure: Error {
    let operation: String
    let errno: Int32
}

/// An open file, closed at the end of its life and in every program that is started meanwhile.
struct Descriptor: ~Copyable {
    let number: Int32

    private init(number: Int32) { self.number = number }

    /// - Parameter flags: as for `open(2)`; close-on-exec and no-controlling-terminal are added.
    static func open(
        _ path: String,
        _ flags: Int32,
        mode: mode_t = 0
    ) throws(SystemFailure) -> Descriptor {
        while true {
            let number = Glibc.open(path, flags | O_CLOEXEC | O_NOCTTY, mode)
            if number >= 0 { return Descriptor(number: number) }
            if errno != EINTR { throw SystemFailure(operation: "open", errno: errno) }
        }
    }

    deinit { _ = Glibc.close(number) }
}

extension Descriptor {
    func status() throws(SystemFailure) -> stat {
        var status = stat()
        guard fstat(number, &status) == 0 else { throw SystemFailure(operation: "stat", errno: errno) }
        return status
    }

    func setMode(_ mode: mode_t) throws(SystemFailure) {
        guard fchmod(number, mode) == 0 else { throw SystemFailure(operation: "set the mode", errno: errno) }
    }

    /// Writes all bytes, at an offset or where the file stands, or throws.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int? = nil) throws(SystemFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest)
            let place = offset.map { off_t($0 + bytes.count - rest.count) }
            let count =
                if let place {
                    pwrite(number, piece.baseAddress, piece.count, place)
                } else {
                    Glibc.write(number, piece.baseAddress, piece.count)
                }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if count == 0 || errno != EINTR {
                throw SystemFailure(operation: "write", errno: count == 0 ? EIO : errno)
            }
        }
    }

    func write(_ bytes: [UInt8], at offset: Int? = nil) throws(SystemFailure) {
        // A closure cannot carry a typed error out of `withUnsafeBytes`, a result can.
        let result = bytes.withUnsafeBytes { buffer -> Result<Void, SystemFailure> in
            do throws(SystemFailure) {
                try write(buffer, at: offset)
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    /// Reads into a buffer; returns 0 at the end of the file.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemFailure) -> Int {
        while true {
            let count = Glibc.read(number, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            if errno != EINTR { throw SystemFailure(operation: "read", errno: errno) }
        }
    }

    /// Reads until the buffer is full or the file ends.
    func readFully(into buffer: UnsafeMutableRawBufferPointer) throws(SystemFailure) -> Int {
        var count = 0
        while count < buffer.count {
            let part = try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
            if part == 0 { break }
            count += part
        }
        return count
    }

    /// Reads from the current place to the end.
    func readAll() throws(SystemFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        // One byte more than the file has, so that its end is seen without another call.
        let expected = max(0, Int(try status().st_size)) + 1
        var size = max(expected, 4096)
        while true {
            var failure: SystemFailure?
            let piece = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                do throws(SystemFailure) {
                    count = try read(into: UnsafeMutableRawBufferPointer(buffer))
                } catch {
                    failure = error
                }
            }
            if let failure { throw failure }
            if piece.isEmpty { return bytes }
            if bytes.isEmpty { bytes = piece } else { bytes += piece }
            size = 64 * 1024
        }
    }

    /// Returns when the bytes and the size are on the disk.
    func synchronize() throws(SystemFailure) {
        guard fsync(number) == 0 else { throw SystemFailure(operation: "fsync", errno: errno) }
    }

    /// Returns when the names in a directory are on the disk.
    static func synchronizeDirectory(_ path: String) throws(SystemFailure) {
        let directory = try open(path, O_RDONLY | O_DIRECTORY)
        // Some file systems cannot synchronise a directory and say EINVAL: there is nothing more to do there.
        if fsync(directory.number) != 0, errno != EINVAL {
            throw SystemFailure(operation: "fsync", errno: errno)
        }
    }
}
