import CasebookRun
import Glibc

/// One session with its interpreter, as its thread sees it: everything here waits and nothing is shared.
final class LiveSession {
    let specification: SessionSpecification
    let runID: String
    let wire: Wire
    let launch: Launch
    var dialect: any Dialect
    /// True when nothing that a message or a state holds may be left behind once it was read.
    var mustForget: Bool
    var isAlive = false
    var interpreter: pid_t = 0
    /// Set by a report that may come while something else is waited for.
    var isReady = false
    var number = 0
    var reading: StateReading?
    private var reported: SavedState?
    /// What secret cells have set.
    private var secretNames: Set<String> = []

    init(_ session: Session) throws(SessionError) {
        specification = session.specification
        runID = session.runID
        launch = try Launch(session.specification)
        wire = try Wire.open(session)
        mustForget = !wire.directory.isInMemory || session.specification.hasSecrets
        dialect = session.specification.interpreter.makeDialect()
        reported = session.specification.savedState
        try launch.writeDriver(&dialect, wire.directory)
    }

    /// Starts the interpreter and gives it the saved state; returns what did not come back.
    func open() throws(SessionError) -> [String] {
        try start()
        guard try exchange(dialect.restore(code: [])) != nil else {
            throw .interpreterDidNotStart(specification.interpreter, reason: "it ended at once")
        }
        guard let saved = specification.savedState else { return [] }
        let lost = saved.lost + (try restore(saved.restoreCode))
        // Traps are for the end of the session whose state this is, and run there.
        if specification.isBackground, let message = dialect.disarming() { _ = try exchange(message) }
        return lost
    }

    func idle(wake: Int32) { wire.idle(wake: wake) }

    func run(_ request: CellRequest, _ output: any OutputReceiver) throws(SessionError) -> CellReport {
        var notes: [String] = []
        mustForget = mustForget || !request.secrets.isEmpty || !request.tellsState
        if !isAlive { notes += try restart() }
        // Where the session stands in case that nobody can ask it afterwards.
        let place = absolute(request.directory) ?? workingDirectory(of: interpreter)
        if wire.takeInterrupt() {
            return CellReport(end: .stopped, state: nil, notes: notes + ["it was stopped before it began"])
        }
        let terminal = try request.terminal.map { given throws(SessionError) in try wire.openTerminal(given) }
        let before = wire.begin(output)
        defer {
            wire.finish()
            // The interpreter has told its state by now, and waits: what it hears of this it passes over.
            wire.closeTerminal()
            if mustForget { wire.directory.forget() }
        }
        if before.late > 0 {
            notes.append("the first \(before.late) bytes are from background jobs of earlier cells")
        }
        if before.dropped > 0 {
            notes.append("\(before.dropped) bytes that background jobs printed between cells are lost")
        }
        number += 1
        let message = CellMessage(
            code: request.code,
            line: request.codeLine,
            directory: absolute(request.directory),
            variables: request.variables.sorted { $0.key < $1.key },
            capture: request.isCaptured ? wire.directory.capture : nil,
            terminal: terminal
        )
        try wire.directory.renewValues()
        try wire.send(dialect.cell(message), number: number)
        var ending = try awaitEnd(timeout: request.timeout)
        wire.finish()
        let captured = request.isCaptured ? wire.takeCaptured() : nil
        let values = readFile(wire.directory.values, atMost: PrivateDirectory.valuesMax) ?? []
        let state = try settle(&ending, request)
        let isSecret = ending.hasState && !request.tellsState
        let drawn: (pictures: [[UInt8]], isWhole: Bool) =
            dialect.leavesPictures ? wire.directory.takePictures() : ([], true)
        if !drawn.isWhole { ending.notes.append("a picture is larger than 16 MiB and was not saved") }
        return CellReport(
            end: ending.end,
            state: state,
            notes: notes + ending.notes,
            survivors: ending.survivors,
            captured: captured,
            values: values,
            pictures: drawn.pictures,
            exported: ending.hasState ? reading?.exported ?? [:] : [:],
            secrets: isSecret ? reading?.setInSecret.sorted { $0.key < $1.key }.map(\.value) ?? [] : [],
            directory: isAlive ? workingDirectory(of: interpreter) : place
        )
    }

