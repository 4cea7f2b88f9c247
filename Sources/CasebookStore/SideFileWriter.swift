import CasebookRun
import Glibc
import Synchronization

/// Writes a side file on threads of its own, so that hashing and writing do not hold up the cell's output.
///
/// Each piece is hashed by itself, so that several threads share the work, which is more than all the rest.
/// They are fed through a queue of a few large pieces; whoever feeds it waits when the disk is slower.
final class SideFileWriter: Sendable {
    /// More threads than these would wait for the pipe that the output comes through.
    private static let threadsMax = 4

    private struct Written {
        var digests: [Int: Digest] = [:]
        var failure: SystemFailure?
    }

    private let layout: StoreLayout
    private let name: String
    private let path: String
    private let salt = Random.bytes(16)
    private let file: Descriptor
    private let filling = Mutex(PieceQueue.emptyPiece())
    private let queue = PieceQueue(countMax: 4)
    private let written = Mutex(Written())
    private let threads = Mutex<[WorkerThread]>([])

    init(run: RunID, layout: StoreLayout) throws(SystemFailure) {
        self.layout = layout
        name = "\(run.text)-\(Random.name())"
        path = "\(layout.outputs)/\(name)"
        file = try Descriptor.open(path, O_WRONLY | O_CREAT | O_EXCL, mode: StoreLayout.fileMode)
        try file.setMode(StoreLayout.fileMode)
        let count = min(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))), Self.threadsMax)
        for _ in 0..<count { try startThread() }
    }

    private func startThread() throws(SystemFailure) {
        do throws(SystemFailure) {
            let thread = try WorkerThread { [self] in writePieces() }
            threads.withLock { $0.append(thread) }
        } catch {
            // One is enough; without any the output cannot be stored.
            guard threads.withLock({ $0.isEmpty }) else { return }
            _ = unlink(path)
            throw error
        }
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
            try file.synchronize()
            try Descriptor.synchronizeDirectory(layout.outputs)
            return .file(name: name, digest: digest.bytes, salt: salt)
        } catch {
            _ = unlink(path)
            return .lost(reason: error.sentence)
        }
    }

    /// Ends the threads and takes the file away.
    func discard() {
        _ = try? join()  // whatever came of it, the file goes
        _ = unlink(path)
    }

    private func join() throws(SystemFailure) -> Digest {
        queue.close()
        for thread in threads.withLock({ $0 }) { thread.join() }
        let written = written.withLock { $0 }
        if let failure = written.failure { throw failure }
        let digests = written.digests.sorted { $0.key < $1.key }.map(\.value)
        return .sideFile(salt: salt, pieces: digests)
    }
}

// MARK: - On the threads

extension SideFileWriter {
    private func writePieces() {
        while let (number, piece) = queue.take() {
            // After an error the pieces are still taken, so that whoever feeds the queue never waits for ever.
            if written.withLock({ $0.failure == nil }) { write(piece, number: number) }
            queue.recycle(piece)
        }
    }

    private func write(_ piece: [UInt8], number: Int) {
        let digest = Digest.piece(salt: salt, bytes: piece)
        do throws(SystemFailure) {
            try file.write(piece, at: number * PieceQueue.pieceBytes)
            let isOfUse = written.withLock { written in
                written.digests[number] = digest
                return written.failure == nil
            }
            // Another thread may have given the space back while this one wrote.
            guard isOfUse else { return giveBack() }
        } catch {
            written.withLock { $0.failure = error }
            giveBack()
            return
        }
        startWriteBack(after: number)
    }

    /// What was written is of no use after a failure, and somebody else needs the space.
    private func giveBack() { _ = ftruncate(file.number, 0) }

    /// Starts writing to the disk without waiting for it, and lets the page cache go: the final `fsync` is
    /// short, and a large output does not push everything else out of memory.
    ///
    /// The stretch before, too, which is on the disk by now: only clean pages are let go.
    private func startWriteBack(after number: Int) {
        let stretch = 8
        guard number % stretch == stretch - 1 else { return }
        let first = max(0, number + 1 - 2 * stretch)
        _ = posix_fadvise(
            file.number,
            off_t(first * PieceQueue.pieceBytes),
            off_t((number + 1 - first) * PieceQueue.pieceBytes),
            POSIX_FADV_DONTNEED
        )
    }
}
