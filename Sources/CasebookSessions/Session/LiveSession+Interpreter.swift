import CasebookRun
import Glibc

// MARK: - The interpreter

extension LiveSession {
    func start() throws(SessionError) {
        wire.forgetOrders()
        try launch.start(wire, runID: runID)
        // Two channels: the interpreter may be ready before its start is confirmed.
        isReady = false
        while true {
            switch try wire.next(deadline: monotonicMilliseconds() + 10_000) {
            case .event(.ready):
                isReady = true
            case .supervisor(.started(let pid)):
                interpreter = pid
                isAlive = true
                try awaitReady()
                return
            case .supervisor(.notStarted(let number)):
                let reason = String(cString: strerror(number))
                throw .interpreterDidNotStart(specification.interpreter, reason: reason)
            case .deadline: throw .supervisorLost()
            default: continue
            }
        }
    }

    func awaitReady() throws(SessionError) {
        // A start-up file of the user may be slow; one that never ends must not hold up the run for ever.
        let deadline = monotonicMilliseconds() + 30_000
        while !isReady {
            switch try wire.next(deadline: deadline) {
            case .event(.ready): isReady = true
            case .supervisor(.exited(let waitStatus)):
                isAlive = false
                let status = exitStatus(of: waitStatus).status
                throw .interpreterDidNotStart(
                    specification.interpreter,
                    reason: "it ended with exit status \(status) before it was ready"
                )
            case .deadline:
                _ = try stopAll(sparingInterpreter: false)
                isAlive = false
                throw .interpreterDidNotStart(
                    specification.interpreter,
                    reason: "it was not ready after 30 seconds"
                )
            default: continue
            }
        }
    }

    /// Starts the interpreter anew from the state after the last cell that ended.
    func restart() throws(SessionError) -> [String] {
        try start()
        let code = reading?.live ?? specification.savedState?.restoreCode ?? []
        let lost = try restore(code)
        return ["the session was started anew"] + lost.map { "not restored: \($0)" }
    }

    /// Runs restore code, and returns what it complained about.
    func restore(_ code: [UInt8]) throws(SessionError) -> [String] {
        if let complaints = try exchange(dialect.restore(code: code)), try tellRest() { return complaints }
        // The state itself ends the interpreter: once more without it, and never a third time.
        try start()
        guard try exchange(dialect.restore(code: [])) != nil else {
            throw .interpreterDidNotStart(specification.interpreter, reason: "it ended at once")
        }
        return ["the whole state: restoring it ended the interpreter"]
    }

    /// Has the interpreter tell what it was not asked for; false when it did not survive that.
    private func tellRest() throws(SessionError) -> Bool {
        guard let reading, !reading.untold.isEmpty else { return true }
        return try exchange(dialect.cell(.nothing)) != nil
    }

    /// Sends a message that is not a cell; nil when the interpreter did not survive it.
    func exchange(
        _ message: [UInt8],
        _ withheld: Withheld = .nothing
    ) throws(SessionError) -> [String]? {
        let complaints = CollectedOutput()
        number += 1
        _ = wire.begin(complaints)
        defer {
            wire.finish()
            if mustForget { wire.directory.forget() }
        }
        try wire.send(message, number: number)
        guard let ending = try awaitAnswer(milliseconds: 30_000), ending.hasState, !ending.isReplaced else {
            if isAlive { _ = try stopAll(sparingInterpreter: false) }
            isAlive = false
            return nil
        }
        wire.finish()
        if let next = readState(withheld) { reading = next }
        return complaints.lines
    }
}