    private func absolute(_ path: String?) -> String? {
        path.map { $0.hasPrefix("/") ? $0 : "\(specification.directory)/\($0)" }
    }

    /// Lets the interpreter run what was left for its end, then stops everything.
    func close() -> [String] {
        do throws(SessionError) {
            if isAlive, let message = dialect.farewell() {
                number += 1
                try wire.send(message, number: number)
                let deadline = monotonicMilliseconds() + 2000
                waiting: while true {
                    switch try wire.next(deadline: deadline) {
                    case .supervisor(.exited), .deadline: break waiting
                    default: continue
                    }
                }
            }
            // What the cells left is asked first. The interpreter is idle and waits for nothing but a message, in
            // which bash does not hear TERM (5.2 restarts the open of a FIFO): it is ended at once.
            let rest = isAlive ? try stopAll(sparingInterpreter: true).survivors : []
            if isAlive { try wire.supervisor.signal(SIGKILL) }
            return rest + (try stopAll(sparingInterpreter: false).survivors)
        } catch {
            return salvage()
        }
    }

    /// Stops what the session had started when its supervisor has gone, and leaves nothing of it behind.
    ///
    /// - Returns: what is still alive, as `PID NAME`.
    func salvage() -> [String] {
        isAlive = false
        return wire.salvage()
    }

    // MARK: - One cell

    struct Ending {
        var end: CellEnd
        var notes: [String] = []
        var survivors: [String] = []
        /// False when the interpreter could not tell its state.
        var hasState = false
        var isReplaced = false
    }

    private func awaitEnd(timeout: Duration?) throws(SessionError) -> Ending {
        let deadline = timeout.map { monotonicMilliseconds() + Int64($0.milliseconds) }
        while true {
            switch try wire.next(deadline: deadline, isInterruptible: true) {
            case .event(let event):
                if let ending = ending(of: event) { return ending }
            case .supervisor(.exited(let waitStatus)):
                return ending(ofInterpreter: waitStatus)
            case .supervisor: continue
            case .interrupted(let signal): return try stop(with: signal, as: .stopped)
            case .deadline: return try stop(with: SIGTERM, as: .timedOut)
            }
        }
    }

    private func ending(of event: CellEvent) -> Ending? {
        switch event {
        case .ended(number, let status, let signal):
            return Ending(end: end(status, signal), hasState: true)
        case .replaced(number, let status, let signal):
            isReady = false
            return Ending(end: end(status, signal), hasState: true, isReplaced: true)
        case .ready:
            isReady = true
            return nil
        default: return nil
        }
    }

    private func end(_ status: Int32, _ signal: Int32) -> CellEnd {
        signal > 0 ? .killed(signal: signal) : .exited(status: status)
    }

    /// The interpreter went away without a word.
    private func ending(ofInterpreter waitStatus: Int32) -> Ending {
        isAlive = false
        let (status, signal) = exitStatus(of: waitStatus)
        let lost = "the session starts anew from the state before this cell"
        if let signal { return Ending(end: .killed(signal: signal), notes: [lost]) }
        let reason = "the interpreter was replaced or ended by the cell, with exit status \(status)"
        return Ending(end: .sessionLost(reason: reason), notes: [lost])
    }

    /// Asks the cell to end; then stops its processes; then, if that did not help, the interpreter too.
    private func stop(with signal: Int32, as end: CellEnd) throws(SessionError) -> Ending {
        try wire.supervisor.signal(signal)
        var ending = try awaitAnswer(milliseconds: 1000)
        let rest = try stopAll(sparingInterpreter: true, &ending)
        if ending == nil { ending = try awaitAnswer(milliseconds: 500) }
        var result = ending ?? Ending(end: end)
        result.survivors = rest.survivors
        if ending == nil {
            let all = try stopAll(sparingInterpreter: false)
            result.survivors = all.survivors
            isAlive = false
            result.notes.append("the interpreter had to be stopped too")
            result.notes.append("the session starts anew from the state before this cell")
        } else if rest.count > 0 {
            result.notes.append("background jobs of the session were stopped as well")
        }
        result.end = end
        return result
    }

