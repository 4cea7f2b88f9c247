import CasebookRun
import Crypto
import Glibc
import Synchronization

/// Writes a side file on a thread of its own, so that hashing and writing do not hold up the cell's output.
///
/// The thread is fed through a queue of a few large pieces; whoever feeds it waits when the disk is slower.
final class SideFileWriter: Sendable {
    /// How much is written between two requests to the kernel to put it on the disk already.
    private static let flushBytes = 8 << 20

    private let layout: StoreLayout
    private let name: String
    private let path: String
    private let salt = Random.bytes(16)
    private let file: Descriptor
    private let filling = Mutex(PieceQueue.emptyPiece())
    private let queue = PieceQueue(countMax: 4)
    private let result = Mutex<Result<Digest, SystemFailure>?>(nil)
    private let thread = Mutex<WorkerThread?>(nil)

    init(run: RunID, layout: StoreLayout) throws(SystemFailure) {
        self.layout = layout
        name = "\(run.text)-\(Random.name())"
        path = "\(layout.outputs)/\(name)"
        file = try Descriptor.open(path, O_WRONLY | O_CREAT | O_EXCL, mode: StoreLayout.fileMode)
        try file.setMode(StoreLayout.fileMode)
        let worker = try WorkerThread { [self] in
            let written = Result { () throws(SystemFailure) in try writePieces() }
            result.withLock { $0 = written }
        }
        thread.withLock { $0 = worker }
    }

    /// Takes some bytes; waits while the queue is full.
    func append(_ bytes: UnsafeRawBufferPointer) {
        filling.withLock { piece in
            var rest = bytes[...]
            while !rest.isEmpty {
                let taken = UnsafeRawBufferPointer(
                    rebasing: rest.prefix(PieceQueue.pieceBytes - piece.count)
                )
                piece.append(contentsOf: taken)
                rest = rest.dropFirst(taken.count)
                if piece.count == PieceQueue.pieceBytes { piece = queue.put(piece) }
            }
        }
    }

    /// Ends the file; when it returns a file, that is on the disk with its name.
    func finish() -> StoredOutput.Place {
        filling.withLock { piece in
            if !piece.isEmpty { _ = queue.put(piece) }
            piece = []
        }
        do throws(SystemFailure) {
            let digest = try join()
            try Descriptor.synchronizeDirectory(layout.outputs)
            return .file(name: name, digest: digest.bytes, salt: salt)
        } catch {
            _ = unlink(path)
            return .lost(reason: error.sentence)
        }
    }

    /// Ends the thread and takes the file away.
    func discard() {
        _ = try? join()  // whatever came of it, the file goes
        _ = unlink(path)
    }

    private func join() throws(SystemFailure) -> Digest {
        queue.close()
        thread.withLock { $0 }?.join()
        guard let result = result.withLock({ $0 }) else {
            preconditionFailure("the thread leaves a result before it ends")
        }
        return try result.get()
    }
}

// MARK: - On the thread

extension SideFileWriter {
    private func writePieces() throws(SystemFailure) -> Digest {
        var hash = SHA256()
        hash.update(data: salt)
        var failure: SystemFailure?
        var written = 0
        var flushed = 0
        while let piece = queue.take() {
            // After an error the pieces are still taken, so that whoever feeds the queue never waits for ever.
            if failure == nil {
                hash.update(data: piece)
                do throws(SystemFailure) {
                    try file.write(piece)
                } catch {
                    failure = error
                    // What was written is of no use, and somebody else needs the space.
                    _ = ftruncate(file.number, 0)
                }
                written += piece.count
                if written - flushed >= Self.flushBytes {
                    // Starts writing to the disk without waiting for it, and lets the page cache go: the final
                    // `fsync` is short, and a large output does not push everything else out of memory.
                    // The stretch before, too, which is on the disk by now: only clean pages are let go.
                    let start = max(0, flushed - Self.flushBytes)
                    _ = posix_fadvise(
                        file.number,
                        off_t(start),
                        off_t(written - start),
                        POSIX_FADV_DONTNEED
                    )
                    flushed = written
                }
            }
            queue.recycle(piece)
        }
        if let failure { throw failure }
        try file.synchronize()
        return Digest(bytes: Array(hash.finalize()))
    }
}
