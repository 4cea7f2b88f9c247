import CasebookDocument
import CasebookRun
import Synchronization

// MARK: - Files that cells leave

extension Runner {
    /// Takes the files that a cell left into the record.
    ///
    /// - Parameter directory: where the cell's session stands.
    /// - Returns: what could not be taken, a phrase each.
    func keepArtifacts(of cell: Cell, attempt: Int, in directory: String) throws(EngineError) -> [String] {
        var problems: [String] = []
        var taken: Set<String> = []
        for pattern in cell.attributes.artifacts {
            let paths: [String]
            do throws(ArtifactError) {
                paths = try surroundings.artifacts.files(matching: pattern, in: directory)
            } catch {
                problems.append("`\(pattern)` was not looked for: \(error.reason)")
                continue
            }
            if paths.isEmpty { problems.append("no file matches `\(pattern)`") }
            for path in paths where taken.insert(path).inserted {
                guard !wantsToStop else {
                    return problems + ["the run was stopped before all files were taken"]
                }
                let stored = try artifact(path, of: cell, attempt: attempt, in: directory)
                if case .lost(let reason) = stored.content.place {
                    problems.append("`\(stored.path)` was not kept: \(reason)")
                }
                try note(.artifactStored(stored))
            }
        }
        return problems
    }

    /// Takes what a cell drew into the record, and beside the document.
    ///
    /// - Returns: what could not be taken, a phrase each.
    func keepPictures(of cell: Cell, attempt: Int, _ pictures: [[UInt8]]) throws(EngineError) -> [String] {
        var problems: [String] = []
        for (index, bytes) in pictures.enumerated() {
            let name = "\(cell.id)-\(index + 1).png"
            let hidden = reasonToHide(cell)
            let spool = try makeSpool()
            if hidden == nil { bytes.withUnsafeBytes(spool.receive) }
            let kept = spool.finish()
            if let hidden { problems.append("`\(name)` was not kept: \(hidden)") }
            if hidden == nil, let problem = saver?.write(picture: bytes, named: name) {
                problems.append("`\(name)` is in the record alone: \(surroundings.fileSentence(problem))")
            }
            let stored = ArtifactStored(
                item: cell.id,
                attempt: attempt,
                path: name,
                digest: hidden == nil ? surroundings.artifacts.digest(of: bytes) : nil,
                content: hidden.map { StoredOutput(place: .lost(reason: $0), byteCount: 0) } ?? kept,
                isPicture: true
            )
            try note(.artifactStored(stored))
        }
        return problems
    }

    private func artifact(_ path: String, of cell: Cell, attempt: Int, in directory: String)
        throws(EngineError)
        -> ArtifactStored
    {
        var stored = ArtifactStored(
            item: cell.id,
            attempt: attempt,
            path: mask.masking(path),
            digest: nil,
            content: StoredOutput(place: .lost(reason: reasonToHide(cell) ?? ""), byteCount: 0)
        )
        guard reasonToHide(cell) == nil else { return stored }
        let spool = try makeSpool()
        do throws(ArtifactError) {
            // First looked at and then stored: what holds a secret is written nowhere.
            if !mask.isEmpty { _ = try scan(path, in: directory) { _ in } }
            stored.digest = try scan(path, in: directory, spool.receive)
            stored.content = spool.finish()
        } catch {
            stored.content = StoredOutput(place: .lost(reason: error.reason), byteCount: 0)
        }
        return stored
    }

    /// Reads a file; what holds a secret, or is too large, is an error.
    private func scan(
        _ path: String,
        in directory: String,
        _ take: (UnsafeRawBufferPointer) -> Void
    ) throws(ArtifactError) -> String {
        var probe = mask
        let most = Self.artifactBytesMax
        let digest = try surroundings.artifacts.read(path, in: directory, atMost: most) { bytes in
            if !probe.isEmpty { _ = probe.mask(bytes) }
            if probe.foundCount == 0 { take(bytes) }
            return !wantsToStop
        }
        _ = probe.finish()
        guard probe.foundCount == 0 else { throw ArtifactError("it holds a secret") }
        return digest
    }

    private static let artifactBytesMax = 1 << 30
}
