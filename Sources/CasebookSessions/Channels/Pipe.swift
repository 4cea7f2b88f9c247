import CTerminal

/// Asks for a larger pipe buffer and returns the one it has: the kernel may refuse beyond a user's share.
func growPipe(_ descriptor: Int32, _ size: Int) -> Int {
    Int(casebook_grow_pipe(descriptor, Int32(size)))
}

/// Says how a process ended: a status, or the signal that ended it.
func exitStatus(of waitStatus: Int32) -> (status: Int32, signal: Int32?) {
    var signal: Int32 = 0
    let status = casebook_exit_status(waitStatus, &signal)
    return status >= 0 ? (status, nil) : (128 + signal, signal)
}
