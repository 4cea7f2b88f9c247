import Glibc

/// Where things stand in the directory of the record, and who may read them: only its owner.
struct StoreLayout: Sendable {
    let path: String

    static let fileMode: mode_t = 0o600
    static let directoryMode: mode_t = 0o700

    var database: String { "\(path)/record.sqlite" }
    /// Space that is given back when the disk is full.
    var reserve: String { "\(path)/reserve" }
    var outputs: String { "\(path)/outputs" }
    var locks: String { "\(path)/locks" }

    /// The path of a side file; nil for a name that would lead out of its directory.
    func output(named name: String) -> String? {
        guard !name.isEmpty, !name.hasPrefix("."), !name.utf8.contains(UInt8(ascii: "/")) else { return nil }
        return "\(outputs)/\(name)"
    }
}

extension StoreLayout {
    /// Makes the directories that are missing; what is there stays as it is.
    func create() throws(StoreError) {
        try makeDirectories(path)
        try makeDirectory(outputs)
        try makeDirectory(locks)
    }

    /// Says whether there is a record here.
    func exists() throws(StoreError) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT { return false }
            throw .system(SystemFailure(operation: "stat", errno: errno), path)
        }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw .notADirectory(path: path) }
        guard stat(database, &status) == 0 else {
            if errno == ENOENT { return false }
            throw .system(SystemFailure(operation: "stat", errno: errno), database)
        }
        return true
    }

    /// Makes the database's file before SQLite does, so that it and the files beside it are private from the
    /// first byte: SQLite gives `-wal` and `-shm` the mode of the database.
    func createDatabaseFile() throws(StoreError) {
        do throws(SystemFailure) {
            let file = try Descriptor.open(database, O_RDWR | O_CREAT | O_EXCL, mode: Self.fileMode)
            try file.setMode(Self.fileMode)
            try Descriptor.synchronizeDirectory(path)
        } catch {
            if error.errno == EEXIST { return }
            throw .system(error, database)
        }
    }

    private func makeDirectories(_ path: String) throws(StoreError) {
        var status = stat()
        if stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFDIR else { throw .notADirectory(path: path) }
            return
        }
        if errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            try makeDirectories(String(path[..<slash]))
        }
        try makeDirectory(path)
    }

    private func makeDirectory(_ path: String) throws(StoreError) {
        if mkdir(path, Self.directoryMode) == 0 {
            // The umask may have taken rights of the owner away.
            guard chmod(path, Self.directoryMode) == 0 else {
                throw .system(SystemFailure(operation: "set the mode", errno: errno), path)
            }
            return
        }
        var status = stat()
        let failure = SystemFailure(operation: "make the directory", errno: errno)
        guard failure.errno == EEXIST, stat(path, &status) == 0 else { throw .system(failure, path) }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw .notADirectory(path: path) }
    }
}

extension StoreError {
    /// Says what a failed system call means for the record.
    static func system(_ failure: SystemFailure, _ path: String) -> StoreError {
        switch failure.errno {
        case EACCES, EPERM: .notPermitted(path: path, operation: failure.operation)
        case EROFS: .readOnly(path: path)
        case ENOSPC, EDQUOT: .full(path: path)
        case ENOTDIR: .notADirectory(path: path)
        default: .system(path: path, operation: failure.operation, errno: failure.errno)
        }
    }
}