    func awaitAnswer(milliseconds: Int64) throws(SessionError) -> Ending? {
        let deadline = monotonicMilliseconds() + milliseconds
        while true {
            switch try wire.next(deadline: deadline) {
            case .event(let event):
                if let ending = ending(of: event) { return ending }
            case .supervisor(.exited(let waitStatus)): return ending(ofInterpreter: waitStatus)
            case .deadline: return nil
            case .supervisor, .interrupted: continue
            }
        }
    }

    func stopAll(
        sparingInterpreter: Bool
    ) throws(SessionError) -> (count: Int, survivors: [String]) {
        var ignored: Ending?
        return try stopAll(sparingInterpreter: sparingInterpreter, &ignored)
    }

    private func stopAll(
        sparingInterpreter: Bool,
        _ ending: inout Ending?
    ) throws(SessionError) -> (count: Int, survivors: [String]) {
        try wire.supervisor.stop(sparingInterpreter: sparingInterpreter)
        let deadline = monotonicMilliseconds() + 10_000
        while true {
            switch try wire.next(deadline: deadline) {
            case .supervisor(.stopped(let count, let survivors)): return (count, survivors)
            case .supervisor(.exited(let waitStatus)):
                if ending == nil { ending = self.ending(ofInterpreter: waitStatus) }
                isAlive = false
            case .event(let event):
                // Read whatever it is: `ready` may come here too.
                let read = self.ending(of: event)
                if ending == nil { ending = read }
            case .deadline: throw .supervisorLost()
            case .supervisor, .interrupted: continue
            }
        }
    }

    /// Reads the state after a cell, and gives it to the new interpreter when the old one replaced itself.
    private func settle(_ ending: inout Ending, _ request: CellRequest) throws(SessionError) -> SavedState? {
        guard ending.hasState else { return nil }
        // What is new since the state before it is a secret cell's own.
        let before = request.tellsState ? nil : reading?.live ?? specification.savedState?.restoreCode ?? []
        let withheld = Withheld(
            secrets: request.secrets,
            mask: request.mask,
            names: secretNames,
            before: before
        )
        var changed: SavedState?
        if var next = readState(withheld) {
            if !next.untold.isEmpty, !ending.isReplaced { next = try complete(next, withheld, &ending.notes) }
            secretNames.formUnion(next.setInSecret.keys)
            reading = next
            ending.notes += next.doubts.map { "not carried over: \($0)" }
            if request.tellsState, next.saved != reported { changed = next.saved }
            if changed != nil { reported = changed }
        }
        // It may have gone for good meanwhile, after it told its state.
        guard ending.isReplaced, isAlive else { return changed }
        if hasChildren(interpreter) {
            ending.notes.append(
                "the cell ended its shell, and the next one does not know its background jobs: they run on, `wait` and `jobs` fail"
            )
        }
        do throws(SessionError) {
            try awaitReady()
        } catch .interpreterDidNotStart {
            isAlive = false
            return changed
        }
        let lost = try restore(reading?.live ?? [])
        ending.notes += lost.map { "not carried over: \($0)" }
        return changed
    }

    /// Asks for the functions that a reading lacks; when the interpreter does not survive that, they are lost.
    private func complete(
        _ known: StateReading,
        _ withheld: Withheld,
        _ notes: inout [String]
    ) throws(SessionError) -> StateReading {
        // The reading of the exchange is of no use when there is none: then the one before it would be taken.
        reading = nil
        if try exchange(dialect.cell(.nothing), withheld) != nil, let reading { return reading }
        notes += known.untold.map { "not saved: \($0)" }
        let saved = SavedState(restoreCode: known.saved.restoreCode, lost: known.saved.lost + known.untold)
        return StateReading(live: known.live, saved: saved)
    }

    func readState(_ withheld: Withheld) -> StateReading? {
        guard let raw = readFile(wire.directory.state) else { return nil }
        return dialect.readState(raw, number: number, withheld: withheld)
    }
}
